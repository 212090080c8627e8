import { hostname } from 'node:os';
import { instantFromMilliseconds } from '@cloud-kassa/ffd';
import type { Instant } from '@cloud-kassa/ffd';
import type { Position } from '@cloud-kassa/event-store';
import type {
  DispatcherStatus,
  FiscalizerSettings,
  HealthKeeperSettings,
  PaymentProcessSettings,
  PaymentProcessStatus,
  ReceiptOutlook,
  ShiftKeeperSettings,
  ShiftKeeperStatus,
  WrongSetting,
} from '@cloud-kassa/fiscalizer';
import {
  DEFAULT_SETTINGS,
  DEFAULT_SHIFT_POLICY,
  dispatcher,
  healthKeeper,
  paymentProcess,
  shiftKeeper,
  wrongSettings,
  wrongShiftPolicy,
} from '@cloud-kassa/fiscalizer';
import * as E from 'fp-ts/Either';
import { findReceipt } from './find-receipt';
import { ofLoad, refused } from './kassa-error';
import type { Kit } from './kit';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';
import type { WaitsForDevice } from './waits-for-device';
import { waitsForDevice } from './waits-for-device';

export interface WorkerOptions {
  /**
   * A name that stays over restarts and that no two processes share: a worker that comes back under its name goes on at once, another one
   * waits until the leases of the lost one have run out. Default: a new name each time.
   */
  readonly name?: string;
  readonly settings?: Partial<FiscalizerSettings>;
  /** `false`: this worker makes no receipts of payments; another one has to. */
  readonly payments?: Partial<PaymentProcessSettings> | false;
  /** `false`: no shift is opened or closed by itself in this process. */
  readonly shifts?: Partial<ShiftKeeperSettings> | false;
  /** `false`: the devices are not asked for their health in this process. */
  readonly health?: Partial<HealthKeeperSettings> | false;
}

export interface WorkerStatus {
  readonly name: string;
  readonly receipts: DispatcherStatus;
  readonly payments?: PaymentProcessStatus;
  readonly shifts?: ShiftKeeperStatus;
}

/** An open receipt that is left, and when it is looked at next; without `nextAt` no time will help it, and `waitsFor` tells what will. */
export interface Remaining {
  readonly receiptId: string;
  readonly phase: ReceiptOutlook['phase'];
  readonly nextAt?: Instant;
  /** A person who settles it, another receipt that comes before it, or its device. */
  readonly waitsFor?: 'person' | 'receipt' | 'device';
  /** The device that it waits for. */
  readonly device?: WaitsForDevice;
}

/** What is left when nothing more is to be done for a while. */
export interface Idle {
  readonly receipts: ReadonlyArray<Remaining>;
  /** Confirmed settlements without a receipt, each with its reason. */
  readonly settlements: PaymentProcessStatus['waiting'];
}

export interface IdleOptions {
  /** Nothing that comes later than this is waited for. Default 10 minutes. */
  readonly horizonMs?: number;
  readonly signal?: AbortSignal;
  /** Told now and then how many receipts are open. */
  readonly progress?: (open: number) => void;
}

/** Carries receipts to their documents until it is stopped: payments to receipts, receipts to providers, shifts, health, read models. */
export interface Worker {
  readonly status: () => WorkerStatus;
  /** Waits until payments, where this worker makes receipts of them, and read models have reached the head of the log and no receipt is due within the horizon. */
  readonly untilIdle: (options?: IdleOptions) => Promise<Outcome<Idle>>;
  /** Takes up nothing new, lets what is under way come to an end, gives its share back. */
  readonly stop: () => Promise<void>;
}

const IDLE_HORIZON_MS = 10 * 60_000;

/** How often it is looked whether there is anything left to do. */
const LOOK_MS = 100;

/** What a worker that leaves payments to others knows of them. */
const NO_PAYMENTS_HERE: Pick<PaymentProcessStatus, 'waiting' | 'retrying'> = { waiting: [], retrying: [] };

/** The path of the first number of some settings that is none, or is below nought. */
const notANumber = (settings: unknown, path: string): string | undefined => {
  if (typeof settings === 'number') return Number.isFinite(settings) && settings >= 0 ? undefined : path;
  if (typeof settings !== 'object' || settings === null) return undefined;
  for (const [name, inner] of Object.entries(settings)) {
    const found = notANumber(inner, `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
};

const wrongSetting = (
  { payments, shifts, health, name }: WorkerOptions,
  settings: FiscalizerSettings,
): WrongSetting | undefined => {
  const path =
    notANumber(settings, 'settings') ??
    notANumber(payments, 'payments') ??
    notANumber(shifts, 'shifts') ??
    notANumber(health, 'health');
  if (path !== undefined) return { setting: path, rule: 'a number, not negative' };
  if (name === '') return { setting: 'name', rule: 'not empty' };
  const [ofWork] = wrongSettings(settings);
  if (ofWork !== undefined) return { ...ofWork, setting: `settings.${ofWork.setting}` };
  const [ofShifts] = shifts === false ? [] : wrongShiftPolicy({ ...DEFAULT_SHIFT_POLICY, ...shifts });
  return ofShifts === undefined ? undefined : { ...ofShifts, setting: `shifts.${ofShifts.setting}` };
};

const isQuiet = (outlook: ReadonlyArray<ReceiptOutlook>, horizonMs: number): boolean =>
  outlook.every(({ afterMs }) => afterMs === undefined || afterMs > horizonMs);

export const startWorker = (kit: Kit, options: WorkerOptions = {}): Outcome<Worker> => {
  const { runtime, storage, handlers, registry, registrar, readModels, now } = kit;
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const wrong = wrongSetting(options, settings);
  if (wrong !== undefined)
    return failed(refused({ rule: 'worker-setting', field: wrong.setting, detail: { rule: wrong.rule } }));
  const name = options.name ?? `${hostname()}-${process.pid}-${runtime.ids.next()}`;
  const { events: store, keys: keyRing, leases, checkpoints } = storage;

  const receipts = dispatcher({
    store,
    keyRing,
    receipts: handlers.receipts,
    devices: registry,
    leases,
    runtime,
    settings,
    workerName: name,
  });
  const payments =
    options.payments === false
      ? undefined
      : paymentProcess({
          store,
          keyRing,
          payments: handlers.payments,
          registrar,
          registry,
          checkpoints,
          runtime,
          settings: options.payments ?? {},
        });
  const shifts =
    options.shifts === false
      ? undefined
      : shiftKeeper({
          store,
          shifts: handlers.shifts,
          devices: registry,
          shiftTotals: readModels.totalsOfShift,
          runtime,
          settings: options.shifts ?? {},
        });
  const health =
    options.health === false
      ? undefined
      : healthKeeper({
          devices: registry,
          cloudDevices: handlers.devices,
          shifts: handlers.shifts,
          runtime,
          settings: options.health ?? {},
        });

  const stopping = new AbortController();
  const { signal } = stopping;
  const working = Promise.all([
    registry.follow(signal),
    readModels.follow(signal),
    receipts.run(signal),
    payments?.run(signal),
    shifts?.run(signal),
    health?.run(signal),
  ]).catch((error: unknown) => {
    // Each of them goes on by itself; what throws all the same is a mistake that has to be seen, not the end of the process.
    runtime.log.write('error', 'a part of the worker threw', {
      error: error instanceof Error ? error.name : typeof error,
    });
  });

  /** What a receipt waits for that no time will help: most wait for a person, and those are not read again. */
  const waitsOf = async (
    receiptId: string,
    phase: Remaining['phase'],
  ): Promise<Pick<Remaining, 'waitsFor' | 'device'>> => {
    if (phase === 'Held' || phase === 'Disputed') return { waitsFor: 'person' };
    const receipt = await findReceipt(handlers, receiptId);
    if (!receipt.ok) return {};
    const device = waitsForDevice(receipt.value, registry);
    if (device !== undefined) return { waitsFor: 'device', device };
    return { waitsFor: receipt.value.parents.length > 0 ? 'receipt' : 'person' };
  };

  const remainingOf = async ({ receiptId, phase, afterMs }: ReceiptOutlook): Promise<Remaining> => ({
    receiptId,
    phase,
    ...(afterMs === undefined
      ? await waitsOf(receiptId, phase)
      : { nextAt: instantFromMilliseconds(Date.parse(now()) + Math.ceil(afterMs)) }),
  });

  /** Has the dispatcher seen everything up to a head of the log? */
  const hasSeen = (head: Position | undefined): boolean => {
    const seen = receipts.readTo();
    return head === undefined || (seen !== undefined && (store.comparePositions(seen, head) ?? -1) >= 0);
  };

  const untilIdle = async (how: IdleOptions = {}): Promise<Outcome<Idle>> => {
    const { horizonMs = IDLE_HORIZON_MS, signal: given, progress } = how;
    for (;;) {
      const outlook = receipts.outlook();
      if (outlook !== undefined) progress?.(outlook.length);
      const isOver = given?.aborted === true || signal.aborted;
      if (isOver || (outlook !== undefined && isQuiet(outlook, horizonMs))) {
        const before = await store.head()();
        if (E.isLeft(before)) return failed(ofLoad(before.left));
        const paid = payments === undefined ? E.right(NO_PAYMENTS_HERE) : await payments.catchUp();
        if (E.isLeft(paid)) return failed(ofLoad(paid.left));
        const read = await readModels.catchUp();
        if (!read.ok) return read;
        const after = await store.head()();
        if (E.isLeft(after)) return failed(ofLoad(after.left));
        const still = receipts.outlook();
        const isSame =
          before.right === after.right && hasSeen(after.right) && paid.right.retrying.length === 0;
        if (isOver || (isSame && still !== undefined && isQuiet(still, horizonMs)))
          return done({
            receipts: await Promise.all((still ?? []).map(remainingOf)),
            settlements: paid.right.waiting,
          });
      }
      await runtime.sleep(LOOK_MS, given);
    }
  };

  return done({
    status: () => ({
      name,
      receipts: receipts.status(),
      ...(payments === undefined ? {} : { payments: payments.status() }),
      ...(shifts === undefined ? {} : { shifts: shifts.status() }),
    }),
    untilIdle,
    stop: async () => {
      stopping.abort();
      await working;
    },
  });
};
