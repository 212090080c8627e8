import type {
  CloudDeviceCommand,
  Connection,
  Payment,
  PaymentCommand,
  Person,
  Receipt,
  RegisterCard,
  Registration as DeviceUse,
  SettlementDocument,
  ShiftCommand,
} from '@cloud-kassa/core';
import {
  CLOUD_DEVICE,
  CLOUD_DEVICE_EVENTS,
  PAYMENT,
  PAYMENT_EVENTS,
  RECEIPT,
  RECEIPT_EVENTS,
  SHIFT,
  SHIFT_EVENTS,
  cloudDeviceStream,
  paymentStream,
  receiptStream,
  shiftStream,
} from '@cloud-kassa/core';
import type { CheckpointStore, EventStore, KeyRing, MemoryLog, ReadItem } from '@cloud-kassa/event-store';
import {
  canonicalEventText,
  chainHash,
  createCommandHandler,
  memoryCheckpointStore,
  memoryKeyRing,
  memoryLog,
  memoryStore,
} from '@cloud-kassa/event-store';
import type { Inn, Instant, Kopecks, Quantity } from '@cloud-kassa/ffd';
import { NO_PAYMENTS } from '@cloud-kassa/ffd';
import type { OpenProvider } from '@cloud-kassa/provider';
import type { Kernel, LogEntry, SeededRuntime } from '@cloud-kassa/runtime';
import { seededKernel } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { DeviceRegistry } from '../devices/device-registry';
import { deviceRegistry } from '../devices/device-registry';
import type { CloudDevices, Shifts } from '../handlers';
import type { OpenDevice } from '../devices/open-devices';
import type { PaymentProcess, PaymentProcessSettings } from '../payments/payment-process';
import { paymentProcess } from '../payments/payment-process';
import type { Payments } from '../handlers';
import type { Receipts } from '../handlers';
import { INN, NOW } from '../receipt.testing';
import type { Registrar } from './registrar';
import { registrar } from './registrar';

export const DEVICE = 'device-1';
export const REGISTER = 'register-1';
export const MINUTE = 60_000;
export const OTHER_INN = '7707083893';

/** A provider that is never sent anything; the tests here look at what comes before a send. */
export interface QuietProvider extends OpenProvider {
  readonly openedWith: Connection;
  isClosed: boolean;
}

/** What happens to the store calls of one process. */
export interface Disturbance {
  /** Counted down at every append; the process dies at nought. */
  appendsLeft: number;
  /** Is the append at which it dies written? */
  isWritten: boolean;
  /** No call is answered. */
  isDown: boolean;
}

/** One process: its handlers, devices, registrar and payment process on the common log. */
export interface Member {
  readonly runtime: SeededRuntime;
  readonly store: EventStore;
  readonly receipts: Receipts;
  readonly payments: Payments;
  readonly devices: CloudDevices;
  readonly shifts: Shifts;
  readonly registry: DeviceRegistry;
  readonly registrar: Registrar;
  readonly process: PaymentProcess;
  readonly disturbance: Disturbance;
  /** Resolved when the process has died at an append. */
  readonly died: Promise<'died'>;
}

export interface MemberOptions {
  readonly settings?: Partial<PaymentProcessSettings>;
  readonly checkpoints?: CheckpointStore;
  readonly open?: OpenDevice;
}

export interface Town {
  readonly kernel: Kernel;
  readonly log: MemoryLog;
  readonly keyRing: KeyRing;
  readonly checkpoints: CheckpointStore;
  /** What the shop knows of its customers. */
  readonly customers: Map<string, Person>;
  readonly lines: LogEntry[];
  readonly opened: QuietProvider[];
  readonly member: (label?: string, options?: MemberOptions) => Member;
  readonly device: (deviceId: string, command: CloudDeviceCommand) => Promise<void>;
  /** Connects a device and attaches a register card to it. */
  readonly connect: (change?: {
    readonly deviceId?: string;
    readonly registration?: Partial<DeviceUse>;
    readonly card?: Partial<RegisterCard> | 'none';
    readonly dedupDomain?: string;
  }) => Promise<void>;
  readonly pay: (paymentId: string, command: PaymentCommand) => Promise<void>;
  readonly shift: (registerId: string, command: ShiftCommand) => Promise<void>;
  readonly payment: (paymentId: string) => Promise<Payment>;
  readonly receipt: (receiptId: string) => Promise<Receipt>;
  readonly receipts: () => ReadonlyArray<string>;
  readonly types: (stream: string) => ReadonlyArray<string>;
  readonly now: () => Instant;
  /** Runs work to its end, with all the time it needs. */
  readonly complete: <A>(work: () => Promise<A>) => Promise<A>;
}

export const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left));
  return either.right;
};

export const left = <B>(either: E.Either<B, unknown>): B => {
  if (E.isRight(either)) throw new Error('accepted');
  return either.left;
};

export const CONNECTION: Connection = {
  provider: 'quiet',
  environment: 'emulator',
  baseUrl: 'http://kassa.example/api',
  parameters: { group: 'one' },
  secretRef: 'env:KASSA',
};

export const USE: DeviceUse = {
  organisation: INN as Inn,
  taxations: [1],
  ffd: '1.2',
  internetOnly: false,
  zone: 2,
};

export const CARD: RegisterCard = {
  registerId: REGISTER,
  name: 'Касса сайта',
  type: 'kkt-with-ofd',
  ownership: { organisation: INN as Inn, currency: 'RUB' },
  policy: '3.0.9',
  legalGround: 'internet-cashless',
  vatRule: 'per-line',
  zone: 2,
};

export const roubles = (amount: number): Kopecks => (amount * 100) as Kopecks;

/** A document of so many pieces at 100 roubles. */
export const basket = (pieces = 3, change: Partial<SettlementDocument> = {}): SettlementDocument => ({
  taxation: 1,
  items: [
    {
      name: 'Кресло «Сад»',
      price: roubles(100),
      quantity: String(pieces) as Quantity,
      sum: roubles(100 * pieces),
      vatCode: 11,
      paymentMethod: 4,
      subject: 1,
      measure: 0,
    },
  ],
  total: roubles(100 * pieces),
  payments: { ...NO_PAYMENTS, cashless: roubles(100 * pieces) },
  buyer: { keyId: 'buyer-1', person: { email: 'buyer@example.com' } },
  place: { place: 'https://sad.example' },
  internet: true,
  ...change,
});

/** Without a contact. */
export const anonymous = (pieces = 3, change: Partial<SettlementDocument> = {}): SettlementDocument => {
  const { buyer: _buyer, ...rest } = basket(pieces, change);
  return rest;
};

const never = new Promise<never>(() => undefined);

async function* unanswered(): AsyncGenerator<ReadItem> {
  yield { _tag: 'Failed', error: { _tag: 'Unavailable', why: 'down' } };
}

const disturbed = (real: EventStore, disturbance: Disturbance, dies: () => void): EventStore => ({
  ...real,
  append: (stream, expected, events) => async () => {
    if (disturbance.isDown) return E.left({ _tag: 'Unavailable', why: 'down' });
    disturbance.appendsLeft -= 1;
    if (disturbance.appendsLeft > 0) return real.append(stream, expected, events)();
    // What a dead process waits for never comes.
    if (disturbance.appendsLeft === 0 && disturbance.isWritten) await real.append(stream, expected, events)();
    dies();
    return never;
  },
  readStream: (stream, options) => (disturbance.isDown ? unanswered() : real.readStream(stream, options)),
  readAll: (options) => (disturbance.isDown ? unanswered() : real.readAll(options)),
  subscribeAll: (options) => (disturbance.isDown ? unanswered() : real.subscribeAll(options)),
});

export const createTown = (seed = 'town'): Town => {
  const lines: LogEntry[] = [];
  const kernel = seededKernel(seed, { start: NOW, log: (entry) => lines.push(entry) });
  const log = memoryLog();
  const { entropy } = kernel.runtime({ label: 'keys' });
  const keyRing = memoryKeyRing({ entropy, indexKey: entropy(32) });
  const checkpoints = memoryCheckpointStore();
  const customers = new Map<string, Person>();
  const opened: QuietProvider[] = [];

  const openQuietly: OpenDevice = (connection, device) => {
    const provider: QuietProvider = {
      name: 'quiet',
      capabilities: { askBy: 'key', horizonMs: 86_400_000, returnsContent: false },
      dedupDomain: device.dedupDomain,
      expressible: () => undefined,
      send: () => never,
      ask: () => never,
      availability: () => never,
      openedWith: connection,
      isClosed: false,
      close: () => {
        provider.isClosed = true;
      },
    };
    opened.push(provider);
    return E.right(provider);
  };

  const handlersOn = (store: EventStore, runtime: SeededRuntime) => {
    const common = { store, keyRing, runtime };
    return {
      receipts: createCommandHandler({
        ...common,
        decider: RECEIPT,
        family: RECEIPT_EVENTS,
        streamOf: receiptStream,
        knownCommands: 'all',
      }),
      payments: createCommandHandler({
        ...common,
        decider: PAYMENT,
        family: PAYMENT_EVENTS,
        streamOf: paymentStream,
        knownCommands: 'all',
      }),
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
    } as const;
  };

  const member: Town['member'] = (label = 'process', options = {}) => {
    const runtime = kernel.runtime({ label });
    const disturbance: Disturbance = {
      appendsLeft: Number.POSITIVE_INFINITY,
      isWritten: true,
      isDown: false,
    };
    let die = (_how: 'died'): void => undefined;
    const died = new Promise<'died'>((resolve) => {
      die = resolve;
    });
    const store = disturbed(memoryStore({ log }), disturbance, () => die('died'));
    const handlers = handlersOn(store, runtime);
    const registry = deviceRegistry({ store, keyRing, runtime, open: options.open ?? openQuietly });
    const made = registrar({
      ...handlers,
      devices: registry,
      keyRing,
      runtime,
      findContact: (customerId) => Promise.resolve(customers.get(customerId)),
    });
    const process = paymentProcess({
      ...handlers,
      store,
      keyRing,
      registrar: made,
      registry,
      checkpoints: options.checkpoints ?? checkpoints,
      runtime,
      ...(options.settings === undefined ? {} : { settings: options.settings }),
    });
    return { ...handlers, runtime, store, registry, registrar: made, process, disturbance, died };
  };

  const shop = member('shop');
  const now = (): Instant => shop.runtime.wall() as Instant;
  const context = () => ({ commandId: shop.runtime.ids.next(), actor: 'shop', organisation: INN });

  const device: Town['device'] = async (deviceId, command) => {
    right(await shop.devices.handle(deviceId, command, context())());
  };

  return {
    kernel,
    log,
    keyRing,
    checkpoints,
    customers,
    lines,
    opened,
    member,
    device,
    connect: async ({ deviceId = DEVICE, registration = {}, card = {}, dedupDomain } = {}) => {
      await device(deviceId, {
        type: 'RegisterDevice',
        data: {
          now: now(),
          deviceId,
          title: 'Облачная ККТ',
          use: 'shared',
          dedupDomain: dedupDomain ?? `quiet/${deviceId}`,
          connection: CONNECTION,
          registration: { ...USE, ...registration },
        },
      });
      if (card === 'none') return;
      await device(deviceId, {
        type: 'AttachRegister',
        data: { now: now(), register: { ...CARD, ...card } },
      });
    },
    pay: async (paymentId, command) => {
      right(await shop.payments.handle(paymentId, command, context())());
    },
    shift: async (registerId, command) => {
      right(await shop.shifts.handle(registerId, command, context())());
    },
    payment: async (paymentId) => {
      const { state } = right(await shop.payments.load(paymentId)());
      if (state === undefined) throw new Error('no payment');
      return state;
    },
    receipt: async (receiptId) => {
      const { state } = right(await shop.receipts.load(receiptId)());
      if (state === undefined) throw new Error('no receipt');
      return state;
    },
    receipts: () =>
      log.events
        .filter(({ type }) => type === 'receipt.Registered')
        .map(({ stream }) => stream.slice('receipt-'.length)),
    types: (stream) => log.stream(stream).map(({ type }) => type.slice(type.indexOf('.') + 1)),
    now,
    complete: (work) => kernel.complete(work),
  };
};

/** A registrar of a process whose receipts are reached in another way. */
export const registrarOver = ({ keyRing }: Town, member: Member, receipts: Receipts): Registrar =>
  registrar({ receipts, shifts: member.shifts, devices: member.registry, keyRing, runtime: member.runtime });

/** Puts an event into a stream that no version of the program reads. */
export const spoil = ({ log }: Town, stream: string): void => {
  const last = log.stream(stream).at(-1);
  if (last === undefined) throw new Error('no stream');
  const aggregate = stream.slice(0, stream.indexOf('-'));
  const { metadata, version, data } = last;
  const unheard = { eventId: `spoilt-${stream}`, type: `${aggregate}.Unheard`, version, data, metadata };
  const text = canonicalEventText(stream, last.revision + 1, unheard);
  if (E.isLeft(text)) throw new Error(text.left.rule);
  log.write(stream, last.revision, [{ ...unheard, hash: chainHash(last.hash, text.right) }]);
};
