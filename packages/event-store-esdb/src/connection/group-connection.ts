import {
  END,
  PARK,
  persistentSubscriptionToAllSettingsFromDefaults,
  RETRY,
  START,
  streamNameFilter,
  type PersistentSubscriptionToAllResolvedEvent,
} from '@eventstore/db-client';
import type { Either } from 'fp-ts/Either';
import { settled, type ClientFailure } from './client-failure';
import type { Connection } from './connection';
import { feedOf, type Feed } from './feed';
import { recordOf, type EsdbRecord } from './record';

/** Something a group hands out, to be answered by `ack`, `retry` or `park`. */
export interface GroupItem {
  /** Absent where the event is gone. */
  readonly record?: EsdbRecord;
  /** How often it was handed out before. */
  readonly retries: number;
  /** For the client, which takes what is answered from here. */
  readonly handed: PersistentSubscriptionToAllResolvedEvent;
}

/** Answers are written to the connection; whether they arrive nobody tells. What does not is handed out again. */
export interface GroupFeed extends Feed<GroupItem> {
  readonly ack: (item: GroupItem) => void;
  /** It is handed out again at once. */
  readonly retry: (item: GroupItem, reason: string) => void;
  readonly park: (item: GroupItem, reason: string) => void;
}

export interface GroupSettings {
  readonly prefixes: ReadonlyArray<string>;
  readonly from: 'start' | 'end';
  /** Milliseconds after which something that is not answered is handed out again. */
  readonly messageTimeout: number;
  readonly maxRetryCount: number;
}

export interface GroupFacts {
  readonly parked: number;
  readonly outstanding: number;
  readonly consumers: number;
}

/** The persistent subscriptions to all streams, with a client of their own: it remembers for ever what it could not find out once. */
export interface GroupConnection {
  /** `Exists` is a failure here. What a group selects can not be changed later. */
  readonly create: (
    group: string,
    settings: GroupSettings,
    deadline: number,
  ) => Promise<Either<ClientFailure, void>>;
  readonly consume: (group: string, bufferSize: number) => GroupFeed;
  readonly facts: (group: string, deadline: number) => Promise<Either<ClientFailure, GroupFacts>>;
  readonly replayParked: (group: string, deadline: number) => Promise<Either<ClientFailure, void>>;
  readonly remove: (group: string, deadline: number) => Promise<Either<ClientFailure, void>>;
  /** What was parked last comes last; with the reason. */
  readonly readParked: (group: string, most: number) => Feed<ParkedRecord>;
  readonly close: () => void;
}

export interface ParkedRecord {
  readonly record?: EsdbRecord;
  /** The metadata of the link to it. */
  readonly metadata: unknown;
}

export const groupConnection = ({ ownClient, callOptions }: Connection): GroupConnection => {
  const { client, close } = ownClient();
  return {
    create: (group, { prefixes, from, messageTimeout, maxRetryCount }, deadline) =>
      settled(() =>
        client.createPersistentSubscriptionToAll(
          group,
          persistentSubscriptionToAllSettingsFromDefaults({
            startFrom: from === 'start' ? START : END,
            messageTimeout,
            maxRetryCount,
          }),
          { ...callOptions, deadline, filter: streamNameFilter({ prefixes: [...prefixes] }) },
        ),
      ),
    consume: (group, bufferSize) => {
      const subscription = client.subscribeToPersistentSubscriptionToAll(group, {
        ...callOptions,
        bufferSize,
      });
      return {
        ...feedOf(subscription, { cancel: () => subscription.unsubscribe(), item: itemIn }),
        ack: ({ handed }) => void subscription.ack(handed).catch(unheard),
        retry: ({ handed }, reason) => void subscription.nack(RETRY, reason, handed).catch(unheard),
        park: ({ handed }, reason) => void subscription.nack(PARK, reason, handed).catch(unheard),
      };
    },
    facts: (group, deadline) =>
      settled(async () => {
        const { stats, connections } = await client.getPersistentSubscriptionToAllInfo(group, {
          ...callOptions,
          deadline,
        });
        return {
          parked: Number(stats.parkedMessageCount),
          outstanding: stats.outstandingMessagesCount,
          consumers: connections.length,
        };
      }),
    replayParked: (group, deadline) =>
      settled(() => client.replayParkedMessagesToAll(group, { ...callOptions, deadline })),
    remove: (group, deadline) =>
      settled(() => client.deletePersistentSubscriptionToAll(group, { ...callOptions, deadline })),
    readParked: (group, most) => {
      const read = client.readStream(
        `$persistentsubscription-$all::${group}-parked`,
        { ...callOptions, resolveLinkTos: true, maxCount: most },
        { highWaterMark: 64 },
      );
      return feedOf(read, { cancel: () => read.cancel(), item: parkedIn, most });
    },
    close,
  };
};

// What does not arrive is handed out again after a time.
const unheard = (): undefined => undefined;

// The client's streams hand out nothing but these; it is their iterators that have types.
const itemIn = (object: unknown): GroupItem => {
  const handed = object as PersistentSubscriptionToAllResolvedEvent;
  const record = recordOf(handed);
  return { handed, retries: handed.retryCount, ...(record === undefined ? {} : { record }) };
};

const parkedIn = (object: unknown): ParkedRecord => {
  const resolved = object as PersistentSubscriptionToAllResolvedEvent;
  const record = recordOf(resolved);
  return { metadata: resolved.link?.metadata, ...(record === undefined ? {} : { record }) };
};
