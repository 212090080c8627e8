import { hash } from 'node:crypto';
import type {
  AdmissionFacts,
  CloudDeviceCommand,
  FinalOutcome,
  PaymentCommand,
  Receipt,
  ReceiptCommand,
  ReceiptContent,
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
  composeReceipt,
  composeSettingsOf,
  isErased,
  paymentStream,
  payloadText,
  receiptIdOf,
  receiptStream,
  refundContent,
  shiftStream,
} from '@cloud-kassa/core';
import type { EventStore, HandlerError, MemoryKeyRing, MemoryLog } from '@cloud-kassa/event-store';
import { createCommandHandler, memoryKeyRing, memoryLog, memoryStore } from '@cloud-kassa/event-store';
import type { Inn, Instant, Kopecks, LocalDate, LocalDateTime, Quantity } from '@cloud-kassa/ffd';
import { NO_PAYMENTS, instantFromMilliseconds, instantToLocal, localFromUnix } from '@cloud-kassa/ffd';
import type { KktGroup, LedgerEntry, ReceiptRequest } from '@cloud-kassa/kkt-emulator';
import { createKktGroup, groupLedgerLine, internetShopGroup } from '@cloud-kassa/kkt-emulator';
import type { SeededRuntime } from '@cloud-kassa/runtime';
import { seededRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Ledger } from './ledger/ledger';
import { ledgerDocumentOf } from './ledger/ledger-document';

export const INN = '7725327863' as Inn;
export const DOMAIN = 'emulated|garden';
export const DEVICE = 'garden';
export const REGISTER = 'site';
export const GROUP = 'garden';
const START = '2026-03-02T09:00:00.000Z';

/** The `Right` of something that must succeed; a test that gets another thing fails with it. */
export const right = <L, R>(either: E.Either<L, R>): R => {
  if (E.isLeft(either)) throw new Error(`refused: ${JSON.stringify(either.left)}`);
  return either.right;
};

const money = (amount: number): Kopecks => amount as Kopecks;

const FACTS: AdmissionFacts = {
  origin: 'payment',
  instrument: 'sbp',
  register: {
    registerId: REGISTER,
    deviceId: DEVICE,
    organisation: INN,
    policy: '3.0.9',
    legalGround: 'internet-cashless',
    vatRule: 'per-line',
    zone: 2,
  },
  device: {
    deviceId: DEVICE,
    revision: 1,
    organisation: INN,
    ffd: '1.2',
    taxations: [1],
    internetOnly: true,
  },
  rulesOn: '2026-03-02' as LocalDate,
  policyVersion: 'test',
};

/** An outcome of the register, as its provider would tell it. */
export const doneBy = ({ document }: LedgerEntry): Extract<FinalOutcome, { readonly kind: 'done' }> => {
  const { fn, fd, fp, content, at } = document;
  if (content.kind !== 'receipt') throw new Error('no receipt');
  const { shift, numberInShift, receipt } = content;
  return {
    kind: 'done',
    document: { fn, fd, fp, shiftNumber: shift, numberInShift, madeAt: right(localFromUnix(at)) },
    found: {
      settlementSign: receipt.settlementSign === 2 ? 2 : 1,
      total: money(receipt.total),
    },
  };
};

const requestOf = (content: ReceiptContent, traceTag: string): ReceiptRequest => {
  const person = content.buyer?.person;
  const contact = person === undefined || isErased(person) ? undefined : person.email;
  return {
    kind: content.kind,
    organisation: INN,
    settlementSign: content.settlementSign,
    taxation: content.taxation,
    items: content.items.map(
      ({ name, price, quantity, sum, vatCode, vatSum, paymentMethod, subject, measure }) => ({
        name,
        price,
        quantity,
        sum,
        vatCode,
        method: paymentMethod,
        subject,
        ...(vatSum === undefined ? {} : { vatSum }),
        ...(measure === undefined ? {} : { measure }),
      }),
    ),
    total: content.total,
    payments: content.payments,
    internet: content.internet,
    additional: traceTag,
    ...(contact === undefined ? {} : { contact }),
  };
};

/** The ledger of groups of registers, through the lines its administration writes. */
export const ledgerOf = (groups: Readonly<Record<string, KktGroup>>): Ledger => ({
  groups: TE.fromIO(() =>
    Object.entries(groups).map(([group, registers]) => ({ group, head: registers.ledger.size() })),
  ),
  documents: (group, after, limit) =>
    TE.fromIO(() =>
      (groups[group]?.ledger.page(after, limit) ?? []).map((entry) =>
        right(ledgerDocumentOf(groupLedgerLine(group, entry))),
      ),
    ),
});

export const hashOf = (content: ReceiptContent): string => hash('sha256', right(payloadText(content)));

export const tagOf = (receiptId: string): string => hash('sha256', receiptId).slice(0, 16);

/** How much a settlement of the shop is over. */
export interface Order {
  readonly price: number;
  readonly quantity: number;
  readonly vatCode: 11 | 6;
  readonly method: 1 | 4;
}

const PLAIN: Order = { price: 1_220_000, quantity: 2, vatCode: 11, method: 4 };

/** A shop with a store, a device of one register with a ledger, and all that is done with receipts by hand. */
export interface Shop {
  readonly log: MemoryLog;
  readonly store: EventStore;
  readonly keyRing: MemoryKeyRing;
  readonly runtime: SeededRuntime;
  readonly registers: KktGroup;
  readonly ledger: Ledger;
  readonly now: () => Instant;
  /** Lets time pass, for the shop and for the registers. */
  readonly pass: (milliseconds: number) => Promise<void>;
  readonly receipt: (receiptId: string, command: ReceiptCommand) => Promise<Receipt>;
  readonly stateOf: (receiptId: string) => Promise<Receipt>;
  readonly payment: (paymentId: string, command: PaymentCommand) => Promise<void>;
  readonly shift: (command: ShiftCommand) => Promise<void>;
  readonly device: (deviceId: string, command: CloudDeviceCommand) => Promise<void>;
  readonly connect: () => Promise<void>;
  readonly openShift: (shiftId: string) => Promise<void>;
  /** Asks for a payment, confirms it, registers and links the receipt; answers the receipt's id. */
  readonly pay: (number: number, order?: Partial<Order>) => Promise<string>;
  /** Registers a receipt that no payment stands behind, and puts it into the queue. */
  readonly register: (number: number, order?: Partial<Order>) => Promise<string>;
  readonly reserve: (saleId: string, refundNumber: number) => Promise<string>;
  /** Reserves all of a sale and registers the refund's receipt. */
  readonly refund: (saleId: string, refundNumber: number) => Promise<string>;
  readonly route: (receiptId: string) => Promise<void>;
  /** Authorises one send. */
  readonly intend: (receiptId: string) => Promise<void>;
  /** The register makes the document of a receipt as it stands, under its key. */
  readonly print: (receiptId: string) => Promise<LedgerEntry>;
  readonly record: (receiptId: string, outcome: FinalOutcome) => Promise<void>;
  /** The whole way from the queue to the document. */
  readonly fiscalize: (receiptId: string) => Promise<LedgerEntry>;
  /** Pays and fiscalizes. */
  readonly sell: (number: number, order?: Partial<Order>) => Promise<string>;
}

export const HORIZON_MS = 86_400_000;

export const openShop = (seed = 'shop'): Shop => {
  const runtime = seededRuntime(seed, { start: START });
  const log = memoryLog();
  const store = memoryStore({ log });
  const keyRing = memoryKeyRing({ entropy: runtime.entropy, indexKey: runtime.entropy(32) });
  const settings = right(
    internetShopGroup({ inn: INN, name: 'ООО "Сад"', site: 'https://sad.example', seed: 'garden' }),
  );
  const registers = right(createKktGroup(settings, Date.parse(START)));
  const shared = { store, keyRing, runtime, knownCommands: 'all' } as const;
  const receipts = createCommandHandler({
    ...shared,
    decider: RECEIPT,
    family: RECEIPT_EVENTS,
    streamOf: receiptStream,
  });
  const payments = createCommandHandler({
    ...shared,
    decider: PAYMENT,
    family: PAYMENT_EVENTS,
    streamOf: paymentStream,
  });
  const shifts = createCommandHandler({
    ...shared,
    decider: SHIFT,
    family: SHIFT_EVENTS,
    streamOf: shiftStream,
  });
  const devices = createCommandHandler({
    ...shared,
    decider: CLOUD_DEVICE,
    family: CLOUD_DEVICE_EVENTS,
    streamOf: cloudDeviceStream,
  });

  const context = () => ({ commandId: runtime.ids.next(), actor: 'shop', organisation: INN });
  const done = async <State>(
    handled: TaskEither<HandlerError<unknown>, { readonly state: State }>,
  ): Promise<State> => right(await handled()).state;
  const there = (state: Receipt | undefined): Receipt => {
    if (state === undefined) throw new Error('no receipt');
    return state;
  };
  const now = (): Instant => runtime.wall() as Instant;
  const local = (): LocalDateTime => instantToLocal(now(), 2);

  const shop: Shop = {
    log,
    store,
    keyRing,
    runtime,
    registers,
    ledger: ledgerOf({ [GROUP]: registers }),
    now,
    pass: async (milliseconds) => {
      await runtime.kernel.run({ until: runtime.kernel.now() + milliseconds });
      registers.advance(Date.parse(now()));
    },
    receipt: async (receiptId, command) => there(await done(receipts.handle(receiptId, command, context()))),
    stateOf: async (receiptId) => there(right(await receipts.load(receiptId)()).state),
    payment: async (paymentId, command) => {
      await done(payments.handle(paymentId, command, context()));
    },
    shift: async (command) => {
      await done(shifts.handle(REGISTER, command, context()));
    },
    device: async (deviceId, command) => {
      await done(devices.handle(deviceId, command, context()));
    },
    connect: () =>
      shop.device(DEVICE, {
        type: 'RegisterDevice',
        data: {
          now: now(),
          deviceId: DEVICE,
          title: 'Облачная ККТ',
          use: 'shared',
          dedupDomain: DOMAIN,
          connection: {
            provider: 'emulated',
            environment: 'test',
            baseUrl: 'https://kassa.example.ru/api',
            parameters: {},
            secretRef: 'env:KASSA_SECRET',
          },
          registration: { organisation: INN, taxations: [1], ffd: '1.2', internetOnly: true, zone: 2 },
        },
      }),
    openShift: (shiftId) =>
      shop.shift({
        type: 'OpenShift',
        data: {
          now: now(),
          registerId: REGISTER,
          shiftId,
          openedBy: 'keeper',
          device: { deviceId: DEVICE, revision: 0, available: true, reasons: [] },
        },
      }),
    pay: async (number, order) => {
      const paymentId = `order-${number}`;
      const settlementId = `bank-${number}`;
      const basket = await basketOf(number, order);
      await shop.payment(paymentId, {
        type: 'RequestPayment',
        data: {
          now: now(),
          paymentId,
          organisation: INN,
          sourceDocument: paymentId,
          instrument: 'sbp',
          settlement: basket,
        },
      });
      await shop.payment(paymentId, {
        type: 'ConfirmPayment',
        data: {
          now: now(),
          paymentId,
          settlementId,
          organisation: INN,
          instrument: 'sbp',
          amount: basket.total,
          paidAt: now(),
        },
      });
      const receiptId = await registered(paymentId, settlementId, basket);
      await shop.payment(paymentId, { type: 'LinkReceipt', data: { now: now(), settlementId, receiptId } });
      return receiptId;
    },
    register: async (number, order) =>
      registered(`document-${number}`, `settlement-${number}`, await basketOf(number, order)),
    reserve: async (saleId, refundNumber) => {
      const sale = await shop.stateOf(saleId);
      const refundId = receiptIdOf(INN, refundSource(refundNumber));
      await shop.receipt(saleId, {
        type: 'ReserveRefund',
        data: {
          now: now(),
          refundId,
          items: sale.content.items.map(({ quantity, sum }, line) => ({ line, quantity, sum })),
          sums: sale.content.payments,
        },
      });
      return refundId;
    },
    refund: async (saleId, refundNumber) => {
      const receiptId = await shop.reserve(saleId, refundNumber);
      const sale = await shop.stateOf(saleId);
      const reserved = sale.fence.refunds.get(receiptId);
      if (reserved === undefined) throw new Error('nothing reserved');
      const draft = right(refundContent(sale.content, reserved, { settledAt: local() }));
      await shop.receipt(receiptId, {
        type: 'RegisterReceipt',
        data: {
          now: now(),
          receiptId,
          organisation: INN,
          source: refundSource(refundNumber),
          content: right(composeReceipt(draft, composeSettingsOf(FACTS))),
          facts: FACTS,
          parents: [
            { relation: 'refunds', link: { kind: 'receipt', receiptId: saleId }, reservation: receiptId },
          ],
          legalDeadline: now(),
          assumed: [],
        },
      });
      await shop.receipt(receiptId, { type: 'EnqueueReceipt', data: { now: now() } });
      return receiptId;
    },
    route: async (receiptId) => {
      await shop.receipt(receiptId, {
        type: 'RouteReceipt',
        data: { now: now(), deviceId: DEVICE, domain: DOMAIN, traceTag: tagOf(receiptId), refused: [] },
      });
    },
    intend: async (receiptId) => {
      const { attempt, content } = await shop.stateOf(receiptId);
      await shop.receipt(receiptId, {
        type: 'IntendSend',
        data: {
          now: now(),
          epoch: attempt.epoch,
          key: attempt.route?.key ?? '',
          amendments: attempt.amendments,
          worker: 'worker',
          payloadHash: hashOf(content),
          slowStart: false,
          parents: 'fiscalized',
          horizonMs: HORIZON_MS,
          quietMs: 0,
          waitedMs: 0,
          ...(attempt.phase === 'Unknown' ? { evidence: 'absent' } : {}),
        },
      });
    },
    print: async (receiptId) => {
      const { attempt, content } = await shop.stateOf(receiptId);
      const { key = '', traceTag = '' } = attempt.route ?? {};
      registers.forget(key);
      registers.submit(key, requestOf(content, traceTag), Date.parse(now()));
      await shop.pass(60_000);
      const made = registers.ledger.byKey(key).at(-1);
      if (made === undefined) throw new Error(`nothing made: ${JSON.stringify(registers.result(key))}`);
      return made;
    },
    record: async (receiptId, result) => {
      const { attempt } = await shop.stateOf(receiptId);
      await shop.receipt(receiptId, {
        type: 'RecordSend',
        data: { now: now(), epoch: attempt.epoch, outcome: { kind: 'final', result } },
      });
    },
    fiscalize: async (receiptId) => {
      await shop.route(receiptId);
      await shop.intend(receiptId);
      const made = await shop.print(receiptId);
      await shop.record(receiptId, doneBy(made));
      return made;
    },
    sell: async (number, order) => {
      const receiptId = await shop.pay(number, order);
      await shop.fiscalize(receiptId);
      return receiptId;
    },
  };

  const refundSource = (number: number) => ({ document: `refund-${number}`, settlementId: `back-${number}` });

  const basketOf = async (number: number, change: Partial<Order> = {}): Promise<SettlementDocument> => {
    const { price, quantity, vatCode, method } = { ...PLAIN, ...change };
    const email = `buyer${number}@example.com`;
    const sum = money(price * quantity);
    return {
      taxation: 1,
      items: [
        {
          name: 'Скамья садовая',
          price: money(price),
          quantity: String(quantity) as Quantity,
          sum,
          vatCode,
          ...(vatCode === 11 ? { vatSum: money(Math.round((sum * 22) / 122)) } : {}),
          paymentMethod: method,
          subject: method === 1 ? 10 : 1,
          measure: 0,
        },
      ],
      total: sum,
      payments: { ...NO_PAYMENTS, cashless: sum },
      buyer: { keyId: right(await keyRing.keyIdFor(email)()), person: { email } },
      place: { place: 'https://sad.example' },
      internet: true,
    };
  };

  const registered = async (
    document: string,
    settlementId: string,
    basket: SettlementDocument,
  ): Promise<string> => {
    const source = { document, settlementId };
    const receiptId = receiptIdOf(INN, source);
    const draft = { ...basket, kind: 'receipt', settlementSign: 1, settledAt: local() } as const;
    await shop.receipt(receiptId, {
      type: 'RegisterReceipt',
      data: {
        now: now(),
        receiptId,
        organisation: INN,
        source,
        content: right(composeReceipt(draft, composeSettingsOf(FACTS))),
        facts: FACTS,
        parents: [],
        legalDeadline: instantFromMilliseconds(Date.parse(now()) + 3_600_000),
        assumed: [],
      },
    });
    await shop.receipt(receiptId, { type: 'EnqueueReceipt', data: { now: now() } });
    return receiptId;
  };

  return shop;
};
