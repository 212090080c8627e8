import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openEsdbStore } from '@cloud-kassa/event-store-esdb';
import { esdbServer } from './esdb-server';
import { harmlessStoreFaults } from './harmless-store-faults';
import { SERVER_VICTIMS } from './plan';
import { ESDB_SETTINGS } from './storage-task';
import type { StoreOptions, StoreUnderCampaign } from './store-under-campaign';
import { sure } from './sure';

const KEY_BYTES = 32;

/** What SQLite says where all is well. */
const SOUND = 'ok';

/** A database of EventStoreDB: a test server with its files, and three hosts that share nothing but its address and a key. */
export const esdbUnderCampaign = ({ folder, scripts, port, runtime }: StoreOptions): StoreUnderCampaign => {
  const directory = join(folder, 'server');
  mkdirSync(directory, { mode: 0o700 });
  const keyFile = join(folder, 'key-encryption-key');
  writeFileSync(keyFile, Buffer.from(runtime.entropy(KEY_BYTES)).toString('hex'), { mode: 0o600 });
  const connectionString = `esdb://127.0.0.1:${port}?tls=false`;
  return {
    storageOf: (host) => ({ kind: 'esdb', connectionString, directory: join(folder, host), keyFile }),
    hosts: ['shop', 'worker-1', 'worker-2'],
    server: esdbServer({ script: scripts['esdb-process'], task: { directory, port }, runtime }),
    plan: { victims: SERVER_VICTIMS, faults: harmlessStoreFaults(port) },
    openLog: async () => sure(await openEsdbStore({ connectionString, runtime, settings: ESDB_SETTINGS })()),
    damage: () => {
      const database = new DatabaseSync(join(directory, 'events.db'), { readOnly: true });
      const rows = database.prepare('PRAGMA integrity_check').all();
      database.close();
      const found = rows.flatMap((row) => Object.values(row).map(String));
      return Promise.resolve(found.filter((line) => line !== SOUND));
    },
  };
};
