import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import type { Kopecks } from './money';
import { kopecks, MAX_KOPECKS } from './money';
import { VAT_CODE_LIST, vatOf, type VatCode } from './vat-code';
import { vatRuleOf, vatTotals, type VatLine } from './vat-totals';

const money = (amount: number): Kopecks => {
  const result = kopecks(amount);
  if (E.isLeft(result)) throw new Error(result.left.rule);
  return result.right;
};
const line = (sum: number, vatCode: VatCode, vatSum?: number): VatLine => ({
  sum: money(sum),
  vatCode,
  ...(vatSum === undefined ? {} : { vatSum: money(vatSum) }),
});

describe('VAT of a receipt', () => {
  it('E08: 10 % of the six lines of the receipt of 17.09.2024 is 116.84 by line and by total', () => {
    const lines = [24738, 26050, 26050, 28727, 13233, 9723].map((sum) => line(sum, 2));
    expect(vatTotals(lines, 'per-line')).toEqual(E.right([{ code: 2, amount: 11684 }]));
    expect(vatTotals(lines, 'per-total')).toEqual(E.right([{ code: 2, amount: 11684 }]));
  });

  it('E09: 22 % of 807.30 is 145.58 under code 11 and under no other (receipt of 08.10.2026)', () => {
    expect(vatTotals([line(80730, 11)], 'per-line')).toEqual(E.right([{ code: 11, amount: 14558 }]));
  });

  it('E17: three lines of 10.00 at 20 % give 5.01 by line and 5.00 by total: the two rules differ', () => {
    const lines = [line(1000, 1), line(1000, 1), line(1000, 1)];
    expect(vatTotals(lines, 'per-line')).toEqual(E.right([{ code: 1, amount: 501 }]));
    expect(vatTotals(lines, 'per-total')).toEqual(E.right([{ code: 1, amount: 500 }]));
  });

  it('E23: 123.45 without VAT and 8.90 at 10/110 give a turnover of 123.45 (1105) and 0.81 (1107)', () => {
    expect(vatTotals([line(12345, 6), line(890, 4)], 'per-line')).toEqual(
      E.right([
        { code: 4, amount: 81 },
        { code: 6, amount: 12345 },
      ]),
    );
  });

  it('codes 5 and 6 carry the turnover whatever a line states as its VAT', () => {
    const lines = [line(100, 6, 100), line(200, 5, 0), line(300, 6)];
    const expected = E.right([
      { code: 5, amount: 200 },
      { code: 6, amount: 400 },
    ]);
    expect(vatTotals(lines, 'per-line')).toEqual(expected);
    expect(vatTotals(lines, 'per-total')).toEqual(expected);
  });

  it('stated line VAT (tag 1200) counts per line and plays no part per total', () => {
    const lines = [line(1000, 1, 166), line(1000, 1)];
    expect(vatTotals(lines, 'per-line')).toEqual(E.right([{ code: 1, amount: 166 + 167 }]));
    expect(vatTotals(lines, 'per-total')).toEqual(E.right([{ code: 1, amount: 333 }]));
  });

  it('a receipt without lines has no VAT sums', () => {
    expect(vatTotals([], 'per-line')).toEqual(E.right([]));
  });

  it('sums above six bytes are refused', () => {
    const lines = [line(MAX_KOPECKS, 1), line(1, 1)];
    expect(vatTotals(lines, 'per-total')).toEqual(E.left({ _tag: 'NotKopecks', rule: 'at-most-six-bytes' }));
    expect(E.isRight(vatTotals(lines, 'per-line'))).toBe(true);
    expect(vatRuleOf(lines, [{ code: 1, amount: money(0) }])).toEqual([]);
  });

  const lines = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 100_000_000 }), fc.constantFrom(...VAT_CODE_LIST))
      .map(([sum, code]) => line(sum, code)),
    { maxLength: 12 },
  );

  property.prop([lines])('codes are in order, each once, and exactly those of the lines', (receipt) => {
    const totals = vatTotals(receipt, 'per-line');
    const codes = VAT_CODE_LIST.filter((code) => receipt.some(({ vatCode }) => vatCode === code));
    expect(E.isRight(totals) ? totals.right.map(({ code }) => code) : []).toEqual(codes);
  });

  property.prop([lines])(
    'the rules differ by less than half a kopeck for each line and one more',
    (receipt) => {
      const perLine = vatTotals(receipt, 'per-line');
      const perTotal = vatTotals(receipt, 'per-total');
      if (E.isLeft(perLine) || E.isLeft(perTotal)) throw new Error('sums are small');
      perLine.right.forEach(({ code, amount }, index) => {
        const count = receipt.filter(({ vatCode }) => vatCode === code).length;
        expect(Math.abs(amount - (perTotal.right[index]?.amount ?? Number.NaN))).toBeLessThanOrEqual(
          (count + 1) / 2,
        );
      });
    },
  );

  property.prop([lines])('each rule recognises what it made', (receipt) => {
    for (const rule of ['per-line', 'per-total'] as const) {
      const totals = vatTotals(receipt, rule);
      expect(E.isRight(totals) && vatRuleOf(receipt, totals.right)).toContain(rule);
    }
  });
});

describe('which rule given VAT sums follow', () => {
  const lines = [line(1000, 1), line(1000, 1), line(1000, 1)];
  const of = (amount: number) => vatRuleOf(lines, [{ code: 1, amount: money(amount) }]);

  it('one, the other, or none', () => {
    expect(of(501)).toEqual(['per-line']);
    expect(of(500)).toEqual(['per-total']);
    expect(of(499)).toEqual([]);
    expect(vatRuleOf(lines, [])).toEqual([]);
  });

  it('both where they agree', () => {
    expect(vatRuleOf([line(80730, 11)], [{ code: 11, amount: money(14558) }])).toEqual([
      'per-line',
      'per-total',
    ]);
  });

  it('a sum of zero and an absent code are the same', () => {
    const one = [line(1, 1)];
    expect(vatOf(money(1), 1)).toBe(0);
    expect(vatRuleOf(one, [])).toEqual(['per-line', 'per-total']);
    expect(vatRuleOf(one, [{ code: 2, amount: money(0) }])).toEqual(['per-line', 'per-total']);
  });

  it('a sum under a code that no line has fits no rule', () => {
    expect(
      vatRuleOf(
        [line(80730, 11)],
        [
          { code: 11, amount: money(14558) },
          { code: 1, amount: money(1) },
        ],
      ),
    ).toEqual([]);
  });
});
