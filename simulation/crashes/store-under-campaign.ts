import type { EventStore } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import type { StorePlan } from './plan';
import type { bundlePrograms } from './programs';
import type { StorageTask } from './storage-task';
import type { StoreServer } from './store-server';

/** The kinds of stores that a campaign can be held over. */
export type StoreKind = 'sqlite' | 'esdb';

export const STORE_KINDS: ReadonlyArray<StoreKind> = ['sqlite', 'esdb'];

/** A machine of the campaign, by the process that runs on it. */
export type Host = 'shop' | 'worker-1' | 'worker-2';

/** The store that everybody of a campaign works on. */
export interface StoreUnderCampaign {
  /** What the process of a host opens. */
  readonly storageOf: (host: Host) => StorageTask;
  /** Hosts with read models of their own. The shop is the first; those that are not named share with it. */
  readonly hosts: ReadonlyArray<Host>;
  /** Where the store is a process of its own. */
  readonly server?: StoreServer;
  /** Who dies with whom, and which faults of the store strike. */
  readonly plan: StorePlan;
  /** A way of its own to the log, for those who only look. */
  readonly openLog: () => Promise<EventStore>;
  /** What is wrong with the files, when nobody has them open any more. */
  readonly damage: () => Promise<ReadonlyArray<string>>;
}

export interface StoreOptions {
  /** An empty folder that is there. */
  readonly folder: string;
  readonly scripts: ReturnType<typeof bundlePrograms>;
  /** Free, for a server. */
  readonly port: number;
  readonly runtime: Runtime;
}
