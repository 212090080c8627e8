import * as E from 'fp-ts/Either';
import { systemRuntime } from '@cloud-kassa/runtime';
import { ADMIN_TOKEN, quickGroup } from './server.testing';
import { startEmulator } from './start-emulator';

/** What the process is started with. */
export type ProcessArguments = readonly [directory: string, durability: string, snapshotAfter: string];

/** A process that serves an emulator out of a directory until it is killed. */
const main = async (): Promise<void> => {
  const [directory = '', durability = '', snapshotAfter = ''] = process.argv.slice(2);
  const started = await startEmulator({
    runtime: systemRuntime(),
    settings: { groups: [quickGroup({ units: 2 })], admin: { token: ADMIN_TOKEN } },
    directory,
    durability: durability === 'flush' ? 'flush' : 'fsync',
    snapshotAfter: Number(snapshotAfter),
  })();
  process.stdout.write(`${E.isRight(started) ? started.right.url : JSON.stringify(started.left)}\n`);
};

void main();
