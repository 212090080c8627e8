import { roundHalfUp } from './fraction';
import { daysFromCivil } from './calendar';

/** A VAT rate of the format (ставка НДС, FFD tag 1199). */
export interface VatRate {
  /** Percent; `null` for "without VAT". */
  readonly percent: bigint | null;
  /** The tag of the receipt that carries the total: 1102 to 1107, or 1115 with the code inside. */
  readonly receiptTag: number;
  /** The first day (days since 1970-01-01) on which the code may be used. */
  readonly from?: number;
  /** The last day of ordinary use; later only on legacy grounds. */
  readonly until?: number;
}

const from2025 = { from: daysFromCivil(2025, 1, 1) };
const from2026 = { from: daysFromCivil(2026, 1, 1) };
const until2025 = { until: daysFromCivil(2025, 12, 31) };

/**
 * Codes of tag 1199 with their rates. A rate and its calculated twin (расчетная ставка) extract the same amount.
 * Source: tag 1199 of the fiscal data format (order ЕД-7-20/662@ as amended for 2025 and 2026).
 */
export const VAT_RATES: ReadonlyMap<number, VatRate> = new Map<number, VatRate>([
  [1, { percent: 20n, receiptTag: 1102, ...until2025 }],
  [2, { percent: 10n, receiptTag: 1103 }],
  [3, { percent: 20n, receiptTag: 1106, ...until2025 }],
  [4, { percent: 10n, receiptTag: 1107 }],
  [5, { percent: 0n, receiptTag: 1104 }],
  [6, { percent: null, receiptTag: 1105 }],
  [7, { percent: 5n, receiptTag: 1115, ...from2025 }],
  [8, { percent: 7n, receiptTag: 1115, ...from2025 }],
  [9, { percent: 5n, receiptTag: 1115, ...from2025 }],
  [10, { percent: 7n, receiptTag: 1115, ...from2025 }],
  [11, { percent: 22n, receiptTag: 1115, ...from2026 }],
  [12, { percent: 22n, receiptTag: 1115, ...from2026 }],
]);

/** True for codes whose receipt tag holds VAT; codes 5 (0 %) and 6 (without VAT) hold the turnover instead. */
export const carriesVat = (code: number): boolean => (VAT_RATES.get(code)?.percent ?? 0n) > 0n;

/**
 * VAT inside an amount that includes it: amount × n / (100 + n), an exact half of a kopeck going up; 0 for codes 5 and 6
 * and for unknown codes. Source: practice of registers, 501.75 at 20 % gives 83.63.
 */
export const vatOf = (amount: bigint, code: number): bigint => {
  const percent = VAT_RATES.get(code)?.percent ?? 0n;
  return percent === 0n ? 0n : roundHalfUp({ numerator: amount * percent, denominator: 100n + percent });
};
