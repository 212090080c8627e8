import type { VatAmount } from '../arithmetic/vat-totals';

/** The five payment sums of a receipt in kopecks (FFD tags 1031, 1081, 1215, 1216, 1217). */
export interface PaymentSums {
  readonly cash: number;
  readonly cashless: number;
  readonly prepaid: number;
  readonly credit: number;
  readonly provision: number;
}

/** What is counted of one settlement sign: number of receipts, their totals, payments and VAT (kopecks). */
export interface Counter extends PaymentSums {
  /** Tag 1135. */
  readonly count: number;
  /** Tag 1201. */
  readonly total: number;
  /** VAT, or for codes 5 and 6 the turnover, indexed by VAT code 0 to 12 (0 is not used). */
  readonly vat: ReadonlyArray<number>;
}

/** A counter for each settlement sign (1 sale, 2 sale refund, 3 purchase, 4 purchase refund), in that order. */
export type SignCounters = readonly [Counter, Counter, Counter, Counter];

/** Счетчики итогов: of a shift (tag 1194), of a drive (1157) or of the documents not yet delivered (1158). */
export interface Counters {
  readonly receipts: SignCounters;
  readonly corrections: SignCounters;
}

/** A receipt or a correction as the counters see it. */
export interface CountedReceipt {
  readonly kind: 'receipt' | 'correction';
  readonly settlementSign: number;
  readonly total: number;
  readonly payments: PaymentSums;
  readonly vatTotals: ReadonlyArray<VatAmount>;
}

const nothing: Counter = {
  count: 0,
  total: 0,
  cash: 0,
  cashless: 0,
  prepaid: 0,
  credit: 0,
  provision: 0,
  vat: Array.from({ length: 13 }, () => 0),
};
const nothings: SignCounters = [nothing, nothing, nothing, nothing];

export const NO_COUNTERS: Counters = { receipts: nothings, corrections: nothings };

const combine = (left: Counter, right: Counter, factor: 1 | -1): Counter => ({
  count: left.count + factor * right.count,
  total: left.total + factor * right.total,
  cash: left.cash + factor * right.cash,
  cashless: left.cashless + factor * right.cashless,
  prepaid: left.prepaid + factor * right.prepaid,
  credit: left.credit + factor * right.credit,
  provision: left.provision + factor * right.provision,
  vat: left.vat.map((amount, code) => amount + factor * (right.vat[code] ?? 0)),
});

const counted = (receipt: CountedReceipt): Counter => {
  const vat = [...nothing.vat];
  for (const { code, amount } of receipt.vatTotals) vat[code] = (vat[code] ?? 0) + amount;
  return { count: 1, total: receipt.total, ...receipt.payments, vat };
};

/** Counters with one more receipt. The settlement sign is 1 to 4; another leaves them as they are. */
export const count = (counters: Counters, receipt: CountedReceipt): Counters => {
  const add = ([sale, saleRefund, purchase, purchaseRefund]: SignCounters): SignCounters => {
    const one = counted(receipt);
    const sign = receipt.settlementSign;
    return [
      sign === 1 ? combine(sale, one, 1) : sale,
      sign === 2 ? combine(saleRefund, one, 1) : saleRefund,
      sign === 3 ? combine(purchase, one, 1) : purchase,
      sign === 4 ? combine(purchaseRefund, one, 1) : purchaseRefund,
    ];
  };
  return receipt.kind === 'receipt'
    ? { receipts: add(counters.receipts), corrections: counters.corrections }
    : { receipts: counters.receipts, corrections: add(counters.corrections) };
};

const lessSigns = (left: SignCounters, right: SignCounters): SignCounters => [
  combine(left[0], right[0], -1),
  combine(left[1], right[1], -1),
  combine(left[2], right[2], -1),
  combine(left[3], right[3], -1),
];

/** What was counted in `all` and not in `part`. */
export const countedSince = (all: Counters, part: Counters): Counters => ({
  receipts: lessSigns(all.receipts, part.receipts),
  corrections: lessSigns(all.corrections, part.corrections),
});

/** The greatest amount a VLN of six bytes can hold: 2 814 749 767 106.55 roubles. */
export const GREATEST_AMOUNT = 281_474_976_710_655;

/** True when an amount has outgrown its six bytes, so that the document that did it must not be signed. */
export const overflows = (counters: Counters): boolean =>
  [...counters.receipts, ...counters.corrections].some((counter) => counter.total > GREATEST_AMOUNT);
