import type {
  CorrectionOrder as CorrectionGround,
  FiscalDocument,
  LinkKind,
  NoDocumentEvidence,
  Parent,
  ParentLink,
  PaymentInstrument,
  SuspensionReason,
} from '@cloud-kassa/core';
import { isStreamName } from '@cloud-kassa/event-store';
import type { LegacyVat } from '@cloud-kassa/ffd';
import {
  CorrectionTypeCodec,
  exactRecordCodec,
  guardedCodec,
  LegacyVatGroundCodec,
  literalCodec,
  LocalDateCodec,
  LocalDateTimeCodec,
} from '@cloud-kassa/ffd';
import * as t from 'io-ts';
import type { BuyerInput } from './receipt-input';

const LONGEST = 200;
const CONTROL = /\p{Cc}/u;

/** A name that a caller gives to a document, a settlement, a refund: 1 to 200 characters without control characters. */
export const NameCodec: t.Type<string, unknown> = guardedCodec<string, unknown>(
  'text of 1 to 200 characters',
  (input): input is string =>
    typeof input === 'string' && input !== '' && input.length <= LONGEST && !CONTROL.test(input),
);

/** A name that becomes a part of the name of a stream. */
export const StreamPartCodec: t.Type<string, unknown> = guardedCodec<string, unknown>(
  'Latin letters, digits, points, hyphens and underscores, at most 190',
  (input): input is string => typeof input === 'string' && isStreamName(`payment-${input}`),
);

const LONGEST_REASON = 1_000;

/** Why something is done, in the words of a person. */
export const ReasonCodec: t.Type<string, unknown> = guardedCodec<string, unknown>(
  'text of 1 to 1000 characters',
  (input): input is string =>
    typeof input === 'string' && input.trim() !== '' && input.length <= LONGEST_REASON,
);

const CountCodec: t.Type<number, unknown> = guardedCodec<number, unknown>(
  'whole number from 0',
  (input): input is number => Number.isSafeInteger(input) && Number(input) >= 0,
);

export const InstrumentCodec = literalCodec<PaymentInstrument>(
  ['sbp', 'card', 'bank-transfer', 'other'],
  'PaymentInstrument',
);

export const LinkKindCodec = literalCodec<LinkKind>(['single-use', 'reusable'], 'LinkKind');

export const SuspensionReasonCodec = literalCodec<SuspensionReason>(
  ['by-operator', 'maintenance', 'credentials-refused', 'documents-vanished', 'fiscal-drive'],
  'SuspensionReason',
);

export const BuyerInputCodec: t.Type<BuyerInput, unknown> = exactRecordCodec(
  'Buyer',
  {},
  { phone: t.string, email: t.string, name: t.string, inn: t.string },
);

export const LegacyVatCodec: t.Type<LegacyVat, unknown> = exactRecordCodec('LegacyVat', {
  ground: LegacyVatGroundCodec,
  earlier: LocalDateCodec,
});

export const GroundCodec: t.Type<CorrectionGround, unknown> = exactRecordCodec(
  'CorrectionGround',
  { type: CorrectionTypeCodec },
  { orderNumber: t.string },
);

/** A line of a sale by its place, and how much of it goes back. */
export const ReturnedLineCodec = exactRecordCodec('ReturnedLine', { line: CountCodec, quantity: t.string });

const DRIVE = /^\d{16}$/;
const LARGEST_NUMBER = 0xff_ff_ff_ff;

const DriveCodec = guardedCodec<string, unknown>(
  'number of a drive, 16 digits',
  (input): input is string => typeof input === 'string' && DRIVE.test(input),
);

const DocumentNumberCodec = guardedCodec<number, unknown>(
  'whole number of four bytes',
  (input): input is number =>
    Number.isSafeInteger(input) && Number(input) >= 0 && Number(input) <= LARGEST_NUMBER,
);

const LinkCodec: t.Type<ParentLink, unknown> = t.union(
  [
    exactRecordCodec('a receipt kept here', {
      kind: literalCodec(['receipt'] as const, 'receipt'),
      receiptId: StreamPartCodec,
    }),
    exactRecordCodec('a document made elsewhere', {
      kind: literalCodec(['external'] as const, 'external'),
      fn: DriveCodec,
      fd: DocumentNumberCodec,
      fp: DocumentNumberCodec,
      checked: t.literal(false),
    }),
  ],
  'ParentLink',
);

export const ParentInputCodec: t.Type<Parent, unknown> = exactRecordCodec(
  'Parent',
  { relation: literalCodec(['refunds', 'offsets', 'corrects'] as const, 'ParentRelation'), link: LinkCodec },
  { reservation: t.string },
);

export const EvidenceCodec: t.Type<NoDocumentEvidence, unknown> = exactRecordCodec('NoDocumentEvidence', {
  providerRemembersFailure: t.boolean,
  ofdShowsNothing: t.boolean,
  unsentQueueEmpty: t.boolean,
  note: t.string,
});

/** A document that a person found: at least its drive, and what else it shows. */
export const FoundDocumentCodec: t.Type<FiscalDocument, unknown> = exactRecordCodec(
  'FiscalDocument',
  { fn: DriveCodec },
  {
    fd: DocumentNumberCodec,
    fp: DocumentNumberCodec,
    shiftNumber: CountCodec,
    numberInShift: CountCodec,
    registrationNumber: t.string,
    kktSerial: t.string,
    madeAt: LocalDateTimeCodec,
    fnsSite: t.string,
    ofdReceiptUrl: t.string,
  },
);
