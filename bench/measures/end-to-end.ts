import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import type { RegisterReceipt } from '@cloud-kassa/core';
import { openSqliteKeyRing } from '@cloud-kassa/event-store-sqlite';
import type { Instant } from '@cloud-kassa/ffd';
import { seededRuntime } from '@cloud-kassa/runtime';
import { sale } from '../data/sale';
import { dispatchedReceipts, openProviders } from '../dispatched-receipts';
import { DEVICES } from '../emulated-devices';
import { startEmulatorProcess } from '../emulator-process';
import { given } from '../given';
import { measureProcess, tell, type Task } from '../measure-process';
import { median } from '../median';
import { perSecond, ratioText } from '../number-text';
import { openStore, runtime } from '../open-store';
import type { Report } from '../report';
import { inTurns } from '../rounds';

const GOAL = 1_500;
const REGISTERED_TOGETHER = 64;
const DURABILITY = 'fsync';
const WARM_UP = 2;

/**
 * Receipts to an emulator without pace in a process of its own, over HTTP, by the adapter of the 1C provider API and the dispatcher at
 * its usual settings; events in SQLite (FULL), keys of buyers in a file of their own, the emulator's state on its disk before it
 * answers. Receipts are registered before the clock runs (`before`), or while the dispatcher works (`during`); the clock stops when the
 * last document is recorded.
 */
const endToEnd = async ({ sizes, seed, folder }: Task): Promise<Report> => {
  tell(`end to end, ${sizes.receipts} receipts a round`);
  const emulatorFolder = join(folder, 'emulator');
  mkdirSync(emulatorFolder);
  const emulator = await startEmulatorProcess({ folder: emulatorFolder, durability: DURABILITY });
  const providers = openProviders(emulator.url);
  const random = seededRuntime(seed).random.split('sales');
  const eventsPerReceipt: number[] = [];
  let [stores, number] = [0, 0];

  const round = async (how: 'before' | 'during'): Promise<number> => {
    stores += 1;
    const store = await openStore(join(folder, `store-${stores}.db`));
    const keyRing = given(
      await openSqliteKeyRing({
        file: join(folder, `keys-${stores}.db`),
        runtime,
        keyEncryptionKey: runtime.entropy(32),
      })(),
    );
    const receipts = dispatchedReceipts(store, keyRing, providers);
    const sales: RegisterReceipt['data'][] = [];
    for (let count = 0; count < sizes.receipts; count += 1) {
      number += 1;
      const device = DEVICES[number % DEVICES.length] ?? DEVICES[0];
      if (device === undefined) throw new Error('no device');
      sales.push(await sale({ random, keyRing, number, ...device, now: runtime.wall() as Instant }));
    }
    if (how === 'before') await receipts.register(sales, REGISTERED_TOGETHER);
    const began = runtime.monotonic();
    const registered = how === 'during' ? receipts.register(sales, REGISTERED_TOGETHER) : undefined;
    await receipts.dispatch(sales.length);
    const took = runtime.monotonic() - began;
    await registered;
    eventsPerReceipt.push(receipts.events() / sales.length);
    await store.close();
    await keyRing.close();
    return (sales.length / took) * 1_000;
  };

  const measured = await inTurns(
    { before: () => round('before'), during: () => round('during') },
    { warmUp: WARM_UP, rounds: Math.max(WARM_UP, Math.ceil(sizes.rounds / 3)) },
  );
  const { documents, keys } = await emulator.made();
  if (documents !== number || keys !== number)
    throw new Error(`${documents} documents of ${number} receipts`);
  for (const provider of providers.values()) provider.close();
  await emulator.end();
  const what = `${ratioText(median(eventsPerReceipt))} events each, emulator ${DURABILITY}`;
  return {
    figures: { endToEndReceiptsPerSecond: median(measured.before) },
    lines: [
      {
        what: `end to end, receipts registered before; ${what}`,
        ours: perSecond(median(measured.before)),
        goal: `≥ ${perSecond(GOAL)}`,
      },
      { what: 'end to end, registration included', ours: perSecond(median(measured.during)) },
    ],
  };
};

void measureProcess(endToEnd);
