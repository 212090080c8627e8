import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import type { Kopecks } from './money';
import { kopecks, MAX_KOPECKS, parseRoubles } from './money';
import { NO_PAYMENTS, PAYMENT_KINDS, type Payments } from './payment-kind';
import { paymentsMatch, totalAllowed } from './receipt-total';

const right = (result: E.Either<unknown, Kopecks>): Kopecks => {
  if (E.isLeft(result)) throw new Error('not an amount');
  return result.right;
};
const roubles = (text: string): Kopecks => right(parseRoubles(text));
const amounts = fc.integer({ min: 0, max: MAX_KOPECKS });

describe('total of a receipt (tag 1020) against the sum of its items (note 5 to table 19 of order ММВ-7-20/229@)', () => {
  it('E21: items 132.35, total 132.00 is allowed: the same rouble', () => {
    expect(totalAllowed(roubles('132.35'), roubles('132.00'))).toBe(true);
    expect(totalAllowed(roubles('132.35'), roubles('132.35'))).toBe(true);
  });

  it.each(['131.99', '133.00', '132.36'])('E22: items 132.35, total %s is refused', (total) => {
    expect(totalAllowed(roubles('132.35'), roubles(total))).toBe(false);
  });

  property.prop([fc.oneof(amounts, fc.integer({ min: 0, max: 1000 })), fc.integer({ min: -200, max: 200 })])(
    'the total lies below the sum by no more than its kopecks',
    (itemsSum, by) => {
      const total = itemsSum + by;
      fc.pre(total >= 0 && total <= MAX_KOPECKS);
      const kopecksOfSum = Number(BigInt(itemsSum) % 100n);
      expect(totalAllowed(right(kopecks(itemsSum)), right(kopecks(total)))).toBe(
        by <= 0 && -by <= kopecksOfSum,
      );
    },
  );
});

describe('payments of a receipt (tags 1031, 1081, 1215, 1216, 1217) equal its total', () => {
  it('E24: total 1000.00, offset 300.00 and cashless 700.00', () => {
    const payments: Payments = { ...NO_PAYMENTS, prepaid: roubles('300.00'), cashless: roubles('700.00') };
    expect(paymentsMatch(payments, roubles('1000.00'))).toBe(true);
  });

  it('E25: total 1000.00, cashless 1000.01 is refused: cashless above the total (ATOL error 52)', () => {
    expect(paymentsMatch({ ...NO_PAYMENTS, cashless: roubles('1000.01') }, roubles('1000.00'))).toBe(false);
  });

  it('an underpaid receipt is refused (ATOL error 66)', () => {
    expect(paymentsMatch({ ...NO_PAYMENTS, cash: roubles('999.99') }, roubles('1000.00'))).toBe(false);
  });

  it.each(PAYMENT_KINDS)('%s alone covers a receipt', (kind) => {
    expect(paymentsMatch({ ...NO_PAYMENTS, [kind]: roubles('10.00') }, roubles('10.00'))).toBe(true);
  });

  it('a receipt for nothing needs no payment', () => {
    expect(paymentsMatch(NO_PAYMENTS, roubles('0'))).toBe(true);
  });

  property.prop([fc.tuple(amounts, amounts, amounts, amounts, amounts), amounts])(
    'only exactly',
    ([cash, cashless, prepaid, credit, provision], other) => {
      const payments = { cash, cashless, prepaid, credit, provision };
      const branded: Payments = {
        cash: right(kopecks(cash)),
        cashless: right(kopecks(cashless)),
        prepaid: right(kopecks(prepaid)),
        credit: right(kopecks(credit)),
        provision: right(kopecks(provision)),
      };
      const exact = Object.values(payments).reduce((sum, amount) => sum + BigInt(amount), 0n);
      expect(paymentsMatch(branded, right(kopecks(other)))).toBe(exact === BigInt(other));
      if (exact <= BigInt(MAX_KOPECKS))
        expect(paymentsMatch(branded, right(kopecks(Number(exact))))).toBe(true);
    },
  );
});
