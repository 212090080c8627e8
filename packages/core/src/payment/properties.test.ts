import * as fc from 'fast-check';
import { decidedAgain, foldEvents, historyOf, ruleOf, shuffled, unstorable } from '../decider-laws.testing';
import type { PaymentCommand, PaymentEvent, PaymentState } from '.';
import {
  basketOf,
  PAYMENT,
  PAYMENT_EVENTS,
  PAYMENT_RULES,
  paymentPhase,
  refundedSum,
  settlementsWithoutReceipt,
} from '.';
import { command, confirmations, history } from './payment.arbitrary';

const fold = (events: ReadonlyArray<PaymentEvent>): PaymentState => foldEvents(PAYMENT, events);

/** The settlements of a history with the payment they belong to. */
const settlementsOf = (events: ReadonlyArray<PaymentEvent>) => {
  const payment = fold(events);
  return payment === undefined
    ? []
    : [...payment.settlements.values()].map((settlement) => ({ payment, settlement }));
};

const amounts = (commands: ReadonlyArray<PaymentCommand>): ReadonlyArray<string> =>
  settlementsOf(historyOf(PAYMENT, commands))
    .map(({ settlement: { settlementId, amount } }) => `${settlementId}:${amount}`)
    .toSorted();

describe('the payment as a decider', () => {
  it('is total on any events in any order', () => {
    fc.assert(
      fc.property(shuffled(history), command, (events, next) => {
        const state = fold(events);
        expect([...Object.keys(PAYMENT_RULES), undefined]).toContain(ruleOf(PAYMENT, next, state));
        expect(state === undefined ? 'none' : paymentPhase(state)).toMatch(/^[a-z-]+$/);
        expect(() =>
          settlementsOf(events).map(({ payment, settlement }) => basketOf(payment, settlement.settlementId)),
        ).not.toThrow();
      }),
      { numRuns: 400 },
    );
  });

  it('a command decided twice changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.oneof(history, shuffled(history)), command, (events, next) => {
        expect(decidedAgain(PAYMENT, next, fold(events))).toEqual([]);
      }),
      { numRuns: 800 },
    );
  });

  it('decides only what its codecs read back and canonical JSON can hold', () => {
    fc.assert(
      fc.property(history, (events) => {
        expect(unstorable(PAYMENT_EVENTS, events)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('refunds of a settlement never exceed what was paid', () => {
    fc.assert(
      fc.property(history, (events) => {
        const exceeded = settlementsOf(events).filter(
          ({ payment, settlement: { kind, settlementId, amount } }) =>
            kind === 'payment' && refundedSum(payment, settlementId) > amount,
        );
        expect(exceeded).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('every confirmed settlement has one receipt or waits since a date; receipts are neither shared nor exchanged', () => {
    fc.assert(
      fc.property(history, (events) => {
        const links = events.flatMap((event) => (event.type === 'payment.ReceiptLinked' ? [event.data] : []));
        expect(new Set(links.map(({ settlementId }) => settlementId)).size).toBe(links.length);
        expect(new Set(links.map(({ receiptId }) => receiptId)).size).toBe(links.length);
        const payment = fold(events);
        const without = payment === undefined ? [] : settlementsWithoutReceipt(payment);
        expect(without.filter(({ fiscalization }) => !('since' in fiscalization))).toEqual([]);
        const confirmed = events.filter(
          ({ type }) => type === 'payment.PaymentConfirmed' || type === 'payment.RefundConfirmed',
        );
        expect(links.length + without.length).toBe(confirmed.length);
      }),
      { numRuns: 400 },
    );
  });

  it('what is due has a basket of its amount', () => {
    fc.assert(
      fc.property(history, (events) => {
        const unready = settlementsOf(events).filter(
          ({ payment, settlement: { settlementId, amount, fiscalization } }) =>
            fiscalization.state === 'due' && basketOf(payment, settlementId)?.payments.cashless !== amount,
        );
        expect(unready).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('repeated and reordered confirmations bring the same money', () => {
    const twice = confirmations.chain((once) =>
      fc.tuple(fc.constant(once), fc.shuffledSubarray([...once, ...once], { minLength: 2 * once.length })),
    );
    fc.assert(
      fc.property(twice, ([once, often]) => {
        expect(amounts(often)).toEqual(amounts(once));
      }),
      { numRuns: 100 },
    );
  });
});
