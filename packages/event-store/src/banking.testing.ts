import { seededRuntime, type Runtime, type SeededRuntime } from '@cloud-kassa/runtime';
import { createCommandHandler, type CommandContext, type CommandHandler } from './command-handler';
import { memoryKeyRing, type MemoryKeyRing } from './memory-key-ring';
import type { StateCacheOptions } from './state-cache';
import type { EventStore } from './store';
import {
  account,
  accountFamily,
  type Account,
  type AccountCommand,
  type AccountEvent,
  type AccountOwner,
  type AccountRefusal,
} from './account.testing';

export type AccountHandler = CommandHandler<string, AccountCommand, Account, AccountEvent, AccountRefusal>;

export const testKeyRing = (runtime: Runtime): MemoryKeyRing =>
  memoryKeyRing({ indexKey: new Uint8Array(32).fill(7), entropy: runtime.entropy });

export interface Bank {
  readonly runtime: SeededRuntime;
  readonly keyRing: MemoryKeyRing;
  readonly handler: (options?: {
    readonly store?: EventStore;
    readonly runtime?: Runtime;
    readonly cache?: StateCacheOptions<Account>;
    readonly knownCommands?: number | 'all';
    readonly attempts?: number;
  }) => AccountHandler;
}

/** Accounts on a store, under virtual time; every handler is as a process of its own. */
export const bank = (seed: string, store: EventStore): Bank => {
  const runtime = seededRuntime(seed);
  const keyRing = testKeyRing(runtime);
  return {
    runtime,
    keyRing,
    handler: (options = {}) =>
      createCommandHandler({
        store,
        decider: account,
        family: accountFamily,
        streamOf: (id) => `account-${id}`,
        keyRing,
        runtime,
        knownCommands: 'all',
        ...options,
      }),
  };
};

export const as = (commandId: string, actor = 'teller'): CommandContext => ({
  commandId,
  actor,
  organisation: '-',
});

export const owner: AccountOwner = { keyId: 'k1', person: { email: 'buyer@example.org' } };
export const openAccount = (limit = 1000): AccountCommand => ({ type: 'Open', data: { owner, limit } });
export const deposit = (amount: number): AccountCommand => ({ type: 'Deposit', data: { amount } });
export const withdraw = (amount: number, times = 1): AccountCommand => ({
  type: 'Withdraw',
  data: { amount, times },
});
