import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { appendRefusal, isRevision, rejected } from './append-rules';
import type { AppendedEvent, StoredEvent } from './envelope';
import { isMemoryPosition, memoryLog, type MemoryLog } from './memory-log';
import { memorySubscription } from './memory-subscription';
import type {
  Appended,
  Conflict,
  EventStore,
  Expected,
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
  /** The kept events. Default: a new, empty log. Stores of several simulated processes may share one. */
  readonly log?: MemoryLog;
  /** Asked before every append that is not rejected by its form. */
  readonly faults?: (append: {
    readonly stream: string;
    readonly expected: Expected;
    readonly events: ReadonlyArray<AppendedEvent>;
  }) => AppendFault;
  /** Events in a page at most. Default 256. */
  readonly pageSize?: number;
}

/** The reference store: everything in memory, with the semantics that every store is measured by. Readers share frozen events. */
export const memoryStore = (options: MemoryStoreOptions = {}): EventStore => {
  const { log = memoryLog(), faults = () => 'ok', pageSize = 256 } = options;
  const closing = new AbortController();

  const append = (
    stream: string,
    expected: Expected,
    events: ReadonlyArray<AppendedEvent>,
  ): Either<StoreError, Appended | Conflict> => {
    if (closing.signal.aborted) return E.left(CLOSED);
    const refusal = appendRefusal(stream, expected, events);
    if (refusal !== undefined) return E.left(refusal);
    const fault = faults({ stream, expected, events });
    if (fault === 'unavailable') return E.left({ _tag: 'Unavailable', why: 'a fault was asked for' });
    if (fault === 'ok') return log.write(stream, expected, events);
    if (fault === 'timed-out-applied') log.write(stream, expected, events);
    return E.left({ _tag: 'OutcomeUnknown', why: 'a fault was asked for' });
  };

  const readStream = (
    stream: string,
    { from, direction = 'forwards', limit }: ReadStreamOptions = {},
  ): AsyncIterable<ReadItem> => {
    if (closing.signal.aborted) return failed(CLOSED);
    if (!isStreamName(stream)) return failed(rejected('stream-name', 'The name of a stream is category-id.'));
    if (![from ?? 0, limit ?? 0].every(isRevision)) return failed(NOT_COUNTABLE);
    const stored = log.stream(stream);
    const part =
      direction === 'forwards'
        ? stored.slice(from ?? 0)
        : stored.slice(0, (from ?? stored.length) + 1).toReversed();
    return pages(part.slice(0, limit), pageSize);
  };

  const readAll = ({
    after,
    direction = 'forwards',
    limit,
    filter,
  }: ReadAllOptions = {}): AsyncIterable<ReadItem> => {
    if (closing.signal.aborted) return failed(CLOSED);
    if (!isRevision(limit ?? 0)) return failed(NOT_COUNTABLE);
    const count = after === undefined ? undefined : log.countUpTo(after);
    if (after !== undefined && count === undefined) return failed(FOREIGN_POSITION);
    const part =
      direction === 'forwards'
        ? log.events.slice(count ?? 0)
        : log.events.slice(0, count === undefined ? log.events.length : Math.max(0, count - 1)).toReversed();
    return pages(part.filter(({ stream }) => matches(filter, stream)).slice(0, limit), pageSize);
  };

  return {
    append: (stream, expected, events) => () => Promise.resolve(append(stream, expected, events)),
    readStream,
    readAll,
    subscribeAll: ({ after, filter, signal } = {}) => {
      if (closing.signal.aborted) return failed(CLOSED);
      const from = after === undefined ? 0 : log.countUpTo(after);
      if (from === undefined) return failed(FOREIGN_POSITION);
      return memorySubscription({
        log,
        from,
        pageSize,
        matches: (stream) => matches(filter, stream),
        ends: signal === undefined ? [closing.signal] : [closing.signal, signal],
      });
    },
    head: () => () =>
      Promise.resolve(closing.signal.aborted ? E.left(CLOSED) : E.right(log.events.at(-1)?.position)),
    comparePositions: (a, b) => {
      if (!isMemoryPosition(a) || !isMemoryPosition(b)) return undefined;
      const [left, right] = [BigInt(a), BigInt(b)];
      return left < right ? -1 : left > right ? 1 : 0;
    },
    close: () => {
      closing.abort();
      return Promise.resolve();
    },
  };
};

const NOT_COUNTABLE = rejected('revision', 'Revisions and limits are integers from 0 on.');
const CLOSED = rejected('closed', 'The store is closed.');
const FOREIGN_POSITION = rejected('position', 'This is no position of this store.');

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
