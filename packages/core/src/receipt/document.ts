import * as t from 'io-ts';
import type { Kopecks, LocalDateTime, Quantity, SettlementSign } from '@cloud-kassa/ffd';
import {
  KopecksCodec,
  LocalDateTimeCodec,
  QuantityCodec,
  SettlementSignCodec,
  recordCodec,
} from '@cloud-kassa/ffd';
import type { ReceiptContent } from './content';

/**
 * A fiscal document (фискальный документ) as a provider or a person named it. `fd` (tag 1040) may be missing: some providers give only
 * the number within the shift (tag 1042); then no QR text can be made and `fn`, shift and number together name the document.
 */
export interface FiscalDocument {
  /** Tag 1041. */
  readonly fn: string;
  /** Tag 1040. */
  readonly fd?: number;
  /** The last four bytes of tag 1077 as an unsigned number. */
  readonly fp?: number;
  /** Tag 1038. */
  readonly shiftNumber?: number;
  /** Tag 1042. */
  readonly numberInShift?: number;
  /** Tag 1037. */
  readonly registrationNumber?: string;
  /** Tag 1013. */
  readonly kktSerial?: string;
  /** Tag 1012. */
  readonly madeAt?: LocalDateTime;
  /** Tag 1060. */
  readonly fnsSite?: string;
  readonly ofdReceiptUrl?: string;
}

export const FiscalDocumentCodec: t.Type<FiscalDocument, unknown> = recordCodec(
  'FiscalDocument',
  { fn: t.string },
  {
    fd: t.number,
    fp: t.number,
    shiftNumber: t.number,
    numberInShift: t.number,
    registrationNumber: t.string,
    kktSerial: t.string,
    madeAt: LocalDateTimeCodec,
    fnsSite: t.string,
    ofdReceiptUrl: t.string,
  },
);

/** What a provider tells about the content of the document it made; absent fields were not told. */
export interface FoundContent {
  readonly settlementSign?: SettlementSign;
  readonly total?: Kopecks;
  readonly items?: ReadonlyArray<{ readonly quantity: Quantity; readonly sum: Kopecks }>;
}

export const FoundContentCodec: t.Type<FoundContent, unknown> = recordCodec(
  'FoundContent',
  {},
  {
    settlementSign: SettlementSignCodec,
    total: KopecksCodec,
    items: t.readonlyArray(recordCodec('FoundItem', { quantity: QuantityCodec, sum: KopecksCodec }, {})),
  },
);

/**
 * Whether two descriptions speak of one document: the drive and the document's number. Where one of them lacks the number, the fiscal
 * sign, which the drive makes over the whole document; where one lacks that too, the shift and the number in it.
 */
export const isSameDocument = (a: FiscalDocument, b: FiscalDocument): boolean => {
  if (a.fn !== b.fn) return false;
  const isSigned = a.fp !== undefined && b.fp !== undefined;
  if (isSigned && a.fp !== b.fp) return false;
  if (a.fd !== undefined && b.fd !== undefined) return a.fd === b.fd;
  return isSigned || (a.shiftNumber === b.shiftNumber && a.numberInShift === b.numberInShift);
};

/**
 * The fields in which a found document differs from the receipt, of those that were told. Names of items are not compared: the drive's
 * code page drops characters it lacks.
 */
export const contentDifferences = (content: ReceiptContent, found: FoundContent): ReadonlyArray<string> => {
  const differences: string[] = [];
  if (found.settlementSign !== undefined && found.settlementSign !== content.settlementSign)
    differences.push('settlementSign');
  if (found.total !== undefined && found.total !== content.total) differences.push('total');
  if (found.items !== undefined) {
    if (found.items.length !== content.items.length) differences.push('items.length');
    else {
      found.items.forEach((item, index) => {
        const own = content.items[index];
        if (own?.sum !== item.sum) differences.push(`items.${index}.sum`);
        if (own?.quantity !== item.quantity) differences.push(`items.${index}.quantity`);
      });
    }
  }
  return differences;
};

/** Whether enough was told for the content to count as checked: at least the total and the settlement sign. */
export const isContentTold = (found: FoundContent | undefined): found is FoundContent =>
  found !== undefined && found.total !== undefined && found.settlementSign !== undefined;
