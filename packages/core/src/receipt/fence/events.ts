import * as t from 'io-ts';
import type { Instant, Kopecks, Payments } from '@cloud-kassa/ffd';
import { InstantCodec, KopecksCodec, PaymentsCodec, QuantityCodec, recordCodec } from '@cloud-kassa/ffd';
import type { Tagged } from '../../decider';
import { CountCodec } from '../../count';
import { defineEvent } from '../../define-event';
import type { EventDefinition } from '../../event-family';
import type { RefundItem } from './commands';

/** A part of a line as it was reserved, with the VAT that goes back with it; absent where the line carries none. */
export interface ReservedItem extends RefundItem {
  readonly vatSum?: Kopecks;
}

export type RefundReserved = Tagged<
  'receipt.RefundReserved',
  {
    readonly at: Instant;
    readonly refundId: string;
    readonly items: ReadonlyArray<ReservedItem>;
    readonly sums: Payments;
  }
>;

export type RefundReleased = Tagged<
  'receipt.RefundReleased',
  { readonly at: Instant; readonly refundId: string }
>;

export type OffsetReserved = Tagged<
  'receipt.OffsetReserved',
  { readonly at: Instant; readonly offsetId: string; readonly amount: Kopecks }
>;

export type OffsetReleased = Tagged<
  'receipt.OffsetReleased',
  { readonly at: Instant; readonly offsetId: string }
>;

/** What happened at the fence of a receipt. */
export type FenceEvent = RefundReserved | RefundReleased | OffsetReserved | OffsetReleased;

const ReservedItemCodec: t.Type<ReservedItem, unknown> = recordCodec(
  'ReservedItem',
  { line: CountCodec, quantity: QuantityCodec, sum: KopecksCodec },
  { vatSum: KopecksCodec },
);

/** The fence's share of the receipt's event family. None of these events holds personal data. */
export const FENCE_EVENTS: Readonly<Record<FenceEvent['type'], EventDefinition>> = {
  'receipt.RefundReserved': defineEvent<RefundReserved>(
    recordCodec('RefundReserved', {
      at: InstantCodec,
      refundId: t.string,
      items: t.readonlyArray(ReservedItemCodec),
      sums: PaymentsCodec,
    }),
  ),
  'receipt.RefundReleased': defineEvent<RefundReleased>(
    recordCodec('RefundReleased', { at: InstantCodec, refundId: t.string }),
  ),
  'receipt.OffsetReserved': defineEvent<OffsetReserved>(
    recordCodec('OffsetReserved', { at: InstantCodec, offsetId: t.string, amount: KopecksCodec }),
  ),
  'receipt.OffsetReleased': defineEvent<OffsetReleased>(
    recordCodec('OffsetReleased', { at: InstantCodec, offsetId: t.string }),
  ),
};
