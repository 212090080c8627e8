import type {
  CloudDevice,
  CloudDeviceCommand,
  CloudDeviceEvent,
  FiscalDocument,
  ReceiptCommand,
  ShiftCommand,
} from '@cloud-kassa/core';
import {
  CLOUD_DEVICE,
  CLOUD_DEVICE_EVENTS,
  NO_TOTALS,
  RECEIPT,
  RECEIPT_EVENTS,
  SHIFT,
  SHIFT_EVENTS,
  cloudDeviceStream,
  receiptIdOf,
  receiptStream,
  shiftStream,
} from '@cloud-kassa/core';
import type { EventStore, MemoryLog, ReadItem, StoreError, StoredEvent } from '@cloud-kassa/event-store';
import {
  createCommandHandler,
  createImpersonalReader,
  memoryKeyRing,
  memoryLog,
  memoryStore,
} from '@cloud-kassa/event-store';
import type { Inn, Instant, ZoneCode } from '@cloud-kassa/ffd';
import type { Availability, FiscalProvider } from '@cloud-kassa/provider';
import type { Kernel, LogEntry, SeededRuntime } from '@cloud-kassa/runtime';
import { seededKernel } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { HealthKeeperSettings } from './health-keeper';
import { healthKeeper } from './health-keeper';
import type { CloudDevices, Shifts } from '../handlers';
import type { Receipts } from '../handlers';
import { INN, NOW, registered } from '../receipt.testing';
import type { ShiftCount, ShiftKeeper, ShiftKeeperSettings, TotalsUnavailable } from './shift-keeper';
import { shiftKeeper } from './shift-keeper';

export const DEVICE = 'device-1';
export const REGISTER = 'register-1';
export const UNIT = '0000000400037789';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** What the world can be told, and what happened in it. */
export interface KeeperState {
  /** The store gives no answer. */
  isDown: boolean;
  answer: () => Availability | Promise<Availability>;
  totals: 'give' | 'fail' | 'throw';
  /** As the projection counts them. */
  openReceipts: number;
  asks: number;
}

interface Process {
  readonly runtime: SeededRuntime;
  readonly stop: () => void;
  readonly ended: Promise<void>;
}

/** A log, a kernel, a device with a register, a shop; keepers can be started and crashed. */
export interface KeeperWorld {
  readonly kernel: Kernel;
  readonly log: MemoryLog;
  readonly logged: LogEntry[];
  readonly state: KeeperState;
  readonly device: (command: CloudDeviceCommand) => Promise<void>;
  /** The devices as they stand. May be replaced. */
  devices: () => ReadonlyArray<CloudDevice>;
  readonly shift: (command: ShiftCommand) => Promise<void>;
  /** By a person. */
  readonly openShift: (shiftId: string) => Promise<void>;
  /** Registers a receipt of the register and answers its id. */
  readonly register: (number: number) => Promise<string>;
  readonly receipt: (receiptId: string, command: ReceiptCommand) => Promise<void>;
  readonly enqueue: (receiptId: string) => Promise<void>;
  readonly fiscalise: (receiptId: string, document?: Partial<FiscalDocument>) => Promise<void>;
  readonly startHealthKeeper: (settings?: Partial<HealthKeeperSettings>) => Process;
  /** @param isStalled the keeper gets no events at present, only answers to its commands. */
  readonly startShiftKeeper: (
    settings?: Partial<ShiftKeeperSettings>,
    isStalled?: () => boolean,
  ) => Process & { readonly keeper: ShiftKeeper };
  /** The types and data of what stands in the stream of the register's shifts. */
  readonly shifts: () => ReadonlyArray<Pick<StoredEvent, 'type' | 'data'>>;
  readonly now: () => Instant;
  readonly run: (untilMs: number) => Promise<void>;
}

const LATENCY_MS = 20;
const UNAVAILABLE: StoreError = { _tag: 'Unavailable', why: 'a fault was asked for' };

/** The store as a process sees it: each answer and each page takes a while, and none comes after a crash. */
const storeFor = (
  runtime: SeededRuntime,
  log: MemoryLog,
  state: KeeperState,
  isStalled: () => boolean = () => false,
): EventStore => {
  const store = memoryStore({ log, pageSize: 4 });
  const reading = async function* (
    items: () => AsyncIterable<ReadItem>,
    isHeldUp: () => boolean = () => false,
  ): AsyncGenerator<ReadItem> {
    await runtime.sleep(LATENCY_MS);
    if (state.isDown) return yield { _tag: 'Failed', error: UNAVAILABLE };
    for await (const item of items()) {
      do await runtime.sleep(1);
      while (isHeldUp());
      yield state.isDown ? { _tag: 'Failed', error: UNAVAILABLE } : item;
      if (state.isDown) return;
    }
  };
  return {
    ...store,
    append:
      (...args) =>
      async () => {
        await runtime.sleep(LATENCY_MS);
        if (state.isDown) return E.left(UNAVAILABLE);
        const answer = await store.append(...args)();
        await runtime.sleep(LATENCY_MS);
        return answer;
      },
    readStream: (...args) => reading(() => store.readStream(...args)),
    subscribeAll: (options) => reading(() => store.subscribeAll(options), isStalled),
  };
};

const given = async <A>(task: TaskEither<unknown, A>): Promise<A> => {
  const outcome = await task();
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  return outcome.right;
};

export const keeperWorld = async (seed = 'keepers', zone: ZoneCode = 2): Promise<KeeperWorld> => {
  const logged: LogEntry[] = [];
  const kernel = seededKernel(seed, { start: NOW, log: (entry) => logged.push(entry) });
  const log = memoryLog();
  const state: KeeperState = {
    isDown: false,
    answer: () => ({ _tag: 'Available', units: [] }),
    totals: 'give',
    openReceipts: 0,
    asks: 0,
  };
  const { entropy } = kernel.runtime({ label: 'keys' });
  const keyRing = memoryKeyRing({ entropy, indexKey: entropy(32) });

  const handlers = (
    runtime: SeededRuntime,
    store: EventStore,
  ): { readonly devices: CloudDevices; readonly shifts: Shifts; readonly receipts: Receipts } => {
    const common = { store, keyRing, runtime };
    return {
      devices: createCommandHandler({
        ...common,
        decider: CLOUD_DEVICE,
        family: CLOUD_DEVICE_EVENTS,
        streamOf: cloudDeviceStream,
        knownCommands: 1_000,
      }),
      shifts: createCommandHandler({
        ...common,
        decider: SHIFT,
        family: SHIFT_EVENTS,
        streamOf: shiftStream,
        knownCommands: 1_000,
      }),
      receipts: createCommandHandler({
        ...common,
        decider: RECEIPT,
        family: RECEIPT_EVENTS,
        streamOf: receiptStream,
        knownCommands: 'all',
      }),
    };
  };

  const readDevices = createImpersonalReader<CloudDeviceEvent>(CLOUD_DEVICE_EVENTS);
  const folded: { at: number; devices: ReadonlyArray<CloudDevice> } = { at: -1, devices: [] };
  const all = (): ReadonlyArray<CloudDevice> => {
    const stored = log.stream(cloudDeviceStream(DEVICE));
    if (stored.length === folded.at) return folded.devices;
    const device = readDevices(stored).reduce(
      (before, decoded) => (E.isRight(decoded) ? CLOUD_DEVICE.evolve(before, decoded.right.event) : before),
      CLOUD_DEVICE.initial,
    );
    folded.at = stored.length;
    folded.devices = device === undefined ? [] : [device];
    return folded.devices;
  };

  const shop = kernel.runtime({ label: 'shop' });
  const own = handlers(shop, memoryStore({ log }));
  const by = () => ({ commandId: shop.ids.next(), actor: 'shop', organisation: INN });
  const now = (): Instant => shop.wall() as Instant;
  const device: KeeperWorld['device'] = async (command) =>
    void (await given(own.devices.handle(DEVICE, command, by())));
  const receipt: KeeperWorld['receipt'] = async (receiptId, command) =>
    void (await given(own.receipts.handle(receiptId, command, by())));

  const providerFor = (runtime: SeededRuntime): FiscalProvider => ({
    name: 'scripted',
    capabilities: { askBy: 'key', horizonMs: 86_400_000, returnsContent: false },
    dedupDomain: 'scripted',
    expressible: () => undefined,
    send: () => Promise.reject(new Error('Nothing is sent here.')),
    ask: () => Promise.reject(new Error('Nothing is asked here.')),
    availability: async () => {
      state.asks += 1;
      await runtime.sleep(LATENCY_MS);
      return state.answer();
    },
  });

  const totalsFor = (runtime: SeededRuntime) => (): TaskEither<TotalsUnavailable, ShiftCount> => async () => {
    await runtime.sleep(LATENCY_MS);
    if (state.totals === 'throw') throw new TypeError('a fault was asked for');
    return state.totals === 'fail'
      ? E.left({ _tag: 'TotalsUnavailable', why: 'a fault was asked for' })
      : E.right({
          totals: NO_TOTALS,
          upToPosition: String(log.events.length),
          openReceipts: state.openReceipts,
        });
  };

  await device({
    type: 'RegisterDevice',
    data: {
      now: NOW,
      deviceId: DEVICE,
      title: 'Облачная ККТ',
      use: 'shared',
      dedupDomain: 'scripted',
      connection: {
        provider: 'scripted',
        environment: 'emulator',
        baseUrl: 'http://localhost:1',
        parameters: {},
        secretRef: 'env:KASSA_SECRET',
      },
      registration: { organisation: INN as Inn, taxations: [1], ffd: '1.2', internetOnly: true, zone },
    },
  });
  await device({
    type: 'AttachRegister',
    data: {
      now: NOW,
      register: {
        registerId: REGISTER,
        name: 'Касса сайта',
        type: 'kkt-with-ofd',
        ownership: { organisation: INN as Inn, currency: 'RUB' },
        policy: '3.0.9',
        legalGround: 'internet-cashless',
        vatRule: 'per-line',
        zone,
      },
    },
  });

  const shift: KeeperWorld['shift'] = async (command) =>
    void (await given(own.shifts.handle(REGISTER, command, by())));

  const world: KeeperWorld = {
    devices: all,
    kernel,
    log,
    logged,
    state,
    device,
    receipt,
    now,
    shift,
    openShift: (shiftId) =>
      shift({
        type: 'OpenShift',
        data: {
          now: now(),
          registerId: REGISTER,
          shiftId,
          openedBy: 'person',
          device: { deviceId: DEVICE, revision: 1, available: true, reasons: [] },
        },
      }),
    register: async (number) => {
      const { content, facts, legalDeadline } = registered();
      const source = { document: `order-${number}`, settlementId: `payment-${number}` };
      const receiptId = receiptIdOf(INN, source);
      await receipt(receiptId, {
        type: 'RegisterReceipt',
        data: {
          now: now(),
          receiptId,
          organisation: INN,
          source,
          content,
          facts,
          parents: [],
          legalDeadline,
          assumed: [],
        },
      });
      return receiptId;
    },
    enqueue: (receiptId) => receipt(receiptId, { type: 'EnqueueReceipt', data: { now: now() } }),
    fiscalise: async (receiptId, document = {}) => {
      await receipt(receiptId, {
        type: 'RouteReceipt',
        data: { now: now(), deviceId: DEVICE, domain: 'scripted', traceTag: 'x', refused: [] },
      });
      const loaded = await given(own.receipts.load(receiptId));
      const key = loaded.state?.attempt.route?.key ?? '';
      await receipt(receiptId, {
        type: 'IntendSend',
        data: {
          now: now(),
          epoch: 0,
          key,
          amendments: 0,
          worker: 'test/1',
          payloadHash: 'h',
          slowStart: false,
          parents: 'fiscalized',
          horizonMs: 86_400_000,
          quietMs: 0,
          waitedMs: 0,
        },
      });
      await receipt(receiptId, {
        type: 'RecordSend',
        data: {
          now: now(),
          epoch: 1,
          outcome: {
            kind: 'final',
            result: {
              kind: 'done',
              document: { fn: '7380440902582955', fd: log.events.length, fp: 1, ...document },
            },
          },
        },
      });
    },
    startHealthKeeper: (settings = {}) => {
      const runtime = kernel.runtime({ label: 'health' });
      const { devices, shifts } = handlers(runtime, storeFor(runtime, log, state));
      const provider = providerFor(runtime);
      const keeper = healthKeeper({
        devices: { all: () => world.devices(), provider: () => provider },
        cloudDevices: devices,
        shifts,
        runtime,
        settings,
      });
      const stopping = new AbortController();
      return { runtime, stop: () => stopping.abort(), ended: keeper.run(stopping.signal) };
    },
    startShiftKeeper: (settings = {}, isStalled = () => false) => {
      const runtime = kernel.runtime({ label: 'shifts' });
      const store = storeFor(runtime, log, state, isStalled);
      const { shifts } = handlers(runtime, store);
      const keeper = shiftKeeper({
        store,
        shifts,
        devices: { all: () => world.devices() },
        shiftTotals: totalsFor(runtime),
        runtime,
        settings,
      });
      const stopping = new AbortController();
      return { keeper, runtime, stop: () => stopping.abort(), ended: keeper.run(stopping.signal) };
    },
    shifts: () => log.stream(shiftStream(REGISTER)).map(({ type, data }) => ({ type, data })),
    run: async (untilMs) => {
      await kernel.run({ until: untilMs, drain: 'fast' });
    },
  };
  return world;
};
