import * as E from 'fp-ts/Either';
import type { Kopecks, PaymentKind, Payments, Quantity } from '@cloud-kassa/ffd';
import { PAYMENT_KINDS, ZERO_KOPECKS, kopecks, lineSum, quantityFromMillionths } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import type { RefundItem } from './commands';
import type { FenceProfile } from './profile';
import { DEFAULT_FENCE_PROFILE } from './profile';
import type { LineRest } from './sold-lines';
import { restOfLines } from './sold-lines';
import type { FenceState } from './state';
import { addSums, sumOf, totalOf } from './sums';
import { unitPriceFor } from './unit-price';

const MILLION = 1_000_000;

const orZero = (amount: number): Kopecks => E.getOrElse(() => ZERO_KOPECKS)(kopecks(Math.max(0, amount)));

const part = (line: number, millionths: number, sum: number): ReadonlyArray<RefundItem> => {
  const made = quantityFromMillionths(millionths);
  return E.isRight(made) ? [{ line, quantity: made.right, sum: orZero(sum) }] : [];
};

/**
 * One part of a line where a price gives its sum. Otherwise two: all but one unit at the sold price (for nothing, if too little is left for
 * that) and one unit for the remainder, which a price always gives.
 */
const partsOf = ({ item, millionths, sum }: LineRest, line: number): ReadonlyArray<RefundItem> => {
  const whole: E.Either<unknown, Quantity> = quantityFromMillionths(millionths);
  if (E.isLeft(whole)) return [];
  if (unitPriceFor(orZero(sum), whole.right, item.price) !== undefined) return part(line, millionths, sum);
  const most = quantityFromMillionths(millionths - MILLION);
  const atSoldPrice = E.isRight(most)
    ? E.getOrElse(() => ZERO_KOPECKS)(lineSum(item.price, most.right))
    : ZERO_KOPECKS;
  const first = atSoldPrice <= sum ? atSoldPrice : 0;
  return [...part(line, millionths - MILLION, first), ...part(line, MILLION, sum - first)];
};

/** Kinds in the order in which they are drawn upon: money first. */
const DRAWN: ReadonlyArray<PaymentKind> = ['cashless', 'cash', 'prepaid', 'credit', 'provision'];

const sumsOf = (
  content: ReceiptContent,
  fence: FenceState,
  amount: number,
  { refundOfOffsets }: FenceProfile,
): Payments => {
  const back = addSums([...fence.refunds.values()].map(({ sums }) => sums));
  const drawn = new Map<PaymentKind, number>(PAYMENT_KINDS.map((kind) => [kind, 0]));
  let left = amount;
  for (const kind of DRAWN) {
    const into = kind === 'prepaid' && refundOfOffsets === 'as-money' ? 'cashless' : kind;
    const taken = Math.max(0, Math.min(left, content.payments[kind] - back[kind]));
    drawn.set(into, (drawn.get(into) ?? 0) + taken);
    left -= taken;
  }
  const of = (kind: PaymentKind): Kopecks => orZero(drawn.get(kind) ?? 0);
  return {
    cash: of('cash'),
    cashless: of('cashless'),
    prepaid: of('prepaid'),
    credit: of('credit'),
    provision: of('provision'),
  };
};

/**
 * A refund of all that is left of a receipt, ready for `ReserveRefund`; `undefined` where no quantity is left. Of an untouched receipt it is the
 * receipt line by line, with its total and payments: what takes a wrong receipt back.
 */
export const restOfSale = (
  content: ReceiptContent,
  fence: FenceState,
  profile: FenceProfile = DEFAULT_FENCE_PROFILE,
): { readonly items: ReadonlyArray<RefundItem>; readonly sums: Payments } | undefined => {
  const lines = restOfLines(content, fence);
  const items = lines.flatMap((rest, line) => (rest.millionths > 0 ? partsOf(rest, line) : []));
  if (items.length === 0) return undefined;
  const refunds = [...fence.refunds.values()];
  const roundedOff = sumOf(content.items.map(({ sum }) => sum)) - content.total;
  const roundingUsed = sumOf(
    refunds.map((refund) => sumOf(refund.items.map(({ sum }) => sum)) - totalOf(refund.sums)),
  );
  const amount = sumOf(items.map(({ sum }) => sum)) - (roundedOff - roundingUsed);
  return { items, sums: sumsOf(content, fence, amount, profile) };
};
