import type { Idle } from '@cloud-kassa/cloud-kassa';
import type { Death } from './moment';
import type { StorageTask } from './storage-task';

/** What the process of the emulator is started with. */
export interface EmulatorTask {
  readonly directory: string;
  readonly port: number;
}

/** What the process of a server of EventStoreDB is started with. */
export interface EsdbTask {
  readonly directory: string;
  readonly port: number;
}

/** What the process of a worker is started with. */
export interface WorkerTask {
  readonly storage: StorageTask;
  /** Stays over restarts. */
  readonly name: string;
}

/** What the campaign tells a process. */
export type Order =
  | { readonly do: 'die'; readonly at: Death }
  | { readonly do: 'until-idle'; readonly horizonMs: number };

/** What a process tells the campaign. */
export type Told =
  | { readonly told: 'ready' }
  | { readonly told: 'not-started'; readonly why: string }
  | { readonly told: 'idle'; readonly idle: Idle }
  | { readonly told: 'not-idle'; readonly why: string };
