import * as E from 'fp-ts/Either';
import { sameValue } from '../same-value';
import { withWait } from './basket-wait';
import type { ConfirmRefund, DeclineRefund, RequestRefund } from './commands';
import type { Decision } from './decide-money';
import { NOTHING, refuse } from './decide-money';
import type { PaymentRefusal } from './rejections';
import { refusal } from './rejections';
import type { SettlementDocument } from './settlement-document';
import { basketProblem, impersonalDocument } from './settlement-document';
import type { Payment, Refund } from './state';
import { basketOf, refundedSum } from './state';

const impersonal = (basket: SettlementDocument | undefined): object | undefined =>
  basket === undefined ? undefined : impersonalDocument(basket);

/** May so much of the settlement go back? The refund itself, where it is known, is not counted twice. */
const amountProblem = (
  payment: Payment,
  { refundId, settlementId, amount }: RequestRefund['data'] | ConfirmRefund['data'],
): PaymentRefusal | undefined => {
  const paid = payment.settlements.get(settlementId);
  if (paid?.kind !== 'payment') return refusal('settlement-unknown', 'settlementId');
  if (amount === 0) return refusal('nothing-to-refund', 'amount');
  const known = payment.refunds.get(refundId);
  const counted = known === undefined || known.phase === 'declined' ? 0 : known.amount;
  const left = paid.amount - (refundedSum(payment, settlementId) - counted);
  return amount > left ? refusal('refund-above-paid', 'amount', { left }) : undefined;
};

/** Without a basket all of a settlement goes back. Of a part nobody knows what it is for; while the settlement has no basket itself, it is not judged. */
const isUnexplainedPart = (payment: Payment, { settlementId, amount }: RequestRefund['data']): boolean =>
  payment.settlements.get(settlementId)?.amount !== amount && basketOf(payment, settlementId) !== undefined;

const basketRefusal = (payment: Payment, data: RequestRefund['data']): PaymentRefusal | undefined => {
  const { basket, amount } = data;
  if (basket === undefined)
    return isUnexplainedPart(payment, data) ? refusal('basket-missing', 'basket') : undefined;
  const problem = basketProblem(basket);
  if (problem !== undefined) return refusal(problem.rule, `basket.${problem.field}`);
  return basket.payments.cashless === amount
    ? undefined
    : refusal('basket-amount', 'basket.payments.cashless');
};

const differs = (
  known: Refund,
  { settlementId, amount }: RequestRefund['data'] | ConfirmRefund['data'],
): string | undefined => {
  if (known.settlementId !== settlementId) return 'settlementId';
  return known.amount === amount ? undefined : 'amount';
};

/** Decides the request of a refund. Refunds of one settlement together never exceed what was paid, and a part says what is returned. */
export const requestRefund = (data: RequestRefund['data'], payment: Payment): Decision => {
  const { now, refundId, settlementId, amount, basket } = data;
  const known = payment.refunds.get(refundId);
  if (known !== undefined) {
    const field =
      differs(known, data) ??
      (sameValue(impersonal(known.basket), impersonal(basket)) ? undefined : 'basket');
    return field === undefined ? NOTHING : refuse('refund-differs', field);
  }
  if (payment.settlements.has(refundId)) return refuse('settlement-id-used', 'refundId');
  const problem = amountProblem(payment, data) ?? basketRefusal(payment, data);
  if (problem !== undefined) return E.left(problem);
  const returned = basket === undefined ? {} : { basket };
  return E.right([
    { type: 'payment.RefundRequested', data: { at: now, refundId, settlementId, amount, ...returned } },
  ]);
};

/** Decides a notice that money went back. It is never turned away for want of a basket: its receipt waits then, with the reason. */
export const confirmRefund = (data: ConfirmRefund['data'], payment: Payment): Decision => {
  const { now, refundId, settlementId, amount, refundedAt } = data;
  const known = payment.refunds.get(refundId);
  const field = known === undefined ? undefined : differs(known, data);
  if (field !== undefined) return refuse('refund-differs', field);
  if (known?.phase === 'confirmed') return NOTHING;
  if (known === undefined && payment.settlements.has(refundId))
    return refuse('settlement-id-used', 'refundId');
  const problem = amountProblem(payment, data);
  if (problem !== undefined) return E.left(problem);
  const late = known?.phase === 'declined';
  const back = {
    at: now,
    refundId,
    settlementId,
    amount,
    refundedAt,
    late,
    unrequested: known === undefined,
  };
  return E.right(withWait({ type: 'payment.RefundConfirmed', data: back }, refundId, payment));
};

/** Decides a notice that a refund failed. A refund that is not known or was confirmed is left alone. */
export const declineRefund = ({ now, refundId, code }: DeclineRefund['data'], payment: Payment): Decision =>
  payment.refunds.get(refundId)?.phase === 'requested'
    ? E.right([
        {
          type: 'payment.RefundDeclined',
          data: { at: now, refundId, ...(code === undefined ? {} : { code }) },
        },
      ])
    : NOTHING;
