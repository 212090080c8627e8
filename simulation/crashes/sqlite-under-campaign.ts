import { join } from 'node:path';
import { openSqliteStore } from '@cloud-kassa/event-store-sqlite';
import { NO_SERVER } from './plan';
import type { StoreOptions, StoreUnderCampaign } from './store-under-campaign';
import { sure } from './sure';

/** Files of one machine, which all processes have open. */
export const sqliteUnderCampaign = ({ folder, runtime }: StoreOptions): StoreUnderCampaign => {
  const file = join(folder, 'events.db');
  const openLog = async () => sure(await openSqliteStore({ file, runtime, pollMilliseconds: 10 })());
  return {
    storageOf: () => ({ kind: 'sqlite', directory: folder }),
    hosts: ['shop'],
    plan: NO_SERVER,
    openLog,
    damage: async () => {
      const log = await openLog();
      const found = sure(await log.integrityCheck()());
      await log.close();
      return found;
    },
  };
};
