import type { Instant, Kopecks, Payments, Quantity } from '@cloud-kassa/ffd';
import type { Tagged } from '../../decider';

/** What of one line of a receipt goes back. A line may be named more than once, where one price cannot give the sum. */
export interface RefundItem {
  /** Place of the line in the receipt that is refunded, from 0. */
  readonly line: number;
  readonly quantity: Quantity;
  /** What is returned for this quantity; may be less than what was paid (a fee is kept), never more. */
  readonly sum: Kopecks;
}

/** A refund takes its part of the receipt, before the refund's own receipt is registered. */
export type ReserveRefund = Tagged<
  'ReserveRefund',
  {
    readonly now: Instant;
    /** The id of the refund's receipt. */
    readonly refundId: string;
    readonly items: ReadonlyArray<RefundItem>;
    /** How the refund is given back (tags 1031, 1081, 1215, 1216, 1217 of the refund's receipt). */
    readonly sums: Payments;
  }
>;

/** A refund gives its part back: its receipt was refused or cancelled and will never be a document. */
export type ReleaseRefund = Tagged<'ReleaseRefund', { readonly now: Instant; readonly refundId: string }>;

/** A later receipt takes an amount of this receipt's advances and prepayments into its tag 1215. */
export type ReserveOffset = Tagged<
  'ReserveOffset',
  {
    readonly now: Instant;
    /** The id of the receipt that carries the offset, or of this offset in it if it draws on several receipts. */
    readonly offsetId: string;
    readonly amount: Kopecks;
  }
>;

/** An offset gives its amount back: its receipt was refused or cancelled and will never be a document. */
export type ReleaseOffset = Tagged<'ReleaseOffset', { readonly now: Instant; readonly offsetId: string }>;

/** The commands by which other receipts take from this one or give back. */
export type FenceCommand = ReserveRefund | ReleaseRefund | ReserveOffset | ReleaseOffset;
