import type { BuyerCopyStatus, ReceiptContent } from '@cloud-kassa/core';
import type { Kopecks, Payments, SettlementSign, Taxation, VatTotal } from '@cloud-kassa/ffd';
import { flag, integer, json, optional, table, text, type RowOf } from '@cloud-kassa/projections';

/** What of a receipt's content its document shows. */
export interface DocumentContent {
  readonly kind: ReceiptContent['kind'];
  /** Tag 1054. */
  readonly sign: SettlementSign;
  readonly total: Kopecks;
  readonly payments: Payments;
  readonly taxation: Taxation;
  readonly vatTotals: ReadonlyArray<VatTotal>;
  readonly buyerKeyId?: string | undefined;
}

/** The receipts that have no document (yet): what their document will show, and where they belong. */
export const AWAITED = table({
  name: 'awaited',
  columns: {
    receiptId: text(),
    organisation: text(),
    registerId: text(),
    /** The device of the register until the receipt is routed, then the one it is routed to. */
    deviceId: text(),
    sourceDocument: text(),
    settlementId: text(),
    /** `open` until it has a document, is cancelled, or a document contradicts it. */
    state: text<'open' | 'cancelled' | 'disputed'>(),
    content: json<DocumentContent>(),
    disputes: integer(),
  },
  key: ['receiptId'],
  indexes: [['registerId', 'state']],
});

/** The fiscal documents (фискальные документы) of the receipts, one for each. Money is in kopecks, instants are UTC. */
export const DOCUMENTS = table({
  name: 'documents',
  columns: {
    receiptId: text(),
    organisation: text(),
    registerId: text(),
    deviceId: text(),
    sourceDocument: text(),
    settlementId: text(),
    /** The book-keeping shift that was open when the document became known; absent where none was. */
    shiftId: optional(text()),
    bookShift: optional(integer()),
    /** Tag 1041. */
    fn: text(),
    /** Tag 1040. */
    fd: optional(integer()),
    /** Tag 1077. */
    fp: optional(integer()),
    /** The shift of the KKT, tag 1038. */
    kktShift: optional(integer()),
    /** Tag 1042. */
    numberInShift: optional(integer()),
    /** Tag 1037. */
    registrationNumber: optional(text()),
    /** Tag 1013. */
    kktSerial: optional(text()),
    /** Local time of the document, tag 1012. */
    madeAt: optional(text()),
    /** When it became known here. */
    fiscalizedAt: text(),
    kind: text<ReceiptContent['kind']>(),
    sign: integer<SettlementSign>(),
    total: integer<Kopecks>(),
    payments: json<Payments>(),
    taxation: integer<Taxation>(),
    vatTotals: json<ReadonlyArray<VatTotal>>(),
    /** The text of the QR code (tag 1196), where all that it says is known. */
    qr: optional(text()),
    fnsSite: optional(text()),
    ofdReceiptUrl: optional(text()),
    /** The provider told enough of the content to compare it. */
    contentChecked: flag(),
    source: text<'provider' | 'manual'>(),
    ofdConfirmedAt: optional(text()),
    /**
     * What became of the buyer's copy (S10): what was last recorded of it; until then `requested` where the provider made the document of
     * a receipt with a buyer.
     */
    buyerCopy: optional(text<BuyerCopyStatus>()),
    buyerCopyBy: optional(text<'provider' | 'ofd'>()),
    /** Absent until it was recorded. */
    buyerCopyChannel: optional(text<'email' | 'phone'>()),
    buyerCopyAt: optional(text()),
    buyerKeyId: optional(text()),
    /** Other documents were found for the same receipt, so many. */
    disputes: integer(),
    compensatedBy: optional(text()),
  },
  key: ['receiptId'],
  indexes: [
    ['fiscalizedAt'],
    ['registerId', 'fiscalizedAt'],
    ['organisation', 'fiscalizedAt'],
    ['shiftId', 'fiscalizedAt'],
    ['fn', 'fd'],
    ['sourceDocument'],
  ],
});

/** Documents that were found for a receipt and that it should not have: other content, a second one, one of a cancelled receipt. */
export const DISPUTED_DOCUMENTS = table({
  name: 'disputed_documents',
  columns: {
    receiptId: text(),
    /** From 1 for each receipt. */
    number: integer(),
    organisation: text(),
    registerId: text(),
    deviceId: text(),
    fn: text(),
    fd: optional(integer()),
    fp: optional(integer()),
    kktShift: optional(integer()),
    numberInShift: optional(integer()),
    registrationNumber: optional(text()),
    madeAt: optional(text()),
    /** The fields that differ, or why it should not exist. */
    differences: json<ReadonlyArray<string>>(),
    foundAt: text(),
  },
  key: ['receiptId', 'number'],
  indexes: [['foundAt'], ['fn', 'fd']],
});

export type AwaitedRow = RowOf<typeof AWAITED.columns>;
export type DocumentRow = RowOf<typeof DOCUMENTS.columns>;
export type DisputedRow = RowOf<typeof DISPUTED_DOCUMENTS.columns>;
