import type { StoreError } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { eventOfRecord } from '../appending/event-record';
import type { ClientFailure } from '../connection/client-failure';
import { groupConnection, type GroupConnection, type ParkedRecord } from '../connection/group-connection';
import { isItems, takeFrom, type Reading } from '../reading/reading';
import { CLOSED, readError, rejected } from '../reading/store-error';
import { consumeGroup } from './consume-group';
import {
  wrongGroup,
  type ConsumerGroup,
  type Consumption,
  type GroupState,
  type ParkedEvent,
} from './consumer-group';

/** Groups of consumers (persistent subscriptions of EventStoreDB). Managing them needs the rights of `$admins` or `$ops`. */
export interface ConsumerGroups {
  /**
   * Consumes until the signal is aborted or the store is closed. `Left` when it is not allowed, or when the server was away for longer
   * than `settings.patience`; then it may be called again.
   */
  readonly consume: (group: ConsumerGroup, consumption: Consumption) => TaskEither<StoreError, void>;
  /** `undefined` where there is no such group. */
  readonly state: (group: ConsumerGroup) => TaskEither<StoreError, GroupState | undefined>;
  /** The events that were given up, oldest first, at most so many (default 100). */
  readonly parked: (
    group: ConsumerGroup,
    limit?: number,
  ) => TaskEither<StoreError, ReadonlyArray<ParkedEvent>>;
  /** Hands all parked events out again. */
  readonly replayParked: (group: ConsumerGroup) => TaskEither<StoreError, void>;
  /** Removes a group and forgets how far it was. For versions that nobody consumes any more. */
  readonly remove: (group: ConsumerGroup) => TaskEither<StoreError, void>;
}

export const consumerGroups = (reading: Reading): ConsumerGroups => {
  const { connection, settings, names, closed } = reading;

  const nameOf = ({ name, version }: ConsumerGroup): string => names.stored(`${name}-v${version}`);

  const refusal = (group: ConsumerGroup): StoreError | undefined => {
    if (closed.aborted) return CLOSED;
    const wrong = wrongGroup(group);
    return wrong === undefined ? undefined : rejected('stream-name', wrong);
  };

  const asked =
    <A>(
      group: ConsumerGroup,
      ask: (groups: GroupConnection, name: string) => Promise<Either<ClientFailure, A>>,
    ): TaskEither<StoreError, A> =>
    async () => {
      const refused = refusal(group);
      if (refused !== undefined) return E.left(refused);
      const groups = groupConnection(connection);
      try {
        return E.mapLeft(readError)(await ask(groups, nameOf(group)));
      } finally {
        groups.close();
      }
    };

  return {
    consume: (group, consumption) => async () => {
      const refused = refusal(group);
      return refused === undefined
        ? consumeGroup(reading, nameOf(group), group, consumption)
        : E.left(refused);
    },
    state: (group) =>
      asked<GroupState | undefined>(group, async (groups, name) => {
        const facts = await groups.facts(name, settings.attempt);
        return E.isLeft(facts) && facts.left._tag === 'NotFound' ? E.right(undefined) : facts;
      }),
    parked: (group, limit = 100) =>
      asked(group, async (groups, name) => {
        const feed = groups.readParked(name, limit);
        const parked: ParkedEvent[] = [];
        try {
          while (parked.length < limit) {
            const taken = await takeFrom(reading, feed, limit);
            if (isItems(taken)) parked.push(...taken.map((record) => parkedEvent(reading, record)));
            else if (taken === 'ended' || taken._tag === 'NotFound') break;
            else return E.left(taken);
          }
          return E.right(parked);
        } finally {
          feed.leave();
        }
      }),
    replayParked: (group) => asked(group, (groups, name) => groups.replayParked(name, settings.attempt)),
    remove: (group) =>
      asked(group, async (groups, name) => {
        const removed = await groups.remove(name, settings.attempt);
        return E.isLeft(removed) && removed.left._tag === 'NotFound' ? E.right(undefined) : removed;
      }),
  };
};

/** The server's own words before those that it was given. */
const BY_CLIENT = /^Client explicitly NAK'ed message\.\s*/;

const parkedEvent = ({ names }: Reading, { record, metadata }: ParkedRecord): ParkedEvent => {
  const stream = record === undefined ? undefined : names.own(record.stream);
  const event = record === undefined || stream === undefined ? undefined : eventOfRecord(stream, record);
  const reason: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'reason') : undefined;
  return {
    ...(event !== undefined && E.isRight(event) ? { event: event.right } : {}),
    ...(typeof reason === 'string' ? { reason: reason.replace(BY_CLIENT, '') } : {}),
  };
};
