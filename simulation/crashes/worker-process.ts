import { createCloudKassa, oneCAdapter } from '@cloud-kassa/cloud-kassa';
import { systemRuntime } from '@cloud-kassa/runtime';
import { dieAt } from './moment';
import { storageOf } from './storage-task';
import type { Order, Told, WorkerTask } from './talk';
import { ADAPTER_SETTINGS, WORKER_SETTINGS } from './worker-settings';

const tell = (what: Told): void => void process.send?.(what);

/** Carries receipts out of a store until it is killed. */
const main = async (): Promise<void> => {
  const { storage, name } = JSON.parse(process.argv[2] ?? '') as WorkerTask;
  const runtime = systemRuntime();
  process.on('disconnect', () => process.exit());
  process.on('message', (order: Order) => {
    if (order.do === 'die') dieAt(order.at, runtime);
  });
  const opened = await createCloudKassa({
    storage: storageOf(storage),
    adapters: [oneCAdapter(ADAPTER_SETTINGS)],
    actor: name,
    runtime,
  });
  if (!opened.ok) return tell({ told: 'not-started', why: JSON.stringify(opened.error) });
  const started = opened.value.startWorker({ ...WORKER_SETTINGS, name });
  if (!started.ok) return tell({ told: 'not-started', why: JSON.stringify(started.error) });
  const tellWhenIdle = async (horizonMs: number): Promise<void> => {
    const idle = await started.value.untilIdle({ horizonMs });
    tell(
      idle.ok ? { told: 'idle', idle: idle.value } : { told: 'not-idle', why: JSON.stringify(idle.error) },
    );
  };
  process.on('message', (order: Order) => {
    if (order.do === 'until-idle') void tellWhenIdle(order.horizonMs);
  });
  tell({ told: 'ready' });
};

void main();
