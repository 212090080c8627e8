import type { VatCode } from '@cloud-kassa/ffd';
import type { CodeTable } from './code-table';

/** `VATRate` of an item: the percent, 100 + the percent for a calculated rate, `null` for no VAT. */
export type WireVatRate = number | null;

/**
 * VAT rates (tag 1199). 0, 10, 20, 110, 120 and `null` are seen in 1C's client, which passes any other rate on as a number; 5, 7, 22 and
 * their calculated rates follow the same pattern and are unconfirmed. 118 belongs to the time before 2019.
 */
export const VAT_RATES: CodeTable<VatCode, WireVatRate> = [
  { code: 1, wire: 20 },
  { code: 2, wire: 10 },
  { code: 3, wire: 120 },
  { code: 4, wire: 110 },
  { code: 5, wire: 0 },
  { code: 6, wire: null },
  { code: 7, wire: 5, validFrom: '2025-01-01', unconfirmed: true },
  { code: 8, wire: 7, validFrom: '2025-01-01', unconfirmed: true },
  { code: 9, wire: 105, validFrom: '2025-01-01', unconfirmed: true },
  { code: 10, wire: 107, validFrom: '2025-01-01', unconfirmed: true },
  { code: 11, wire: 22, validFrom: '2026-01-01', unconfirmed: true },
  { code: 12, wire: 122, validFrom: '2026-01-01', unconfirmed: true },
];
