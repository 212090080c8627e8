import type { PaymentCommand, ReceiptCommand, ReceiptState, SettlementDocument } from '@cloud-kassa/core';
import * as fc from 'fast-check';
import {
  at,
  CANARY,
  contentOf,
  DAY,
  factsOf,
  INN,
  MINUTE,
  money,
  PAYMENTS_OF,
  registration,
  type World,
} from './world.testing';

/** Something that somebody does to one of a few receipts or payments. */
export type Deed =
  | {
      readonly on: 'receipt';
      readonly number: number;
      readonly type: ReceiptCommand['type'];
      readonly data: Readonly<Record<string, unknown>>;
    }
  | { readonly on: 'payment'; readonly paymentId: string; readonly command: PaymentCommand };

const HORIZON = 30 * DAY;
const RECEIPTS = 4;
const moment = fc
  .oneof(fc.integer({ min: 0, max: 2 * DAY }), fc.constantFrom(HORIZON, 2 * HORIZON, 5 * MINUTE))
  .map(at);
const waitedMs = fc.constantFrom(0, MINUTE, 15 * MINUTE, HORIZON);
const maybe = <A>(some: fc.Arbitrary<A>) => fc.option(some, { nil: undefined });
const person = fc.constantFrom('Иванова', 'Петров');
const horizonMs = fc.constant(HORIZON);

const DOCUMENT = { fn: '7380440902582955', fd: 9895, fp: 3_304_159_072 };
const document = fc.constantFrom<object[]>(DOCUMENT, DOCUMENT, { ...DOCUMENT, fd: 7 }, { fn: DOCUMENT.fn });
const note = fc.constantFrom({}, { status: 503 }, { code: 'E17', excerpt: '…' });
const result = fc.oneof(
  fc.record({ kind: fc.constant('done'), document }),
  fc.record({
    kind: fc.constant('done'),
    document,
    found: fc.constantFrom({ settlementSign: 1 }, { settlementSign: 2, total: 5 }),
  }),
  fc.record({
    kind: fc.constant('failed'),
    proof: fc.constantFrom('proved', 'proved', 'ambiguous'),
    because: fc.constantFrom('content', 'other'),
    note,
  }),
);
const pause = { retryAt: moment, retryAfterMs: waitedMs };
const sent = fc.oneof(
  fc.record({ kind: fc.constantFrom('accepted', 'exists'), handle: maybe(fc.constant('handle-1')) }),
  fc.record({ kind: fc.constant('final'), result }),
  fc.record({ kind: fc.constant('refused-invalid'), note }),
  fc.record({ kind: fc.constant('refused-later'), note, ...pause }),
  fc.record({ kind: fc.constant('not-sent'), why: fc.constant('dns'), ...pause }),
  fc.record({ kind: fc.constant('unknown'), why: fc.constantFrom('timeout', 'server-error') }),
);
const told = fc.oneof(
  fc.record({ kind: fc.constant('waiting') }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('final'), result }) },
  fc.constantFrom({ kind: 'absent' }, { kind: 'unavailable' }),
);
const evidence = fc.record({
  providerRemembersFailure: fc.boolean(),
  ofdShowsNothing: fc.constant(true),
  unsentQueueEmpty: fc.constant(true),
  note: fc.constant('asked'),
});
const amended = contentOf(777, { buyer: { keyId: 'buyer-2', person: { phone: '+79990004711' } } });
const settlement = fc.oneof(
  fc.constant({ how: 'amend', content: amended, facts: factsOf('register-1', 'device-1') }),
  fc.record({ how: fc.constant('resume'), horizonMs }),
  fc.record({ how: fc.constant('resume'), horizonMs, evidence }),
  fc.record({ how: fc.constant('document'), document }),
  fc.record({ how: fc.constant('no-document'), horizonMs, evidence }),
  fc.record({ how: fc.constant('compensated'), compensatingReceiptId: fc.constantFrom('r-2', 'r-3') }),
);
const routeTo = fc.constantFrom('1', '2', '3').map((name) => ({
  deviceId: `device-${name}`,
  domain: `domain-${name}`,
  traceTag: 'tag',
  refused: [],
}));

const receiptDeed = (
  type: ReceiptCommand['type'],
  data: fc.Arbitrary<object> = fc.constant({}),
): fc.Arbitrary<Deed> =>
  fc
    .tuple(fc.integer({ min: 0, max: RECEIPTS - 1 }), moment, data)
    .map(([number, now, rest]): Deed => ({ on: 'receipt', number, type, data: { ...rest, now } }));

const receiptDeeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 2, arbitrary: receiptDeed('RegisterReceipt') },
  { weight: 2, arbitrary: receiptDeed('EnqueueReceipt') },
  { weight: 3, arbitrary: receiptDeed('RouteReceipt', routeTo) },
  {
    weight: 8,
    arbitrary: receiptDeed(
      'IntendSend',
      fc.record({
        worker: fc.constantFrom('worker-1/1', 'worker-2/1'),
        payloadHash: fc.constant('a'),
        slowStart: fc.boolean(),
        parents: fc.constant('fiscalized'),
        horizonMs,
        quietMs: fc.constant(MINUTE),
        waitedMs,
        evidence: maybe(fc.constantFrom('absent', 'resending-is-asking')),
      }),
    ),
  },
  { weight: 8, arbitrary: receiptDeed('RecordSend', fc.record({ outcome: sent })) },
  { weight: 6, arbitrary: receiptDeed('RecordAsk', fc.record({ outcome: told, waitedMs })) },
  {
    weight: 3,
    arbitrary: receiptDeed(
      'TakeOver',
      fc.record({
        by: fc.constant('worker-1/2'),
        because: fc.constantFrom('lease-ran-out', 'worker-restarted'),
      }),
    ),
  },
  receiptDeed('HoldForHorizon', fc.record({ horizonMs })),
  receiptDeed('HoldWithoutHandle', fc.record({ waitedMs })),
  { weight: 3, arbitrary: receiptDeed('RekeyReceipt', routeTo) },
  receiptDeed('CancelReceipt', fc.record({ by: person, reason: fc.constant('withdrawn') })),
  receiptDeed(
    'PostponeReceipt',
    fc.record({ reason: fc.constantFrom('policy', 'no-device'), until: maybe(moment) }),
  ),
  { weight: 2, arbitrary: receiptDeed('ResumeReceipt') },
  receiptDeed('RaiseDeadlineAlarm', fc.record({ percent: fc.constantFrom(50, 80, 100), deadline: moment })),
  {
    weight: 5,
    arbitrary: receiptDeed('SettleReceipt', fc.record({ by: person, secondBy: maybe(person), settlement })),
  },
  receiptDeed(
    'RecordBuyerCopy',
    fc.record({
      channel: fc.constant('email'),
      by: fc.constant('ofd'),
      status: fc.constantFrom('sent', 'failed'),
    }),
  ),
  receiptDeed('RecordOfdConfirmation'),
  receiptDeed(
    'ReserveOffset',
    fc.record({ offsetId: fc.constantFrom('o-1', 'o-2'), amount: fc.constant(5) }),
  ),
);

const basket = fc.constantFrom(1_000, 2_000).map((amount): SettlementDocument => ({
  ...contentOf(amount, { buyer: { keyId: 'buyer-3', person: { email: CANARY } } }),
  payments: PAYMENTS_OF(amount),
}));
const id = fc.constantFrom('t1', 't2', '__proto__');
const amount = fc.constantFrom(1_000, 1_000, 2_000).map(money);

const paymentDeed = (
  type: PaymentCommand['type'],
  data: Readonly<Record<string, fc.Arbitrary<unknown>>> = {},
): fc.Arbitrary<Deed> =>
  fc
    .tuple(fc.constantFrom('p1', 'p2'), fc.record({ now: moment, ...data }))
    .map(([paymentId, rest]): Deed => {
      const given = Object.entries({ paymentId, ...rest }).filter(([, value]) => value !== undefined);
      // The decider judges what fits and what does not.
      const command = { type, data: Object.fromEntries(given) } as unknown as PaymentCommand;
      return { on: 'payment', paymentId, command };
    });

const paymentDeeds: fc.Arbitrary<Deed> = fc.oneof(
  paymentDeed('RequestPayment', {
    organisation: fc.constant(INN),
    sourceDocument: fc.constantFrom('o1', 'o1', 'o2'),
    instrument: fc.constant('sbp'),
    settlement: basket,
  }),
  {
    weight: 3,
    arbitrary: paymentDeed('ConfirmPayment', {
      settlementId: id,
      organisation: fc.constant(INN),
      instrument: fc.constant('sbp'),
      amount,
      paidAt: moment,
    }),
  },
  paymentDeed('DeclinePayment'),
  paymentDeed('ExpirePayment', { cancelled: fc.boolean() }),
  paymentDeed('RequestRefund', { refundId: fc.constantFrom('b1', 't2'), settlementId: id, amount }),
  {
    weight: 2,
    arbitrary: paymentDeed('ConfirmRefund', {
      refundId: fc.constantFrom('b1', 't2'),
      settlementId: id,
      amount,
      refundedAt: moment,
    }),
  },
  {
    weight: 2,
    arbitrary: paymentDeed('PostponeFiscalization', {
      settlementId: fc.constantFrom('t1', 't2', 'b1'),
      reason: fc.constantFrom('no-device', 'refused'),
      objection: maybe(fc.constant({ rule: 'contact-missing', field: 'buyer' })),
    }),
  },
  paymentDeed('ResumeFiscalization', {
    settlementId: fc.constantFrom('t1', 't2', 'b1'),
    buyer: maybe(fc.constant({ keyId: 'buyer-4', person: { email: CANARY } })),
  }),
  paymentDeed('LinkReceipt', {
    settlementId: fc.constantFrom('t1', 't2', 'b1'),
    receiptId: fc.constantFrom('r1', 'r2', 'r3'),
  }),
);

const INTENT = {
  worker: 'worker-1/1',
  payloadHash: 'a',
  slowStart: false,
  parents: 'fiscalized',
  horizonMs: HORIZON,
  quietMs: MINUTE,
  waitedMs: HORIZON,
};

/** The usual way of a receipt as far as its first send. */
const usualWay = (number: number, steps: number): ReadonlyArray<Deed> => {
  const way: ReadonlyArray<readonly [ReceiptCommand['type'], object]> = [
    ['RegisterReceipt', {}],
    ['EnqueueReceipt', {}],
    ['RouteReceipt', { deviceId: 'device-1', domain: 'domain-1', traceTag: 'tag', refused: [] }],
    ['IntendSend', INTENT],
  ];
  return way
    .slice(0, steps)
    .map(([type, data]): Deed => ({ on: 'receipt', number, type, data: { ...data, now: at(number) } }));
};

/** Deeds of workers, persons, the provider, the bank and the calendar; most receipts get deep into the protocol. */
export const deeds: fc.Arbitrary<ReadonlyArray<Deed>> = fc
  .tuple(
    fc.array(fc.constantFrom(0, 1, 4, 4, 4, 4), { minLength: RECEIPTS, maxLength: RECEIPTS }),
    fc.array(fc.oneof({ weight: 6, arbitrary: receiptDeeds }, { weight: 1, arbitrary: paymentDeeds }), {
      maxLength: 100,
      size: 'max',
    }),
  )
  .map(([steps, rest]) => [...steps.flatMap((count, number) => usualWay(number, count)), ...rest]);

const commandOf = (
  { number, type, data }: Extract<Deed, { readonly on: 'receipt' }>,
  state: ReceiptState,
): ReceiptCommand => {
  if (type === 'RegisterReceipt' || state === undefined) return registration(number);
  const { route, epoch, amendments } = state.attempt;
  const given = Object.entries({ ...data, epoch, key: route?.key ?? 'none', amendments }).filter(
    ([, value]) => value !== undefined,
  );
  // The decider judges what fits and what does not.
  return { type, data: Object.fromEntries(given) } as unknown as ReceiptCommand;
};

/** Does it, if it is not refused. */
export const perform = async (on: World, deed: Deed): Promise<void> => {
  if (deed.on === 'payment') await on.payment(deed.paymentId, deed.command);
  else await on.receipt(deed.number, commandOf(deed, await on.receiptState(deed.number)));
};
