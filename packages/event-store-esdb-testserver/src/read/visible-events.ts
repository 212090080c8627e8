import type { EventLog, StreamState } from '../log/event-log';
import { isDeleted } from '../log/stream-metadata';

/** What can be read of a stream at this moment. */
export type Visible =
  /** There is none, or it was deleted. */
  | { readonly _tag: 'NoStream' }
  /** Its name is used up for ever. */
  | { readonly _tag: 'Tombstoned' }
  | {
      readonly _tag: 'Events';
      readonly state: StreamState;
      /** The first revision that is read; beyond the last when nothing is. */
      readonly first: bigint;
      readonly last: bigint;
      /** Events from before are passed over. Milliseconds since 1970. */
      readonly notBefore: number | undefined;
    };

/** Looks a stream up, with its `$tb`, `$maxCount` and `$maxAge`. */
export const visibleEvents = (log: EventLog, stream: string, now: number): Visible => {
  const state = log.stream(stream);
  if (state?.tombstone !== undefined) return { _tag: 'Tombstoned' };
  const metadata = log.metadataOf(stream);
  if (state === undefined || state.rows.length === 0 || isDeleted(metadata)) return { _tag: 'NoStream' };
  const last = state.first + BigInt(state.rows.length - 1);
  const bounds = [
    state.first,
    ...(metadata.truncateBefore === undefined ? [] : [metadata.truncateBefore]),
    ...(metadata.maxCount === undefined ? [] : [last - metadata.maxCount + 1n]),
  ];
  return {
    _tag: 'Events',
    state,
    first: bounds.reduce((a, b) => (a > b ? a : b)),
    last,
    notBefore: metadata.maxAge === undefined ? undefined : now - metadata.maxAge * 1000,
  };
};

/** The row of an event, unless it is too old to be read. */
export const visibleRow = (
  log: EventLog,
  { state, notBefore }: Extract<Visible, { _tag: 'Events' }>,
  revision: bigint,
): number | undefined => {
  const row = state.rows[Number(revision - state.first)];
  if (row === undefined || notBefore === undefined) return row;
  return log.createdOf(row) < notBefore ? undefined : row;
};
