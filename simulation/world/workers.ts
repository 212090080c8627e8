import * as E from 'fp-ts/Either';
import { RECEIPT_EVENTS, receiptStream } from '@cloud-kassa/core';
import type { EventStore } from '@cloud-kassa/event-store';
import { createCommandHandler } from '@cloud-kassa/event-store';
import type { Devices, Receipts } from '@cloud-kassa/fiscalizer';
import { dispatcher } from '@cloud-kassa/fiscalizer';
import type { FiscalProvider } from '@cloud-kassa/provider';
import type { SeededRuntime } from '@cloud-kassa/runtime';
import { ORGANISATIONS } from './setting';
import { virtualProvider } from './virtual-provider';
import { workerStore } from './worker-store';
import type { World } from './world';
import { CHAOS_MS, HORIZON_MS } from './world';

const WORKERS = 3;
/** Wall clocks of the processes differ by up to so much, either way. */
const SKEW_MS = 10 * 60_000;

/** The processes that carry receipts to their documents. */
export interface Workers {
  /** Kills a worker, which comes back after a while, or suspends it for a while. In calm nobody is hurt. */
  readonly hurt: (victim: SeededRuntime, how: 'crash' | 'suspend') => void;
  readonly anyRunning: (draw: (below: number) => number) => SeededRuntime | undefined;
  readonly resumeAll: () => void;
}

/** The real handler of receipts for one process of the world. */
export const receiptsFor = (world: World, runtime: SeededRuntime, store: EventStore): Receipts => {
  const real: Receipts = createCommandHandler({
    store,
    decider: world.decider,
    family: RECEIPT_EVENTS,
    streamOf: receiptStream,
    keyRing: world.keyRing,
    runtime,
    knownCommands: 'all',
  });
  return world.sabotage.receipts?.(real) ?? real;
};

/** The store as one process of the world reaches it. */
export const storeFor = (world: World, runtime: SeededRuntime): EventStore => {
  const { log, plan, noteFault, sabotage } = world;
  const real = workerStore({ log, runtime, random: runtime.random.split('store'), plan, noteFault });
  return sabotage.store?.(real) ?? real;
};

const devicesFor = (world: World, runtime: SeededRuntime, hurt: Workers['hurt']): Devices => {
  const { kernel, judge, services, settings, sabotage } = world;
  const providers = new Map<string, FiscalProvider>();
  for (const [deviceId, service] of services) {
    const real = virtualProvider({
      service,
      kernel,
      runtime,
      random: runtime.random.split(deviceId),
      plan: world.plan,
      timeoutMs: settings.sendTimeoutMs,
      horizonMs: HORIZON_MS,
      wallMs: world.wallMs,
      noteFault: world.noteFault,
      hurt: (how, afterMs) => void kernel.schedule(afterMs, () => hurt(runtime, how)),
      noteSend: (receiptId, key) => {
        judge.check();
        judge.noteSend(receiptId, key);
      },
    });
    providers.set(deviceId, sabotage.provider?.(real) ?? real);
  }
  const choice = runtime.random.split('choice');
  return {
    provider: (deviceId) => providers.get(deviceId),
    isSuspended: () => false,
    choose: async (receipt, isUp) => {
      if (choice.next() < world.plan().noDevice) {
        world.noteFault('no-device');
        return E.left({ reason: 'no-device', refused: [] });
      }
      const devices = ORGANISATIONS.find(({ inn }) => inn === receipt.organisation)?.devices ?? [];
      const chosen = devices.find(({ deviceId }) => isUp(deviceId)) ?? devices[0];
      return chosen === undefined
        ? E.left({ reason: 'no-device', refused: [] })
        : E.right({ deviceId: chosen.deviceId, refused: [] });
    },
  };
};

/** Starts the workers of the world, each with a clock of its own. */
export const startWorkers = (world: World): Workers => {
  const { kernel, keyRing, leases, settings, noteFault } = world;
  const random = world.random.split('workers');
  const running = new Map<string, SeededRuntime>();
  const skewOf = new Map<string, number>();

  const start = (name: string): void => {
    const runtime = kernel.runtime({ label: name, wallSkewMs: skewOf.get(name) ?? 0 });
    running.set(name, runtime);
    const store = storeFor(world, runtime);
    const worker = dispatcher({
      store,
      keyRing,
      receipts: receiptsFor(world, runtime, store),
      devices: devicesFor(world, runtime, hurt),
      leases,
      runtime,
      settings,
      workerName: name,
    });
    void worker.run(new AbortController().signal);
  };

  const hurt: Workers['hurt'] = (victim, how) => {
    if (victim.crashed() || kernel.now() >= CHAOS_MS) return;
    noteFault(how);
    if (how === 'suspend') {
      victim.suspend();
      kernel.schedule(10_000 + random.integer(15 * 60_000), () => victim.resume());
      return;
    }
    victim.crash();
    kernel.schedule(1_000 + random.integer(120_000), () => start(victim.label));
  };

  for (let number = 0; number < WORKERS; number += 1) {
    const name = `worker-${number}`;
    skewOf.set(name, random.integer(2 * SKEW_MS) - SKEW_MS);
    start(name);
  }
  return {
    hurt,
    anyRunning: (draw) => [...running.values()][draw(running.size)],
    resumeAll: () => {
      for (const runtime of running.values()) runtime.resume();
    },
  };
};
