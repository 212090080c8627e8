import type { ExpectedRevision } from './expected-revision';
import type { Position } from './position';
import type { ProposedEvent } from './proposed-event';
import type { StreamMetadata } from './stream-metadata';

/** A stream as the log knows it. */
export interface StreamState {
  readonly number: number;
  readonly name: string;
  /** The revision of the first event. */
  first: bigint;
  /** The rows of its events, without the tombstone. */
  readonly rows: Array<number>;
  tombstone: number | undefined;
}

export type AppendOutcome =
  | {
      readonly _tag: 'Appended';
      /** The number of the last event of this append; `undefined` when the append and the stream are empty. */
      readonly revision: bigint | undefined;
      readonly position: Position | undefined;
    }
  /** `current` is absent when there is no such stream. */
  | { readonly _tag: 'WrongExpectedRevision'; readonly current: bigint | undefined }
  | { readonly _tag: 'StreamDeleted' };

/** The log of all events, with the rules by which it is written. Rows count events from 0. */
export interface EventLog {
  readonly count: () => number;
  readonly streamName: (row: number) => string;
  readonly typeOf: (row: number) => string;
  readonly revisionOf: (row: number) => bigint;
  readonly positionOf: (row: number) => Position;
  /**
   * A place before this row and not before the one in front of it: the commit position that this event has, or will have, with a
   * smaller `prepare`.
   */
  readonly placeBefore: (row: number) => Position;
  readonly createdOf: (row: number) => number;
  readonly idOf: (row: number) => string;
  /** The answer to a read with this event, as it goes over the wire. */
  readonly frame: (row: number) => Buffer;
  /** The first row that does not stand before the position. */
  readonly rowFrom: (position: Position) => number;
  /** The first row that stands after the position. */
  readonly rowAfter: (position: Position) => number;
  readonly stream: (name: string) => StreamState | undefined;
  /** The last revision of a stream, -1 when there is none. */
  readonly head: (name: string) => bigint;
  readonly metadataOf: (stream: string) => StreamMetadata;
  readonly append: (
    stream: string,
    events: ReadonlyArray<ProposedEvent>,
    expected: ExpectedRevision,
  ) => AppendOutcome;
  /** Soft: the numbering goes on when the stream is written to again. */
  readonly delete: (stream: string, expected: ExpectedRevision) => AppendOutcome;
  /** For ever. */
  readonly tombstone: (stream: string, expected: ExpectedRevision) => AppendOutcome;
  /** Lets a stream without events begin at this revision, so that numbers beyond 2^53 can be met. */
  readonly beginAt: (stream: string, revision: bigint) => boolean;
  /** Resolves when there are more than `count` events, or when the signal is aborted. */
  readonly moreThan: (count: number, signal: AbortSignal) => Promise<void>;
  readonly close: () => void;
}
