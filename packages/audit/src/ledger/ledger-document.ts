import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Payments } from '@cloud-kassa/ffd';
import { PaymentsCodec, firstRefusal, recordCodec } from '@cloud-kassa/ffd';

/** A line of a receipt as the ledger tells it. Money in kopecks, the quantity as a decimal text. */
export interface LedgerItem {
  readonly quantity: string;
  readonly sum: number;
  readonly vatCode: number;
  readonly vatSum?: number;
}

/** What a receipt or a correction of the ledger says. */
export interface LedgerReceipt {
  /** Tag 1054. */
  readonly settlementSign: number;
  /** Tag 1055. */
  readonly taxation: number;
  /** Tag 1020. */
  readonly total: number;
  readonly payments: Payments;
  readonly vatTotals: ReadonlyArray<{ readonly code: number; readonly amount: number }>;
  readonly items: ReadonlyArray<LedgerItem>;
}

/** One fiscal document that exists, as a ledger of registers tells it. */
export interface LedgerDocument {
  /** 1, 2, 3 … within its group, in the order of making. */
  readonly sequence: number;
  /** Code of the form: 3, 4 receipts, 31, 41 corrections, others reports. */
  readonly form: number;
  /** Tag 1041. */
  readonly fn: string;
  /** Tag 1040. */
  readonly fd: number;
  /** Tag 1077 as a number. */
  readonly fp: number;
  /** The key it was asked for under; absent for reports and documents made by hand. */
  readonly key?: string;
  /** What the request put into tag 1192. */
  readonly traceTag?: string;
  /** Tag 1038. */
  readonly shift?: number;
  /** Tag 1042. */
  readonly numberInShift?: number;
  /** Absent in reports. */
  readonly receipt?: LedgerReceipt;
}

const ItemCodec: t.Type<LedgerItem, unknown> = recordCodec(
  'LedgerItem',
  { quantity: t.string, sum: t.number, vatCode: t.number },
  { vatSum: t.number },
);

const ReceiptCodec: t.Type<LedgerReceipt, unknown> = recordCodec('LedgerReceipt', {
  settlementSign: t.number,
  taxation: t.number,
  total: t.number,
  payments: PaymentsCodec,
  vatTotals: t.readonlyArray(recordCodec('LedgerVat', { code: t.number, amount: t.number })),
  items: t.readonlyArray(ItemCodec),
});

/** A line of the ledger; fields that are not compared are let through. */
export const LedgerDocumentCodec: t.Type<LedgerDocument, unknown> = recordCodec(
  'LedgerDocument',
  { sequence: t.number, form: t.number, fn: t.string, fd: t.number, fp: t.number },
  {
    key: t.string,
    traceTag: t.string,
    shift: t.number,
    numberInShift: t.number,
    receipt: ReceiptCodec,
  },
);

/** A line of NDJSON as a document, or the path of what is wrong in it; the values stay out of it. */
export const ledgerDocumentOf = (line: string): E.Either<string, LedgerDocument> => {
  const parsed = E.tryCatch(
    () => JSON.parse(line) as unknown,
    () => 'no JSON',
  );
  if (E.isLeft(parsed)) return parsed;
  return E.mapLeft((errors: t.Errors) => {
    const { path, expected } = firstRefusal(errors);
    return `${path}: ${expected}`;
  })(LedgerDocumentCodec.decode(parsed.right));
};
