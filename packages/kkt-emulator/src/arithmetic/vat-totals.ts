import { carriesVat, vatOf } from './vat';

/** How a register arrives at the VAT of a whole receipt: the sum of its lines' VAT, or VAT of each rate's turnover at once. */
export type VatRule = 'per-line' | 'per-total';

/** One line as the totals see it. */
export interface TaxedLine {
  readonly sum: bigint;
  readonly vatCode: number;
}

/** An amount under a VAT code: VAT, or for codes 5 and 6 the turnover. */
export interface VatAmount {
  readonly code: number;
  /** Kopecks. */
  readonly amount: number;
}

const amountsBy = (
  lines: ReadonlyArray<TaxedLine>,
  amountOf: (line: TaxedLine) => bigint,
): Map<number, bigint> => {
  const amounts = new Map<number, bigint>();
  for (const line of lines) amounts.set(line.vatCode, (amounts.get(line.vatCode) ?? 0n) + amountOf(line));
  return amounts;
};

/**
 * VAT totals of a receipt (FFD tags 1102 to 1107 and 1115) by one of the two rules, ascending by code, only codes that occur.
 * Both rules are met in practice; no register mixes them. Codes 5 and 6 carry the turnover under either rule.
 */
export const vatTotals = (lines: ReadonlyArray<TaxedLine>, rule: VatRule): ReadonlyArray<VatAmount> => {
  const amounts =
    rule === 'per-line'
      ? amountsBy(lines, (line) => (carriesVat(line.vatCode) ? vatOf(line.sum, line.vatCode) : line.sum))
      : amountsBy(lines, (line) => line.sum);
  return [...amounts]
    .toSorted(([left], [right]) => left - right)
    .map(([code, amount]) => ({
      code,
      amount: Number(rule === 'per-total' && carriesVat(code) ? vatOf(amount, code) : amount),
    }));
};

const agree = (left: ReadonlyArray<VatAmount>, right: ReadonlyArray<VatAmount>): boolean => {
  const amount = (totals: ReadonlyArray<VatAmount>, code: number): number =>
    totals.reduce((sum, total) => (total.code === code ? sum + total.amount : sum), 0);
  return [...left, ...right].every(({ code }) => amount(left, code) === amount(right, code));
};

/** The rules that given totals follow, over all codes at once; a total that is absent counts as nought. */
export const rulesFollowed = (
  lines: ReadonlyArray<TaxedLine>,
  totals: ReadonlyArray<VatAmount>,
): ReadonlyArray<VatRule> => {
  const rules: ReadonlyArray<VatRule> = ['per-line', 'per-total'];
  return rules.filter((rule) => agree(vatTotals(lines, rule), totals));
};
