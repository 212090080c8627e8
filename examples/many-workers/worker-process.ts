import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Place } from './shared-storage';

/** A worker in a process of its own. */
export interface WorkerProcess {
  readonly name: string;
  /** Waits until nothing is to be done for a while; answers how many receipts and settlements are left. */
  readonly untilIdle: () => Promise<number>;
  /** `kill -9`: no handler runs, nothing is given back. */
  readonly kill: () => Promise<void>;
  /** Lets it end in order. */
  readonly stop: () => Promise<void>;
}

/** Starts a worker and waits until it works. */
export const startWorkerProcess = async (name: string, place: Place): Promise<WorkerProcess> => {
  const child = fork(require.resolve('./worker'), {
    env: {
      ...process.env,
      ESDB_URL: place.connectionString,
      ESDB_NAMESPACE: place.namespace,
      KEY_FILE: place.keyFile,
      DIRECTORY: place.directory,
      WORKER: name,
    },
  });
  const ended = once(child, 'exit');
  const told = async (): Promise<unknown> => {
    const [message]: ReadonlyArray<unknown> = await Promise.race([
      once(child, 'message'),
      ended.then(() => Promise.reject(new Error(`${name} has ended`))),
    ]);
    return message;
  };
  await told();
  return {
    name,
    untilIdle: async () => {
      const left = told();
      child.send('until-idle');
      return Number(await left);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
