import type { FiscalDocument, ReceiptContent, ReceiptEvent } from '@cloud-kassa/core';
import type { StoredEvent } from '@cloud-kassa/event-store';
import { parseQr, writeQr } from '@cloud-kassa/ffd';
import { put, remove, UNCHANGED, type Change, type Rows } from '@cloud-kassa/projections';
import * as E from 'fp-ts/Either';
import { addToTotals } from './add-to-totals';
import {
  AWAITED,
  DISPUTED_DOCUMENTS,
  DOCUMENTS,
  type AwaitedRow,
  type DocumentContent,
  type DocumentRow,
} from './document-tables';
import { OPEN_SHIFTS, SHIFTS, type OpenShiftRow } from './shift-tables';

type EventOf<Type extends ReceiptEvent['type']> = Extract<ReceiptEvent, { readonly type: Type }>;

const PREFIX = 'receipt-';

const contentOf = (content: ReceiptContent): DocumentContent => {
  const { kind, settlementSign: sign, total, payments, taxation, vatTotals, buyer } = content;
  return { kind, sign, total, payments, taxation, vatTotals, buyerKeyId: buyer?.keyId };
};

const registered = ({ data }: EventOf<'receipt.Registered'>): Change =>
  put(AWAITED, {
    receiptId: data.receiptId,
    organisation: data.organisation,
    registerId: data.facts.register.registerId,
    deviceId: data.facts.register.deviceId,
    sourceDocument: data.source.document,
    settlementId: data.source.settlementId,
    state: 'open',
    content: contentOf(data.content),
    disputes: 0,
  });

/** The text of the QR code. Where a part of it is not known, or is none, there is no text. */
const qrOf = (
  { fn, fd, fp, madeAt }: FiscalDocument,
  { total, sign }: DocumentContent,
): string | undefined => {
  if (fd === undefined || fp === undefined || madeAt === undefined) return undefined;
  const qr = writeQr({ at: madeAt, seconds: false, total, fn, fd, fp, settlementSign: sign });
  return E.isRight(parseQr(qr)) ? qr : undefined;
};

const documentRow = (
  awaited: AwaitedRow,
  { data }: EventOf<'receipt.Fiscalized'>,
  shift: OpenShiftRow | undefined,
): DocumentRow => {
  const { receiptId, organisation, registerId, deviceId, sourceDocument, settlementId, disputes } = awaited;
  const { content } = awaited;
  const { document, at, contentChecked, source } = data;
  const asked = source === 'provider' && content.buyerKeyId !== undefined;
  return {
    receiptId,
    organisation,
    registerId,
    deviceId,
    sourceDocument,
    settlementId,
    shiftId: shift?.shiftId,
    bookShift: shift?.number,
    fn: document.fn,
    fd: document.fd,
    fp: document.fp,
    kktShift: document.shiftNumber,
    numberInShift: document.numberInShift,
    registrationNumber: document.registrationNumber,
    kktSerial: document.kktSerial,
    madeAt: document.madeAt,
    fiscalizedAt: at,
    ...content,
    qr: qrOf(document, content),
    fnsSite: document.fnsSite,
    ofdReceiptUrl: document.ofdReceiptUrl,
    contentChecked,
    source,
    ofdConfirmedAt: undefined,
    buyerCopy: asked ? 'requested' : undefined,
    buyerCopyBy: asked ? 'provider' : undefined,
    buyerCopyChannel: undefined,
    buyerCopyAt: undefined,
    disputes,
    compensatedBy: undefined,
  };
};

/** The document belongs to the shift that is open when it becomes known, whenever the receipt was registered. */
const fiscalized = (
  awaited: AwaitedRow,
  event: EventOf<'receipt.Fiscalized'>,
  rows: Rows,
): ReadonlyArray<Change> => {
  const { receiptId, registerId, content } = awaited;
  const open = rows.get(OPEN_SHIFTS, { registerId });
  const shift = open === undefined ? undefined : rows.get(SHIFTS, { registerId, shiftId: open.shiftId });
  return [
    remove(AWAITED, { receiptId }),
    put(DOCUMENTS, documentRow(awaited, event, open)),
    ...(shift === undefined ? [] : [put(SHIFTS, { ...shift, totals: addToTotals(shift.totals, content) })]),
  ];
};

const disputed = (
  of: Pick<AwaitedRow, 'receiptId' | 'organisation' | 'registerId' | 'deviceId' | 'disputes'>,
  { data }: EventOf<'receipt.Disputed'>,
): Change => {
  const { receiptId, organisation, registerId, deviceId } = of;
  const { document, differences, at } = data;
  return put(DISPUTED_DOCUMENTS, {
    receiptId,
    number: of.disputes + 1,
    organisation,
    registerId,
    deviceId,
    fn: document.fn,
    fd: document.fd,
    fp: document.fp,
    kktShift: document.shiftNumber,
    numberInShift: document.numberInShift,
    registrationNumber: document.registrationNumber,
    madeAt: document.madeAt,
    differences,
    foundAt: at,
  });
};

/** What happens to a receipt that has no document. */
const awaitedChanges = (awaited: AwaitedRow, event: ReceiptEvent, rows: Rows): ReadonlyArray<Change> => {
  switch (event.type) {
    case 'receipt.Routed':
    case 'receipt.Rerouted':
      return [put(AWAITED, { ...awaited, deviceId: event.data.deviceId })];
    case 'receipt.Rekeyed': {
      const { deviceId, content } = event.data;
      const amended = content === undefined ? awaited.content : contentOf(content);
      return [put(AWAITED, { ...awaited, deviceId, content: amended })];
    }
    case 'receipt.Released': {
      const { content } = event.data;
      return content === undefined ? UNCHANGED : [put(AWAITED, { ...awaited, content: contentOf(content) })];
    }
    case 'receipt.Cancelled':
      return [put(AWAITED, { ...awaited, state: 'cancelled' })];
    case 'receipt.Disputed':
      return [
        disputed(awaited, event),
        put(AWAITED, { ...awaited, state: 'disputed', disputes: awaited.disputes + 1 }),
      ];
    case 'receipt.Fiscalized':
      return fiscalized(awaited, event, rows);
    default:
      return UNCHANGED;
  }
};

/** What happens to a document that is there. */
const documentChanges = (document: DocumentRow, event: ReceiptEvent): ReadonlyArray<Change> => {
  switch (event.type) {
    case 'receipt.BuyerCopyRecorded': {
      const { status: buyerCopy, by: buyerCopyBy, channel: buyerCopyChannel, at: buyerCopyAt } = event.data;
      return [put(DOCUMENTS, { ...document, buyerCopy, buyerCopyBy, buyerCopyChannel, buyerCopyAt })];
    }
    case 'receipt.OfdConfirmed':
      return [put(DOCUMENTS, { ...document, ofdConfirmedAt: event.data.at })];
    case 'receipt.Disputed':
      return [disputed(document, event), put(DOCUMENTS, { ...document, disputes: document.disputes + 1 })];
    case 'receipt.Compensated':
      return [put(DOCUMENTS, { ...document, compensatedBy: event.data.compensatingReceiptId })];
    default:
      return UNCHANGED;
  }
};

/** Makes the document of a receipt known, with the shift it belongs to. */
export const projectReceipt = (
  event: ReceiptEvent,
  { stream }: StoredEvent,
  rows: Rows,
): ReadonlyArray<Change> => {
  if (event.type === 'receipt.Registered') return [registered(event)];
  if (!CONCERNS.has(event.type)) return UNCHANGED;
  const receiptId = stream.slice(PREFIX.length);
  const awaited = rows.get(AWAITED, { receiptId });
  if (awaited !== undefined) return awaitedChanges(awaited, event, rows);
  const document = rows.get(DOCUMENTS, { receiptId });
  return document === undefined ? UNCHANGED : documentChanges(document, event);
};

/** Most of what happens to a receipt on its way changes nothing here, so its row need not be looked for. */
const CONCERNS: ReadonlySet<ReceiptEvent['type']> = new Set<ReceiptEvent['type']>([
  'receipt.Routed',
  'receipt.Rerouted',
  'receipt.Rekeyed',
  'receipt.Released',
  'receipt.Cancelled',
  'receipt.Disputed',
  'receipt.Fiscalized',
  'receipt.BuyerCopyRecorded',
  'receipt.OfdConfirmed',
  'receipt.Compensated',
]);
