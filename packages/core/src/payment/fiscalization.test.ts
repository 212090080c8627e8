import * as E from 'fp-ts/Either';
import type { PaymentCommand } from '.';
import { basketOf, decidePayment, POSTPONEMENT_REASONS } from '.';
import {
  NOW,
  BUYER,
  basket,
  request,
  confirm,
  refund,
  bareRefund,
  refunded,
  refundDeclined,
  postpone,
  resume,
  linkReceipt,
  given,
  payment,
  decided,
  types,
  fiscalization,
} from './payment.testing';

const refused = (rule: string): PaymentCommand => ({
  type: 'PostponeFiscalization',
  data: {
    now: NOW,
    settlementId: 't1',
    reason: 'refused',
    objection: { rule, field: 'items.0.vatCode' },
  },
});

describe('a confirmed settlement has a receipt or a dated reason (S38)', () => {
  it('waits, changes its reason, goes on, and is linked', () => {
    expect(fiscalization('t1', request(), confirm(), postpone())).toEqual({
      state: 'postponed',
      reason: 'no-device',
      since: NOW,
    });
    expect(types(postpone(), request(), confirm(), postpone())).toEqual([]);
    expect(types(postpone('t1', 'policy'), request(), confirm(), postpone())).toEqual([
      'FiscalizationPostponed',
    ]);
    expect(types(resume(), request(), confirm(), postpone())).toEqual(['FiscalizationResumed']);
    expect(types(resume(), request(), confirm())).toEqual([]);
    expect(types(linkReceipt(), request(), confirm(), postpone())).toEqual(['ReceiptLinked']);
  });

  it('once linked it waits for nothing any more', () => {
    expect(types(postpone(), request(), confirm(), linkReceipt())).toEqual([]);
    expect(types(resume(), request(), confirm(), postpone(), linkReceipt())).toEqual([]);
    expect(types(linkReceipt(), request(), confirm(), linkReceipt())).toEqual([]);
  });

  it('a rule that refused the receipt is shown with its field', () => {
    expect(fiscalization('t1', request(), confirm(), refused('a'))).toMatchObject({
      objection: { rule: 'a', field: 'items.0.vatCode' },
    });
    expect(types(refused('a'), request(), confirm(), refused('a'))).toEqual([]);
    expect(types(refused('b'), request(), confirm(), refused('a'))).toEqual(['FiscalizationPostponed']);
  });

  it('a contact found later is the contact of that settlement (S28)', () => {
    const { buyer: _buyer, ...anonymous } = basket();
    const state = payment(
      request({ settlement: anonymous }),
      confirm(),
      postpone(),
      resume('t1', { buyer: BUYER }),
    );
    expect(basketOf(state, 't1')).toEqual(basket());
  });

  it('every reason is described and says what ends it', () => {
    for (const { english, russian, endsWith } of Object.values(POSTPONEMENT_REASONS)) {
      expect(english).toMatch(/^[A-Z].*\.$/);
      expect(russian).toMatch(/^[А-Я].*\.$/);
      expect(endsWith).not.toBe('');
    }
  });
});

describe('refunds (SBP: the sum of partial refunds does not exceed the operation)', () => {
  it('a full refund returns the basket that was paid', () => {
    const state = payment(request(), confirm(), refund('b1', 30_000), refunded('b1', 30_000));
    expect(state.settlements.get('b1')).toMatchObject({
      kind: 'refund',
      refundOf: 't1',
      fiscalization: { state: 'due' },
    });
    expect(basketOf(state, 'b1')).toEqual(basket());
  });

  it('a partial refund returns what it names', () => {
    const state = payment(
      request(),
      confirm(),
      refund('b1', 10_000, { basket: basket(1) }),
      refunded('b1', 10_000),
    );
    expect(basketOf(state, 'b1')).toEqual(basket(1));
    expect(state.settlements.get('b1')?.fiscalization.state).toBe('due');
  });

  it('a partial refund that names nothing waits for a basket', () => {
    const waits = ['RefundConfirmed', 'FiscalizationPostponed'];
    expect(types(refunded('b1', 10_000), request(), confirm())).toEqual(waits);
    // Asked for while nobody could know what had been paid for.
    const bare = [confirm(), bareRefund('b1', 10_000), request()];
    expect(types(refunded('b1', 10_000), ...bare)).toEqual(waits);
    expect(
      fiscalization('b1', ...bare, refunded('b1', 10_000), resume('b1', { basket: basket(1) })),
    ).toMatchObject({ state: 'due' });
    expect(fiscalization('b1', request(), confirm(), refunded('b1', 10_000))).toMatchObject({
      reason: 'no-basket',
    });
    const state = payment(request(), confirm(), refunded('b1', 10_000), resume('b1', { basket: basket(1) }));
    expect(basketOf(state, 'b1')).toEqual(basket(1));
  });

  it('a refund made at the bank is accepted, and says that nobody here asked for it', () => {
    expect(decided(refunded('b1', 30_000), request(), confirm())).toMatchObject([
      { type: 'payment.RefundConfirmed', data: { unrequested: true, late: false } },
    ]);
  });

  it('a full refund of money without a basket waits, and goes on by itself with the basket of the payment', () => {
    const before = [confirm(), refunded('b1', 30_000)];
    expect(fiscalization('b1', ...before)).toMatchObject({ reason: 'no-basket' });
    expect(types(request(), ...before)).toEqual([
      'PaymentRequested',
      'FiscalizationResumed',
      'FiscalizationResumed',
    ]);
    expect(types(resume('t1', { basket: basket() }), ...before)).toEqual([
      'FiscalizationResumed',
      'FiscalizationResumed',
    ]);
    expect(fiscalization('b1', ...before, request())).toMatchObject({ state: 'due' });
  });

  it('a basket that comes leaves alone what waits for something else', () => {
    expect(types(request(), confirm(), postpone('t1', 'policy'))).toEqual(['PaymentRequested']);
  });

  it('a declined refund frees its amount; money that goes back after all is accepted late', () => {
    expect(
      types(refund('b2', 30_000), request(), confirm(), refund('b1', 30_000), refundDeclined('b1')),
    ).toEqual(['RefundRequested']);
    expect(
      decided(refunded('b1', 30_000), request(), confirm(), refund('b1', 30_000), refundDeclined('b1'))[0],
    ).toMatchObject({
      data: { late: true, unrequested: false },
    });
  });

  it('refunds are counted by settlement: the second payment of an order is refunded apart', () => {
    const before = [request(), confirm('t1'), confirm('t2'), refunded('b1', 30_000, { settlementId: 't2' })];
    expect(types(refund('b2', 30_000), ...before)).toEqual(['RefundRequested']);
    expect(decidePayment(refund('b2', 1, { settlementId: 't2' }), given(...before))).toMatchObject(
      E.left({ rule: 'refund-above-paid' }),
    );
  });
});
