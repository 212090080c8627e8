import { createHash } from 'node:crypto';
import * as E from 'fp-ts/Either';
import type { Receipt } from '@cloud-kassa/core';
import { RECEIPT, RECEIPT_EVENTS, receiptStream } from '@cloud-kassa/core';
import type { EventStore } from '@cloud-kassa/event-store';
import { createCommandHandler, memoryKeyRing, memoryLog } from '@cloud-kassa/event-store';
import type { Instant } from '@cloud-kassa/ffd';
import type { Devices, FiscalizerSettings, Receipts } from '@cloud-kassa/fiscalizer';
import { DEFAULT_SETTINGS, dispatcher, memoryLeaseStore } from '@cloud-kassa/fiscalizer';
import type { FiscalProvider } from '@cloud-kassa/provider';
import type { Drain, Random, SeededRuntime } from '@cloud-kassa/runtime';
import { seededKernel } from '@cloud-kassa/runtime';
import type { FaultPlan } from './faults';
import { drawFaultPlan, noFaults } from './faults';
import type { Finding } from './oracle';
import { oracle } from './oracle';
import type { OperatorKnowledge } from './people';
import { sellOnce, settlementOf } from './people';
import { ORGANISATIONS, registersOf } from './setting';
import type { VirtualService } from './virtual-provider';
import { virtualProvider } from './virtual-provider';
import { workerStore } from './worker-store';

/** Hooks by which a mistake is planted into the real parts. */
export interface Sabotage {
  readonly decider?: (real: typeof RECEIPT) => typeof RECEIPT;
  readonly provider?: (real: FiscalProvider, random: Random) => FiscalProvider;
  readonly store?: (real: EventStore) => EventStore;
  readonly receipts?: (real: Receipts) => Receipts;
  readonly settings?: Partial<FiscalizerSettings>;
  /** An operator who amends content although sends are unaccounted for. */
  readonly recklessOperator?: boolean;
}

export interface SimulationOptions {
  readonly seed: string;
  readonly drain?: Drain;
  readonly sabotage?: Sabotage;
  /** Faults of the registers that break an assumption of the protocol; apart from all others. */
  readonly breaking?: 'racy-duplicates' | 'forgets-keys' | 'rejected-after-signing';
}

/** One simulated history. */
export interface SimulationReport {
  readonly seed: string;
  readonly hours: number;
  readonly receipts: number;
  readonly documents: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly faultCount: number;
  readonly cells: ReadonlyMap<string, number>;
  readonly findings: ReadonlyArray<Finding>;
  readonly phases: Readonly<Record<string, number>>;
  /** SHA-256 over everything that happened: the same seed gives the same trace. */
  readonly trace: string;
}

const WORKERS = 3;
const SALES = 32;
const HOUR = 3_600_000;
const CHAOS_MS = 4 * HOUR;
const CALM_LIMIT_MS = 96 * HOUR;
const OPERATOR_EVERY_MS = 10 * 60_000;
const START = '2026-03-02T06:00:00.000Z';
const HORIZON_MS = 24 * HOUR;

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

const isSettled = ({ attempt }: Receipt): boolean =>
  attempt.phase === 'Fiscalized' || attempt.phase === 'Cancelled' || attempt.phase === 'Disputed';

/** Runs one history: some hours of chaos, then calm until everything has come to an end or the limit is reached. */
export const simulate = async (options: SimulationOptions): Promise<SimulationReport> => {
  const { seed, drain = 'portable', sabotage = {}, breaking } = options;
  const kernel = seededKernel(seed, { start: START });
  const random = kernel.random;
  const startMs = Date.parse(START);
  const wallMs = (): number => startMs + Math.floor(kernel.now());
  const log = memoryLog();
  const { entropy } = kernel.runtime({ label: 'keys' });
  const keyRing = memoryKeyRing({ entropy, indexKey: entropy(32) });
  const leases = memoryLeaseStore();
  const settings = { ...drawSettings(random.split('settings')), ...sabotage.settings };
  let plan: FaultPlan = drawFaultPlan(random.split('plan'));
  const faults: Record<string, number> = {};
  const noteFault = (kind: string): void => {
    faults[kind] = (faults[kind] ?? 0) + 1;
  };

  const services = new Map<string, VirtualService>();
  let first = 1;
  for (const organisation of ORGANISATIONS) {
    for (const { deviceId, providerClass } of organisation.devices) {
      services.set(deviceId, {
        deviceId,
        organisation: organisation.inn,
        providerClass,
        group: registersOf(organisation, deviceId, first, wallMs()),
        refusedKeys: new Set(),
        keyOfHandle: new Map(),
        outageUntil: 0,
      });
      first += 2;
    }
  }
  const groups = [...services.values()].map(({ group }) => group);
  const judge = oracle({ events: log.events, groups, now: kernel.now });
  const decider = sabotage.decider?.(RECEIPT) ?? RECEIPT;

  const setRegisterFaults = (): void => {
    for (const group of groups) {
      const chance = (
        kind: 'fails-before-signing' | 'fails-after-signing' | 'queue-timeout',
        probability: number,
      ) => (probability > 0 ? [{ kind, probability }] : []);
      group.setFaults(
        [
          ...chance('fails-before-signing', plan.failsBeforeSigning),
          ...chance('fails-after-signing', plan.failsAfterSigning),
          ...chance('queue-timeout', plan.queueTimeout),
          ...(breaking === 'racy-duplicates' ? [{ kind: breaking, probability: 0.5 }] : []),
          ...(breaking === 'forgets-keys' ? [{ kind: breaking, milliseconds: 60_000 }] : []),
          ...(breaking === 'rejected-after-signing' ? [{ kind: breaking, probability: 0.2 }] : []),
        ],
        wallMs(),
      );
    }
  };
  setRegisterFaults();

  const receiptsFor = (runtime: SeededRuntime, store: EventStore): Receipts => {
    const real: Receipts = createCommandHandler({
      store,
      decider,
      family: RECEIPT_EVENTS,
      streamOf: receiptStream,
      keyRing,
      runtime,
      knownCommands: 'all',
    });
    return sabotage.receipts?.(real) ?? real;
  };

  const storeFor = (runtime: SeededRuntime): EventStore => {
    const real = workerStore({
      log,
      runtime,
      random: runtime.random.split('store'),
      plan: () => plan,
      noteFault,
    });
    return sabotage.store?.(real) ?? real;
  };

  const devicesFor = (runtime: SeededRuntime): Devices => {
    const providers = new Map<string, FiscalProvider>();
    for (const [deviceId, service] of services) {
      const real = virtualProvider({
        service,
        kernel,
        runtime,
        random: runtime.random.split(deviceId),
        plan: () => plan,
        timeoutMs: settings.sendTimeoutMs,
        horizonMs: HORIZON_MS,
        wallMs,
        noteFault,
        noteSend: (receiptId, key) => {
          judge.check();
          judge.noteSend(receiptId, key);
        },
      });
      providers.set(
        deviceId,
        sabotage.provider?.(real, runtime.random.split(`sabotage-${deviceId}`)) ?? real,
      );
    }
    return {
      provider: (deviceId) => providers.get(deviceId),
      choose: async (receipt, isUp) => {
        const devices = ORGANISATIONS.find(({ inn }) => inn === receipt.organisation)?.devices ?? [];
        const chosen = devices.find(({ deviceId }) => isUp(deviceId)) ?? devices[0];
        return chosen === undefined
          ? E.left({ reason: 'no-device', refused: [] })
          : E.right({ deviceId: chosen.deviceId, refused: [] });
      },
    };
  };

  const running = new Map<string, SeededRuntime>();
  const startWorker = (name: string, skew: number): void => {
    const runtime = kernel.runtime({ label: name, wallSkewMs: skew });
    running.set(name, runtime);
    const store = storeFor(runtime);
    const worker = dispatcher({
      store,
      keyRing,
      receipts: receiptsFor(runtime, store),
      devices: devicesFor(runtime),
      leases,
      runtime,
      settings,
      workerName: name,
    });
    void worker.run(new AbortController().signal);
  };

  const skews = random.split('skew');
  const names = Array.from({ length: WORKERS }, (_, index) => `worker-${index}`);
  const skewOf = new Map(names.map((name) => [name, skews.integer(20 * 60_000) - 10 * 60_000]));
  for (const name of names) startWorker(name, skewOf.get(name) ?? 0);

  const world = random.split('world');
  const repeat = (every: number | undefined, work: () => void): void => {
    if (every === undefined) return;
    const next = (): void => {
      if (kernel.now() >= CHAOS_MS) return;
      work();
      kernel.schedule(every * (0.2 + 1.6 * world.next()), next);
    };
    kernel.schedule(every * world.next(), next);
  };
  const anyOf = <A>(list: ReadonlyArray<A>): A | undefined => list[world.integer(Math.max(1, list.length))];

  repeat(plan.crashEvery, () => {
    const name = anyOf(names);
    const victim = name === undefined ? undefined : running.get(name);
    if (name === undefined || victim === undefined || victim.crashed()) return;
    noteFault('crash');
    victim.crash();
    kernel.schedule(1_000 + world.integer(120_000), () => startWorker(name, skewOf.get(name) ?? 0));
  });
  repeat(plan.suspendEvery, () => {
    const victim = running.get(anyOf(names) ?? '');
    if (victim === undefined || victim.crashed()) return;
    noteFault('suspend');
    victim.suspend();
    kernel.schedule(10_000 + world.integer(15 * 60_000), () => victim.resume());
  });
  repeat(plan.clockJumpEvery, () => {
    const victim = running.get(anyOf(names) ?? '');
    if (victim === undefined) return;
    noteFault('clock-jump');
    victim.clock.jump(world.integer(6 * HOUR) - 3 * HOUR);
  });
  repeat(plan.outageEvery, () => {
    const service = anyOf([...services.values()]);
    if (service !== undefined) service.outageUntil = kernel.now() + world.integer(30 * 60_000);
  });

  const shopRuntime = kernel.runtime({ label: 'shop' });
  const shop = {
    receipts: receiptsFor(shopRuntime, storeFor(shopRuntime)),
    runtime: shopRuntime,
    random: shopRuntime.random.split('shop'),
    plan: () => plan,
    organisations: ORGANISATIONS,
    noteFault,
  };
  for (let number = 0; number < SALES; number += 1) {
    kernel.schedule(world.integer(CHAOS_MS - HOUR), () => void sellOnce(shop, number));
  }

  const webhooks = (): void => {
    const receipt = anyOf([...judge.receipts().values()]);
    if (receipt === undefined) return;
    noteFault('webhook');
    void shop.receipts.handle(
      receipt.receiptId,
      { type: 'NoteWebhook', data: { now: shopRuntime.wall() as Instant } },
      { commandId: shopRuntime.ids.next(), actor: 'webhook', organisation: receipt.organisation },
    )();
  };
  repeat(plan.webhookEvery, webhooks);

  const knowledge: OperatorKnowledge = {
    documentsOf: judge.documentsOf,
    organisationOf: (inn) => ORGANISATIONS.find((organisation) => organisation.inn === inn),
    // The last request that could still travel was delayed by half an hour at most.
    isQuiet: () => kernel.now() > CHAOS_MS + HOUR,
    isRememberedAsFailed: ({ attempt }) => {
      const service = services.get(attempt.route?.deviceId ?? '');
      const key = attempt.route?.key ?? '';
      return (
        service !== undefined && (service.refusedKeys.has(key) || service.group.result(key)._tag === 'failed')
      );
    },
  };

  const settle = async (receiptId: string): Promise<void> => {
    const loaded = await shop.receipts.load(receiptId)();
    const receipt = E.isRight(loaded) ? loaded.right.state : undefined;
    if (receipt === undefined) return;
    const now = shopRuntime.wall() as Instant;
    const settlement = settlementOf(receipt, knowledge, now, sabotage.recklessOperator === true);
    if (settlement === undefined) return;
    await shop.receipts.handle(
      receiptId,
      { type: 'SettleReceipt', data: { by: 'operator-1', secondBy: 'operator-2', settlement, now } },
      { commandId: shopRuntime.ids.next(), actor: 'operator-1', organisation: receipt.organisation },
    )();
  };

  const settleHeld = (): void => {
    for (const { receiptId, attempt } of judge.receipts().values())
      if (attempt.phase === 'Held') void settle(receiptId);
    kernel.schedule(OPERATOR_EVERY_MS, settleHeld);
  };
  kernel.schedule(OPERATOR_EVERY_MS, settleHeld);

  kernel.schedule(CHAOS_MS, () => {
    plan = noFaults();
    setRegisterFaults();
    for (const service of services.values()) service.outageUntil = 0;
    for (const runtime of running.values()) runtime.resume();
  });

  const isOver = (): boolean => {
    if (kernel.now() < CHAOS_MS + HOUR) return false;
    if (kernel.now() > CHAOS_MS + CALM_LIMIT_MS) return true;
    return [...judge.receipts().values()].every(isSettled);
  };
  await kernel.run({
    until: isOver,
    drain,
    afterStep: judge.check,
  });
  judge.check();

  const receipts = [...judge.receipts().values()];
  const findings = [...judge.findings()];
  const phases: Record<string, number> = {};
  for (const receipt of receipts) {
    const { phase } = receipt.attempt;
    phases[phase] = (phases[phase] ?? 0) + 1;
    // L1 and I2: in calm everything ends, or a person is told why not.
    if (!isSettled(receipt))
      findings.push({
        invariant: 'L1',
        at: kernel.now(),
        receiptId: receipt.receiptId,
        what: `still ${phase}`,
      });
    if (phase === 'Fiscalized' && judge.documentsOf(receipt.receiptId).length === 0)
      findings.push({
        invariant: 'I9',
        at: kernel.now(),
        receiptId: receipt.receiptId,
        what: 'no document at the end',
      });
  }
  const hash = createHash('sha256');
  for (const event of log.events)
    hash.update(`${event.metadata.at} ${event.stream} ${event.revision} ${event.type} ${event.hash}\n`);
  hash.update(JSON.stringify(faults));

  return {
    seed,
    hours: kernel.now() / HOUR,
    receipts: receipts.length,
    documents: receipts.reduce((sum, { receiptId }) => sum + judge.documentsOf(receiptId).length, 0),
    faults,
    faultCount: Object.values(faults).reduce((sum, count) => sum + count, 0),
    cells: judge.cells(),
    findings,
    phases,
    trace: hash.digest('hex'),
  };
};
