import type { PaymentInstrument, PostponementReason } from '@cloud-kassa/core';

/** What is kept of confirmed money. */
export interface SettlementTrail {
  readonly kind: 'payment' | 'refund';
  readonly amount: number;
  readonly state: 'due' | 'linked' | PostponementReason;
  readonly receiptId?: string;
  /** Of money that came. */
  readonly instrument?: PaymentInstrument;
}

interface RefundTrail {
  readonly settlementId: string;
  readonly amount: number;
  readonly phase: 'requested' | 'confirmed' | 'declined';
}

/** What an audit keeps of one payment: amounts and states, no baskets. */
export interface PaymentTrail {
  readonly paymentId: string;
  unread: boolean;
  begun: boolean;
  isRequested: boolean;
  organisation: string | undefined;
  /** Ids of links, and whether they ended without money. */
  readonly links: Map<string, boolean>;
  readonly settlements: Map<string, SettlementTrail>;
  readonly refunds: Map<string, RefundTrail>;
}

/** A payment of which nothing is known yet. */
export const newPaymentTrail = (paymentId: string): PaymentTrail => ({
  paymentId,
  unread: false,
  begun: false,
  isRequested: false,
  organisation: undefined,
  links: new Map(),
  settlements: new Map(),
  refunds: new Map(),
});
