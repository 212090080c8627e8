import type { ReceiptContent } from '../content';
import type { FenceState, RefundReservation } from './state';
import { sumOf, totalOf } from './sums';

const isPrepaid = (content: ReceiptContent, line: number): boolean =>
  (content.items[line]?.paymentMethod ?? 4) <= 3;

/** Advances and prepayments of the receipt in money: lines of methods 1, 2 and 3, not more than was paid. */
export const prepaidIn = (content: ReceiptContent): number =>
  Math.min(
    sumOf(content.items.map(({ sum }, line) => (isPrepaid(content, line) ? sum : 0))),
    content.total - content.payments.credit,
  );

/** What of them a refund gives back in money; its rounding is counted in favour of the prepaid lines. */
const prepaidBackIn = (content: ReceiptContent, { items, sums }: RefundReservation): number => {
  const whole = sumOf(items.map(({ sum }) => sum));
  const prepaid = sumOf(items.map(({ line, sum }) => (isPrepaid(content, line) ? sum : 0)));
  return Math.max(0, prepaid - (whole - totalOf(sums)));
};

/** What of the advances and prepayments is neither offset nor given back by these refunds. */
export const prepaidLeft = (
  content: ReceiptContent,
  refunds: ReadonlyArray<RefundReservation>,
  offsets: FenceState['offsets'],
): number =>
  prepaidIn(content) -
  sumOf([...offsets.values()]) -
  sumOf(refunds.map((refund) => prepaidBackIn(content, refund)));
