import * as t from 'io-ts';
import type { Inn, Instant, Kopecks } from '@cloud-kassa/ffd';
import { InnCodec, InstantCodec, KopecksCodec, literalCodec, recordCodec } from '@cloud-kassa/ffd';
import { defineEvent } from '../define-event';
import type { EventFamily } from '../event-family';
import type { Buyer } from '../receipt/buyer';
import { BuyerCodec } from '../receipt/buyer';
import type { PaymentInstrument } from '../receipt/facts';
import type { PostponementReason, ReceiptObjection } from './postponement';
import { PostponementReasonCodec, ReceiptObjectionCodec } from './postponement';
import type { SettlementDocument } from './settlement-document';
import { SettlementDocumentCodec } from './settlement-document';

interface Event<Type extends string, Data> {
  readonly type: `payment.${Type}`;
  readonly data: Data & { readonly at: Instant };
}

/** A link or QR code of the fast payment system: one that can be paid once (dynamic), or many times (static). */
export type LinkKind = 'single-use' | 'reusable';

/** A payment was asked for (запрошена оплата). The amount is the cashless part of the settlement document. */
export type PaymentRequested = Event<
  'PaymentRequested',
  {
    readonly paymentId: string;
    readonly organisation: Inn;
    /** The order or other document that is paid (документ-основание). */
    readonly sourceDocument: string;
    readonly instrument: PaymentInstrument;
    readonly amount: Kopecks;
    readonly settlement: SettlementDocument;
  }
>;

/** The buyer can pay by this link (выдана платёжная ссылка, S31). */
export type PaymentLinkIssued = Event<
  'PaymentLinkIssued',
  {
    /** The id of the QR code at the bank. */
    readonly linkId: string;
    readonly kind: LinkKind;
    readonly address: string;
    readonly expiresAt?: Instant;
  }
>;

/**
 * Money has come (оплата подтверждена). Each confirmed operation of the bank is one settlement, named by the id the bank gave it: two QR codes
 * of one order that were both paid are two settlements.
 */
export type PaymentConfirmed = Event<
  'PaymentConfirmed',
  {
    readonly paymentId: string;
    readonly settlementId: string;
    readonly organisation: Inn;
    readonly instrument: PaymentInstrument;
    readonly amount: Kopecks;
    readonly paidAt: Instant;
    readonly linkId?: string;
    /** Came after the payment or its link had been declined or had expired. */
    readonly late: boolean;
    /** The payment had been paid before: the same order was paid again. */
    readonly repeated: boolean;
  }
>;

/** The bank declined an attempt to pay, by one link or altogether. */
export type PaymentDeclined = Event<'PaymentDeclined', { readonly linkId?: string; readonly code?: string }>;

/** The time to pay is over, or the link was cancelled before it was paid. */
export type PaymentExpired = Event<
  'PaymentExpired',
  { readonly linkId?: string; readonly cancelled: boolean }
>;

/** A refund of a settlement was asked for (запрошен возврат). */
export type RefundRequested = Event<
  'RefundRequested',
  {
    readonly refundId: string;
    readonly settlementId: string;
    readonly amount: Kopecks;
    /** What is returned; absent for a refund of all that was paid. */
    readonly basket?: SettlementDocument;
  }
>;

/** Money went back (возврат подтверждён): a settlement of its own, named by the id of the refund. */
export type RefundConfirmed = Event<
  'RefundConfirmed',
  {
    readonly refundId: string;
    readonly settlementId: string;
    readonly amount: Kopecks;
    readonly refundedAt: Instant;
    /** Came after the refund had been declined. */
    readonly late: boolean;
    /** Nobody here had asked for it: it was made at the bank. */
    readonly unrequested: boolean;
  }
>;

export type RefundDeclined = Event<'RefundDeclined', { readonly refundId: string; readonly code?: string }>;

/** A settlement has no receipt in the queue yet, for this reason. */
export type FiscalizationPostponed = Event<
  'FiscalizationPostponed',
  {
    readonly settlementId: string;
    readonly reason: PostponementReason;
    readonly objection?: ReceiptObjection;
  }
>;

/** The reason is gone. A basket or a buyer given with it stands for this settlement from now on. */
export type FiscalizationResumed = Event<
  'FiscalizationResumed',
  { readonly settlementId: string; readonly basket?: SettlementDocument; readonly buyer?: Buyer }
>;

/** The settlement has its receipt. */
export type ReceiptLinked = Event<
  'ReceiptLinked',
  { readonly settlementId: string; readonly receiptId: string }
>;

export type PaymentEvent =
  | PaymentRequested
  | PaymentLinkIssued
  | PaymentConfirmed
  | PaymentDeclined
  | PaymentExpired
  | RefundRequested
  | RefundConfirmed
  | RefundDeclined
  | FiscalizationPostponed
  | FiscalizationResumed
  | ReceiptLinked;

const at = InstantCodec;

const instrument = literalCodec<PaymentInstrument>(
  ['sbp', 'card', 'bank-transfer', 'other'],
  'PaymentInstrument',
);
const linkKind = literalCodec<LinkKind>(['single-use', 'reusable'], 'LinkKind');

/** All events of a payment, with their codecs and the buyers to seal in them. */
export const PAYMENT_EVENTS: EventFamily<PaymentEvent> = {
  aggregate: 'payment',
  definitions: {
    'payment.PaymentRequested': defineEvent<PaymentRequested>(
      recordCodec('PaymentRequested', {
        at,
        paymentId: t.string,
        organisation: InnCodec,
        sourceDocument: t.string,
        instrument,
        amount: KopecksCodec,
        settlement: SettlementDocumentCodec,
      }),
      'settlement.buyer',
    ),
    'payment.PaymentLinkIssued': defineEvent<PaymentLinkIssued>(
      recordCodec(
        'PaymentLinkIssued',
        { at, linkId: t.string, kind: linkKind, address: t.string },
        { expiresAt: InstantCodec },
      ),
    ),
    'payment.PaymentConfirmed': defineEvent<PaymentConfirmed>(
      recordCodec(
        'PaymentConfirmed',
        {
          at,
          paymentId: t.string,
          settlementId: t.string,
          organisation: InnCodec,
          instrument,
          amount: KopecksCodec,
          paidAt: InstantCodec,
          late: t.boolean,
          repeated: t.boolean,
        },
        { linkId: t.string },
      ),
    ),
    'payment.PaymentDeclined': defineEvent<PaymentDeclined>(
      recordCodec('PaymentDeclined', { at }, { linkId: t.string, code: t.string }),
    ),
    'payment.PaymentExpired': defineEvent<PaymentExpired>(
      recordCodec('PaymentExpired', { at, cancelled: t.boolean }, { linkId: t.string }),
    ),
    'payment.RefundRequested': defineEvent<RefundRequested>(
      recordCodec(
        'RefundRequested',
        { at, refundId: t.string, settlementId: t.string, amount: KopecksCodec },
        { basket: SettlementDocumentCodec },
      ),
      'basket.buyer',
    ),
    'payment.RefundConfirmed': defineEvent<RefundConfirmed>(
      recordCodec('RefundConfirmed', {
        at,
        refundId: t.string,
        settlementId: t.string,
        amount: KopecksCodec,
        refundedAt: InstantCodec,
        late: t.boolean,
        unrequested: t.boolean,
      }),
    ),
    'payment.RefundDeclined': defineEvent<RefundDeclined>(
      recordCodec('RefundDeclined', { at, refundId: t.string }, { code: t.string }),
    ),
    'payment.FiscalizationPostponed': defineEvent<FiscalizationPostponed>(
      recordCodec(
        'FiscalizationPostponed',
        { at, settlementId: t.string, reason: PostponementReasonCodec },
        { objection: ReceiptObjectionCodec },
      ),
    ),
    'payment.FiscalizationResumed': defineEvent<FiscalizationResumed>(
      recordCodec(
        'FiscalizationResumed',
        { at, settlementId: t.string },
        { basket: SettlementDocumentCodec, buyer: BuyerCodec },
      ),
      'basket.buyer',
      'buyer',
    ),
    'payment.ReceiptLinked': defineEvent<ReceiptLinked>(
      recordCodec('ReceiptLinked', { at, settlementId: t.string, receiptId: t.string }),
    ),
  },
};
