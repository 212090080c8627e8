import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import type { RegisterReceipt } from '@cloud-kassa/core';
import type { EventStore } from '@cloud-kassa/event-store';
import type { Instant } from '@cloud-kassa/ffd';
import { seededRuntime } from '@cloud-kassa/runtime';
import { sale } from '../data/sale';
import { dispatchedReceipts, openProviders } from '../dispatched-receipts';
import { DEVICES } from '../emulated-devices';
import { startEmulatorProcess } from '../emulator-process';
import { openEsdb } from '../esdb-database';
import { startEventServer, type EventServerSays } from '../event-server';
import { given } from '../given';
import { measureProcess, tell, type Task } from '../measure-process';
import { median } from '../median';
import { perSecond, ratioText } from '../number-text';
import { runtime } from '../open-store';
import type { Report } from '../report';
import { inTurns } from '../rounds';
import { startBenchWorker } from '../worker-process';

const REGISTERED_TOGETHER = 32;
const KEY_BYTES = 32;

/** What one round took. */
interface Taken {
  readonly perSecond: number;
  /** Milliseconds of processor time for each receipt. */
  readonly workers: number;
  readonly server: number;
  /** Calls to the server for each receipt. */
  readonly appends: number;
  readonly reads: number;
}

/** Resolves when so many receipts have their documents. */
const documentsIn = async (store: EventStore, count: number, signal: AbortSignal): Promise<void> => {
  let documents = 0;
  for await (const item of store.subscribeAll({ filter: { prefixes: ['receipt-'] }, signal })) {
    if (item._tag === 'Failed') throw new Error(item.error.why);
    if (item._tag !== 'Events') continue;
    documents += item.events.filter(({ type }) => type === 'receipt.Fiscalized').length;
    if (documents >= count) return;
  }
};

/**
 * Receipts that are registered in a database, carried to their documents by so many worker processes: the test server and the emulator have
 * processes of their own. The clock runs from when the workers are told to begin to when the last document is seen.
 */
const esdbEndToEnd = async ({ sizes, seed, folder }: Task): Promise<Report> => {
  tell(`end to end over EventStoreDB, ${sizes.esdbReceipts} receipts a round`);
  const emulatorFolder = join(folder, 'emulator');
  mkdirSync(emulatorFolder);
  const emulator = await startEmulatorProcess({ folder: emulatorFolder, durability: 'fsync' });
  const server = await startEventServer();
  const random = seededRuntime(seed).random.split('sales');
  let number = 0;

  const round = async (count: number): Promise<Taken> => {
    const connectionString = await server.begin();
    const key = Buffer.from(runtime.entropy(KEY_BYTES));
    const store = await openEsdb(connectionString);
    const keyRing = given(await store.keyRing.open(key)());
    const receipts = dispatchedReceipts(store, keyRing, openProviders(emulator.url));
    const sales: RegisterReceipt['data'][] = [];
    for (let index = 0; index < sizes.esdbReceipts; index += 1) {
      number += 1;
      const device = DEVICES[number % DEVICES.length] ?? DEVICES[0];
      if (device === undefined) throw new Error('no device');
      sales.push(await sale({ random, keyRing, number, ...device, now: runtime.wall() as Instant }));
    }
    await receipts.register(sales, REGISTERED_TOGETHER);
    const keyEncryptionKey = key.toString('hex');
    const workers = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        startBenchWorker({
          connectionString,
          emulatorUrl: emulator.url,
          keyEncryptionKey,
          name: `worker-${index}`,
        }),
      ),
    );
    const before = await server.tell();
    const watching = new AbortController();
    const all = documentsIn(store, sales.length, watching.signal);
    const began = runtime.monotonic();
    const begun = await Promise.all(workers.map((worker) => worker.begin()));
    await all;
    const took = runtime.monotonic() - began;
    const after = await server.tell();
    watching.abort();
    const stopped = await Promise.all(workers.map((worker) => worker.stop()));
    await Promise.all(workers.map((worker) => worker.end()));
    await store.close();
    const per = (value: number): number => value / sales.length;
    const calls = (name: keyof EventServerSays['calls']): number => after.calls[name] - before.calls[name];
    return {
      perSecond: (sales.length / took) * 1_000,
      workers: per(
        stopped.reduce((sum, said, index) => sum + said.processorMs - (begun[index]?.processorMs ?? 0), 0),
      ),
      server: per(after.processorMs - before.processorMs),
      appends: per(calls('append')),
      reads: per(calls('read-stream')),
    };
  };

  const measured = await inTurns<'one' | 'two' | 'four', Taken>(
    { one: () => round(1), two: () => round(2), four: () => round(4) },
    { warmUp: 1, rounds: Math.max(1, Math.ceil(sizes.rounds / 3)) },
  );
  const { documents, keys } = await emulator.made();
  if (documents !== number || keys !== number)
    throw new Error(`${documents} documents of ${number} receipts`);
  await emulator.end();
  await server.end();
  const of = (name: keyof typeof measured, what: keyof Taken): number =>
    median(measured[name].map((taken) => taken[what]));
  const line = (name: keyof typeof measured, workers: string) => ({
    what: `EventStoreDB: end to end, ${workers}; ms of processor a receipt: ${of(name, 'workers').toFixed(2)} workers, ${of(name, 'server').toFixed(2)} server`,
    ours: perSecond(of(name, 'perSecond')),
    against: `${ratioText(of(name, 'appends'))} appends, ${ratioText(of(name, 'reads'))} reads each`,
    ratio: ratioText(of(name, 'perSecond') / of('one', 'perSecond')),
  });
  return {
    figures: {},
    lines: [line('one', '1 worker'), line('two', '2 workers'), line('four', '4 workers')],
  };
};

void measureProcess(esdbEndToEnd);
