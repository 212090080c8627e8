import { RECEIPT } from '@cloud-kassa/core';
import type { KeyRing, LeaseStore, MemoryLog } from '@cloud-kassa/event-store';
import { memoryKeyRing, memoryLeaseStore, memoryLog } from '@cloud-kassa/event-store';
import type { FiscalizerSettings } from '@cloud-kassa/fiscalizer';
import { DEFAULT_SETTINGS } from '@cloud-kassa/fiscalizer';
import type { Fault, FaultKind } from '@cloud-kassa/kkt-emulator';
import type { Kernel, Random } from '@cloud-kassa/runtime';
import { seededKernel } from '@cloud-kassa/runtime';
import type { FaultPlan } from './faults';
import { drawFaultPlan, noFaults } from './faults';
import type { Oracle } from './oracle';
import { oracle } from './oracle';
import type { Sabotage } from './sabotage';
import { ORGANISATIONS, registersOf } from './setting';
import type { VirtualService } from './virtual-provider';

export const HOUR = 3_600_000;
/** Faults happen for so long; then everything is left in peace. */
export const CHAOS_MS = 4 * HOUR;
/** For so long the simulated providers are known to remember keys. */
export const HORIZON_MS = 24 * HOUR;
const START = '2026-03-02T06:00:00.000Z';

/** Faults of the registers that break an assumption of the protocol: no client can do anything about them. */
export type BreakingFault = 'racy-duplicates' | 'forgets-keys' | 'rejected-after-signing';

/** Everything outside of the processes under test. */
export interface World {
  readonly kernel: Kernel;
  readonly random: Random;
  readonly log: MemoryLog;
  readonly keyRing: KeyRing;
  readonly leases: LeaseStore;
  readonly settings: FiscalizerSettings;
  readonly services: ReadonlyMap<string, VirtualService>;
  readonly judge: Oracle;
  readonly decider: typeof RECEIPT;
  readonly sabotage: Sabotage;
  readonly plan: () => FaultPlan;
  /** Milliseconds since 1970 by the clock that nothing disturbs. */
  readonly wallMs: () => number;
  readonly noteFault: (kind: string) => void;
  readonly faults: () => Readonly<Record<string, number>>;
  /** Ends all faults, outages included. */
  readonly calm: () => void;
}

/** Settings that are drawn for every seed, so that rare orders of events become common in some of them. */
const drawSettings = (random: Random): FiscalizerSettings => {
  const sendTimeoutMs = 1_000 + random.integer(20_000);
  const leaseMs = Math.max(2 * sendTimeoutMs, 5_000 + random.integer(115_000));
  return {
    ...DEFAULT_SETTINGS,
    sendTimeoutMs,
    leaseMs,
    quietMs: random.next() < 0.2 ? 0 : leaseMs,
    window: 1 + random.integer(12),
    firstAskMs: 200 + random.integer(4_000),
    askBackoff: { baseMs: 1_000 + random.integer(5_000), capMs: 60_000, floorMs: 200 },
    sendBackoff: { baseMs: 500 + random.integer(3_000), capMs: 120_000, floorMs: 100 },
  };
};

const openServices = (nowMs: number): ReadonlyMap<string, VirtualService> => {
  const services = new Map<string, VirtualService>();
  for (const organisation of ORGANISATIONS) {
    for (const { deviceId, providerClass } of organisation.devices) {
      services.set(deviceId, {
        deviceId,
        organisation: organisation.inn,
        providerClass,
        group: registersOf(organisation, deviceId, 1 + 2 * services.size, nowMs),
        refusedKeys: new Set(),
        keyOfHandle: new Map(),
        outageUntil: 0,
        lagUntil: 0,
      });
    }
  }
  return services;
};

const withChance = (kind: FaultKind, probability: number): ReadonlyArray<Fault> =>
  probability > 0 ? [{ kind, probability }] : [];

const BREAKING: Readonly<Record<BreakingFault, Fault>> = {
  'racy-duplicates': { kind: 'racy-duplicates', probability: 0.5 },
  'forgets-keys': { kind: 'forgets-keys', milliseconds: 60_000 },
  'rejected-after-signing': { kind: 'rejected-after-signing', probability: 0.2 },
};

const registerFaults = (plan: FaultPlan, breaking: BreakingFault | undefined): ReadonlyArray<Fault> => [
  ...withChance('fails-before-signing', plan.failsBeforeSigning),
  ...withChance('fails-after-signing', plan.failsAfterSigning),
  ...withChance('queue-timeout', plan.queueTimeout),
  ...(breaking === undefined ? [] : [BREAKING[breaking]]),
];

/** A world as the seed draws it, with nobody in it yet. */
export const createWorld = (seed: string, sabotage: Sabotage, breaking?: BreakingFault): World => {
  const kernel = seededKernel(seed, { start: START });
  const random = kernel.random;
  const startMs = Date.parse(START);
  const wallMs = (): number => startMs + Math.floor(kernel.now());
  const log = memoryLog();
  const { entropy } = kernel.runtime({ label: 'keys' });
  const services = openServices(wallMs());
  const groups = [...services.values()].map(({ group }) => group);
  const faults: Record<string, number> = {};
  let plan: FaultPlan = { ...drawFaultPlan(random.split('plan')), ...sabotage.plan };

  const setRegisterFaults = (): void => {
    for (const group of groups) group.setFaults(registerFaults(plan, breaking), wallMs());
  };
  setRegisterFaults();

  return {
    kernel,
    random,
    log,
    keyRing: memoryKeyRing({ entropy, indexKey: entropy(32) }),
    leases: memoryLeaseStore(),
    settings: { ...drawSettings(random.split('settings')), ...sabotage.settings },
    services,
    judge: oracle({ events: log.events, groups, now: kernel.now }),
    decider: sabotage.decider?.(RECEIPT) ?? RECEIPT,
    sabotage,
    plan: () => plan,
    wallMs,
    noteFault: (kind) => {
      faults[kind] = (faults[kind] ?? 0) + 1;
    },
    faults: () => faults,
    calm: () => {
      plan = noFaults();
      setRegisterFaults();
      for (const service of services.values()) {
        service.outageUntil = 0;
        service.lagUntil = 0;
      }
    },
  };
};
