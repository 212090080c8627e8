import { startEmulator } from '@cloud-kassa/kkt-emulator';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { dieAt } from './moment';
import { emulatorSettings } from './registers';
import type { EmulatorTask, Order, Told } from './talk';

const tell = (what: Told): void => void process.send?.(what);

/** Serves the emulated registers out of a directory until it is killed. What is answered is on the disk. */
const main = async (): Promise<void> => {
  const { directory, port } = JSON.parse(process.argv[2] ?? '') as EmulatorTask;
  const runtime = systemRuntime();
  process.on('disconnect', () => process.exit());
  process.on('message', (order: Order) => {
    if (order.do === 'die') dieAt(order.at, runtime);
  });
  const started = await startEmulator({
    runtime,
    settings: emulatorSettings(),
    directory,
    durability: 'fsync',
    port,
    snapshotAfter: 400,
  })();
  if (E.isRight(started)) tell({ told: 'ready' });
  else tell({ told: 'not-started', why: JSON.stringify(started.left) });
};

void main();
