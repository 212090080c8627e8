/** What stands in `VATRate` for a VAT code of the format (1199). */
export interface OneCVatRate {
  /** A whole number of percent, or of calculated rates the denominator. */
  readonly wire: number;
  readonly code: number;
}

/**
 * VATRate as read in 1C's modules: 0, 10, 20, 110, 118, 120, and `null` without VAT. 118 is the calculated rate of the time before 2019,
 * whose code is now that of 20/120. What stands for 5, 7 and 22 percent is unconfirmed: the percent and, for calculated rates,
 * the denominator, after the pattern of the others.
 */
export const ONE_C_VAT_RATES: ReadonlyArray<OneCVatRate> = [
  { wire: 0, code: 5 },
  { wire: 10, code: 2 },
  { wire: 20, code: 1 },
  { wire: 110, code: 4 },
  { wire: 118, code: 3 },
  { wire: 120, code: 3 },
  { wire: 5, code: 7 },
  { wire: 7, code: 8 },
  { wire: 105, code: 9 },
  { wire: 107, code: 10 },
  { wire: 22, code: 11 },
  { wire: 122, code: 12 },
];

/** The code of a line without VAT. */
export const WITHOUT_VAT = 6;
