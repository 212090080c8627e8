import {
  CLOUD_DEVICE,
  CLOUD_DEVICE_EVENTS,
  cloudDeviceStream,
  composeReceipt,
  composeSettingsOf,
  RECEIPT,
  RECEIPT_EVENTS,
  receiptIdOf,
  receiptStream,
  SHIFT,
  SHIFT_EVENTS,
  shiftStream,
  type AdmissionFacts,
  type CloudDeviceCommand,
  type CloudDeviceState,
  type ReceiptCommand,
  type ReceiptContent,
  type ReceiptDraft,
  type ReceiptState,
  type RegisterCard,
  type RegisterReceipt,
  type ShiftCommand,
  type ShiftState,
} from '@cloud-kassa/core';
import {
  createCommandHandler,
  memoryKeyRing,
  memoryStore,
  type EventStore,
  type StoredEvent,
} from '@cloud-kassa/event-store';
import {
  instantFromMilliseconds,
  type Inn,
  type Instant,
  type Kopecks,
  type LocalDate,
  type LocalDateTime,
  type Quantity,
} from '@cloud-kassa/ffd';
import { memoryReadModels, projectionRunner, type ReadModels } from '@cloud-kassa/projections';
import { seededRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { FISCAL_STATUS } from './fiscal-status-projection';

export const INN = '7725327863' as Inn;
const START = Date.UTC(2026, 2, 2, 9);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const at = (milliseconds: number): Instant => instantFromMilliseconds(START + milliseconds);
export const money = (amount: number): Kopecks => amount as Kopecks;
export const local = (text: string): LocalDateTime => text as LocalDateTime;
export const date = (text: string): LocalDate => text as LocalDate;

/** What must never be seen in a read model. */
export const CANARY = 'canary.4711@example.org';

/** The register of a receipt by the number of the receipt. */
export const registerOf = (number: number): string => `register-${1 + (number % 2)}`;

export const factsOf = (number: number): AdmissionFacts => ({
  origin: 'payment',
  instrument: 'sbp',
  register: {
    registerId: registerOf(number),
    deviceId: 'device-1',
    organisation: INN,
    policy: '3.0.9',
    legalGround: 'internet-cashless',
    vatRule: 'per-line',
    zone: 2,
  },
  device: {
    deviceId: 'device-1',
    revision: 3,
    organisation: INN,
    ffd: '1.2',
    taxations: [1],
    internetOnly: true,
  },
  rulesOn: date('2026-03-02'),
  policyVersion: 'test',
});

export const contentOf = (price: number, change: Partial<ReceiptDraft> = {}): ReceiptContent =>
  right(
    composeReceipt(
      {
        kind: 'receipt',
        settlementSign: 1,
        settledAt: local('2026-03-02T12:00:00'),
        taxation: 1,
        items: [
          {
            name: 'Скамья садовая',
            price: money(price),
            quantity: '1' as Quantity,
            vatCode: 11,
            paymentMethod: 4,
            subject: 1,
            measure: 0,
          },
        ],
        payments: { cashless: money(price) },
        buyer: { keyId: 'buyer-1', person: { email: CANARY } },
        place: { place: 'https://sad.example' },
        internet: true,
        ...change,
      },
      composeSettingsOf(factsOf(0)),
    ),
  );

export const sourceOf = (number: number) => ({ document: `order-${number}`, settlementId: `s-${number}` });
export const idOf = (number: number): string => receiptIdOf(INN, sourceOf(number));

/** Every third receipt is a refund of a document made elsewhere, every fifth a correction. */
export const registration = (
  number: number,
  change: Partial<RegisterReceipt['data']> = {},
): RegisterReceipt => {
  const external = { kind: 'external', fn: '7380440902582955', fd: 1, fp: 2, checked: false } as const;
  const refund = number % 3 === 2;
  const correction = number % 5 === 4;
  return {
    type: 'RegisterReceipt',
    data: {
      now: at(number),
      receiptId: idOf(number),
      organisation: INN,
      source: sourceOf(number),
      content: contentOf(1_000 + number, {
        ...(refund ? { settlementSign: 2 } : {}),
        ...(correction
          ? {
              kind: 'correction',
              correction: { type: 0, settledOn: date('2026-03-01'), reason: 'not-applied' },
            }
          : {}),
      }),
      facts: factsOf(number),
      parents: refund ? [{ relation: 'refunds', link: external }] : [],
      legalDeadline: at(DAY),
      assumed: [],
      ...change,
    },
  };
};

export const cardOf = (registerId: string, change: Partial<RegisterCard> = {}): RegisterCard => ({
  registerId,
  name: `Касса ${registerId}`,
  type: 'kkt-with-ofd',
  ownership: { organisation: INN, currency: 'RUB', outlet: 'Интернет-магазин' },
  policy: '3.0.9',
  legalGround: 'internet-cashless',
  vatRule: 'per-line',
  zone: 2,
  ...change,
});

export const deviceRegistration = (deviceId: string): CloudDeviceCommand => ({
  type: 'RegisterDevice',
  data: {
    now: at(0),
    deviceId,
    title: `Облачная ККТ ${deviceId}`,
    use: 'shared',
    dedupDomain: `one-c|${deviceId}`,
    connection: {
      provider: 'one-c',
      environment: 'production',
      baseUrl: 'https://kassa.example.ru/api',
      parameters: { shopId: 'shop-17' },
      secretRef: 'env:KASSA_SECRET',
    },
    registration: { organisation: INN, taxations: [1], ffd: '1.2', internetOnly: true, zone: 2 },
  },
});

/** A store with devices, shifts and receipts in it, and the status that is made of them. */
export interface World {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  /** A refusal changes nothing; answers whether something was written. */
  readonly receipt: (number: number, command: ReceiptCommand) => Promise<boolean>;
  readonly device: (deviceId: string, command: CloudDeviceCommand) => Promise<boolean>;
  readonly shift: (registerId: string, command: ShiftCommand) => Promise<boolean>;
  readonly receiptState: (number: number) => Promise<ReceiptState>;
  readonly deviceState: (deviceId: string) => Promise<CloudDeviceState>;
  readonly shiftState: (registerId: string) => Promise<ShiftState>;
  readonly catchUp: () => Promise<void>;
  readonly rebuild: () => Promise<void>;
  readonly events: () => Promise<ReadonlyArray<StoredEvent>>;
}

export const world = (readModels: ReadModels = memoryReadModels()): World => {
  const runtime = seededRuntime('world');
  const store = memoryStore({ pageSize: 7 });
  const keyRing = memoryKeyRing({ entropy: runtime.entropy, indexKey: runtime.entropy(32) });
  const common = { store, runtime, keyRing, knownCommands: 'all' as const };
  const receipts = createCommandHandler({
    ...common,
    decider: RECEIPT,
    family: RECEIPT_EVENTS,
    streamOf: receiptStream,
  });
  const devices = createCommandHandler({
    ...common,
    decider: CLOUD_DEVICE,
    family: CLOUD_DEVICE_EVENTS,
    streamOf: cloudDeviceStream,
  });
  const shifts = createCommandHandler({
    ...common,
    decider: SHIFT,
    family: SHIFT_EVENTS,
    streamOf: shiftStream,
  });
  const runner = projectionRunner({ store, readModels, projection: FISCAL_STATUS, runtime, batch: 11 });
  let commands = 0;
  const context = () => {
    commands += 1;
    return { commandId: `command-${commands}`, actor: 'test', organisation: INN };
  };
  const accepted = async (
    handled: TaskEither<{ readonly _tag: string }, { readonly events: ReadonlyArray<unknown> }>,
  ) => {
    const outcome = await handled();
    if (E.isRight(outcome)) return outcome.right.events.length > 0;
    if (outcome.left._tag !== 'Refused') throw new Error(JSON.stringify(outcome.left));
    return false;
  };
  return {
    store,
    readModels,
    receipt: (number, command) => accepted(receipts.handle(idOf(number), command, context())),
    device: (deviceId, command) => accepted(devices.handle(deviceId, command, context())),
    shift: (registerId, command) => accepted(shifts.handle(registerId, command, context())),
    receiptState: async (number) => (await succeeded(receipts.load(idOf(number)))).state,
    deviceState: async (deviceId) => (await succeeded(devices.load(deviceId))).state,
    shiftState: async (registerId) => (await succeeded(shifts.load(registerId))).state,
    catchUp: async () => {
      await succeeded(runner.catchUp());
    },
    rebuild: async () => {
      await succeeded(runner.rebuild());
    },
    events: async () => {
      const events: StoredEvent[] = [];
      for await (const item of store.readAll()) if (item._tag === 'Events') events.push(...item.events);
      return events;
    },
  };
};

export const right = <A>(outcome: E.Either<unknown, A>): A => {
  if (E.isLeft(outcome)) throw new Error(`It failed: ${JSON.stringify(outcome.left)}`);
  return outcome.right;
};

export const succeeded = async <A>(task: TaskEither<unknown, A>): Promise<A> => right(await task());
