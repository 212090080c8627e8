import { paymentStream } from '@cloud-kassa/core';
import type { Books } from '../books';
import type { PaymentTrail } from '../streams/payment-trail';

/** So much of a settlement has gone back for certain. */
const returned = ({ refunds }: PaymentTrail, settlementId: string): number =>
  [...refunds.values()]
    .filter((refund) => refund.settlementId === settlementId && refund.phase === 'confirmed')
    .reduce((sum, { amount }) => sum + amount, 0);

/**
 * One operation of the bank is one movement of money: told for two payments it would have two receipts. Ids of operations are compared within
 * one organisation and one instrument, for others may count anew. Money that went back in full has its receipt of the refund, so it is made good.
 */
export const judgeOperations = ({ payments, findings }: Books): void => {
  const first = new Map<string, string>();
  for (const payment of payments.values()) {
    const { paymentId, organisation, settlements, unread } = payment;
    if (unread) continue;
    for (const [settlementId, { kind, amount, instrument }] of settlements) {
      if (kind === 'refund' || returned(payment, settlementId) === amount) continue;
      const operation = JSON.stringify([organisation, instrument, settlementId]);
      const otherPaymentId = first.get(operation);
      if (otherPaymentId === undefined) first.set(operation, paymentId);
      else
        findings.add(
          'operation-told-for-two-payments',
          { stream: paymentStream(paymentId) },
          { settlementId, paymentId, otherPaymentId },
        );
    }
  }
};
