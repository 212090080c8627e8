import { startTalkingProcess } from './talking-process';

/** What the process of a worker is started with. */
export interface WorkerTask {
  readonly connectionString: string;
  readonly emulatorUrl: string;
  /** Hexadecimal digits; the same for all. */
  readonly keyEncryptionKey: string;
  readonly name: string;
}

export type WorkerOrder = { readonly do: 'begin' } | { readonly do: 'stop' };

/** What it says after every order. */
export interface WorkerSays {
  /** Processor time of the process since it was started. */
  readonly processorMs: number;
}

/** A worker that carries receipts out of a database, in a process of its own. */
export interface BenchWorker {
  readonly begin: () => Promise<WorkerSays>;
  /** Resolves when what was under way has come to its end. */
  readonly stop: () => Promise<WorkerSays>;
  readonly end: () => Promise<void>;
}

export const startBenchWorker = async (task: WorkerTask): Promise<BenchWorker> => {
  const { ask, end } = await startTalkingProcess<WorkerOrder, WorkerSays>('worker', task);
  return { begin: () => ask({ do: 'begin' }), stop: () => ask({ do: 'stop' }), end };
};
