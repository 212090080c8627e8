import * as E from 'fp-ts/Either';
import { literalCodec } from './guarded-codec';
import { sumKopecks, type Kopecks, type NotKopecks } from './money';
import { VAT_CODE_LIST, VAT_CODES, vatOf, type VatCode } from './vat-code';

/** Both rules by which registers compute the VAT of a receipt. */
export const VAT_RULES = ['per-line', 'per-total'] as const;

/**
 * How a register gets the VAT of a receipt: by adding up the rounded VAT of its lines, or once from the sum of the lines of a rate. Both
 * are found in practice, one per register; the format does not choose.
 */
export type VatRule = (typeof VAT_RULES)[number];

/** {@link VatRule} in stored and transferred data: a value of the list and nothing else. */
export const VatRuleCodec = literalCodec<VatRule>(VAT_RULES, 'VatRule');

/** The sum a receipt carries for one VAT rate code: the VAT, or the turnover for 0 % and no VAT (codes 5 and 6). */
export interface VatTotal {
  readonly code: VatCode;
  readonly amount: Kopecks;
}

/** What of a line its VAT totals are made of: the sum (tag 1043), the rate code (1199) and, when the line states it, its VAT (1200). */
export interface VatLine {
  readonly sum: Kopecks;
  readonly vatCode: VatCode;
  readonly vatSum?: Kopecks;
}

const totalOf = (
  lines: ReadonlyArray<VatLine>,
  code: VatCode,
  rule: VatRule,
): E.Either<NotKopecks, VatTotal> => {
  if (VAT_CODES[code].carries === 'vat' && rule === 'per-line') {
    const amount = sumKopecks(lines.map((line) => line.vatSum ?? vatOf(line.sum, code)));
    return E.map((sum: Kopecks) => ({ code, amount: sum }))(amount);
  }
  const turnover = sumKopecks(lines.map((line) => line.sum));
  return E.map((sum: Kopecks) => ({
    code,
    amount: VAT_CODES[code].carries === 'turnover' ? sum : vatOf(sum, code),
  }))(turnover);
};

/**
 * The VAT sums of a receipt (tags 1102 to 1107 and 1115), one for each code that occurs in its lines, ordered by code.
 *
 * With `per-line` a stated line VAT is taken as it is and a missing one is computed; with `per-total` stated line VAT plays no part. What a
 * line of 0 % or without VAT states as its VAT is ignored. Refuses sums above six bytes.
 */
export const vatTotals = (
  lines: ReadonlyArray<VatLine>,
  rule: VatRule,
): E.Either<NotKopecks, ReadonlyArray<VatTotal>> => {
  const totals: Array<VatTotal> = [];
  for (const code of VAT_CODE_LIST) {
    const ofCode = lines.filter((line) => line.vatCode === code);
    if (ofCode.length === 0) continue;
    const total = totalOf(ofCode, code, rule);
    if (E.isLeft(total)) return total;
    totals.push(total.right);
  }
  return E.right(totals);
};

const amountsByCode = (totals: ReadonlyArray<VatTotal>): ReadonlyMap<VatCode, number> => {
  const amounts = new Map<VatCode, number>();
  for (const { code, amount } of totals) amounts.set(code, (amounts.get(code) ?? 0) + amount);
  return amounts;
};

/** The rules that given VAT sums follow: both, one or none. A code that is absent counts as a sum of zero. */
export const vatRuleOf = (
  lines: ReadonlyArray<VatLine>,
  totals: ReadonlyArray<VatTotal>,
): ReadonlyArray<VatRule> => {
  const given = amountsByCode(totals);
  return VAT_RULES.filter((rule) => {
    const computed = vatTotals(lines, rule);
    if (E.isLeft(computed)) return false;
    const expected = amountsByCode(computed.right);
    return VAT_CODE_LIST.every((code) => (given.get(code) ?? 0) === (expected.get(code) ?? 0));
  });
};
