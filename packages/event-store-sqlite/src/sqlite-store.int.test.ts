import type { EventStore } from '@cloud-kassa/event-store';
import { eventStoreConformance } from '@cloud-kassa/event-store/conformance';
import { systemRuntime } from '@cloud-kassa/runtime';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import * as E from 'fp-ts/Either';
import { openSqliteStore, type SqliteStoreOptions } from './sqlite-store';

const runtime = systemRuntime();
const folder = temporaryFolder();
afterAll(folder.remove);

const underTest = (name: string, options: Partial<SqliteStoreOptions>): void => {
  const files = new Map<EventStore, string>();
  const openOn = async (file: string): Promise<EventStore> => {
    const opened = await openSqliteStore({ file, runtime, ...options })();
    if (E.isLeft(opened)) throw new Error(opened.left.why);
    files.set(opened.right, file);
    return opened.right;
  };
  eventStoreConformance({
    name,
    open: () => openOn(folder.path(`${runtime.ids.next()}.db`)),
    reopen: async (store) => {
      await store.close();
      return openOn(files.get(store) ?? '');
    },
    capabilities: { keepsText: true, maxAppendBytes: 16 * 1024 * 1024 },
  });
};

underTest('the SQLite store', {});
underTest('a SQLite store with small pages and groups of one', { pageSize: 32, groupSize: 1 });
