import { NO_PAYMENTS } from '@cloud-kassa/ffd';
import { money } from '../values.testing';
import { basketOf, paymentPhase, paymentStream, settlementSourceOf, settlementsWithoutReceipt } from '.';
import {
  NOW,
  LATER,
  basket,
  request,
  link,
  confirm,
  decline,
  expire,
  refund,
  refunded,
  refundDeclined,
  resume,
  linkReceipt,
  payment,
  decided,
  types,
  fiscalization,
} from './payment.testing';

describe('the ordinary way', () => {
  it('requested, link issued, confirmed, receipt linked', () => {
    expect(types(request())).toEqual(['PaymentRequested']);
    expect(decided(request())[0]).toMatchObject({ data: { amount: 30_000 } });
    expect(types(link(), request())).toEqual(['PaymentLinkIssued']);
    expect(types(confirm('t1', { linkId: 'q1' }), request(), link())).toEqual(['PaymentConfirmed']);
    expect(decided(confirm('t1', { linkId: 'q1' }), request(), link())[0]).toMatchObject({
      data: { late: false, repeated: false },
    });
    expect(types(linkReceipt(), request(), confirm())).toEqual(['ReceiptLinked']);
    expect(settlementsWithoutReceipt(payment(request(), confirm(), linkReceipt()))).toEqual([]);
    expect(paymentStream('p1')).toBe('payment-p1');
  });

  it('has a phase at every step', () => {
    const full = refunded('b1', 30_000);
    expect(paymentPhase(payment(request()))).toBe('requested');
    expect(paymentPhase(payment(request(), link()))).toBe('link-issued');
    expect(paymentPhase(payment(request(), link(), expire('q1')))).toBe('expired');
    expect(paymentPhase(payment(request(), link(), expire('q1'), link('q2')))).toBe('link-issued');
    expect(paymentPhase(payment(request(), decline()))).toBe('declined');
    expect(paymentPhase(payment(request(), decline(), link()))).toBe('link-issued');
    expect(paymentPhase(payment(request(), decline(), confirm()))).toBe('confirmed');
    expect(paymentPhase(payment(confirm()))).toBe('confirmed');
    expect(paymentPhase(payment(request(), confirm(), refund('b1', 30_000)))).toBe('confirmed');
    expect(paymentPhase(payment(request(), confirm(), refunded('b1', 10_000)))).toBe('partly-refunded');
    expect(paymentPhase(payment(request(), confirm(), full))).toBe('refunded');
  });

  it('a partial payment by an offset of an advance asks for the rest only (tag 1215)', () => {
    const offset = basket(3, {
      payments: { ...NO_PAYMENTS, cashless: money(20_000), prepaid: money(10_000) },
    });
    expect(types(confirm('t1', { amount: money(20_000) }), request({ settlement: offset }))).toEqual([
      'PaymentConfirmed',
    ]);
    expect(types(confirm('t1', { amount: money(30_000) }), request({ settlement: offset }))).toEqual([
      'PaymentConfirmed',
      'FiscalizationPostponed',
    ]);
  });
});

describe('repeated and out-of-order notices are harmless (SBP: callbacks are repeated for a day)', () => {
  it('the same notice again changes nothing, whatever it says of time and link', () => {
    expect(decided(confirm(), request(), confirm())).toEqual([]);
    expect(
      decided(
        confirm('t1', { paidAt: LATER, linkId: 'q9', now: LATER }),
        request(),
        confirm(),
        linkReceipt(),
      ),
    ).toEqual([]);
    expect(decided(request(), request(), confirm())).toEqual([]);
    expect(decided(link(), request(), link(), confirm())).toEqual([]);
  });

  it('a request repeated after the buyer was erased is the same request', () => {
    const erased = { keyId: 'buyer-1', person: { erased: true } } as const;
    expect(decided(request({ settlement: basket(3, { buyer: erased }) }), request())).toEqual([]);
  });

  it('a refusal or expiry that arrives after the money changes nothing', () => {
    for (const late of [decline(), decline('q1'), expire(), expire('q1')])
      expect(decided(late, request(), link(), confirm())).toEqual([]);
  });

  it('a refusal or expiry of what nobody knows, or twice, changes nothing', () => {
    expect(decided(decline())).toEqual([]);
    expect(decided(expire('q1'), request())).toEqual([]);
    expect(decided(decline(), request(), expire())).toEqual([]);
    expect(decided(decline('q1'), request(), link(), expire('q1'))).toEqual([]);
    expect(decided(decline(), confirm())).toEqual([]);
  });

  it('a refund notice repeated, or a refusal of it after its confirmation, changes nothing', () => {
    expect(decided(refund('b1', 10_000), request(), confirm(), refund('b1', 10_000))).toEqual([]);
    expect(decided(refunded('b1', 10_000), request(), confirm(), refunded('b1', 10_000))).toEqual([]);
    expect(decided(refundDeclined('b1'), request(), confirm(), refunded('b1', 10_000))).toEqual([]);
    expect(decided(refundDeclined('b9'), request(), confirm())).toEqual([]);
    expect(decided(refundDeclined('b9'))).toEqual([]);
  });
});

describe('money is never turned away', () => {
  it('after the payment was declined or had expired it is accepted, and called late', () => {
    for (const over of [decline(), expire()]) {
      expect(decided(confirm(), request(), over)[0]).toMatchObject({
        type: 'payment.PaymentConfirmed',
        data: { late: true },
      });
    }
  });

  it('late is a matter of the link it came by: the other link being over is no lateness', () => {
    const before = [request(), link('q1'), link('q2'), expire('q1')];
    expect(decided(confirm('t1', { linkId: 'q1' }), ...before)[0]).toMatchObject({ data: { late: true } });
    expect(decided(confirm('t1', { linkId: 'q2' }), ...before)[0]).toMatchObject({ data: { late: false } });
    expect(decided(confirm('t1'), ...before)[0]).toMatchObject({ data: { late: false } });
    expect(decided(confirm('t1'), ...before, expire('q2'))[0]).toMatchObject({ data: { late: true } });
  });

  it('two QR codes of one order, both paid, are two settlements, each with a receipt of its own', () => {
    const commands = [
      request(),
      link('q1'),
      link('q2'),
      confirm('t1', { linkId: 'q1' }),
      confirm('t2', { linkId: 'q2' }),
    ];
    const both = payment(...commands);
    expect(
      [...both.settlements.values()].map(({ settlementId, repeated }) => [settlementId, repeated]),
    ).toEqual([
      ['t1', false],
      ['t2', true],
    ]);
    expect(settlementsWithoutReceipt(both).map(({ settlementId }) => settlementId)).toEqual(['t1', 't2']);
    expect(settlementSourceOf(both, 't1')).toEqual({ document: 'p1', settlementId: 't1' });
    expect(settlementSourceOf(both, 't2')).not.toEqual(settlementSourceOf(both, 't1'));
    expect(
      settlementsWithoutReceipt(payment(...commands, linkReceipt('t1', 'r1'), linkReceipt('t2', 'r2'))),
    ).toEqual([]);
  });

  it('without a basket it waits, with the reason (no-basket), and goes on by itself when the basket comes', () => {
    expect(types(confirm())).toEqual(['PaymentConfirmed', 'FiscalizationPostponed']);
    expect(fiscalization('t1', confirm())).toEqual({ state: 'postponed', reason: 'no-basket', since: NOW });
    expect(types(request(), confirm())).toEqual(['PaymentRequested', 'FiscalizationResumed']);
    expect(fiscalization('t1', confirm(), request())).toEqual({ state: 'due', since: NOW });
    expect(basketOf(payment(confirm(), request()), 't1')).toEqual(basket());
  });

  it('the receipt of money that came before its order is the receipt of it afterwards', () => {
    expect(settlementSourceOf(payment(confirm()), 't1')).toEqual(
      settlementSourceOf(payment(confirm(), request()), 't1'),
    );
  });

  it('of another amount than asked it waits for a document of that amount', () => {
    const other = confirm('t1', { amount: money(20_000) });
    expect(fiscalization('t1', request(), other)).toMatchObject({ reason: 'amount-differs' });
    expect(fiscalization('t1', other, request())).toMatchObject({ reason: 'amount-differs' });
    expect(fiscalization('t1', request(), other, resume('t1', { basket: basket(2) }))).toMatchObject({
      state: 'due',
    });
    expect(basketOf(payment(request(), other, resume('t1', { basket: basket(2) })), 't1')).toEqual(basket(2));
  });
});
