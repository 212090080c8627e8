import type { Receipt } from '@cloud-kassa/core';
import { receiptIdOf } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { Answer, FindRegistered } from './find-registered';
import { refusedOrder } from './order-error';
import type { RefundOrder } from './refund-order';
import { isOfReceipt, refundRegistration } from './refund-order';
import type { RegistrationWork } from './registration-work';
import { workOf } from './registration-work';

export const isReceipt = (found: RegistrationWork | Receipt): found is Receipt => 'receiptId' in found;

/** The work of a refund; a duplicate is told at once where the sale holds nothing for it any more. */
export const refundWork = async (
  order: RefundOrder,
  find: FindRegistered,
  now: () => Instant,
): Answer<RegistrationWork | Receipt> => {
  if (!isOfReceipt(order)) {
    const { sale, draft, ...circumstances } = order;
    return workOf({ ...circumstances, draft, parents: [{ relation: 'refunds', link: sale }] });
  }
  const sale = await find(order.sale.receiptId);
  if (E.isLeft(sale)) return sale;
  if (sale.right.known === undefined) return refusedOrder({ rule: 'not-registered', field: 'sale' });
  if (sale.right.known.organisation !== order.organisation)
    return refusedOrder({ rule: 'organisation-differs', field: 'sale' });
  const receiptId = receiptIdOf(order.organisation, order.source);
  if (!sale.right.known.fence.refunds.has(receiptId)) {
    const refund = await find(receiptId);
    if (E.isLeft(refund)) return refund;
    if (refund.right.known?.attempt.phase === 'Cancelled') return E.right(refund.right.known);
  }
  const planned = refundRegistration(order, sale.right.known, now());
  if (E.isLeft(planned)) return refusedOrder(planned.left);
  return workOf(planned.right.order, planned.right.takes, order.moneyIsBack === true);
};
