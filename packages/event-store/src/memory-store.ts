import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { appendRefusal, isRevision, rejected } from './append-rules';
import type { AppendedEvent, StoredEvent } from './envelope';
import { frozenJson } from './frozen-json';
import { memorySubscription } from './memory-subscription';
import type {
  Appended,
  Conflict,
  EventStore,
  Expected,
  Position,
  ReadAllOptions,
  ReadItem,
  ReadStreamOptions,
  StoreError,
  StreamFilter,
} from './store';
import { isStreamName } from './stream-name';

/** What becomes of one append: `timed-out-…` answers `OutcomeUnknown`, whether the events were written or not. */
export type AppendFault = 'ok' | 'unavailable' | 'timed-out-applied' | 'timed-out-not-applied';

export interface MemoryStoreOptions {
  /** Asked before every append that is not refused by its form. */
  readonly faults?: (append: {
    readonly stream: string;
    readonly expected: Expected;
    readonly events: ReadonlyArray<AppendedEvent>;
  }) => AppendFault;
  /** The position of the first event. Default 1. */
  readonly firstPosition?: bigint;
  /** Events in a page at most. Default 256. */
  readonly pageSize?: number;
}

/**
 * The reference store: everything in memory, in one process, with the semantics that every store is measured by. What is stored is
 * a frozen copy; readers share it.
 */
export const memoryStore = (options: MemoryStoreOptions = {}): EventStore => {
  const { faults = () => 'ok', firstPosition = 1n, pageSize = 256 } = options;
  const streams = new Map<string, StoredEvent[]>();
  const log: StoredEvent[] = [];
  const listeners = new Set<() => void>();
  let closed = false;

  const positionAt = (index: number): Position => String(firstPosition + BigInt(index));

  /** How many events lie up to a position; `undefined` where it is none of this store. */
  const countUpTo = (position: Position): number | undefined => {
    if (!POSITION.test(position)) return undefined;
    const count = BigInt(position) - firstPosition + 1n;
    return count >= 0n && count <= BigInt(log.length) ? Number(count) : undefined;
  };

  const append = (
    stream: string,
    expected: Expected,
    events: ReadonlyArray<AppendedEvent>,
  ): Either<StoreError, Appended | Conflict> => {
    if (closed) return E.left(CLOSED);
    const refusal = appendRefusal(stream, expected, events);
    if (refusal !== undefined) return E.left(refusal);
    const fault = faults({ stream, expected, events });
    if (fault === 'unavailable') return E.left({ _tag: 'Unavailable', why: 'a fault was asked for' });
    const answer = fault === 'timed-out-not-applied' ? undefined : write(stream, expected, events);
    return fault === 'ok' && answer !== undefined
      ? E.right(answer)
      : E.left({ _tag: 'OutcomeUnknown', why: 'a fault was asked for' });
  };

  const write = (
    stream: string,
    expected: Expected,
    events: ReadonlyArray<AppendedEvent>,
  ): Appended | Conflict => {
    const stored = streams.get(stream) ?? [];
    const from = expected === 'no-stream' ? 0 : expected + 1;
    if (from === stored.length) {
      for (const event of events) {
        const kept = storedEvent(event, stream, stored.length, positionAt(log.length));
        stored.push(kept);
        log.push(kept);
      }
      streams.set(stream, stored);
      for (const wake of listeners) wake();
    } else if (!events.every(({ eventId }, index) => stored[from + index]?.eventId === eventId)) {
      return { _tag: 'Conflict', actual: stored.length === 0 ? 'no-stream' : stored.length - 1 };
    }
    const last = from + events.length - 1;
    return {
      _tag: 'Appended',
      revision: last,
      position: stored[last]?.position ?? positionAt(log.length - 1),
    };
  };

  const readStream = (
    stream: string,
    { from, direction = 'forwards', limit }: ReadStreamOptions = {},
  ): AsyncIterable<ReadItem> => {
    if (closed) return failed(CLOSED);
    if (!isStreamName(stream)) return failed(rejected('stream-name', 'The name of a stream is category-id.'));
    if (![from ?? 0, limit ?? 0].every(isRevision)) return failed(rejected('revision', NOT_COUNTABLE));
    const stored = streams.get(stream) ?? [];
    const events =
      direction === 'forwards'
        ? stored.slice(from ?? 0)
        : stored.slice(0, (from ?? stored.length) + 1).toReversed();
    return pages(limit === undefined ? events : events.slice(0, limit), pageSize);
  };

  const readAll = ({
    after,
    direction = 'forwards',
    limit,
    filter,
  }: ReadAllOptions = {}): AsyncIterable<ReadItem> => {
    if (closed) return failed(CLOSED);
    if (!isRevision(limit ?? 0)) return failed(rejected('revision', NOT_COUNTABLE));
    const count = after === undefined ? undefined : countUpTo(after);
    if (after !== undefined && count === undefined) return failed(FOREIGN_POSITION);
    const part =
      direction === 'forwards'
        ? log.slice(count ?? 0)
        : log.slice(0, count === undefined ? log.length : Math.max(0, count - 1));
    const matching = part.filter(({ stream }) => matches(filter, stream));
    const ordered = direction === 'forwards' ? matching : matching.toReversed();
    return pages(limit === undefined ? ordered : ordered.slice(0, limit), pageSize);
  };

  return {
    append: (stream, expected, events) => () => Promise.resolve(append(stream, expected, events)),
    readStream,
    readAll,
    subscribeAll: ({ after, filter, signal } = {}) => {
      if (closed) return failed(CLOSED);
      const from = after === undefined ? 0 : countUpTo(after);
      if (from === undefined) return failed(FOREIGN_POSITION);
      return memorySubscription({
        log,
        from,
        pageSize,
        matches: (stream) => matches(filter, stream),
        positionAt,
        closed: () => closed,
        signal,
        listeners,
      });
    },
    head: () => () => Promise.resolve(closed ? E.left(CLOSED) : E.right(log.at(-1)?.position)),
    comparePositions: (a, b) => {
      if (!POSITION.test(a) || !POSITION.test(b)) return undefined;
      const [left, right] = [BigInt(a), BigInt(b)];
      return left < right ? -1 : left > right ? 1 : 0;
    },
    close: () => {
      closed = true;
      for (const wake of listeners) wake();
      return Promise.resolve();
    },
  };
};

const POSITION = /^(?:0|[1-9]\d{0,38})$/;
const NOT_COUNTABLE = 'Revisions and limits are integers from 0 on.';
const CLOSED = rejected('closed', 'The store is closed.');
const FOREIGN_POSITION = rejected('position', 'This is no position of this store.');

const storedEvent = (
  event: AppendedEvent,
  stream: string,
  revision: number,
  position: Position,
): StoredEvent =>
  Object.freeze({
    stream,
    revision,
    position,
    eventId: event.eventId,
    type: event.type,
    version: event.version,
    data: frozenJson(event.data),
    metadata: Object.freeze({ ...event.metadata }),
    hash: event.hash,
    ...(event.canonicalText === undefined ? {} : { canonicalText: event.canonicalText }),
  });

const matches = (filter: StreamFilter | undefined, stream: string): boolean =>
  filter === undefined || filter.prefixes.some((prefix) => stream.startsWith(prefix));

async function* pages(events: ReadonlyArray<StoredEvent>, size: number): AsyncGenerator<ReadItem> {
  for (let from = 0; from < events.length; from += size) {
    yield { _tag: 'Events', events: events.slice(from, from + size) };
  }
}

async function* failed(error: StoreError): AsyncGenerator<ReadItem> {
  yield { _tag: 'Failed', error };
}
