import * as E from 'fp-ts/Either';
import { sameValue } from '../same-value';
import { withReleased } from './basket-wait';
import type { LinkReceipt, PostponeFiscalization, ResumeFiscalization } from './commands';
import type { Decision } from './decide-money';
import { NOTHING, refuse } from './decide-money';
import type { PaymentRefusal } from './rejections';
import { refusal } from './rejections';
import { basketProblem } from './settlement-document';
import type { ConfirmedSettlement, Payment } from './state';
import { basketOf } from './state';

const waitsFor = (
  { fiscalization }: ConfirmedSettlement,
  { reason, objection }: PostponeFiscalization['data'],
): boolean =>
  fiscalization.state === 'postponed' &&
  fiscalization.reason === reason &&
  sameValue(fiscalization.objection, objection);

/** Decides that a settlement waits for a reason. One that has its receipt does not wait for anything. */
export const postpone = (data: PostponeFiscalization['data'], payment: Payment): Decision => {
  const { now, ...waiting } = data;
  const settlement = payment.settlements.get(waiting.settlementId);
  if (settlement === undefined) return refuse('settlement-unknown', 'settlementId');
  return settlement.fiscalization.state === 'linked' || waitsFor(settlement, data)
    ? NOTHING
    : E.right([{ type: 'payment.FiscalizationPostponed', data: { at: now, ...waiting } }]);
};

const basketRefusal = (
  { basket: given }: ResumeFiscalization['data'],
  { amount, settlementId }: ConfirmedSettlement,
  payment: Payment,
): PaymentRefusal | undefined => {
  const basket = given ?? basketOf(payment, settlementId);
  if (basket === undefined) return refusal('basket-missing', 'basket');
  const problem = given === undefined ? undefined : basketProblem(given);
  if (problem !== undefined) return refusal(problem.rule, `basket.${problem.field}`);
  return basket.payments.cashless === amount
    ? undefined
    : refusal('basket-amount', 'basket.payments.cashless', { amount });
};

/** Decides that the reason is gone. Without a basket of the right amount a settlement can not go on, whatever it waited for. */
export const resume = (data: ResumeFiscalization['data'], payment: Payment): Decision => {
  const { now, settlementId, basket, buyer } = data;
  const settlement = payment.settlements.get(settlementId);
  if (settlement === undefined) return refuse('settlement-unknown', 'settlementId');
  if (settlement.fiscalization.state !== 'postponed') return NOTHING;
  const problem = basketRefusal(data, settlement, payment);
  if (problem !== undefined) return E.left(problem);
  const given = { ...(basket === undefined ? {} : { basket }), ...(buyer === undefined ? {} : { buyer }) };
  return E.right(
    withReleased(
      { type: 'payment.FiscalizationResumed', data: { at: now, settlementId, ...given } },
      payment,
    ),
  );
};

/** Decides which receipt a settlement has: one, for ever. */
export const link = ({ now, settlementId, receiptId }: LinkReceipt['data'], payment: Payment): Decision => {
  const settlement = payment.settlements.get(settlementId);
  if (settlement === undefined) return refuse('settlement-unknown', 'settlementId');
  const { fiscalization } = settlement;
  if (fiscalization.state === 'linked')
    return fiscalization.receiptId === receiptId
      ? NOTHING
      : refuse('receipt-differs', 'receiptId', { receiptId: fiscalization.receiptId });
  const taken = [...payment.settlements.values()].some(
    ({ fiscalization: other }) => other.state === 'linked' && other.receiptId === receiptId,
  );
  if (taken) return refuse('receipt-of-other-settlement', 'receiptId');
  return E.right([{ type: 'payment.ReceiptLinked', data: { at: now, settlementId, receiptId } }]);
};
