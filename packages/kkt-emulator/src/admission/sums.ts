import { lineSum } from '../arithmetic/line-sum';
import { totalFits } from '../arithmetic/total';
import { carriesVat, vatOf } from '../arithmetic/vat';
import { rulesFollowed, vatTotals } from '../arithmetic/vat-totals';
import type { TaxedLine, VatAmount } from '../arithmetic/vat-totals';
import { GREATEST_AMOUNT } from '../drive/counters';
import { admissionRefusal } from '../refusal';
import type { AdmissionRefusal } from '../refusal';
import type { ItemRequest, ReceiptRequest } from '../request';
import { paymentSums, quantityOf } from './amounts';
import type { AdmissionProfile } from './profile';
import { firstOver } from './context';

/** The money of an admitted receipt, in the register's own computation. */
export interface ReceiptSums {
  /** 1043 of every line. */
  readonly lines: ReadonlyArray<number>;
  /** 1020. */
  readonly total: number;
  readonly vatTotals: ReadonlyArray<VatAmount>;
}

const computedLine = (item: ItemRequest): TaxedLine => ({
  sum: lineSum(BigInt(item.price), quantityOf(item.quantity) ?? { numerator: 0n, denominator: 1n }),
  vatCode: item.vatCode,
});

const checkLine = (item: ItemRequest, line: TaxedLine, index: number): AdmissionRefusal | undefined => {
  const at = `items[${index}]`;
  if (line.sum > BigInt(GREATEST_AMOUNT)) return admissionRefusal('amount-not-kopecks', `${at}.sum`);
  if (item.sum !== undefined && BigInt(item.sum) !== line.sum)
    return admissionRefusal('line-sum-differs', `${at}.sum`);
  if (item.vatSum === undefined) return undefined;
  if (!carriesVat(item.vatCode)) {
    return item.vatSum === 0 ? undefined : admissionRefusal('vat-sum-without-rate', `${at}.vatSum`);
  }
  return BigInt(item.vatSum) === vatOf(line.sum, item.vatCode)
    ? undefined
    : admissionRefusal('vat-sum-differs', `${at}.vatSum`);
};

/** VAT given for a receipt without lines cannot exceed the VAT of its whole total under that code. */
const vatExceedsTotal = ({ code, amount }: VatAmount, total: number): boolean =>
  BigInt(amount) > (carriesVat(code) ? vatOf(BigInt(total), code) : BigInt(total));

const checkPayments = (request: ReceiptRequest, total: number): AdmissionRefusal | undefined => {
  const { cash, cashless, prepaid, credit, provision } = paymentSums(request);
  const notCash = cashless + prepaid + credit + provision;
  if (notCash > total) return admissionRefusal('non-cash-above-total', 'payments');
  return cash + notCash === total ? undefined : admissionRefusal('payments-differ-from-total', 'payments');
};

const checkVat = (
  request: ReceiptRequest,
  lines: ReadonlyArray<TaxedLine>,
  total: number,
): AdmissionRefusal | undefined => {
  const given = request.vatTotals;
  if (given === undefined) return undefined;
  if (lines.length === 0) {
    return firstOver(given, (amount, index) =>
      vatExceedsTotal(amount, total)
        ? admissionRefusal('vat-totals-differ', `vatTotals[${index}]`)
        : undefined,
    );
  }
  return rulesFollowed(lines, given).length === 0
    ? admissionRefusal('vat-totals-differ', 'vatTotals')
    : undefined;
};

const givenTotals = (
  given: ReadonlyArray<VatAmount>,
  lines: ReadonlyArray<TaxedLine>,
): ReadonlyArray<VatAmount> => {
  const codes = new Set(
    lines.length === 0 ? given.map(({ code }) => code) : lines.map(({ vatCode }) => vatCode),
  );
  return [...codes]
    .toSorted((left, right) => left - right)
    .map((code) => ({
      code,
      amount: given.reduce((sum, each) => (each.code === code ? sum + each.amount : sum), 0),
    }));
};

/**
 * Lines (1043), total (1020), payments and VAT judged by arithmetic of the register's own, and the amounts the document will bear.
 * The total may lie below the lines only within its rouble; VAT stays computed from the unrounded lines, as registers do.
 */
export const judgeSums = (
  request: ReceiptRequest,
  profile: AdmissionProfile,
): { readonly refusal: AdmissionRefusal } | { readonly sums: ReceiptSums } => {
  const lines = request.items.map(computedLine);
  const linesSum = lines.reduce((sum, line) => sum + line.sum, 0n);
  const total = request.total ?? Number(linesSum);
  const refusal =
    firstOver(request.items, (item, index) => {
      const line = lines[index];
      return line === undefined ? undefined : checkLine(item, line, index);
    }) ??
    (linesSum > BigInt(GREATEST_AMOUNT) ? admissionRefusal('amount-not-kopecks', 'total') : undefined) ??
    (lines.length > 0 && !totalFits(BigInt(total), linesSum)
      ? admissionRefusal('total-outside-rouble', 'total')
      : undefined) ??
    checkPayments(request, total) ??
    checkVat(request, lines, total);
  if (refusal !== undefined) return { refusal };
  return {
    sums: {
      lines: lines.map(({ sum }) => Number(sum)),
      total,
      vatTotals:
        request.vatTotals === undefined
          ? vatTotals(lines, profile.vatRule)
          : givenTotals(request.vatTotals, lines),
    },
  };
};
