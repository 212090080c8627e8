/*
 * A worker: a process that carries receipts out of the queue that it shares with others, until it is told to end, or killed. Whatever it
 * leaves behind the others carry on with.
 */
import { createCloudKassa, oneCAdapter } from '@cloud-kassa/cloud-kassa';
import { sure } from '@cloud-kassa/example-emulated-shop';
import { sharedStorage } from './shared-storage';
import { IN_A_HURRY, SEND_TIMEOUT_MS } from './worker-settings';

const { ESDB_URL, ESDB_NAMESPACE, KEY_FILE, DIRECTORY, WORKER } = process.env;

const main = async (): Promise<void> => {
  if (!ESDB_URL || !ESDB_NAMESPACE || !KEY_FILE || !DIRECTORY || !WORKER)
    throw new Error('ESDB_URL, ESDB_NAMESPACE, KEY_FILE, DIRECTORY and WORKER have to be set');
  const kassa = sure(
    await createCloudKassa({
      storage: sharedStorage({
        connectionString: ESDB_URL,
        namespace: ESDB_NAMESPACE,
        keyFile: KEY_FILE,
        directory: DIRECTORY,
      }),
      adapters: [oneCAdapter({ timeoutMs: SEND_TIMEOUT_MS })],
    }),
  );
  const worker = sure(kassa.startWorker({ ...IN_A_HURRY, name: WORKER }));

  const untilIdle = async (): Promise<void> => {
    const { receipts, settlements } = sure(await worker.untilIdle());
    process.send?.(receipts.length + settlements.length);
  };
  process.on('message', () => void untilIdle());
  // An orderly end gives the shards back, so that the others need not wait for the leases.
  process.on('SIGTERM', () => void kassa.close().then(() => process.disconnect()));
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
};

void main();
