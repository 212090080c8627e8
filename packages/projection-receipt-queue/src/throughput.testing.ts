import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore, type EventStore } from '@cloud-kassa/event-store';
import {
  memoryReadModels,
  openSqliteReadModels,
  projectionRunner,
  type ReadModels,
} from '@cloud-kassa/projections';
import { systemRuntime } from '@cloud-kassa/runtime';
import { sampleOfReceipts } from './many-receipts.testing';
import { RECEIPT_QUEUE } from './receipt-queue-projection';
import { succeeded } from './world.testing';

/**
 * Measures how fast the queue catches up with receipts that went the usual way (six events each, 64 of them under way at a time), read
 * from memory. The folder is that of the system for temporary files (`TMPDIR`), so its disk is what is measured.
 */
const RECEIPTS = 20_000;
const runtime = systemRuntime();

const measure = async (name: string, store: EventStore, readModels: ReadModels): Promise<void> => {
  const runner = projectionRunner({ store, readModels, projection: RECEIPT_QUEUE, runtime });
  let events = 0;
  const began = runtime.monotonic();
  await succeeded(runner.catchUp((some) => (events += some)));
  const seconds = (runtime.monotonic() - began) / 1_000;
  writeSync(1, `${name}: ${events} events, ${Math.round(events / seconds)} events/s\n`);
};

const main = async (): Promise<void> => {
  const store = memoryStore();
  await sampleOfReceipts(store, RECEIPTS);
  await measure('in memory', store, memoryReadModels());
  for (const round of [1, 2, 3]) {
    const folder = mkdtempSync(join(tmpdir(), 'cloud-kassa-queue-'));
    const file = join(folder, 'read-models.db');
    const readModels = await succeeded(openSqliteReadModels({ file, runtime }));
    await measure(`in SQLite, ${round}`, store, readModels);
    await readModels.close();
    rmSync(folder, { recursive: true });
  }
};

void main();
