import { lineSum, NO_PAYMENTS, quantity } from '@cloud-kassa/ffd';
import { at, money, OURS, proven } from '../values.testing';
import type {
  ConfirmPayment,
  ConfirmRefund,
  IssuePaymentLink,
  Payment,
  PaymentCommand,
  PaymentState,
  RequestPayment,
  RequestRefund,
  ResumeFiscalization,
  SettlementDocument,
} from '.';
import { decidePayment, evolvePayment } from '.';

export const NOW = at('2026-01-15T09:30:00.000Z');
export const LATER = at('2026-01-15T10:00:00.000Z');

export const BUYER = { keyId: 'buyer-1', person: { phone: '+79123451234' } };

/** A document of so many pieces at 100 roubles, all paid cashless. */
export const basket = (pieces = 3, change: Partial<SettlementDocument> = {}): SettlementDocument => {
  const price = money(10_000);
  const sum = proven(lineSum(price, proven(quantity(String(pieces)))));
  return {
    taxation: 2,
    items: [
      {
        name: 'Кресло',
        price,
        quantity: proven(quantity(String(pieces))),
        sum,
        vatCode: 6,
        paymentMethod: 4,
        subject: 1,
        measure: 0,
      },
    ],
    total: sum,
    payments: { ...NO_PAYMENTS, cashless: sum },
    buyer: BUYER,
    place: { place: 'https://shop.example.ru' },
    internet: true,
    ...change,
  };
};

export const request = (change: Partial<RequestPayment['data']> = {}): RequestPayment => ({
  type: 'RequestPayment',
  data: {
    now: NOW,
    paymentId: 'p1',
    organisation: OURS,
    sourceDocument: 'order-1',
    instrument: 'sbp',
    settlement: basket(),
    ...change,
  },
});
export const link = (linkId = 'q1', change: Partial<IssuePaymentLink['data']> = {}): IssuePaymentLink => ({
  type: 'IssuePaymentLink',
  data: {
    now: NOW,
    linkId,
    kind: 'single-use',
    address: `https://qr.nspk.ru/${linkId}`,
    expiresAt: LATER,
    ...change,
  },
});
export const confirm = (
  settlementId = 't1',
  change: Partial<ConfirmPayment['data']> = {},
): ConfirmPayment => ({
  type: 'ConfirmPayment',
  data: {
    now: NOW,
    paymentId: 'p1',
    settlementId,
    organisation: OURS,
    instrument: 'sbp',
    amount: money(30_000),
    paidAt: NOW,
    ...change,
  },
});
export const decline = (linkId?: string): PaymentCommand => ({
  type: 'DeclinePayment',
  data: { now: NOW, ...(linkId === undefined ? {} : { linkId }) },
});
export const expire = (linkId?: string): PaymentCommand => ({
  type: 'ExpirePayment',
  data: { now: NOW, cancelled: false, ...(linkId === undefined ? {} : { linkId }) },
});
/** What a part of the money is returned for: one piece of that price. */
const part = (amount: number): SettlementDocument => {
  const [price, one] = [money(amount), proven(quantity('1'))];
  const { items, ...rest } = basket();
  return {
    ...rest,
    items: items.map((item) => ({ ...item, price, quantity: one, sum: price })),
    total: price,
    payments: { ...NO_PAYMENTS, cashless: price },
  };
};

/** A refund of 300 roubles is of a whole settlement, any other of a part, with its basket. */
export const refund = (
  refundId: string,
  amount: number,
  change: Partial<RequestRefund['data']> = {},
): RequestRefund => ({
  type: 'RequestRefund',
  data: {
    now: NOW,
    refundId,
    settlementId: 't1',
    amount: money(amount),
    ...(amount === 30_000 ? {} : { basket: part(amount) }),
    ...change,
  },
});
/** A refund that does not say what is returned. */
export const bareRefund = (refundId: string, amount: number): RequestRefund => ({
  type: 'RequestRefund',
  data: { now: NOW, refundId, settlementId: 't1', amount: money(amount) },
});
export const refunded = (
  refundId: string,
  amount: number,
  change: Partial<ConfirmRefund['data']> = {},
): ConfirmRefund => ({
  type: 'ConfirmRefund',
  data: { now: NOW, refundId, settlementId: 't1', amount: money(amount), refundedAt: NOW, ...change },
});
export const refundDeclined = (refundId: string): PaymentCommand => ({
  type: 'DeclineRefund',
  data: { now: NOW, refundId },
});
export const postpone = (
  settlementId = 't1',
  reason: 'no-device' | 'policy' = 'no-device',
): PaymentCommand => ({
  type: 'PostponeFiscalization',
  data: { now: NOW, settlementId, reason },
});
export const resume = (
  settlementId = 't1',
  change: Partial<ResumeFiscalization['data']> = {},
): ResumeFiscalization => ({
  type: 'ResumeFiscalization',
  data: { now: NOW, settlementId, ...change },
});
export const linkReceipt = (settlementId = 't1', receiptId = 'r-t1'): PaymentCommand => ({
  type: 'LinkReceipt',
  data: { now: NOW, settlementId, receiptId },
});

export const given = (...commands: ReadonlyArray<PaymentCommand>): PaymentState =>
  commands.reduce(
    (state: PaymentState, command) => proven(decidePayment(command, state)).reduce(evolvePayment, state),
    undefined,
  );
export const payment = (...commands: ReadonlyArray<PaymentCommand>): Payment => {
  const state = given(...commands);
  if (state === undefined) throw new Error('no payment');
  return state;
};
export const decided = (command: PaymentCommand, ...before: ReadonlyArray<PaymentCommand>) =>
  proven(decidePayment(command, given(...before)));
export const types = (
  command: PaymentCommand,
  ...before: ReadonlyArray<PaymentCommand>
): ReadonlyArray<string> => decided(command, ...before).map(({ type }) => type.replace('payment.', ''));
export const fiscalization = (settlementId: string, ...commands: ReadonlyArray<PaymentCommand>) =>
  payment(...commands).settlements.get(settlementId)?.fiscalization;
