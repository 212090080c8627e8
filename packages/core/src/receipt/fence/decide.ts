import * as E from 'fp-ts/Either';
import { ZERO_KOPECKS } from '@cloud-kassa/ffd';
import { sameValue } from '../../same-value';
import type { AttemptPhase } from '../attempt/phase';
import type { ReceiptContent } from '../content';
import type {
  FenceCommand,
  RefundItem,
  ReleaseOffset,
  ReleaseRefund,
  ReserveOffset,
  ReserveRefund,
} from './commands';
import type { FenceEvent } from './events';
import type { FenceRefusal, FenceRule } from './fence-rules';
import { refuseFence } from './fence-rules';
import { prepaidIn, prepaidLeft } from './prepaid-amount';
import type { FenceProfile } from './profile';
import { DEFAULT_FENCE_PROFILE } from './profile';
import { checkRefundMoney } from './refund-money';
import { reserveLines } from './reserve-lines';
import { restOfLines } from './sold-lines';
import type { FenceState } from './state';

/** The receipt behind the fence: what it sold, and whether it will ever be a document. */
export interface FencedReceipt {
  readonly content: ReceiptContent;
  readonly attempt: { readonly phase: AttemptPhase };
}

type Decision = E.Either<FenceRefusal, ReadonlyArray<FenceEvent>>;

const NOTHING: Decision = E.right([]);

const refused = (rule: FenceRule, field: string): Decision => E.left(refuseFence(rule, field));

/** A sale or a purchase that is or will be a document. */
const checkParent = ({ content, attempt }: FencedReceipt): FenceRefusal | undefined => {
  if (attempt.phase === 'Cancelled') return refuseFence('parent-cancelled', 'receiptId');
  const isGiven = content.settlementSign === 1 || content.settlementSign === 3;
  return isGiven && content.items.length > 0 ? undefined : refuseFence('parent-not-refundable', 'receiptId');
};

const parts = (items: ReadonlyArray<RefundItem>): ReadonlyArray<RefundItem> =>
  items.map(({ line, quantity, sum }) => ({ line, quantity, sum }));

const reserveRefund = (
  { now, refundId, items, sums }: ReserveRefund['data'],
  receipt: FencedReceipt,
  fence: FenceState,
  profile: FenceProfile,
): Decision => {
  const known = fence.refunds.get(refundId);
  if (known !== undefined) {
    const isSame = sameValue(parts(known.items), parts(items)) && sameValue(known.sums, sums);
    return isSame ? NOTHING : refused('refund-differs', 'refundId');
  }
  const unfit = checkParent(receipt);
  if (unfit !== undefined) return E.left(unfit);
  if (items.length === 0) return refused('refund-empty', 'items');
  const reserved = reserveLines(items, restOfLines(receipt.content, fence), profile);
  if (E.isLeft(reserved)) return reserved;
  const { items: withVat, rest } = reserved.right;
  const unpaid = checkRefundMoney(receipt.content, fence, { items: withVat, sums }, rest, profile);
  return unpaid === undefined
    ? E.right([{ type: 'receipt.RefundReserved', data: { at: now, refundId, items: withVat, sums } }])
    : E.left(unpaid);
};

const releaseRefund = ({ now, refundId }: ReleaseRefund['data'], fence: FenceState): Decision => {
  if (fence.refunds.has(refundId))
    return E.right([{ type: 'receipt.RefundReleased', data: { at: now, refundId } }]);
  return fence.releasedRefunds.has(refundId) ? NOTHING : refused('refund-unknown', 'refundId');
};

const reserveOffset = (
  { now, offsetId, amount }: ReserveOffset['data'],
  receipt: FencedReceipt,
  fence: FenceState,
): Decision => {
  const known = fence.offsets.get(offsetId);
  if (known !== undefined) return known === amount ? NOTHING : refused('offset-differs', 'offsetId');
  const unfit = checkParent(receipt);
  if (unfit !== undefined) return E.left(unfit);
  if (amount === ZERO_KOPECKS) return refused('offset-without-amount', 'amount');
  if (prepaidIn(receipt.content) <= 0) return refused('offset-without-prepayment', 'offsetId');
  return amount <= prepaidLeft(receipt.content, [...fence.refunds.values()], fence.offsets)
    ? E.right([{ type: 'receipt.OffsetReserved', data: { at: now, offsetId, amount } }])
    : refused('offset-above-prepaid', 'amount');
};

const releaseOffset = ({ now, offsetId }: ReleaseOffset['data'], fence: FenceState): Decision => {
  if (fence.offsets.has(offsetId))
    return E.right([{ type: 'receipt.OffsetReleased', data: { at: now, offsetId } }]);
  return fence.releasedOffsets.has(offsetId) ? NOTHING : refused('offset-unknown', 'offsetId');
};

/**
 * Decides what other receipts may take from this one. The stream of the receipt is the fence: two refunds, or a refund and an offset, that together
 * exceed it meet here, whichever machine they come from.
 *
 * The same id with the same content changes nothing; with other content it is refused. A released id may be reserved again. Released is
 * only what will never be a document: that the refund's receipt was refused or cancelled is the caller's word. Parents that are not kept here
 * have no fence.
 */
export const decideFence = (
  command: FenceCommand,
  receipt: FencedReceipt,
  fence: FenceState,
  profile: FenceProfile = DEFAULT_FENCE_PROFILE,
): Decision => {
  switch (command.type) {
    case 'ReserveRefund':
      return reserveRefund(command.data, receipt, fence, profile);
    case 'ReleaseRefund':
      return releaseRefund(command.data, fence);
    case 'ReserveOffset':
      return reserveOffset(command.data, receipt, fence);
    case 'ReleaseOffset':
      return releaseOffset(command.data, fence);
  }
};
