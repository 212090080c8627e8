import type { AttemptPhase } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import type { EventStore, KeyRing, LeaseStore, Position } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import type { StepResult } from './attempt-runner';
import { attemptRunner } from './attempt-runner';
import { pauseOf } from '../backoff';
import { afterStepsOf } from './after-step';
import { clockWatch } from './clock-watch';
import { deviceGates } from './device-gates';
import type { DeviceGate } from './device-gate';
import type { FairQueue } from './fair-queue';
import { leaseLoop } from './lease-loop';
import { nextAction } from './next-action';
import type { NextAlarm } from './next-alarm';
import { nextAlarm } from './next-alarm';
import type { OpenReceipt } from './open-receipt';
import type { ParkedReceipt } from './open-receipts';
import { openReceipts } from './open-receipts';
import { parentWatch } from './parent-watch';
import type { Step } from './perform-step';
import { performStep } from './perform-step';
import type { Receipts } from '../handlers';
import type { Devices } from '../devices/devices';
import type { ReceiptOutlook } from './receipt-outlook';
import { receiptOutlook } from './receipt-outlook';
import type { FiscalizerSettings } from '../settings';
import { timerHeap } from './timer-heap';
import { workQueues } from './work-queues';

export interface DispatcherOptions {
  readonly store: EventStore;
  readonly keyRing: KeyRing;
  readonly receipts: Receipts;
  readonly devices: Devices;
  readonly leases: LeaseStore;
  readonly runtime: Runtime;
  readonly settings: FiscalizerSettings;
  /** A name that stays over restarts and that no two processes share. */
  readonly workerName: string;
}

/** What one process is doing. */
export interface DispatcherStatus {
  readonly open: number;
  readonly running: number;
  readonly waiting: number;
  readonly shards: number;
  readonly parked: ReadonlyArray<ParkedReceipt>;
}

/** Carries receipts to their documents. */
export interface Dispatcher {
  /** Works until the signal is aborted, then lets what is under way come to an end. Never rejects. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly status: () => DispatcherStatus;
  /** All open receipts of the store, whoever looks after them; `undefined` until the log was read to its head. */
  readonly outlook: () => ReadonlyArray<ReceiptOutlook> | undefined;
  /** The log was read up to here: what came later is not in the outlook. */
  readonly readTo: () => Position | undefined;
}

/** How many rounds of the leases fit into one. */
const ROUNDS_PER_LEASE = 3;

const LEAST_MS = 1;

/** What comes next in these phases depends on what the provider of the receipt can do. */
const NEED_PROVIDER: ReadonlySet<AttemptPhase> = new Set(['Ready', 'Pending', 'Unknown']);

/** What does nothing: nobody to wake, no pause to keep. */
const nobody = (): void => undefined;

export const dispatcher = (options: DispatcherOptions): Dispatcher => {
  const { store, keyRing, receipts, devices, leases, runtime, settings, workerName } = options;
  const worker = `${workerName}/${runtime.ids.next()}`;
  /** The next look at each receipt. */
  const timers = timerHeap();
  const queues = workQueues();
  const running = new Set<OpenReceipt>();
  let isCaughtUp = false;
  let isStopping = false;
  let wake = nobody;

  const gates = deviceGates({ devices, runtime, settings, wake: () => wake() });
  const parents = parentWatch(receipts);
  const hasClockJumped = clockWatch(runtime);
  const { afterStep, afterAlarm } = afterStepsOf({ runtime, settings });

  const lease = leaseLoop({
    leases,
    runtime,
    owner: worker,
    leaseMs: settings.leaseMs,
    changed: () => {
      for (const entry of index.all()) plan(entry);
    },
  });

  const index = openReceipts({
    store,
    keyRing,
    runtime,
    changed: (entry) => {
      gates.track(entry.receipt, runtime.monotonic());
      if (isCaughtUp && !entry.busy) plan(entry);
    },
    closed: (entry) => {
      const { receiptId } = entry.receipt;
      timers.cancel(receiptId);
      queues.remove(receiptId);
      gates.forget(entry.receipt);
      for (const childId of parents.released(receiptId)) {
        const child = index.get(childId);
        if (child === undefined || child.busy) continue;
        child.notBefore = 0;
        plan(child);
      }
      wake();
    },
  });

  const isOwnEarlierLife = (of: string): boolean => of !== worker && of.startsWith(`${workerName}/`);

  const runner = attemptRunner({
    receipts,
    devices,
    gate: gates.of,
    runtime,
    settings,
    worker,
    leaseLeft: lease.left,
    moved: index.moved,
    parents: parents.stateOf,
  });

  const perform = performStep(runner, isOwnEarlierLife);

  const later = (entry: OpenReceipt, afterMs: number): void => {
    // A rest too small for the clock to show would be due at once, and be a rest still.
    const pause = afterMs <= 0 ? 0 : Math.max(LEAST_MS, afterMs);
    timers.set(entry.receipt.receiptId, runtime.monotonic() + pause);
    // The loop may be asleep for longer than that.
    wake();
  };

  /** After how many milliseconds an alarm of the receipt is to be raised, and which. */
  const alarmOf = ({ receipt, alarmNotBefore }: OpenReceipt): NextAlarm | undefined => {
    const alarm = nextAlarm(receipt, runtime.wall() as Instant);
    return alarm === undefined
      ? undefined
      : { ...alarm, afterMs: Math.max(alarm.afterMs, alarmNotBefore - runtime.monotonic()) };
  };

  /** What comes next for a receipt besides its alarms, and after how many milliseconds. */
  const stepOf = (entry: OpenReceipt): { readonly do?: Step; readonly afterMs: number } | undefined => {
    const { receipt, owed, notBefore, since } = entry;
    const monotonic = runtime.monotonic();
    const pause = notBefore - monotonic;
    if (owed !== undefined && receipt.attempt.phase === 'Intended') return { afterMs: pause };
    const capabilities = gates.capabilities(receipt);
    const clocks = { now: runtime.wall() as Instant, worker, workerName, sinceMs: monotonic - since };
    const action = nextAction(receipt, capabilities, settings, clocks);
    if (action.do !== 'nothing') return { do: action.do, afterMs: Math.max(action.afterMs, pause) };
    // A device that is not open here may be opened at any moment, and no event tells of it.
    const isShut = capabilities === undefined && NEED_PROVIDER.has(receipt.attempt.phase);
    return isShut ? { afterMs: settings.leaseMs } : undefined;
  };

  /** Decides what comes next for a receipt and when. Everything planned before is void. */
  const plan = (entry: OpenReceipt): void => {
    const { receiptId } = entry.receipt;
    queues.remove(receiptId);
    timers.cancel(receiptId);
    if (isStopping || entry.busy || !isCaughtUp || !lease.owns(entry.shard)) return;
    const alarm = alarmOf(entry);
    const step = stepOf(entry);
    const isDue = step?.do !== undefined && step.afterMs <= 0 && (alarm === undefined || alarm.afterMs > 0);
    if (isDue && step.do !== undefined) queues.add(entry, step.do);
    const next = isDue ? alarm?.afterMs : Math.min(alarm?.afterMs ?? Infinity, step?.afterMs ?? Infinity);
    if (next !== undefined && next < Infinity) later(entry, next);
    wake();
  };

  /**
   * A step that throws, by a mistake of an adapter or of what it is embedded in, is one that came to nothing: what is owed of a send is
   * recorded by the next step, and the receipt is not left behind. Only the kind of the error is told, its text may name a buyer.
   */
  const outcomeOf = async (entry: OpenReceipt, work: () => Promise<StepResult>): Promise<StepResult> => {
    try {
      return await work();
    } catch (error) {
      runtime.log.write('error', 'a step of a receipt threw', {
        receipt: entry.receipt.receiptId,
        error: error instanceof Error ? error.name : typeof error,
      });
      return { _tag: 'Still' };
    }
  };

  const start = async (
    entry: OpenReceipt,
    work: () => Promise<StepResult>,
    settle: (entry: OpenReceipt, result: StepResult) => void,
  ): Promise<void> => {
    entry.busy = true;
    running.add(entry);
    const result = await outcomeOf(entry, work);
    running.delete(entry);
    entry.busy = false;
    settle(entry, result);
    if (index.get(entry.receipt.receiptId) === entry) {
      gates.track(entry.receipt, runtime.monotonic());
      plan(entry);
    }
    wake();
  };

  const begin = (entry: OpenReceipt, work: () => Promise<StepResult>): void => {
    void start(entry, work, afterStep);
  };

  const fireTimers = (): void => {
    const now = runtime.monotonic();
    for (let receiptId = timers.due(now); receiptId !== undefined; receiptId = timers.due(now)) {
      const entry = index.get(receiptId);
      // Whoever loses the shard for a while plans everything anew when it has it again.
      if (entry === undefined || entry.busy || !lease.owns(entry.shard)) continue;
      const alarm = alarmOf(entry);
      if (alarm !== undefined && alarm.afterMs <= 0)
        void start(entry, () => runner.alarm(entry, alarm.percent), afterAlarm);
      else if (entry.owed !== undefined && entry.receipt.attempt.phase === 'Intended')
        begin(entry, () => runner.recordOwed(entry));
      else plan(entry);
    }
  };

  const startPrompt = (): void => {
    while (running.size < settings.poolSize) {
      const next = queues.nextPrompt();
      if (next === undefined) return;
      const entry = index.get(next.receiptId);
      if (entry !== undefined && !entry.busy) begin(entry, () => perform(entry, next.step));
    }
  };

  /** Lets receipts through to their providers, as many as may go. */
  const startCalls = (
    queue: FairQueue,
    step: 'ask' | 'send' | 'resend',
    mayGo: (door: DeviceGate, deviceId: string) => boolean,
  ): void => {
    const what = step === 'ask' ? 'ask' : 'send';
    while (running.size < settings.poolSize) {
      const next = queue.next((deviceId) => {
        const door = gates.of(deviceId);
        return door !== undefined && mayGo(door, deviceId);
      });
      if (next === undefined) return;
      const entry = index.get(next.id);
      if (entry === undefined || entry.busy) continue;
      const door = gates.of(next.deviceId);
      if (what === 'send') door?.enter(next.id, runtime.monotonic());
      door?.calling(what, 1);
      begin(entry, async () => {
        try {
          return await perform(entry, step);
        } finally {
          door?.calling(what, -1);
        }
      });
    }
  };

  /** Receipts that wait for a device that is down or suspended may go to another one, as long as no send is unaccounted for. */
  const reroute = (): void => {
    for (const entry of gates.stranded(index.all(), runtime.monotonic())) {
      // A look for another device that finds none must not delay the receipt when its own is back.
      if (!entry.busy && lease.owns(entry.shard)) void start(entry, () => runner.route(entry), nobody);
    }
  };

  const pump = (): void => {
    fireTimers();
    if (isStopping) return;
    const now = runtime.monotonic();
    startPrompt();
    startCalls(queues.asks, 'ask', (door) => door.mayAsk(now));
    startCalls(queues.resends, 'resend', (door) => door.maySendAgain(now));
    startCalls(queues.sends, 'send', (door, deviceId) => door.maySend(now) && !devices.isSuspended(deviceId));
    gates.probe();
  };

  const nextWait = (): number => {
    const now = runtime.monotonic();
    const moments = [timers.nextAt(), gates.nextAt(now)].filter((moment) => moment !== undefined);
    return Math.max(0, Math.min(settings.leaseMs, ...moments.map((moment) => moment - now)));
  };

  const keepLeases = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await lease.round();
      if (hasClockJumped()) for (const entry of index.all()) plan(entry);
      reroute();
      // A device that was resumed announces itself in no other way.
      wake();
      await runtime.sleep(settings.leaseMs / ROUNDS_PER_LEASE, signal);
    }
  };

  const turn = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      pump();
      const sleeper = new AbortController();
      wake = () => sleeper.abort('woken');
      signal.addEventListener('abort', wake, { once: true });
      await runtime.sleep(nextWait(), sleeper.signal);
      signal.removeEventListener('abort', wake);
    }
  };

  const begun = (): void => {
    if (isCaughtUp) return;
    isCaughtUp = true;
    for (const entry of index.all()) {
      const { phase, worker: last } = entry.receipt.attempt;
      if (phase === 'Intended' && isOwnEarlierLife(last ?? '')) gates.crashed(entry.receipt);
    }
    for (const entry of index.all()) plan(entry);
  };

  return {
    run: async (signal) => {
      let tries = 0;
      const following = index.follow(
        signal,
        () => {
          tries = 0;
          begun();
        },
        async (why) => {
          runtime.log.write('warn', 'the log of receipts broke off and is resumed', { why });
          await runtime.sleep(pauseOf(settings.storeBackoff, (tries += 1), runtime.random), signal);
        },
      );
      await Promise.all([following, keepLeases(signal), turn(signal)]);
      isStopping = true;
      while (running.size > 0) await runtime.sleep(settings.storeBackoff.floorMs);
      await lease.release();
    },
    status: () => ({
      open: index.size(),
      running: running.size,
      waiting: queues.size(),
      shards: lease.owned().length,
      parked: index.parked(),
    }),
    readTo: index.readTo,
    outlook: () => {
      const { isWithoutDocument } = index;
      const clocks = { now: runtime.wall() as Instant, monotonic: runtime.monotonic() };
      const viewpoint = { ...clocks, gates, settings, isWithoutDocument, worker, workerName };
      return isCaughtUp ? [...index.all()].map((entry) => receiptOutlook(entry, viewpoint)) : undefined;
    },
  };
};
