import * as E from 'fp-ts/Either';
import type { Kopecks, PaymentKind, Payments, Quantity } from '@cloud-kassa/ffd';
import {
  ZERO_KOPECKS,
  kopecks,
  lineSum,
  quantityFromMillionths,
  quantityToMillionths,
} from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import type { RefundItem } from './commands';
import type { FenceProfile } from './profile';
import { DEFAULT_FENCE_PROFILE } from './profile';
import type { LineRest } from './sold-lines';
import { restOfLines } from './sold-lines';
import type { FenceState } from './state';
import type { Sums } from './sums';
import { addSums, sumOf, totalOf } from './sums';
import { unitPriceFor } from './unit-price';

const MILLION = 1_000_000;
const ROUBLE = 100;

/** What goes back, without its money. */
export interface WantedBack {
  readonly line: number;
  readonly quantity: Quantity;
}

/** Lines and money of a refund, as `ReserveRefund` takes them. */
export interface PlannedRefund {
  readonly items: ReadonlyArray<RefundItem>;
  readonly sums: Payments;
}

const orZero = (amount: number): Kopecks => E.getOrElse(() => ZERO_KOPECKS)(kopecks(Math.max(0, amount)));

const atSoldPrice = ({ item }: LineRest, quantity: Quantity): Kopecks =>
  E.getOrElse(() => ZERO_KOPECKS)(lineSum(item.price, quantity));

const part = (line: number, millionths: number, sum: number): ReadonlyArray<RefundItem> => {
  const made = quantityFromMillionths(millionths);
  return E.isRight(made) ? [{ line, quantity: made.right, sum: orZero(sum) }] : [];
};

/**
 * One part where a price gives the sum. Otherwise two: all but one unit at the sold price (for nothing, if that is too much) and one unit for
 * the remainder, which a price always gives.
 */
const priced = (sold: LineRest, { line, quantity }: WantedBack, sum: number): ReadonlyArray<RefundItem> => {
  if (unitPriceFor(orZero(sum), quantity, sold.item.price) !== undefined)
    return [{ line, quantity, sum: orZero(sum) }];
  const millionths = quantityToMillionths(quantity) - MILLION;
  const most = quantityFromMillionths(millionths);
  const atPrice = E.isRight(most) ? atSoldPrice(sold, most.right) : ZERO_KOPECKS;
  const first = atPrice <= sum ? atPrice : 0;
  return [...part(line, millionths, first), ...part(line, MILLION, sum - first)];
};

/** At the sold price as far as the sum of the line reaches; whoever takes the last of the quantity takes the last of the sum. */
const partsOf = (rest: LineRest | undefined, wanted: WantedBack): ReadonlyArray<RefundItem> => {
  if (rest === undefined) return [{ ...wanted, sum: ZERO_KOPECKS }];
  const isLast = quantityToMillionths(wanted.quantity) === rest.millionths;
  return priced(rest, wanted, isLast ? rest.sum : Math.min(atSoldPrice(rest, wanted.quantity), rest.sum));
};

/** What each kind of payment may still give back; money and offset part may stand for each other, but not beyond both. */
const availableIn = (content: ReceiptContent, fence: FenceState): Sums => {
  const back = addSums([...fence.refunds.values()].map(({ sums }) => sums));
  const { cash, cashless, prepaid, credit, provision } = content.payments;
  const together = cash + cashless + prepaid - (back.cash + back.cashless + back.prepaid);
  return {
    cash: Math.min(cash - back.cash, together),
    cashless: Math.min(cashless - back.cashless, together),
    prepaid: Math.min(prepaid - back.prepaid, together),
    credit: credit - back.credit,
    provision: provision - back.provision,
  };
};

/** Kinds in the order in which they are drawn upon: money first. */
const DRAWN: ReadonlyArray<PaymentKind> = ['cashless', 'cash', 'prepaid', 'credit', 'provision'];

const sumsOf = (available: Sums, amount: number, { refundOfOffsets }: FenceProfile): Payments => {
  const drawn = new Map<PaymentKind, number>();
  let left = amount;
  for (const kind of DRAWN) {
    const into = kind === 'prepaid' && refundOfOffsets === 'as-money' ? 'cashless' : kind;
    const taken = Math.max(0, Math.min(left, available[kind]));
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

/** Of a receipt that was rounded down, the part of the rounding this refund must take so that the rest can still go back. */
const roundingOf = (
  content: ReceiptContent,
  fence: FenceState,
  lines: ReadonlyArray<LineRest>,
  items: ReadonlyArray<RefundItem>,
): number => {
  const refunds = [...fence.refunds.values()];
  const used = sumOf(
    refunds.map((refund) => sumOf(refund.items.map(({ sum }) => sum)) - totalOf(refund.sums)),
  );
  const left = sumOf(content.items.map(({ sum }) => sum)) - content.total - used;
  const stays = lines.map(({ millionths, sum }, line) => {
    const taken = items.filter((item) => item.line === line);
    const isRest = millionths > sumOf(taken.map(({ quantity }) => quantityToMillionths(quantity)));
    return { isRest, sum: isRest ? sum - sumOf(taken.map((item) => item.sum)) : 0 };
  });
  return stays.some(({ isRest }) => isRest)
    ? Math.max(0, left - (sumOf(stays.map(({ sum }) => sum)) % ROUBLE))
    : left;
};

/**
 * Lines and money of a refund of these quantities at the sold prices, ready for `ReserveRefund`, which judges them.
 *
 * Taking the last of a line takes the last of its sum, in two parts where no price gives it. A rounded receipt gives back its rounding as far as
 * the rest needs it. Kinds of payment are drawn upon in a fixed order, money first.
 */
export const planRefund = (
  content: ReceiptContent,
  fence: FenceState,
  wanted: ReadonlyArray<WantedBack>,
  profile: FenceProfile = DEFAULT_FENCE_PROFILE,
): PlannedRefund => {
  const lines = restOfLines(content, fence);
  const items = wanted.flatMap((back) => partsOf(lines[back.line], back));
  const amount = sumOf(items.map(({ sum }) => sum)) - roundingOf(content, fence, lines, items);
  return { items, sums: sumsOf(availableIn(content, fence), amount, profile) };
};

/**
 * A refund of all that is left of a receipt; `undefined` where no quantity is left. Of an untouched receipt it is the receipt line by line, with
 * its total and payments: what takes a wrong receipt back.
 */
export const planRefundOfRest = (
  content: ReceiptContent,
  fence: FenceState,
  profile: FenceProfile = DEFAULT_FENCE_PROFILE,
): PlannedRefund | undefined => {
  const wanted = restOfLines(content, fence).flatMap(({ millionths }, line): ReadonlyArray<WantedBack> => {
    const made = quantityFromMillionths(millionths);
    return E.isRight(made) ? [{ line, quantity: made.right }] : [];
  });
  return wanted.length === 0 ? undefined : planRefund(content, fence, wanted, profile);
};
