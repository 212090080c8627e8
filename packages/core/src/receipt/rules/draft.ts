import type { Kopecks, PaymentKind, VatTotal } from '@cloud-kassa/ffd';
import type { ReceiptContent, ReceiptItem } from '../content';

/**
 * A line as a source gives it. The sum (tag 1043) and the VAT (tag 1200) are computed; a source may state them, and then they must agree.
 * At 0 % and without VAT a source may state a VAT of nought or the turnover: both are found in real receipts and neither is kept.
 */
export type DraftItem = Omit<ReceiptItem, 'sum' | 'vatSum'> & {
  readonly sum?: Kopecks;
  readonly vatSum?: Kopecks;
};

/**
 * A receipt as a source gives it: what the document says, without what follows from it (sums, VAT, totals) and without what the register
 * decides (version of the format, zone, way of computing VAT).
 */
export type ReceiptDraft = Omit<
  ReceiptContent,
  'ffd' | 'zone' | 'vatRule' | 'items' | 'total' | 'payments' | 'vatTotals'
> & {
  readonly items: ReadonlyArray<DraftItem>;
  /** Absent kinds are nought. */
  readonly payments: Readonly<Partial<Record<PaymentKind, Kopecks>>>;
  /** Tag 1020. By default the sum of the lines; may be given lower within the same rouble. Without lines by default the sum of the payments. */
  readonly total?: Kopecks;
  /** Totals by rate, in any order, rates without an amount left out or nought. Needed only without lines; with lines they must agree. */
  readonly vatTotals?: ReadonlyArray<VatTotal>;
};
