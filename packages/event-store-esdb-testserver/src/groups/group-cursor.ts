import type { EventLog } from '../log/event-log';
import { matcherOf } from '../read/event-filter';
import { visibleEvents, visibleRow } from '../read/visible-events';
import type { GroupFilter, GroupSource } from './group-settings';

/** An event of the source with its place in it. */
export interface SourceEvent {
  readonly row: number;
  /** Its place as it stands in checkpoints and statistics: `12`, or `C:100/P:100`. */
  readonly place: string;
}

/** Takes the events of a source one after the other. */
export interface GroupCursor {
  /** `undefined` when there is none at present. */
  readonly next: () => SourceEvent | undefined;
}

/** A cursor from the start of the source, or from after a place that was written down. */
export const groupCursor = (
  log: EventLog,
  now: () => number,
  source: GroupSource,
  after: string | undefined,
): GroupCursor =>
  source._tag === 'Stream' ? streamCursor(log, now, source, after) : allCursor(log, source, after);

const streamCursor = (
  log: EventLog,
  now: () => number,
  { stream, from }: Extract<GroupSource, { _tag: 'Stream' }>,
  after: string | undefined,
): GroupCursor => {
  const start = from === 'start' ? 0n : from === 'end' ? log.head(stream) + 1n : from;
  let next = after === undefined ? start : BigInt(after) + 1n;
  return {
    next: () => {
      for (;;) {
        const visible = visibleEvents(log, stream, now());
        if (visible._tag !== 'Events') return undefined;
        if (next < visible.first) next = visible.first;
        if (next > visible.last) return undefined;
        const place = String(next);
        const row = visibleRow(log, visible, next);
        next += 1n;
        if (row !== undefined) return { row, place };
      }
    },
  };
};

const allCursor = (
  log: EventLog,
  { from, filter }: Extract<GroupSource, { _tag: 'All' }>,
  after: string | undefined,
): GroupCursor => {
  const accepts = filter === undefined ? () => true : acceptor(filter);
  const written = after === undefined ? undefined : readPlace(after);
  const start = from === 'start' ? 0 : from === 'end' ? log.count() : log.rowFrom(from);
  let next = written === undefined ? start : log.rowAfter(written);
  return {
    next: () => {
      while (next < log.count()) {
        const row = next;
        next += 1;
        const { commit, prepare } = log.positionOf(row);
        if (accepts(log.streamName(row), log.typeOf(row))) return { row, place: `C:${commit}/P:${prepare}` };
      }
      return undefined;
    },
  };
};

const acceptor = ({ on, regex, prefixes }: GroupFilter): ((stream: string, type: string) => boolean) => {
  const matches = matcherOf({ regex, prefixes }) ?? (() => false);
  return on === 'stream' ? (stream) => matches(stream) : (_, type) => matches(type);
};

const readPlace = (place: string): { readonly commit: bigint; readonly prepare: bigint } | undefined => {
  const [, commit, prepare] = /^C:(\d+)\/P:(\d+)$/u.exec(place) ?? [];
  return commit === undefined || prepare === undefined
    ? undefined
    : { commit: BigInt(commit), prepare: BigInt(prepare) };
};

/** Where the source begins, as statistics tell it. */
export const startPlace = (source: GroupSource): string => {
  if (source._tag === 'Stream') {
    return source.from === 'start' ? '0' : source.from === 'end' ? '-1' : String(source.from);
  }
  if (source.from === 'start') return 'C:0/P:0';
  return source.from === 'end' ? 'C:-1/P:-1' : `C:${source.from.commit}/P:${source.from.prepare}`;
};
