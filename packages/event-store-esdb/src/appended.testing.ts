import {
  canonicalEventText,
  CHAIN_START,
  chainHash,
  eventIdOf,
  type Appended,
  type AppendedEvent,
  type ChainHead,
  type EventStore,
  type Expected,
  type ReadItem,
  type StoredEvent,
} from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import { given } from './test-server.testing';

export interface Batch {
  readonly events: ReadonlyArray<AppendedEvent>;
  /** Where the stream's chain ends when they are appended. */
  readonly head: ChainHead;
}

export interface BatchOptions {
  /** Batches of one label have the same ids in the same stream. */
  readonly label?: string;
  readonly after?: ChainHead;
  readonly size?: number;
  /** Length of a text in the data. */
  readonly padding?: number;
}

/** Events that continue the chain of a stream. */
export const batch = (
  stream: string,
  { label = 'only', after = CHAIN_START, size = 1, padding = 0 }: BatchOptions = {},
): Batch => {
  const events: AppendedEvent[] = [];
  let head = after;
  for (let index = 0; index < size; index += 1) {
    const event = {
      eventId: eventIdOf(stream, label, index),
      type: 'sample.Happened',
      version: 1,
      data: { index, label, padding: 'x'.repeat(padding) },
      metadata: {
        actor: 'test',
        at: '2026-01-01T00:00:00.000Z',
        causationId: label,
        commandHash: '0'.repeat(64),
        commandId: label,
        correlationId: label,
        organisation: '-',
      },
    };
    const revision = head.revision + 1;
    const text = canonicalEventText(stream, revision, event);
    if (E.isLeft(text)) throw new Error(text.left.rule);
    head = { revision, hash: chainHash(head.hash, text.right) };
    events.push({ ...event, hash: head.hash, canonicalText: text.right });
  }
  return { events, head };
};

export const appended = async (
  store: EventStore,
  stream: string,
  expected: Expected,
  events: ReadonlyArray<AppendedEvent>,
): Promise<Appended> => {
  const answer = await given(store.append(stream, expected, events));
  if (answer._tag !== 'Appended') throw new Error(`Conflict: the stream is at ${answer.actual}.`);
  return answer;
};

/** A stream of its own with one batch. */
export const write = (store: EventStore, stream: string, size = 1): Promise<Appended> =>
  appended(store, stream, 'no-stream', batch(stream, { size }).events);

/** All events of a read that is to succeed. */
export const eventsOf = async (items: AsyncIterable<ReadItem>): Promise<ReadonlyArray<StoredEvent>> => {
  const events: StoredEvent[] = [];
  for await (const item of items) {
    if (item._tag === 'Failed') throw new Error(`The read failed: ${JSON.stringify(item.error)}`);
    if (item._tag === 'Events') events.push(...item.events);
  }
  return events;
};

/** Where each event of a read stands: `stream@revision`. */
export const placesOf = (events: ReadonlyArray<StoredEvent>): ReadonlyArray<string> =>
  events.map(({ stream, revision }) => `${stream}@${revision}`);

/** A subscription with what it has given so far. */
export interface Follower {
  readonly events: StoredEvent[];
  /** Takes items until so many events have come. */
  readonly untilEvents: (count: number) => Promise<void>;
  /** Takes items until the next caught-up mark; gives its position. */
  readonly untilCaughtUp: () => Promise<string>;
  /** Takes one item. */
  readonly next: () => Promise<ReadItem | undefined>;
  readonly leave: () => Promise<void>;
}

export const follow = (items: AsyncIterable<ReadItem>): Follower => {
  const iterator = items[Symbol.asyncIterator]();
  const events: StoredEvent[] = [];

  const next = async (): Promise<ReadItem | undefined> => {
    const { done, value } = await iterator.next();
    if (done === true) return undefined;
    if (value._tag === 'Events') events.push(...value.events);
    return value;
  };
  const needed = async (): Promise<ReadItem> => {
    const item = await next();
    if (item === undefined || item._tag === 'Failed')
      throw new Error(`The subscription ended: ${JSON.stringify(item)}`);
    return item;
  };

  return {
    events,
    next,
    untilEvents: async (count) => {
      while (events.length < count) await needed();
    },
    untilCaughtUp: async () => {
      for (;;) {
        const item = await needed();
        if (item._tag === 'CaughtUp') return item.position;
      }
    },
    leave: async () => {
      await iterator.return?.();
    },
  };
};

/** An event of which nothing but its being there matters. */
export const SAMPLE_EVENT = {
  eventId: '00000000-0000-5000-8000-000000000000',
  type: 'sample.Happened',
  version: 1,
  data: {},
  metadata: {
    actor: 'test',
    at: '2026-01-01T00:00:00.000Z',
    causationId: 'c',
    commandHash: 'h',
    commandId: 'c',
    correlationId: 'c',
    organisation: '-',
  },
  hash: '0'.repeat(64),
};
