import * as t from 'io-ts';
import type { Kopecks, Payments } from '@cloud-kassa/ffd';
import { KopecksCodec, PaymentsCodec, QuantityCodec, recordCodec } from '@cloud-kassa/ffd';
import type { Tagged } from '../../decider';
import type { EventDefinition } from '../../event-family';
import type { RefundItem } from './commands';

/** A part of a line as it was reserved, with the VAT that goes back with it; absent where the line carries none. */
export interface ReservedItem extends RefundItem {
  readonly vatSum?: Kopecks;
}

export type RefundReserved = Tagged<
  'receipt.RefundReserved',
  { readonly refundId: string; readonly items: ReadonlyArray<ReservedItem>; readonly sums: Payments }
>;

export type RefundReleased = Tagged<'receipt.RefundReleased', { readonly refundId: string }>;

export type OffsetReserved = Tagged<'receipt.OffsetReserved', { readonly offsetId: string; readonly amount: Kopecks }>;

export type OffsetReleased = Tagged<'receipt.OffsetReleased', { readonly offsetId: string }>;

/** What happened at the fence of a receipt. */
export type FenceEvent = RefundReserved | RefundReleased | OffsetReserved | OffsetReleased;

const LineCodec = new t.Type<number>(
  'Line',
  (input): input is number => Number.isSafeInteger(input) && typeof input === 'number' && input >= 0,
  (input, context) =>
    typeof input === 'number' && Number.isSafeInteger(input) && input >= 0 ? t.success(input) : t.failure(input, context),
  t.identity,
);

/** {@link RefundItem} in commands that come from outside. */
export const RefundItemCodec: t.Type<RefundItem> = recordCodec('RefundItem', {
  line: LineCodec,
  quantity: QuantityCodec,
  sum: KopecksCodec,
});

const ReservedItemCodec: t.Type<ReservedItem> = recordCodec(
  'ReservedItem',
  { line: LineCodec, quantity: QuantityCodec, sum: KopecksCodec },
  { vatSum: KopecksCodec },
);

const version1 = (codec: t.Type<unknown>): EventDefinition => ({ versions: [{ codec }], sealed: [] });

/** The fence's share of the receipt's event family. None of these events holds personal data. */
export const FENCE_EVENTS: Readonly<Record<FenceEvent['type'], EventDefinition>> = {
  'receipt.RefundReserved': version1(
    recordCodec('RefundReserved', {
      refundId: t.string,
      items: t.readonlyArray(ReservedItemCodec),
      sums: PaymentsCodec,
    }),
  ),
  'receipt.RefundReleased': version1(recordCodec('RefundReleased', { refundId: t.string })),
  'receipt.OffsetReserved': version1(recordCodec('OffsetReserved', { offsetId: t.string, amount: KopecksCodec })),
  'receipt.OffsetReleased': version1(recordCodec('OffsetReleased', { offsetId: t.string })),
};
