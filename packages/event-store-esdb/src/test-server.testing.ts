import { EventStoreDBClient } from '@eventstore/db-client';
import type { EventStore } from '@cloud-kassa/event-store';
import {
  startEsdbTestServer,
  type EsdbTestServer,
  type EsdbTestServerOptions,
} from '@cloud-kassa/event-store-esdb-testserver';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { openEsdbStore, type EsdbStore, type EsdbStoreOptions } from './esdb-store';

export const runtime = systemRuntime();

/** The answer of a task that is to succeed. */
export const given = async <E, A>(task: TaskEither<E, A>): Promise<A> => {
  const outcome = await task();
  if (E.isLeft(outcome)) throw new Error(`It failed: ${JSON.stringify(outcome.left)}`);
  return outcome.right;
};

/** The failure of a task that is to fail. */
export const failure = async <E, A>(task: TaskEither<E, A>): Promise<E> => {
  const outcome = await task();
  if (E.isRight(outcome)) throw new Error(`It succeeded: ${JSON.stringify(outcome.right)}`);
  return outcome.left;
};

export const startServer = (options: Partial<EsdbTestServerOptions> = {}): Promise<EsdbTestServer> =>
  given(startEsdbTestServer({ runtime, ...options }));

/** Times for tests: what is awaited for a measure of time elsewhere is awaited here for little of it. */
export const QUICK: EsdbStoreOptions['settings'] = { look: 10, opening: 3_000, closing: 200 };

export const openOn = (
  { connectionString }: Pick<EsdbTestServer, 'connectionString'>,
  settings: EsdbStoreOptions['settings'] = {},
  options: Partial<EsdbStoreOptions> = {},
): Promise<EsdbStore> =>
  given(openEsdbStore({ connectionString, runtime, settings: { ...QUICK, ...settings }, ...options }));

/** A store whose end is the end of something else too. */
export const endingWith = <S extends EventStore>(store: S, end: () => Promise<void>): S => ({
  ...store,
  close: async () => {
    await store.close();
    await end();
  },
});

/** The client itself, for what other programs do. */
export const strangerOn = ({
  connectionString,
}: Pick<EsdbTestServer, 'connectionString'>): EventStoreDBClient =>
  EventStoreDBClient.connectionString(connectionString);

/** In the clear it is not sent; it makes the client append call by call. */
export const STRANGER = { credentials: { username: 'stranger', password: 'none' } };
