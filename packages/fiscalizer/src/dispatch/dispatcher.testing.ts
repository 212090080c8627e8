import * as E from 'fp-ts/Either';
import type { Instant } from '@cloud-kassa/ffd';
import { RECEIPT, RECEIPT_EVENTS, receiptIdOf, receiptStream } from '@cloud-kassa/core';
import type { Receipt, ReceiptCommand } from '@cloud-kassa/core';
import type { EventStore, LeaseStore, MemoryLog } from '@cloud-kassa/event-store';
import {
  createCommandHandler,
  memoryKeyRing,
  memoryLeaseStore,
  memoryLog,
  memoryStore,
} from '@cloud-kassa/event-store';
import type { AskAnswer, AskBy, FiscalProvider, FiscalRequest, SendAnswer } from '@cloud-kassa/provider';
import type { Kernel, LogEntry, SeededRuntime } from '@cloud-kassa/runtime';
import { seededKernel } from '@cloud-kassa/runtime';
import type { Dispatcher } from './dispatcher';
import { dispatcher } from './dispatcher';
import type { Receipts } from '../handlers';
import type { Devices } from '../devices/devices';
import { NOW, registered } from '../receipt.testing';
import type { FiscalizerSettings } from '../settings';
import { DEFAULT_SETTINGS } from '../settings';

/** What the provider of the test answers, and what it was asked. */
export interface ScriptedProvider {
  askBy: AskBy;
  answer: (request: FiscalRequest) => SendAnswer | Promise<SendAnswer>;
  ask: (key: string) => AskAnswer;
  available: boolean;
  /** Whether the device is open in the workers. */
  isOpen: boolean;
  isSuspended: boolean;
  /** Whether a receipt may be routed to it. */
  isAble: boolean;
  /** Its connection was changed so often: what was opened before is closed and answers nothing any more. */
  connection: number;
  /** Asked for its availability it throws. */
  isBroken: boolean;
  readonly sends: FiscalRequest[];
  readonly asks: string[];
  probes: number;
  inFlight: number;
  mostInFlight: number;
}

/** A log, a kernel and a provider; workers can be started and crashed. */
export interface Bench {
  readonly kernel: Kernel;
  readonly log: MemoryLog;
  readonly provider: ScriptedProvider;
  readonly startWorker: (name?: string, signal?: AbortSignal) => SeededRuntime;
  /** Those that were started, in their order. */
  readonly workers: ReadonlyArray<Dispatcher>;
  readonly register: (
    organisation: string,
    number: number,
    legalDeadline?: Instant,
    parents?: Receipt['parents'],
  ) => Promise<string>;
  readonly state: (receiptId: string) => Promise<Receipt>;
  readonly give: (receiptId: string, command: ReceiptCommand) => Promise<void>;
  readonly run: (untilMs: number) => Promise<void>;
}

/** What lies between a worker and the world. */
export interface BenchFaults {
  readonly store?: (store: EventStore, runtime: SeededRuntime) => EventStore;
  readonly leases?: (leases: LeaseStore) => LeaseStore;
  readonly receipts?: (receipts: Receipts, runtime: SeededRuntime) => Receipts;
  readonly log?: (entry: LogEntry) => void;
  readonly runtime?: (runtime: SeededRuntime) => SeededRuntime;
}

const LATENCY_MS = 100;

const documentNumber = { next: 0 };

/** A document as a register would number it. */
export const done = (): SendAnswer => {
  documentNumber.next += 1;
  return {
    _tag: 'Final',
    answer: {
      _tag: 'Done',
      document: { fn: '9999078900000001', fd: documentNumber.next, fp: documentNumber.next },
    },
  };
};

const asItIs = <A>(given: A): A => given;

export const createBench = (change: Partial<FiscalizerSettings> = {}, faults: BenchFaults = {}): Bench => {
  const settings = { ...DEFAULT_SETTINGS, ...change };
  const kernel = seededKernel('bench', {
    start: NOW,
    ...(faults.log === undefined ? {} : { log: faults.log }),
  });
  const log = memoryLog();
  const leases = memoryLeaseStore();
  const { entropy } = kernel.runtime({ label: 'keys' });
  const keyRing = memoryKeyRing({ entropy, indexKey: entropy(32) });
  const provider: ScriptedProvider = {
    askBy: 'key',
    answer: done,
    ask: () => ({ _tag: 'Waiting' }),
    available: true,
    isOpen: true,
    isAble: true,
    isSuspended: false,
    connection: 0,
    isBroken: false,
    sends: [],
    asks: [],
    probes: 0,
    inFlight: 0,
    mostInFlight: 0,
  };

  const receiptsOf = (runtime: SeededRuntime): Receipts =>
    createCommandHandler({
      store: memoryStore({ log }),
      decider: RECEIPT,
      family: RECEIPT_EVENTS,
      streamOf: receiptStream,
      keyRing,
      runtime,
      knownCommands: 'all',
    });

  const devicesOf = (runtime: SeededRuntime): Devices => {
    const open = (connection: number): FiscalProvider => ({
      name: 'scripted',
      capabilities: { askBy: provider.askBy, horizonMs: 86_400_000, returnsContent: false },
      dedupDomain: 'scripted',
      expressible: () => undefined,
      send: async (request) => {
        provider.sends.push(request);
        provider.inFlight += 1;
        provider.mostInFlight = Math.max(provider.mostInFlight, provider.inFlight);
        await runtime.sleep(LATENCY_MS);
        provider.inFlight -= 1;
        return provider.answer(request);
      },
      ask: async (key) => {
        provider.asks.push(key);
        await runtime.sleep(LATENCY_MS);
        return provider.ask(key);
      },
      availability: async () => {
        provider.probes += 1;
        if (provider.isBroken) throw new TypeError('of a secret');
        await runtime.sleep(LATENCY_MS);
        return provider.available && connection === provider.connection
          ? { _tag: 'Available', units: [] }
          : { _tag: 'Unreachable' };
      },
    });
    let opened = { connection: provider.connection, fiscal: open(provider.connection) };
    return {
      provider: () => {
        if (opened.connection !== provider.connection)
          opened = { connection: provider.connection, fiscal: open(provider.connection) };
        return provider.isOpen ? opened.fiscal : undefined;
      },
      isSuspended: () => provider.isSuspended,
      choose: ({ organisation }) =>
        Promise.resolve(
          provider.isAble
            ? E.right({ deviceId: `device of ${organisation}`, refused: [] })
            : E.left({ reason: 'no-device', refused: [] }),
        ),
    };
  };

  const shop = kernel.runtime({ label: 'shop' });
  const shopReceipts = receiptsOf(shop);
  const give = async (receiptId: string, command: ReceiptCommand): Promise<void> => {
    const handled = await shopReceipts.handle(receiptId, command, {
      commandId: shop.ids.next(),
      actor: 'shop',
      organisation: '-',
    })();
    if (E.isLeft(handled)) throw new Error(JSON.stringify(handled.left));
  };

  const workers: Dispatcher[] = [];

  return {
    kernel,
    log,
    provider,
    give,
    workers,
    startWorker: (name = 'worker', signal = new AbortController().signal) => {
      const runtime = (faults.runtime ?? asItIs)(kernel.runtime({ label: name }));
      const { store = asItIs, receipts = asItIs, leases: held = asItIs } = faults;
      const worker = dispatcher({
        store: store(memoryStore({ log }), runtime),
        keyRing,
        receipts: receipts(receiptsOf(runtime), runtime),
        devices: devicesOf(runtime),
        leases: held(leases),
        runtime,
        settings,
        workerName: name,
      });
      workers.push(worker);
      void worker.run(signal);
      return runtime;
    },
    register: async (organisation, number, legalDeadline, parents = []) => {
      const sample = registered(legalDeadline);
      const source = { document: `order-${number}`, settlementId: `payment-${number}` };
      const receiptId = receiptIdOf(organisation, source);
      const facts = {
        ...sample.facts,
        register: { ...sample.facts.register, organisation },
        device: { ...sample.facts.device, organisation },
      };
      const { content } = sample;
      await give(receiptId, {
        type: 'RegisterReceipt',
        data: {
          now: NOW,
          receiptId,
          organisation,
          source,
          content,
          facts,
          parents,
          legalDeadline: sample.legalDeadline,
          assumed: [],
        },
      });
      await give(receiptId, { type: 'EnqueueReceipt', data: { now: NOW } });
      return receiptId;
    },
    state: async (receiptId) => {
      const loaded = await shopReceipts.load(receiptId)();
      if (E.isLeft(loaded) || loaded.right.state === undefined) throw new Error('no receipt');
      return loaded.right.state;
    },
    run: async (untilMs) => {
      await kernel.run({ until: untilMs });
    },
  };
};
