import type {
  AttemptPhase,
  Parent,
  PaymentInstrument,
  PostponementReason,
  QueueStatus,
  ReceiptContent,
  ReceiptOrigin,
} from '@cloud-kassa/core';
import type { Kopecks, SettlementSign, Taxation } from '@cloud-kassa/ffd';
import { flag, integer, json, optional, table, text, type RowOf } from '@cloud-kassa/projections';
import type { KeptAttempt } from './kept-attempt';
import type { ProviderState } from './provider-state';

/**
 * Why a receipt is not fiscalised yet: it is postponed; its last send came to nothing (`void`) or nobody knows to what (`unknown`); its
 * key has failed (`retired`); a person has to look (`held`); documents contradict it (`disputed`).
 */
export type ReasonKind = 'postponed' | 'void' | 'unknown' | 'retired' | 'held' | 'disputed';

/** The receipts of the queue (очередь чеков ККТ). Instants are UTC, ISO 8601; money is in kopecks. */
export const RECEIPTS = table({
  name: 'receipts',
  columns: {
    receiptId: text(),
    organisation: text(),
    /** The source document (документ-основание) and the caller's id of the settlement. */
    sourceDocument: text(),
    settlementId: text(),
    /** The source document in lower case, to be searched in. */
    sourceText: text(),
    registerId: text(),
    /** The device of the register until the receipt is routed, then the one it is routed to. */
    deviceId: text(),
    /** 1C's status (СтатусЧекаККТВОчереди). */
    status: text<QueueStatus>(),
    providerState: optional(text<ProviderState>()),
    phase: text<AttemptPhase>(),
    /** Since when it is in this phase. */
    phaseSince: text(),
    isEnqueued: flag(),
    /** How often it was sent. */
    sends: integer(),
    lastSentAt: optional(text()),
    /** Sends whose outcome is not known. */
    open: integer(),
    /** When it is next tried: after a pause, or when it is no longer postponed. */
    nextTryAt: optional(text()),
    reasonKind: optional(text<ReasonKind>()),
    reason: optional(text()),
    /** The provider's code, where it gave one. */
    reasonCode: optional(text()),
    /** The receipt that made a dispute good. */
    compensatedBy: optional(text()),
    legalDeadline: text(),
    /** Thresholds of the legal deadline that were alarmed, in percent. */
    alarms: json<ReadonlyArray<number>>(),
    registeredAt: text(),
    updatedAt: text(),
    kind: text<ReceiptContent['kind']>(),
    sign: integer<SettlementSign>(),
    total: integer<Kopecks>(),
    taxation: integer<Taxation>(),
    origin: text<ReceiptOrigin>(),
    instrument: text<PaymentInstrument>(),
    parents: json<ReadonlyArray<Parent>>(),
    /** Names the buyer's key; who the buyer is does not stand here. */
    buyerKeyId: optional(text()),
    epoch: integer(),
    amendments: integer(),
    /** Of the last event of the receipt. */
    revision: integer(),
    fn: optional(text()),
    fd: optional(integer()),
    fp: optional(integer()),
    attempt: json<KeptAttempt>(),
  },
  key: ['receiptId'],
  indexes: [
    ['legalDeadline'],
    ['status', 'legalDeadline'],
    ['registerId', 'legalDeadline'],
    ['deviceId', 'legalDeadline'],
    ['organisation', 'legalDeadline'],
    ['sourceDocument'],
  ],
});

export type ReceiptRow = RowOf<typeof RECEIPTS.columns>;

/** Confirmed money, in or back. */
export interface KnownSettlement {
  readonly settlementId: string;
  readonly kind: 'payment' | 'refund';
  /** Of a refund: the settlement that is returned. */
  readonly refundOf?: string;
  readonly organisation: string;
  readonly instrument: PaymentInstrument;
  readonly amount: Kopecks;
  /** When the bank moved the money. */
  readonly settledAt: string;
  /** When it became known here. */
  readonly confirmedAt: string;
  readonly late: boolean;
  readonly repeated: boolean;
}

/** What has to be known of a payment to say what its settlements are. */
export const PAYMENTS = table({
  name: 'payments',
  columns: {
    paymentId: text(),
    /** The order or other document that is paid. */
    sourceDocument: optional(text()),
    settlements: json<ReadonlyArray<KnownSettlement>>(),
  },
  key: ['paymentId'],
  indexes: [],
});

/** Confirmed money without a receipt, each with its dated reason. A row goes away when the receipt is linked. */
export const PAYMENTS_WITHOUT_RECEIPT = table({
  name: 'payments_without_receipt',
  columns: {
    paymentId: text(),
    settlementId: text(),
    organisation: text(),
    kind: text<'payment' | 'refund'>(),
    refundOf: optional(text()),
    sourceDocument: optional(text()),
    amount: integer<Kopecks>(),
    instrument: text<PaymentInstrument>(),
    settledAt: text(),
    confirmedAt: text(),
    late: flag(),
    repeated: flag(),
    /** The receipt is to be made, or can not be made yet for `reason`. */
    state: text<'due' | 'postponed'>(),
    reason: optional(text<PostponementReason>()),
    /** The rule that refused the receipt and the field it speaks of. */
    objectionRule: optional(text()),
    objectionField: optional(text()),
    since: text(),
  },
  key: ['paymentId', 'settlementId'],
  indexes: [['since'], ['organisation', 'since'], ['reason', 'since']],
});

export type WithoutReceiptRow = RowOf<typeof PAYMENTS_WITHOUT_RECEIPT.columns>;
