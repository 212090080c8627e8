import { fc, test as property } from '@fast-check/jest';
import { count, countedSince, GREATEST_AMOUNT, NO_COUNTERS, overflows } from './counters';
import type { CountedReceipt } from './counters';

fc.configureGlobal({ seed: 54 });

const amount = fc.integer({ min: 0, max: 1_000_000 });
const receipt: fc.Arbitrary<CountedReceipt> = fc.record({
  kind: fc.constantFrom('receipt', 'correction'),
  settlementSign: fc.constantFrom(1, 2, 3, 4),
  total: amount,
  payments: fc.record({ cash: amount, cashless: amount, prepaid: amount, credit: amount, provision: amount }),
  vatTotals: fc.array(fc.record({ code: fc.integer({ min: 1, max: 12 }), amount }), { maxLength: 4 }),
});

describe('counters of a shift, a drive and the undelivered documents (tags 1194, 1157, 1158)', () => {
  test('a receipt counts under its own kind and sign only', () => {
    const refund: CountedReceipt = {
      kind: 'receipt',
      settlementSign: 2,
      total: 80730,
      payments: { cash: 0, cashless: 80730, prepaid: 0, credit: 0, provision: 0 },
      vatTotals: [{ code: 11, amount: 14558 }],
    };
    const counters = count(NO_COUNTERS, refund);
    const [sale, saleRefund] = counters.receipts;
    expect(sale).toEqual(NO_COUNTERS.receipts[0]);
    expect(saleRefund).toMatchObject({ count: 1, total: 80730, cashless: 80730, cash: 0 });
    expect(saleRefund.vat[11]).toBe(14558);
    expect(counters.corrections).toEqual(NO_COUNTERS.corrections);
  });

  property.prop([fc.array(receipt, { maxLength: 12 }), fc.array(receipt, { maxLength: 12 })])(
    'what was counted since is the count of the later receipts',
    (earlier, later) => {
      const before = earlier.reduce(count, NO_COUNTERS);
      expect(countedSince(later.reduce(count, before), before)).toEqual(later.reduce(count, NO_COUNTERS));
    },
  );

  test('an amount above six bytes overflows', () => {
    const full: CountedReceipt = {
      kind: 'correction',
      settlementSign: 3,
      total: GREATEST_AMOUNT,
      payments: { cash: 0, cashless: 0, prepaid: 0, credit: 0, provision: 0 },
      vatTotals: [],
    };
    expect(overflows(count(NO_COUNTERS, full))).toBe(false);
    expect(overflows(count(count(NO_COUNTERS, full), { ...full, total: 1 }))).toBe(true);
  });
});
