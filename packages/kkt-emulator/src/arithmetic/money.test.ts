import { fc, test as property } from '@fast-check/jest';
import { parseDecimal } from './fraction';
import { lineSum } from './line-sum';
import { totalFits } from './total';
import { vatOf } from './vat';
import { rulesFollowed, vatTotals } from './vat-totals';

fc.configureGlobal({ seed: 54 });

const line = (price: number, quantity: string): number => {
  const parsed = parseDecimal(quantity);
  return parsed === undefined ? Number.NaN : Number(lineSum(BigInt(price), parsed));
};
const vat = (amount: number, code: number): number => Number(vatOf(BigInt(amount), code));
const [ten, twenty, twentyTwo, five, seven] = [2, 1, 11, 7, 8];

describe('line sum: price times quantity, half up (vendor code and real receipts)', () => {
  test.each([
    ['E01', 33333, '3', 99999],
    ['E04', 9999, '2.474', 24738],
    ['E05', 3499, '7.445', 26050],
    ['E06', 3499, '8.21', 28727],
    ['E07', 12999, '1.018', 13233],
    ['E07', 12999, '0.748', 9723],
    ['E09', 26910, '3', 80730],
    ['E11', 223, '225', 50175],
    ['E11', 410, '62', 25420],
    ['E18, half even would give 1000', 10005, '0.1', 1001],
    ['E18, half even would give 500', 1001, '0.5', 501],
    ['E19', 1, '0.5', 1],
    ['E19', 1, '0.49', 0],
  ])('%s: %i x %s = %i', (_, price, quantity, expected) => {
    expect(line(price, quantity)).toBe(expected);
  });
});

describe('VAT inside an amount: n / (100 + n), half up', () => {
  test.each([
    ['E02', 99999, 3, 16667],
    ['E03', 99999, 12, 18033],
    ['E09', 80730, twentyTwo, 14558],
    ['E10', 22790, twenty, 3798],
    ['E11, an exact half', 50175, twenty, 8363],
    ['E11', 25420, twenty, 4237],
    ['E12', 6000, 3, 1000],
    ['E13', 100000, twenty, 16667],
    ['E13', 100000, twentyTwo, 18033],
    ['E13', 100000, ten, 9091],
    ['E13', 100000, five, 4762],
    ['E13', 100000, seven, 6542],
    ['E14', 10000, twenty, 1667],
    ['E14', 10000, twentyTwo, 1803],
    ['E14', 10000, ten, 909],
    ['E14', 10000, five, 476],
    ['E14', 10000, seven, 654],
    ['E15', 1, twentyTwo, 0],
    ['E15', 3, twenty, 1],
    ['E15', 3, twentyTwo, 1],
    ['E15', 3, ten, 0],
    ['E16', 12200, twentyTwo, 2200],
    ['E16', 12000, twenty, 2000],
    ['E20', 9_999_999_999, twenty, 1_666_666_667],
    ['E20', 9_999_999_999, twentyTwo, 1_803_278_688],
    ['E68, prepayment of 2025', 120000, 3, 20000],
    ['E68, shipment of 2026', 120000, twentyTwo, 21639],
  ])('%s: VAT of %i under code %i = %i', (_, amount, code, expected) => {
    expect(vat(amount, code)).toBe(expected);
  });

  property.prop([
    fc.integer({ min: 0, max: 281_474_976_710_655 }),
    fc.constantFrom([1, 3], [2, 4], [7, 9], [8, 10], [11, 12]),
  ])('a rate and its calculated twin extract the same amount', (amount, [plain, calculated]) => {
    expect(vat(amount, plain ?? 0)).toBe(vat(amount, calculated ?? 0));
  });
});

describe('VAT of a receipt: two rules live side by side', () => {
  const tens = [1, 2, 3].map(() => ({ sum: 1000n, vatCode: twenty }));

  test('E17: three lines of 10.00 at 20 % give 5.01 per line and 5.00 per total', () => {
    expect(vatTotals(tens, 'per-line')).toEqual([{ code: 1, amount: 501 }]);
    expect(vatTotals(tens, 'per-total')).toEqual([{ code: 1, amount: 500 }]);
    expect(rulesFollowed(tens, [{ code: 1, amount: 501 }])).toEqual(['per-line']);
    expect(rulesFollowed(tens, [{ code: 1, amount: 500 }])).toEqual(['per-total']);
    expect(rulesFollowed(tens, [{ code: 1, amount: 502 }])).toEqual([]);
    expect(rulesFollowed(tens, [])).toEqual([]);
  });

  test('a receipt does not mix the rules over its codes', () => {
    const twoCodes = [...tens, ...[1, 2, 3].map(() => ({ sum: 1000n, vatCode: twentyTwo }))];
    const perLine = vatTotals(twoCodes, 'per-line');
    const perTotal = vatTotals(twoCodes, 'per-total');
    expect(perLine).not.toEqual(perTotal);
    const [first] = perLine;
    const [, second] = perTotal;
    expect(first && second && rulesFollowed(twoCodes, [first, second])).toEqual([]);
  });

  test('E08: six lines at 10 % give 116.84 by both rules', () => {
    const lines = [24738n, 26050n, 26050n, 28727n, 13233n, 9723n].map((sum) => ({ sum, vatCode: ten }));
    expect(lines.reduce((total, { sum }) => total + sum, 0n)).toBe(128521n);
    expect(vatTotals(lines, 'per-line')).toEqual([{ code: 2, amount: 11684 }]);
    expect(rulesFollowed(lines, [{ code: 2, amount: 11684 }])).toEqual(['per-line', 'per-total']);
  });

  test('E23: codes 5 and 6 carry the turnover, a calculated rate its VAT', () => {
    const lines = [
      { sum: 12345n, vatCode: 6 },
      { sum: 890n, vatCode: 4 },
    ];
    expect(vatTotals(lines, 'per-total')).toEqual([
      { code: 4, amount: 81 },
      { code: 6, amount: 12345 },
    ]);
    expect(vatTotals([{ sum: 777n, vatCode: 5 }], 'per-line')).toEqual([{ code: 5, amount: 777 }]);
  });
});

describe('the total may only be rounded down inside its rouble (order ММВ-7-20/229@, table 19, note 5)', () => {
  test.each([
    ['E21', 13200n, true],
    ['equal', 13235n, true],
    ['E22 below the rouble', 13199n, false],
    ['E22 above', 13300n, false],
    ['up inside the rouble', 13236n, false],
  ])('%s: %i over 132.35', (_, total, allowed) => {
    expect(totalFits(total, 13235n)).toBe(allowed);
  });
});
