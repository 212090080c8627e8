import type { Kopecks, LocalDate, VatCode, VatLine, VatRule, VatTotal } from '@cloud-kassa/ffd';
import { VAT_CODES, VAT_CODE_LIST, VAT_RULES, vatOf, vatRuleOf } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { ImportRefusal } from '../import-rules';
import { refuse } from '../import-rules';
import type { ExtractItem, ExtractLine } from './extract-fields';

/** What the VAT of an extract comes to. */
export interface ExtractVat {
  /** The code of each line. */
  readonly codes: ReadonlyArray<VatCode>;
  /** The totals the receipt states; absent when it states none. */
  readonly totals?: ReadonlyArray<VatTotal>;
  /** By which rules the totals can have been computed; both when nothing speaks against one. Empty: by neither. */
  readonly rules: ReadonlyArray<VatRule>;
  /** Lines whose code the extract lacks. */
  readonly inferred: ReadonlyArray<number>;
}

const statedTotals = ({ vatTotals = {} }: ExtractLine): ReadonlyArray<VatTotal> =>
  VAT_CODE_LIST.flatMap((code) => {
    const amount = vatTotals[String(code)];
    return amount === undefined || amount === 0 ? [] : [{ code, amount }];
  });

/** Until 2018-12-31 the codes 1 and 3 stood for 18 % (303-FZ). */
const FIRST_DAY_OF_20 = '2019-01-01';

const isOfTwenty = (code: VatCode): boolean => VAT_CODES[code].rate === 20;

/** VAT at 18/118, half up. 2^48 × 18 is below 2^53, so the product is exact. */
const at18 = (amount: number): number => {
  const product = amount * 18;
  const rest = product % 118;
  return (product - rest) / 118 + (2 * rest >= 118 ? 1 : 0);
};

/** The line states 18 % although the code now stands for 20 %: some registers were late by years. */
const statesOldRate = (sum: Kopecks, vatSum: Kopecks | undefined, code: VatCode): boolean =>
  isOfTwenty(code) && vatSum !== undefined && vatSum !== vatOf(sum, code) && vatSum === at18(sum);

/** The totals follow neither rule at today's rates, and that of the code follows one of them at 18 %. */
const totalAtOldRate = (lines: ReadonlyArray<VatLine>, totals: ReadonlyArray<VatTotal>): boolean =>
  totals.some(({ code, amount }) => {
    const sums = lines.filter(({ vatCode }) => vatCode === code).map(({ sum }) => sum);
    const perLine = sums.reduce((total, sum) => total + at18(sum), 0);
    const perTotal = at18(sums.reduce<number>((total, sum) => total + sum, 0));
    return isOfTwenty(code) && sums.length > 0 && (amount === perLine || amount === perTotal);
  });

const codeOf = (
  { vatCode }: ExtractItem,
  totals: ReadonlyArray<VatTotal>,
  vatDefault: VatCode | undefined,
): VatCode | undefined => {
  if (vatCode !== undefined) return vatCode;
  const [only, ...more] = totals;
  // Beside several totals a default would be a guess that the receipt itself may contradict.
  return only === undefined ? vatDefault : more.length === 0 ? only.code : undefined;
};

/**
 * The VAT of an extract. A line without a code takes that of the only VAT total of its receipt; where the receipt states no total at all,
 * `vatDefault`. Of receipts with several totals nothing is guessed: `vat-code-unknown`. Lines and totals at 18 % are refused as
 * `vat-rate-gone`: the code they carried stands for 20 % now.
 */
export const vatOfExtract = (
  line: ExtractLine,
  settledOn: LocalDate,
  vatDefault: VatCode | undefined,
): E.Either<ImportRefusal, ExtractVat> => {
  const totals = statedTotals(line);
  const lines: Array<VatLine & { readonly inferred: boolean }> = [];
  for (const [index, item] of line.items.entries()) {
    const field = `items.${index}.vatCode`;
    const vatCode = codeOf(item, totals, vatDefault);
    if (vatCode === undefined) return E.left(refuse('vat-code-unknown', field));
    const { sum, vatSum } = item;
    const isEarly = isOfTwenty(vatCode) && settledOn < FIRST_DAY_OF_20;
    if (isEarly || statesOldRate(sum, vatSum, vatCode)) return E.left(refuse('vat-rate-gone', field));
    const stated = vatSum === undefined ? {} : { vatSum };
    lines.push({ sum, vatCode, inferred: item.vatCode === undefined, ...stated });
  }
  const rules = totals.length === 0 ? VAT_RULES : vatRuleOf(lines, totals);
  if (rules.length === 0 && totalAtOldRate(lines, totals))
    return E.left(refuse('vat-rate-gone', 'vatTotals'));
  return E.right({
    codes: lines.map(({ vatCode }) => vatCode),
    ...(totals.length === 0 ? {} : { totals }),
    rules,
    inferred: lines.flatMap(({ inferred }, index) => (inferred ? [index] : [])),
  });
};
