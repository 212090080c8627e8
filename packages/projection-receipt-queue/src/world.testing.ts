import {
  composeReceipt,
  composeSettingsOf,
  PAYMENT,
  PAYMENT_EVENTS,
  paymentStream,
  RECEIPT,
  RECEIPT_EVENTS,
  receiptIdOf,
  receiptStream,
  type AdmissionFacts,
  type PaymentCommand,
  type PaymentState,
  type ReceiptCommand,
  type ReceiptContent,
  type ReceiptDraft,
  type ReceiptState,
  type RegisterReceipt,
} from '@cloud-kassa/core';
import {
  createCommandHandler,
  memoryKeyRing,
  memoryStore,
  type EventStore,
  type MemoryKeyRing,
  type StoredEvent,
} from '@cloud-kassa/event-store';
import {
  instantFromMilliseconds,
  NO_PAYMENTS,
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
import { RECEIPT_QUEUE } from './receipt-queue-projection';

export const INN = '7725327863';
const START = Date.UTC(2026, 2, 2, 9);
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const at = (milliseconds: number): Instant => instantFromMilliseconds(START + milliseconds);
export const money = (amount: number): Kopecks => amount as Kopecks;

/** What must never be seen in a read model. */
export const CANARY = 'canary.4711@example.org';

export const factsOf = (registerId: string, deviceId: string): AdmissionFacts => ({
  origin: 'payment',
  instrument: 'sbp',
  register: {
    registerId,
    deviceId,
    organisation: INN,
    policy: '3.0.9',
    legalGround: 'internet-cashless',
    vatRule: 'per-line',
    zone: 2,
  },
  device: { deviceId, revision: 3, organisation: INN, ffd: '1.2', taxations: [1], internetOnly: true },
  rulesOn: '2026-03-02' as LocalDate,
  policyVersion: 'test',
});

export const contentOf = (price: number, change: Partial<ReceiptDraft> = {}): ReceiptContent =>
  right(
    composeReceipt(
      {
        kind: 'receipt',
        settlementSign: 1,
        settledAt: '2026-03-02T12:00:00' as LocalDateTime,
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
      composeSettingsOf(factsOf('register-1', 'device-1')),
    ),
  );

export const sourceOf = (number: number) => ({ document: `Заказ-${number}`, settlementId: `s-${number}` });
export const idOf = (number: number): string => receiptIdOf(INN, sourceOf(number));

export const registration = (
  number: number,
  change: Partial<RegisterReceipt['data']> = {},
): RegisterReceipt => ({
  type: 'RegisterReceipt',
  data: {
    now: at(number),
    receiptId: idOf(number),
    organisation: INN,
    source: sourceOf(number),
    content: contentOf(1_000 + number),
    facts: factsOf(`register-${1 + (number % 2)}`, `device-${1 + (number % 2)}`),
    parents: [],
    legalDeadline: at(DAY - number * MINUTE),
    assumed: [],
    ...change,
  },
});

/** A store with receipts and payments in it, and the queue that is made of them. */
export interface World {
  readonly store: EventStore;
  readonly keyRing: MemoryKeyRing;
  readonly readModels: ReadModels;
  /** A refusal changes nothing; answers whether something was written. */
  readonly receipt: (number: number, command: ReceiptCommand) => Promise<boolean>;
  readonly payment: (paymentId: string, command: PaymentCommand) => Promise<boolean>;
  readonly receiptState: (number: number) => Promise<ReceiptState>;
  readonly paymentState: (paymentId: string) => Promise<PaymentState>;
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
  const payments = createCommandHandler({
    ...common,
    decider: PAYMENT,
    family: PAYMENT_EVENTS,
    streamOf: paymentStream,
  });
  const runner = projectionRunner({ store, readModels, projection: RECEIPT_QUEUE, runtime, batch: 11 });
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
    keyRing,
    readModels,
    receipt: (number, command) => accepted(receipts.handle(idOf(number), command, context())),
    payment: (paymentId, command) => accepted(payments.handle(paymentId, command, context())),
    receiptState: async (number) => (await succeeded(receipts.load(idOf(number)))).state,
    paymentState: async (paymentId) => (await succeeded(payments.load(paymentId))).state,
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

export const PAYMENTS_OF = (cashless: number) => ({ ...NO_PAYMENTS, cashless: money(cashless) });
