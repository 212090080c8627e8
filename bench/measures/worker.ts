import { dispatchedReceipts, openProviders } from '../dispatched-receipts';
import { openEsdb } from '../esdb-database';
import { given } from '../given';
import { processorMs } from '../processor-time';
import type { WorkerOrder, WorkerSays, WorkerTask } from '../worker-process';

const say = (): void => {
  const says: WorkerSays = { processorMs: processorMs() };
  process.send?.(says);
};

/** Carries receipts out of a database from when it is told to begin until it is told to stop. */
const main = async (): Promise<void> => {
  const task = JSON.parse(process.argv[2] ?? '') as WorkerTask;
  const store = await openEsdb(task.connectionString);
  const keyRing = given(await store.keyRing.open(Buffer.from(task.keyEncryptionKey, 'hex'))());
  const receipts = dispatchedReceipts(store, keyRing, openProviders(task.emulatorUrl), {
    leases: store.work.leases,
    workerName: task.name,
  });
  const stopping = new AbortController();
  let working: Promise<void> | undefined;
  const obey = async (order: WorkerOrder): Promise<void> => {
    if (order.do === 'begin') working = receipts.run(stopping.signal);
    else {
      stopping.abort('enough');
      await working;
    }
    say();
  };
  process.on('disconnect', () => process.exit());
  process.on('message', (order: WorkerOrder) => void obey(order));
  say();
};

void main();
