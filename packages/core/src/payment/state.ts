import type { Inn, Instant, Kopecks } from '@cloud-kassa/ffd';
import type { Buyer } from '../receipt/buyer';
import type { PaymentInstrument } from '../receipt/facts';
import type { SettlementSource } from '../receipt/identity';
import type { LinkKind } from './events';
import type { PostponementReason, ReceiptObjection } from './postponement';
import type { SettlementDocument } from './settlement-document';

/** What was asked for. */
export interface PaymentRequest {
  readonly organisation: Inn;
  readonly sourceDocument: string;
  readonly instrument: PaymentInstrument;
  readonly amount: Kopecks;
  readonly settlement: SettlementDocument;
  readonly requestedAt: Instant;
}

/** How an attempt to pay ended without money. */
export type PaymentEnd = 'declined' | 'expired';

export interface PaymentLink {
  readonly linkId: string;
  readonly kind: LinkKind;
  readonly address: string;
  readonly expiresAt?: Instant;
  readonly ended?: PaymentEnd;
}

/** Where the receipt of a settlement stands: to be made, not to be made yet for a dated reason, or made. */
export type Fiscalization =
  | { readonly state: 'due'; readonly since: Instant }
  | {
      readonly state: 'postponed';
      readonly reason: PostponementReason;
      readonly objection?: ReceiptObjection;
      readonly since: Instant;
    }
  | { readonly state: 'linked'; readonly receiptId: string };

/** Confirmed money, in or back: each such settlement gets one receipt (расчёт). */
export interface ConfirmedSettlement {
  readonly settlementId: string;
  readonly kind: 'payment' | 'refund';
  /** For a refund: the payment that is returned. */
  readonly refundOf?: string;
  readonly organisation: Inn;
  readonly instrument: PaymentInstrument;
  readonly amount: Kopecks;
  /** When the bank moved the money. */
  readonly settledAt: Instant;
  readonly late: boolean;
  readonly repeated: boolean;
  /** Given for this settlement alone. */
  readonly ownBasket?: SettlementDocument;
  readonly ownBuyer?: Buyer;
  readonly fiscalization: Fiscalization;
}

export interface Refund {
  readonly refundId: string;
  readonly settlementId: string;
  readonly amount: Kopecks;
  readonly basket?: SettlementDocument;
  readonly phase: 'requested' | 'confirmed' | 'declined';
}

/** A payment (оплата): what was asked for, the ways to pay it, the money that came and went back, and the receipt of each. */
export interface Payment {
  readonly paymentId: string;
  readonly request?: PaymentRequest;
  readonly links: ReadonlyMap<string, PaymentLink>;
  readonly ended?: PaymentEnd;
  /** By settlement id. */
  readonly settlements: ReadonlyMap<string, ConfirmedSettlement>;
  /** By refund id. */
  readonly refunds: ReadonlyMap<string, Refund>;
}

export type PaymentState = Payment | undefined;

/** The stream of a payment. */
export const paymentStream = (paymentId: string): string => `payment-${paymentId}`;

/**
 * What a receipt of this payment settles. The payment is the source document, not the order it pays: the order may become known only after
 * the money came, and the id of the receipt must not change with it.
 */
export const settlementSourceOf = ({ paymentId }: Payment, settlementId: string): SettlementSource => ({
  document: paymentId,
  settlementId,
});

/** The payment as people speak of it. */
export type PaymentPhase =
  | 'awaited'
  | 'requested'
  | 'link-issued'
  | 'declined'
  | 'expired'
  | 'confirmed'
  | 'partly-refunded'
  | 'refunded';

/** The settlements by which money came. */
export const paidSettlements = ({ settlements }: Payment): ReadonlyArray<ConfirmedSettlement> =>
  [...settlements.values()].filter(({ kind }) => kind === 'payment');

/** The sum of the refunds of a settlement that were not declined. */
export const refundedSum = ({ refunds }: Payment, settlementId: string): number =>
  [...refunds.values()]
    .filter((refund) => refund.settlementId === settlementId && refund.phase !== 'declined')
    .reduce((sum, refund) => sum + refund.amount, 0);

const confirmedPhase = (payment: Payment): PaymentPhase => {
  const confirmed = [...payment.refunds.values()].filter(({ phase }) => phase === 'confirmed');
  const back = confirmed.reduce((sum, { amount }) => sum + amount, 0);
  const paid = paidSettlements(payment).reduce((sum, { amount }) => sum + amount, 0);
  if (back === 0) return 'confirmed';
  return back === paid ? 'refunded' : 'partly-refunded';
};

/** The phase of a payment; `awaited` where nothing but its stream is known. Money that came outweighs every refusal and expiry. */
export const paymentPhase = (payment: Payment): PaymentPhase => {
  if (paidSettlements(payment).length > 0) return confirmedPhase(payment);
  if (payment.ended !== undefined) return payment.ended;
  const links = [...payment.links.values()];
  if (links.some(({ ended }) => ended === undefined)) return 'link-issued';
  return links.at(-1)?.ended ?? (payment.request === undefined ? 'awaited' : 'requested');
};

/** Did the way by which this money came seem to be over? */
export const isLate = ({ ended, links }: Payment, linkId: string | undefined): boolean => {
  if (ended !== undefined) return true;
  if (linkId !== undefined && links.has(linkId)) return links.get(linkId)?.ended !== undefined;
  return links.size > 0 && [...links.values()].every((link) => link.ended !== undefined);
};

const withBuyer = (
  basket: SettlementDocument | undefined,
  buyer: Buyer | undefined,
): SettlementDocument | undefined =>
  basket === undefined || buyer === undefined ? basket : { ...basket, buyer };

/**
 * What a settlement is the settlement of: the document given for it alone, else for a payment the one that was asked to be paid, for a
 * refund the one of the refund, or that of the payment where all of it goes back. Whether its amount is right is another question.
 */
export const basketOf = (payment: Payment, settlementId: string): SettlementDocument | undefined => {
  const settlement = payment.settlements.get(settlementId);
  if (settlement === undefined) return undefined;
  const { kind, ownBasket, ownBuyer, refundOf, amount } = settlement;
  if (ownBasket !== undefined || kind === 'payment')
    return withBuyer(ownBasket ?? payment.request?.settlement, ownBuyer);
  const whole = refundOf === undefined ? undefined : payment.settlements.get(refundOf);
  const returned = payment.refunds.get(settlementId)?.basket;
  const basket =
    returned ??
    (whole?.kind === 'payment' && whole.amount === amount
      ? basketOf(payment, whole.settlementId)
      : undefined);
  return withBuyer(basket, ownBuyer);
};

/** Confirmed settlements that have no receipt yet, each with its reason: the list that can never be emptied by hand. */
export const settlementsWithoutReceipt = ({ settlements }: Payment): ReadonlyArray<ConfirmedSettlement> =>
  [...settlements.values()].filter(({ fiscalization }) => fiscalization.state !== 'linked');
