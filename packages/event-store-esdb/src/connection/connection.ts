import {
  BACKWARDS,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  START,
  streamNameFilter,
  type AllStreamSubscription,
  type BaseOptions,
  type JSONType,
  type ResolvedEvent,
} from '@eventstore/db-client';
import type { Expected } from '@cloud-kassa/event-store';
import type { Either } from 'fp-ts/Either';
import type { EsdbPosition } from '../position';
import { callOptions as optionsOf } from './call-options';
import type { Certificates } from './certificates';
import { settled, type ClientFailure } from './client-failure';
import type { EsdbAddress } from './connection-string';
import { feedOf, type Feed } from './feed';
import { lanesOf } from './lanes';
import { recordOf, type EsdbRecord, type NewRecord } from './record';
import { safeClient, type SafeClient } from './safe-client';

export interface Written {
  /** Of the last event. */
  readonly revision: number;
  readonly place?: EsdbPosition;
}

export type Direction = 'forwards' | 'backwards';

export type SubscriptionItem =
  | { readonly _tag: 'Confirmed' }
  /** From here on things come when they happen. Servers before 23.10 do not say it. */
  | { readonly _tag: 'Live' }
  | { readonly _tag: 'Record'; readonly record: EsdbRecord }
  /** Everything up to here was looked at. */
  | { readonly _tag: 'Checkpoint'; readonly place: EsdbPosition };

export interface StreamRead {
  readonly from: 'start' | 'end' | number;
  readonly direction: Direction;
  readonly most?: number;
}

export interface AllRead {
  readonly from: 'start' | 'end' | EsdbPosition;
  readonly direction: Direction;
  readonly most?: number;
  /** Objects that may lie here before they are taken. */
  readonly ahead: number;
}

export interface AllSubscription {
  /** Exclusive. */
  readonly after: 'start' | EsdbPosition;
  readonly prefixes?: ReadonlyArray<string>;
  /** So many events are looked at between two checkpoints of a filtered subscription. */
  readonly searchWindow: number;
  readonly ahead: number;
}

/**
 * A database of EventStoreDB. Nothing outside this folder knows the client; nothing here rejects or throws. None of the calls has a
 * time of its own but by `deadline`, in milliseconds.
 */
export interface Connection {
  /** One call of its own for each append. `any` is for what is no aggregate. */
  readonly append: (
    stream: string,
    expected: Expected | 'any',
    records: ReadonlyArray<NewRecord>,
    deadline: number,
  ) => Promise<Either<ClientFailure, Written>>;
  /** A stream keeps its last so many events. Done once: later calls are conflicts. */
  readonly keepLast: (
    stream: string,
    count: number,
    deadline: number,
  ) => Promise<Either<ClientFailure, void>>;
  /** Deletes a stream for good: it can neither be read nor appended to again. Also one that does not exist. */
  readonly tombstone: (stream: string, deadline: number) => Promise<Either<ClientFailure, void>>;
  readonly readStream: (stream: string, read: StreamRead) => Feed<EsdbRecord>;
  readonly readAll: (read: AllRead) => Feed<EsdbRecord>;
  readonly subscribeAll: (subscription: AllSubscription) => Feed<SubscriptionItem>;
  /** `unknown` is what servers say that are too old to be asked. @param signal ends a question that is not wanted any more. */
  readonly serverVersion: (signal: AbortSignal) => Promise<Either<ClientFailure, string>>;
  readonly openCalls: () => number;
  /** A client of its own, to be closed by who asked for it. It ends with the connection. */
  readonly ownClient: () => SafeClient;
  readonly callOptions: BaseOptions;
  /** Cancels every call. Later ones fail at once. */
  readonly close: () => void;
}

export const connectionTo = (address: EsdbAddress, certificates: Certificates): Connection => {
  const make = (): SafeClient => safeClient(address, certificates);
  const writer = make();
  const readers = lanesOf(make);
  const owned = new Set<SafeClient>();
  const callOptions = optionsOf(address);
  const onLeader: BaseOptions = { ...callOptions, requiresLeader: true };

  const ownClient = (): SafeClient => {
    const client = make();
    owned.add(client);
    return {
      ...client,
      close: () => {
        owned.delete(client);
        client.close();
      },
    };
  };

  /** A call that stays open takes its place until it is left. */
  const onLane = <A>(begin: (client: SafeClient['client']) => Feed<A>): Feed<A> => {
    const lane = readers.take();
    const feed = begin(lane.client.client);
    void feed.over.then(lane.free);
    return feed;
  };

  return {
    append: (stream, expected, records, deadline) =>
      settled(async () => {
        const written = await writer.client.appendToStream(stream, records.map(eventOf), {
          ...onLeader,
          expectedRevision: revisionOf(expected),
          deadline,
        });
        const { nextExpectedRevision, position } = written;
        return {
          revision: Number(nextExpectedRevision),
          ...(position === undefined ? {} : { place: position }),
        };
      }),
    keepLast: (stream, maxCount, deadline) =>
      settled(async () => {
        await writer.client.setStreamMetadata(
          stream,
          { maxCount },
          { ...onLeader, expectedRevision: NO_STREAM, deadline },
        );
      }),
    tombstone: (stream, deadline) =>
      settled(async () => {
        await writer.client.tombstoneStream(stream, { ...onLeader, expectedRevision: 'any', deadline });
      }),
    readStream: (stream, { from, direction, most }) =>
      onLane((client) => {
        const read = client.readStream(
          stream,
          {
            ...onLeader,
            fromRevision: typeof from === 'number' ? BigInt(from) : from,
            direction: direction === 'forwards' ? FORWARDS : BACKWARDS,
            ...(most === undefined ? {} : { maxCount: most }),
          },
          { highWaterMark: Math.min(most ?? PAGE, PAGE) },
        );
        return feedOf(read, { cancel: () => read.cancel(), item: recordIn, most });
      }),
    readAll: ({ from, direction, most, ahead }) =>
      onLane((client) => {
        const read = client.readAll(
          {
            ...onLeader,
            fromPosition: from,
            direction: direction === 'forwards' ? FORWARDS : BACKWARDS,
            ...(most === undefined ? {} : { maxCount: most }),
          },
          { highWaterMark: ahead },
        );
        return feedOf(read, { cancel: () => read.cancel(), item: recordIn, most });
      }),
    subscribeAll: ({ after, prefixes, searchWindow, ahead }) =>
      onLane((client) => {
        const filter =
          prefixes === undefined
            ? {}
            : {
                filter: streamNameFilter({
                  prefixes: [...prefixes],
                  maxSearchWindow: searchWindow,
                  // Put in its place among the events, and nothing more: what fails here would stall the subscription.
                  checkpointReached: (subscription, place) =>
                    mark(subscription, { _tag: 'Checkpoint', place }),
                }),
              };
        const subscription = client.subscribeToAll(
          { ...callOptions, fromPosition: after === 'start' ? START : after, ...filter },
          { highWaterMark: ahead },
        );
        subscription.on('confirmation', () => mark(subscription, { _tag: 'Confirmed' }));
        subscription.on('caughtUp', () => mark(subscription, { _tag: 'Live' }));
        return feedOf(subscription, { cancel: () => subscription.unsubscribe(), item: subscriptionItemIn });
      }),
    serverVersion: (signal) => {
      // A client remembers for ever that it could not be told.
      const asker = ownClient();
      signal.addEventListener('abort', asker.close, { once: true });
      return settled(async () => {
        try {
          return (await asker.client['capabilities']).serverVersion;
        } finally {
          asker.close();
        }
      });
    },
    openCalls: () => [writer, readers, ...owned].reduce((sum, { openCalls }) => sum + openCalls(), 0),
    ownClient,
    callOptions,
    close: () => {
      writer.close();
      readers.close();
      for (const client of owned) client.close();
    },
  };
};

const PAGE = 64;

/** Puts an item of ours in its place among what the subscription brings. */
const mark = (subscription: AllStreamSubscription, item: SubscriptionItem): void =>
  void subscription.push(item);

// The client's types leave out numbers and booleans, which are JSON as well.
const eventOf = ({ id, type, data, metadata }: NewRecord): ReturnType<typeof jsonEvent> =>
  jsonEvent({ id, type, data: data as JSONType, metadata });

const revisionOf = (expected: Expected | 'any'): 'any' | typeof NO_STREAM | bigint =>
  expected === 'no-stream' ? NO_STREAM : expected === 'any' ? 'any' : BigInt(expected);

// The streams of the client hand out nothing but these; it is their iterators that have types.
const recordIn = (object: unknown): EsdbRecord | undefined => recordOf(object as ResolvedEvent);

const subscriptionItemIn = (object: unknown): SubscriptionItem | undefined => {
  const item = object as SubscriptionItem | ResolvedEvent;
  if ('_tag' in item) return item;
  const record = recordOf(item);
  return record === undefined ? undefined : { _tag: 'Record', record };
};
