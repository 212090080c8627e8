import * as fc from 'fast-check';
import { instantFromMilliseconds, lineSum, NO_PAYMENTS, quantity } from '@cloud-kassa/ffd';
import { historyOf } from '../decider-laws.testing';
import { optional, present } from '../optional.arbitrary';
import { money, OURS, proven, THEIRS } from '../values.testing';
import type { PaymentCommand, PaymentEvent, SettlementDocument } from '.';
import { PAYMENT } from '.';

const PRICE = money(1000);

const basketOfPieces = (pieces: number, keyId: string | undefined): SettlementDocument => {
  const amount = proven(quantity(String(pieces)));
  const sum = proven(lineSum(PRICE, amount));
  return {
    taxation: 2,
    items: [{ name: 'x', price: PRICE, quantity: amount, sum, vatCode: 6, paymentMethod: 4, subject: 1 }],
    total: sum,
    payments: { ...NO_PAYMENTS, cashless: sum },
    ...(keyId === undefined ? {} : { buyer: { keyId, person: { phone: '+79123451234' } } }),
    place: {},
    internet: true,
  };
};

const moment = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 0, 9) })
  .map(instantFromMilliseconds);
const amount = fc.constantFrom(0, 500, 1000, 2000, 2000, 3000).map(money);
const basket = fc
  .tuple(fc.constantFrom(1, 2, 2, 3), fc.constantFrom(undefined, 'k1', 'k2'))
  .map(([pieces, key]) => basketOfPieces(pieces, key));
const settlementId = fc.constantFrom('t1', 't2', '__proto__');
const refundId = fc.constantFrom('b1', 'b2', 't2');
const linkId = fc.constantFrom('q1', 'q2');
const owner = fc.constantFrom(OURS, OURS, OURS, THEIRS);
const paymentId = fc.constant('p1');

const commandOf = (
  type: PaymentCommand['type'],
  data: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<PaymentCommand> =>
  fc.record({
    type: fc.constant(type),
    data: fc.record({ now: moment, ...data }).map(present),
  }) as fc.Arbitrary<PaymentCommand>;

export const command: fc.Arbitrary<PaymentCommand> = fc.oneof(
  commandOf('RequestPayment', {
    paymentId,
    organisation: owner,
    sourceDocument: fc.constantFrom('o1', 'o1', 'o2'),
    instrument: fc.constant('sbp'),
    settlement: basket,
  }),
  commandOf('IssuePaymentLink', {
    linkId,
    kind: fc.constantFrom('single-use', 'reusable'),
    address: fc.constant('https://qr'),
    expiresAt: optional(moment),
  }),
  {
    arbitrary: commandOf('ConfirmPayment', {
      paymentId,
      settlementId,
      organisation: owner,
      instrument: fc.constant('sbp'),
      amount,
      paidAt: moment,
      linkId: optional(linkId),
    }),
    weight: 3,
  },
  commandOf('DeclinePayment', { linkId: optional(linkId), code: optional(fc.constant('X')) }),
  commandOf('ExpirePayment', { linkId: optional(linkId), cancelled: fc.boolean() }),
  {
    arbitrary: commandOf('RequestRefund', { refundId, settlementId, amount, basket: optional(basket) }),
    weight: 2,
  },
  {
    arbitrary: commandOf('ConfirmRefund', { refundId, settlementId, amount, refundedAt: moment }),
    weight: 2,
  },
  commandOf('DeclineRefund', { refundId, code: optional(fc.constant('X')) }),
  commandOf('PostponeFiscalization', {
    settlementId: fc.oneof(settlementId, refundId),
    reason: fc.constantFrom('no-device', 'no-basket', 'policy'),
  }),
  commandOf('ResumeFiscalization', {
    settlementId: fc.oneof(settlementId, refundId),
    basket: optional(basket),
    buyer: optional(fc.constant({ keyId: 'k3', person: { email: 'a@b.ru' } })),
  }),
  commandOf('LinkReceipt', {
    settlementId: fc.oneof(settlementId, refundId),
    receiptId: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
  }),
);

export const history: fc.Arbitrary<ReadonlyArray<PaymentEvent>> = fc
  .array(command, { maxLength: 25, size: 'max' })
  .map((commands) => historyOf(PAYMENT, commands));

/** Confirmations of different operations, each once. */
export const confirmations: fc.Arbitrary<ReadonlyArray<PaymentCommand>> = fc.uniqueArray(
  commandOf('ConfirmPayment', {
    paymentId,
    settlementId,
    organisation: fc.constant(OURS),
    instrument: fc.constant('sbp'),
    amount: fc.constant(money(2000)),
    paidAt: moment,
  }),
  { selector: (each) => (each.type === 'ConfirmPayment' ? each.data.settlementId : '') },
);
