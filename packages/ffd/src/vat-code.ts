import { literalCodec } from './guarded-codec';
import { lawDate, type LocalDate } from './local-date';
import { provenKopecks, type Kopecks } from './money';

/** VAT rate codes in ascending order. */
export const VAT_CODE_LIST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

/** VAT rate of an item (ставка НДС, tag 1199). */
export type VatCode = (typeof VAT_CODE_LIST)[number];

/** {@link VatCode} in stored and transferred data: a value of the list and nothing else. */
export const VatCodeCodec = literalCodec<VatCode>(VAT_CODE_LIST, 'VatCode');

/** What a VAT rate code means and where its sum goes in a receipt. */
export interface VatCodeMeaning {
  /** Percent; `null` for "no VAT". */
  readonly rate: 0 | 5 | 7 | 10 | 20 | 22 | null;
  /** A calculated rate (расчётная ставка), n/(100+n), for advances and prepayments. The amount of VAT is the same as at the plain rate. */
  readonly calculated: boolean;
  readonly russian: string;
  /** The receipt tag that carries the sum for this code; 1115 is the block of 1119 entries, each with its code and its sum (1120). */
  readonly receiptTag: 1102 | 1103 | 1104 | 1105 | 1106 | 1107 | 1115;
  /** Whether that tag carries the VAT or, for 0 % and no VAT, the turnover. */
  readonly carries: 'vat' | 'turnover';
  readonly validFrom?: LocalDate;
  /** The last day on which the code may be used without a legacy ground. */
  readonly validTo?: LocalDate;
  /** The calculated rate that belongs to this plain rate. */
  readonly calculatedTwin?: VatCode;
}

const from2025 = lawDate('2025-01-01');
const from2026 = lawDate('2026-01-01');
const to2025 = lawDate('2025-12-31');

/**
 * The twelve codes of tag 1199 (order ЕД-7-20/662@ with the amendments on 5 %, 7 % and 22 %). 22 % is a code of its own and goes into
 * 1115, never into 1102. Before 2019 registers used code 1 for 18 %; amounts of that time are not computed here.
 */
export const VAT_CODES: Readonly<Record<VatCode, VatCodeMeaning>> = {
  1: {
    rate: 20,
    calculated: false,
    russian: 'НДС 20%',
    receiptTag: 1102,
    carries: 'vat',
    validTo: to2025,
    calculatedTwin: 3,
  },
  2: { rate: 10, calculated: false, russian: 'НДС 10%', receiptTag: 1103, carries: 'vat', calculatedTwin: 4 },
  3: { rate: 20, calculated: true, russian: 'НДС 20/120', receiptTag: 1106, carries: 'vat', validTo: to2025 },
  4: { rate: 10, calculated: true, russian: 'НДС 10/110', receiptTag: 1107, carries: 'vat' },
  5: { rate: 0, calculated: false, russian: 'НДС 0%', receiptTag: 1104, carries: 'turnover' },
  6: { rate: null, calculated: false, russian: 'НДС не облагается', receiptTag: 1105, carries: 'turnover' },
  7: {
    rate: 5,
    calculated: false,
    russian: 'НДС 5%',
    receiptTag: 1115,
    carries: 'vat',
    validFrom: from2025,
    calculatedTwin: 9,
  },
  8: {
    rate: 7,
    calculated: false,
    russian: 'НДС 7%',
    receiptTag: 1115,
    carries: 'vat',
    validFrom: from2025,
    calculatedTwin: 10,
  },
  9: {
    rate: 5,
    calculated: true,
    russian: 'НДС 5/105',
    receiptTag: 1115,
    carries: 'vat',
    validFrom: from2025,
  },
  10: {
    rate: 7,
    calculated: true,
    russian: 'НДС 7/107',
    receiptTag: 1115,
    carries: 'vat',
    validFrom: from2025,
  },
  11: {
    rate: 22,
    calculated: false,
    russian: 'НДС 22%',
    receiptTag: 1115,
    carries: 'vat',
    validFrom: from2026,
    calculatedTwin: 12,
  },
  12: {
    rate: 22,
    calculated: true,
    russian: 'НДС 22/122',
    receiptTag: 1115,
    carries: 'vat',
    validFrom: from2026,
  },
};

/**
 * The VAT inside an amount (tags 1200, 1102 to 1107, 1120): amount × n / (100 + n), rounded half up to a whole kopeck, for the plain and
 * the calculated rate alike. Zero for 0 % and for no VAT.
 */
export const vatOf = (amount: Kopecks, code: VatCode): Kopecks => {
  const rate = VAT_CODES[code].rate ?? 0;
  const divisor = 100 + rate;
  // 2^48 × 22 is below 2^53, so the product is exact.
  const product = amount * rate;
  const rest = product % divisor;
  return provenKopecks((product - rest) / divisor + (2 * rest >= divisor ? 1 : 0));
};
