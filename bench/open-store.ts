import { openSqliteStore, type SqliteStore } from '@cloud-kassa/event-store-sqlite';
import { systemRuntime } from '@cloud-kassa/runtime';
import { given } from './given';

export const runtime = systemRuntime();

/** The event store of a file as users get it. */
export const openStore = async (file: string): Promise<SqliteStore> =>
  given(await openSqliteStore({ file, runtime })());

/** Makes a file with the tables of the event store and nothing in them. */
export const makeStoreFile = async (file: string): Promise<void> => {
  const store = await openStore(file);
  await store.close();
};
