import type { Inn, Instant, Kopecks } from '@cloud-kassa/ffd';
import type { Buyer } from '../receipt/buyer';
import type { PaymentInstrument } from '../receipt/facts';
import type { LinkKind } from './events';
import type { PostponementReason, ReceiptObjection } from './postponement';
import type { SettlementDocument } from './settlement-document';

interface Command<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data & { readonly now: Instant };
}

/** Asks for a payment. A notice of the bank may have come before it; what waited for the basket then goes on. */
export type RequestPayment = Command<
  'RequestPayment',
  {
    readonly paymentId: string;
    readonly organisation: Inn;
    readonly sourceDocument: string;
    readonly instrument: PaymentInstrument;
    readonly settlement: SettlementDocument;
  }
>;

/** A link or QR code was made at the bank. More than one may be issued; all of them may be paid. */
export type IssuePaymentLink = Command<
  'IssuePaymentLink',
  { readonly linkId: string; readonly kind: LinkKind; readonly address: string; readonly expiresAt?: Instant }
>;

/** The bank says that money came: `settlementId` is the bank's id of the operation, `organisation` the one its merchant account belongs to. */
export type ConfirmPayment = Command<
  'ConfirmPayment',
  {
    readonly paymentId: string;
    readonly settlementId: string;
    readonly organisation: Inn;
    readonly instrument: PaymentInstrument;
    readonly amount: Kopecks;
    readonly paidAt: Instant;
    readonly linkId?: string;
  }
>;

/** The bank says that an attempt to pay failed: by one link, or without `linkId` altogether. */
export type DeclinePayment = Command<'DeclinePayment', { readonly linkId?: string; readonly code?: string }>;

/** The time is over or the link was cancelled: of one link, or without `linkId` of the payment. */
export type ExpirePayment = Command<
  'ExpirePayment',
  { readonly linkId?: string; readonly cancelled: boolean }
>;

/** Asks for money back, of one settlement, all of it or a part. A part brings the basket of what is returned. */
export type RequestRefund = Command<
  'RequestRefund',
  {
    readonly refundId: string;
    readonly settlementId: string;
    readonly amount: Kopecks;
    readonly basket?: SettlementDocument;
  }
>;

/** The bank says that money went back. A refund made at the bank is accepted too. */
export type ConfirmRefund = Command<
  'ConfirmRefund',
  {
    readonly refundId: string;
    readonly settlementId: string;
    readonly amount: Kopecks;
    readonly refundedAt: Instant;
  }
>;

export type DeclineRefund = Command<'DeclineRefund', { readonly refundId: string; readonly code?: string }>;

/** The payment process could not make a receipt of the settlement, for this reason. */
export type PostponeFiscalization = Command<
  'PostponeFiscalization',
  {
    readonly settlementId: string;
    readonly reason: PostponementReason;
    readonly objection?: ReceiptObjection;
  }
>;

/** The reason is gone. A missing or wrong basket must be given here unless the payment has one of the right amount by now. */
export type ResumeFiscalization = Command<
  'ResumeFiscalization',
  { readonly settlementId: string; readonly basket?: SettlementDocument; readonly buyer?: Buyer }
>;

/** The receipt of the settlement was registered and enqueued. */
export type LinkReceipt = Command<
  'LinkReceipt',
  { readonly settlementId: string; readonly receiptId: string }
>;

export type PaymentCommand =
  | RequestPayment
  | IssuePaymentLink
  | ConfirmPayment
  | DeclinePayment
  | ExpirePayment
  | RequestRefund
  | ConfirmRefund
  | DeclineRefund
  | PostponeFiscalization
  | ResumeFiscalization
  | LinkReceipt;
