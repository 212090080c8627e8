import type {
  ConfirmPayment,
  ConfirmRefund,
  Payment,
  PaymentCommand,
  RequestPayment,
  RequestRefund,
  SettlementDocument,
} from '@cloud-kassa/core';
import { receiptIdOf } from '@cloud-kassa/core';
import type { Inn, Kopecks } from '@cloud-kassa/ffd';
import type { PaymentProcessStatus } from './payment-process';
import { INN, NOW } from '../receipt.testing';
import type { Member, Town } from '../registration/registration.testing';
import { basket, createTown, right, roubles } from '../registration/registration.testing';

export const request = (
  settlement: SettlementDocument = basket(),
  change: Partial<RequestPayment['data']> = {},
): RequestPayment => ({
  type: 'RequestPayment',
  data: {
    now: NOW,
    paymentId: 'p1',
    organisation: INN as Inn,
    sourceDocument: 'order-1',
    instrument: 'sbp',
    settlement,
    ...change,
  },
});

export const confirm = (
  settlementId = 't1',
  amount: Kopecks = roubles(300),
  change: Partial<ConfirmPayment['data']> = {},
): ConfirmPayment => ({
  type: 'ConfirmPayment',
  data: {
    now: NOW,
    paymentId: 'p1',
    settlementId,
    organisation: INN as Inn,
    instrument: 'sbp',
    amount,
    paidAt: NOW,
    ...change,
  },
});

export const askRefund = (
  refundId: string,
  amount: Kopecks,
  document?: SettlementDocument,
): RequestRefund => ({
  type: 'RequestRefund',
  data: {
    now: NOW,
    refundId,
    settlementId: 't1',
    amount,
    ...(document === undefined ? {} : { basket: document }),
  },
});

export const refunded = (refundId: string, amount: Kopecks, settlementId = 't1'): ConfirmRefund => ({
  type: 'ConfirmRefund',
  data: { now: NOW, refundId, settlementId, amount, refundedAt: NOW },
});

export const idOf = (settlementId: string, paymentId = 'p1'): string =>
  receiptIdOf(INN, { document: paymentId, settlementId });

export const give = async (town: Town, ...commands: ReadonlyArray<PaymentCommand>): Promise<void> => {
  for (const command of commands) await town.pay('p1', command);
};

export const stateOf = (payment: Payment, settlementId: string): unknown =>
  payment.settlements.get(settlementId)?.fiscalization;

export const pass = async (town: Town, member: Member = town.member('pass')): Promise<PaymentProcessStatus> =>
  right(await town.complete(() => member.process.catchUp()));

export const linked = (settlementId: string): unknown => ({ state: 'linked', receiptId: idOf(settlementId) });

export const openTown = async (): Promise<Town> => {
  const town = createTown();
  await town.connect();
  return town;
};
