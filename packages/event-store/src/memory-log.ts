import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { rejected } from './append-rules';
import type { AppendedEvent, StoredEvent } from './envelope';
import { frozenJson } from './frozen-json';
import type { Appended, Conflict, Expected, Position, StoreError } from './store';

/** The kept events of memory stores: what a database file is to other stores. Several stores may be opened on one. */
export interface MemoryLog {
  readonly stream: (name: string) => ReadonlyArray<StoredEvent>;
  /** All events in commit order. */
  readonly events: ReadonlyArray<StoredEvent>;
  /**
   * Appends to a stream, or compares with what stands there: an append that is already there answers as the first time. `Rejected` when
   * an id of it stands at another revision of the stream.
   */
  readonly write: (
    stream: string,
    expected: Expected,
    events: ReadonlyArray<AppendedEvent>,
  ) => Either<StoreError, Appended | Conflict>;
  readonly positionAt: (index: number) => Position;
  /** How many events lie up to a position; `undefined` where it is none of this log. */
  readonly countUpTo: (position: Position) => number | undefined;
  /** Called after every write. */
  readonly listeners: Set<() => void>;
}

export interface MemoryLogOptions {
  /** The position of the first event. Default 1. */
  readonly firstPosition?: bigint;
}

/** An empty log. What is kept is a frozen copy. */
export const memoryLog = ({ firstPosition = 1n }: MemoryLogOptions = {}): MemoryLog => {
  if (firstPosition < 1n)
    throw new RangeError('The first position is 1 or more: the one before it is the start.');
  const streams = new Map<string, StoredEvent[]>();
  const ids = new Map<string, Set<string>>();
  const events: StoredEvent[] = [];
  const listeners = new Set<() => void>();

  const positionAt = (index: number): Position => String(firstPosition + BigInt(index));

  const add = (stream: string, stored: StoredEvent[], appended: ReadonlyArray<AppendedEvent>): void => {
    const known = ids.get(stream) ?? new Set();
    streams.set(stream, stored);
    ids.set(stream, known);
    for (const event of appended) {
      known.add(event.eventId);
      const kept = storedEvent(event, stream, stored.length, positionAt(events.length));
      stored.push(kept);
      events.push(kept);
    }
    for (const listener of listeners) listener();
  };

  return {
    stream: (name) => streams.get(name) ?? [],
    events,
    write: (stream, expected, appended) => {
      const stored = streams.get(stream) ?? [];
      const from = expected === 'no-stream' ? 0 : expected + 1;
      if (from === stored.length) {
        if (appended.some(({ eventId }) => ids.get(stream)?.has(eventId) === true)) return E.left(KNOWN_ID);
        add(stream, stored, appended);
      }
      const last = stored[from + appended.length - 1];
      return E.right(
        last !== undefined && appended.every((event, index) => isSame(event, stored[from + index]))
          ? { _tag: 'Appended', revision: last.revision, position: last.position }
          : { _tag: 'Conflict', actual: stored.length === 0 ? 'no-stream' : stored.length - 1 },
      );
    },
    positionAt,
    countUpTo: (position) => {
      if (!isMemoryPosition(position)) return undefined;
      const count = BigInt(position) - firstPosition + 1n;
      return count >= 0n && count <= BigInt(events.length) ? Number(count) : undefined;
    },
    listeners,
  };
};

const KNOWN_ID = rejected('event-id', 'An event of this id stands at another revision of the stream.');

// Two processes that handle the same command make the same ids, but not the same bytes.
const isSame = ({ eventId, hash }: AppendedEvent, there: StoredEvent | undefined): boolean =>
  there?.eventId === eventId && there.hash === hash;

const POSITION = /^(?:0|[1-9]\d{0,38})$/;

export const isMemoryPosition = (position: Position): boolean => POSITION.test(position);

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
