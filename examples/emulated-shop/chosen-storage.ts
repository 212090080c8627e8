import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '@cloud-kassa/cloud-kassa';
import { openEsdbStore } from '@cloud-kassa/event-store-esdb';
import { askedStore } from './asked-store';
import { eventStoreDb } from './event-store-db';

/** Where an example keeps its things, and how that place is tidied up afterwards. */
export interface ChosenStorage {
  readonly storage: Storage;
  readonly close: () => Promise<void>;
}

/** Nothing is kept. */
export const IN_MEMORY: ChosenStorage = { storage: { kind: 'memory' }, close: () => Promise.resolve() };

/**
 * The store that the arguments of an example name:
 *
 * - none: memory
 * - `--store esdb`: a test server of EventStoreDB in this process, or the database of `ESDB_URL`
 * - `--store esdb://…`: that database
 */
export const storageFrom = async (given: ReadonlyArray<string>): Promise<ChosenStorage> => {
  const asked = askedStore(given);
  if (asked === undefined) return IN_MEMORY;
  const { connectionString, namespace, close } = await eventStoreDb(asked);
  // The read models and the key of the keys of persons are files of this machine.
  const directory = mkdtempSync(join(tmpdir(), 'cloud-kassa-example-'));
  return {
    storage: {
      kind: 'database',
      directory,
      open: (runtime) => openEsdbStore({ connectionString, runtime, settings: { namespace } }),
    },
    close: async () => {
      rmSync(directory, { recursive: true });
      await close();
    },
  };
};
