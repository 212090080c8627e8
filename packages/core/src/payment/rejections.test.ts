import * as E from 'fp-ts/Either';
import { NO_PAYMENTS } from '@cloud-kassa/ffd';
import { THEIRS, money } from '../values.testing';
import type { PaymentCommand, PaymentRule, RequestPayment, SettlementDocument } from '.';
import { decidePayment, PAYMENT_RULES } from '.';
import {
  NOW,
  basket,
  request,
  link,
  confirm,
  refund,
  bareRefund,
  refunded,
  refundDeclined,
  postpone,
  resume,
  linkReceipt,
  given,
} from './payment.testing';

const broken = (change: Partial<SettlementDocument>): RequestPayment =>
  request({ settlement: basket(3, change) });

describe('every refusal of a payment', () => {
  const [line] = basket().items;
  if (line === undefined) throw new Error('no line');
  type Case = readonly [before: ReadonlyArray<PaymentCommand>, command: PaymentCommand, field: string];
  const cases: Readonly<Record<PaymentRule, ReadonlyArray<Case>>> = {
    'no-lines': [
      [[], broken({ items: [] }), 'settlement.items'],
      [[request(), confirm()], refund('b1', 10_000, { basket: basket(1, { items: [] }) }), 'basket.items'],
      [[confirm()], resume('t1', { basket: basket(3, { items: [] }) }), 'basket.items'],
    ],
    'line-sum': [[[], broken({ items: [{ ...line, sum: money(30_001) }] }), 'settlement.items.0.sum']],
    total: [
      [
        [],
        broken({ total: money(29_900), payments: { ...NO_PAYMENTS, cashless: money(29_900) } }),
        'settlement.total',
      ],
      [
        [],
        broken({ total: money(30_001), payments: { ...NO_PAYMENTS, cashless: money(30_001) } }),
        'settlement.total',
      ],
    ],
    payments: [
      [[], broken({ payments: { ...NO_PAYMENTS, cashless: money(29_999) } }), 'settlement.payments'],
    ],
    cash: [[[], broken({ payments: { ...NO_PAYMENTS, cash: money(30_000) } }), 'settlement.payments.cash']],
    'nothing-to-pay': [
      [[], broken({ payments: { ...NO_PAYMENTS, prepaid: money(30_000) } }), 'settlement.payments.cashless'],
    ],
    'payment-differs': [
      [[request()], request({ sourceDocument: 'order-2' }), 'sourceDocument'],
      [[request()], request({ settlement: basket(2) }), 'items'],
    ],
    'payment-unknown': [
      [[], link(), 'paymentId'],
      [[confirm()], link(), 'paymentId'],
    ],
    'organisation-differs': [
      [[request()], confirm('t1', { organisation: THEIRS }), 'organisation'],
      [[confirm()], confirm('t2', { organisation: THEIRS }), 'organisation'],
      [[confirm()], request({ organisation: THEIRS }), 'organisation'],
    ],
    'link-differs': [[[request(), link()], link('q1', { kind: 'reusable' }), 'kind']],
    'link-lifetime': [[[request()], link('q1', { expiresAt: NOW }), 'expiresAt']],
    'already-paid': [[[request(), confirm()], link('q2'), 'paymentId']],
    'settlement-differs': [[[request(), confirm()], confirm('t1', { amount: money(29_999) }), 'amount']],
    'settlement-id-used': [
      [[request(), confirm(), refund('b1', 10_000)], confirm('b1'), 'settlementId'],
      [
        [request(), confirm(), refunded('b1', 10_000)],
        confirm('b1', { amount: money(10_000) }),
        'settlementId',
      ],
      [[request(), confirm()], refund('t1', 10_000), 'refundId'],
      [[request(), confirm()], refunded('t1', 10_000), 'refundId'],
    ],
    'settlement-unknown': [
      [[], refund('b1', 1), 'settlementId'],
      [[request()], refunded('b1', 1), 'settlementId'],
      [[request(), confirm(), refunded('b1', 1)], refund('b2', 1, { settlementId: 'b1' }), 'settlementId'],
      [[request()], postpone(), 'settlementId'],
      [[request()], resume(), 'settlementId'],
      [[request()], linkReceipt(), 'settlementId'],
      [[request(), confirm(), refund('b1', 1)], linkReceipt('b1'), 'settlementId'],
    ],
    'nothing-paid': [[[request()], confirm('t1', { amount: money(0) }), 'amount']],
    'nothing-to-refund': [
      [[request(), confirm()], refund('b1', 0), 'amount'],
      [[request(), confirm()], refunded('b1', 0), 'amount'],
    ],
    'refund-above-paid': [
      [[request(), confirm()], refund('b1', 30_001), 'amount'],
      [[request(), confirm(), refund('b1', 20_000)], refund('b2', 10_001), 'amount'],
      [[request(), confirm(), refund('b1', 20_000), confirm('t2')], refund('b2', 10_001), 'amount'],
      [[request(), confirm(), refund('b1', 20_000)], refunded('b2', 10_001), 'amount'],
      [
        [request(), confirm(), refund('b1', 30_000), refundDeclined('b1'), refund('b2', 1)],
        refunded('b1', 30_000),
        'amount',
      ],
    ],
    'refund-differs': [
      [[request(), confirm(), refund('b1', 10_000)], refund('b1', 10_001), 'amount'],
      [
        [request(), confirm(), confirm('t2'), refund('b1', 10_000)],
        refund('b1', 10_000, { settlementId: 't2' }),
        'settlementId',
      ],
      [
        [request(), confirm(), refund('b1', 10_000)],
        refund('b1', 10_000, { basket: basket(1, { internet: false }) }),
        'basket',
      ],
      [[request(), confirm(), refund('b1', 10_000)], refunded('b1', 9999), 'amount'],
    ],
    'basket-missing': [
      [[confirm()], resume(), 'basket'],
      [[request(), confirm()], bareRefund('b1', 10_000), 'basket'],
      // What is left after a part is a part too: nobody has said which.
      [[request(), confirm(), refund('b1', 10_000)], bareRefund('b2', 20_000), 'basket'],
      [[confirm(), resume('t1', { basket: basket() })], bareRefund('b1', 10_000), 'basket'],
    ],
    'basket-amount': [
      [[confirm()], resume('t1', { basket: basket(2) }), 'basket.payments.cashless'],
      [[request(), confirm('t1', { amount: money(1) })], resume(), 'basket.payments.cashless'],
      [[request(), confirm()], refund('b1', 10_000, { basket: basket(2) }), 'basket.payments.cashless'],
    ],
    'receipt-differs': [[[request(), confirm(), linkReceipt()], linkReceipt('t1', 'r-other'), 'receiptId']],
    'receipt-of-other-settlement': [
      [[request(), confirm(), confirm('t2'), linkReceipt()], linkReceipt('t2', 'r-t1'), 'receiptId'],
    ],
  };
  const rows = Object.entries(cases).flatMap(([rule, list]) =>
    list.map(([before, command, field]) => ({ rule, before, command, field })),
  );

  it.each(rows)('$rule at $field ($command.type)', ({ rule, before, command, field }) => {
    expect(decidePayment(command, given(...before))).toEqual(
      E.left(expect.objectContaining({ rule, field })),
    );
  });

  it('is described in both languages, with its source', () => {
    expect(Object.keys(cases).toSorted()).toEqual(Object.keys(PAYMENT_RULES).toSorted());
    for (const { english, russian, source } of Object.values(PAYMENT_RULES)) {
      expect(english).toMatch(/^[A-Z].*\.$/);
      expect(russian).toMatch(/^[А-Я].*\.$/);
      expect(source).not.toBe('');
    }
  });

  it('names all fields in which a repeated request differs, and no contact', () => {
    const other = request({
      sourceDocument: 'order-2',
      settlement: basket(2, { buyer: { keyId: 'buyer-2', person: { phone: '+79990001122' } } }),
    });
    const answer = decidePayment(other, given(request()));
    expect(answer).toMatchObject(
      E.left({ detail: { fields: 'buyer, items, payments, sourceDocument, total' } }),
    );
    expect(JSON.stringify(answer)).not.toContain('+7999');
  });
});
