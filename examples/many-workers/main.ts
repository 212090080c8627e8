/*
 * Three workers share one queue in EventStoreDB. One is killed while the registers owe it answers; the other two take over its share of
 * the work, and every confirmed payment has one fiscal document at the end.
 *
 *   npm start
 *   npm start -- --store 'esdb://localhost:2113?tls=false'
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudKassa } from '@cloud-kassa/cloud-kassa';
import { askedStore, eventStoreDb, INN, openEmulatedShop, sure } from '@cloud-kassa/example-emulated-shop';
import { systemRuntime } from '@cloud-kassa/runtime';
import type { FirstSend } from './first-send';
import { firstSend, nameOf } from './first-send';
import type { Place } from './shared-storage';
import { sharedStorage } from './shared-storage';
import type { WorkerProcess } from './worker-process';
import { startWorkerProcess } from './worker-process';

const NAMES = ['worker-1', 'worker-2', 'worker-3'];

/** The shop sells: each order is paid at once. */
const sell = async (kassa: CloudKassa, from: number, to: number): Promise<void> => {
  for (let number = from; number <= to; number += 1) {
    const order = `order-${number}`;
    const price = 145_000 + number;
    sure(
      await kassa.payments.request({
        paymentId: order,
        organisation: INN,
        sourceDocument: order,
        basket: {
          taxation: 1,
          items: [{ name: 'Скамья садовая', price, quantity: '1', vatCode: 11, measure: 0 }],
          buyer: { email: `buyer-${number}@example.ru` },
          place: { place: 'https://sad.example' },
        },
      }),
    );
    const notice = { settlementId: `sbp-${number}`, organisation: INN, amount: price };
    sure(await kassa.payments.confirm(order, notice));
  }
};

/** Waits until the workers have nothing to do for a while; answers how much is left by the one that knows of most. */
const leftOf = async (workers: ReadonlyArray<WorkerProcess>): Promise<number> =>
  Math.max(...(await Promise.all(workers.map((worker) => worker.untilIdle()))));

/** Who took the document of a receipt to the books. */
const finisherOf = async (kassa: CloudKassa, { stream }: FirstSend): Promise<string> => {
  const { timeline } = sure(await kassa.audit.replay(stream));
  return nameOf(timeline.find(({ type }) => type === 'receipt.Fiscalized')?.actor ?? '');
};

const main = async (): Promise<void> => {
  const database = await eventStoreDb(askedStore(process.argv.slice(2)));
  const folder = mkdtempSync(join(tmpdir(), 'cloud-kassa-example-'));
  const keyFile = join(folder, 'key-encryption-key');
  writeFileSync(keyFile, Buffer.from(systemRuntime().entropy(32)).toString('hex'), { mode: 0o400 });
  const placeOf = (name: string): Place => ({ ...database, keyFile, directory: join(folder, name) });

  const { kassa, register, close } = await openEmulatedShop({
    storage: sharedStorage(placeOf('shop')),
    close: async () => {
      rmSync(folder, { recursive: true });
      await database.close();
    },
  });
  const workers = await Promise.all(NAMES.map((name) => startWorkerProcess(name, placeOf(name))));
  console.log(`${workers.length} workers share one queue`);
  await sell(kassa, 1, 20);
  console.log(`20 payments, left to do: ${await leftOf(workers)}`);

  // Documents are made from now on, but nobody is told: what is sent stays on its way.
  register.stopAnswering();
  const sending = firstSend(kassa.events);
  await sell(kassa, 21, 40);
  const first = await sending;
  const victim = workers.find(({ name }) => name === first.worker);
  await victim?.kill();
  console.log('one of them was killed while it waited for an answer of the registers');
  register.answerAgain();

  await sell(kassa, 41, 60);
  const others = workers.filter((worker) => worker !== victim);
  console.log(`40 payments more, left to do: ${await leftOf(others)}`);
  const finisher = await finisherOf(kassa, first);
  console.log(
    'what it had sent was finished by another one:',
    others.some(({ name }) => name === finisher),
  );

  const { verdict, findingCount, settlements, documents, ledger } = sure(
    await kassa.audit.run({ ledger: register.ledger, requireClosed: true }),
  );
  console.log(`payments: ${settlements.confirmed}, with a receipt: ${settlements.linked}`);
  console.log(`documents in the books: ${documents.recorded}, in the registers: ${ledger?.receipts}`);
  console.log(`audit: ${verdict}, ${findingCount} findings`);

  for (const worker of others) await worker.stop();
  await close();
};

void main();
