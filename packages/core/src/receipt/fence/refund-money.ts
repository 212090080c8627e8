import type { Payments } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import type { FenceRefusal } from './fence-rules';
import { refuseFence } from './fence-rules';
import { prepaidLeft } from './prepaid-amount';
import type { FenceProfile } from './profile';
import type { LineRest } from './sold-lines';
import type { FenceState, RefundReservation } from './state';
import type { Sums } from './sums';
import { addSums, sumOf, totalOf } from './sums';

const ROUBLE = 100;

/** By how much a total lies below the sum of its lines. */
const roundingOf = ({ items, sums }: RefundReservation): number =>
  sumOf(items.map(({ sum }) => sum)) - totalOf(sums);

/** Lower than the lines, if at all, within the same rouble. */
const isLawful = (rounding: number, whole: number): boolean => rounding >= 0 && rounding <= whole % ROUBLE;

/** No kind gives back more than came in by it; how the offset part (tag 1215) goes back is a matter of the profile. */
const isWithinPaid = (paid: Payments, back: Sums, { refundOfOffsets }: FenceProfile): boolean => {
  const money = back.cash + back.cashless;
  const moneyPaid = paid.cash + paid.cashless;
  return (
    money <= moneyPaid + (refundOfOffsets === 'as-offset' ? 0 : paid.prepaid) &&
    back.prepaid <= (refundOfOffsets === 'as-money' ? 0 : paid.prepaid) &&
    money + back.prepaid <= moneyPaid + paid.prepaid &&
    back.credit <= paid.credit &&
    back.provision <= paid.provision
  );
};

/**
 * May this money go back? It is the sum of the lines, lower only as far as the receipt itself was rounded; of each kind of payment no more goes
 * back than came in; what a later receipt has offset stays; and what is left can still be returned by a lawful receipt.
 */
export const checkRefundMoney = (
  content: ReceiptContent,
  fence: FenceState,
  refund: RefundReservation,
  rest: ReadonlyArray<LineRest>,
  profile: FenceProfile,
): FenceRefusal | undefined => {
  const refunds = [...fence.refunds.values(), refund];
  const roundedOff = sumOf(content.items.map(({ sum }) => sum)) - content.total;
  const roundingLeft = roundedOff - sumOf(refunds.map(roundingOf));
  const whole = sumOf(refund.items.map(({ sum }) => sum));
  if (!isLawful(roundingOf(refund), whole) || roundingLeft < 0)
    return refuseFence('refund-total-differs', 'sums');
  if (!isWithinPaid(content.payments, addSums(refunds.map(({ sums }) => sums)), profile))
    return refuseFence('refund-above-paid', 'sums');
  if (fence.offsets.size > 0 && prepaidLeft(content, refunds, fence.offsets) < 0)
    return refuseFence('refund-of-offset-amount', 'items');
  const left = rest.filter(({ millionths }) => millionths > 0);
  const lawfulRounding = sumOf(left.map(({ sum }) => sum)) % ROUBLE;
  return left.length > 0 && roundingLeft > lawfulRounding
    ? refuseFence('refund-leaves-rest', 'sums', { lowerBy: roundingLeft - lawfulRounding })
    : undefined;
};
