import { isSameDocument, receiptStream } from '@cloud-kassa/core';
import type { FiscalDocument } from '@cloud-kassa/core';
import type { Books } from '../books';
import type { DocumentMark } from '../cross/document-index';
import type { FindingDetail } from '../finding';
import type { NamedDocument, ReceiptTrail } from '../streams/receipt-trail';
import type { ComparableContent } from './comparable-content';
import { contentOfDocument } from './comparable-content';
import { agrees } from './content-digest';
import type { LedgerDocument } from './ledger-document';

/** A document that does not agree with what is kept of its receipt: the receipt has to be read again to say in what. */
export interface Doubtful {
  readonly trail: ReceiptTrail;
  readonly document: LedgerDocument;
  readonly found: ComparableContent;
  readonly group: string;
}

/** What is counted while a ledger is read. */
export interface LedgerCounts {
  documents: number;
  receipts: number;
  /** Documents of receipts whose outcome is not recorded yet, with a send that is unaccounted for. */
  unrecorded: number;
  /** Documents whose content was compared with the receipt. */
  contentChecked: number;
}

export interface LedgerJudge {
  /** Judges one document; answers it where its content has to be looked at more closely. */
  readonly judge: (group: string, document: LedgerDocument) => Doubtful | undefined;
  /** To be called when all groups were read. */
  readonly finish: () => void;
  readonly counts: LedgerCounts;
}

const namedBy = ({ fn, fd, fp }: LedgerDocument): NamedDocument => ({ fn, fd, fp });

const described = ({ fn, fd, fp, shift, numberInShift }: LedgerDocument): FiscalDocument => ({
  fn,
  fd,
  fp,
  ...(shift === undefined ? {} : { shiftNumber: shift }),
  ...(numberInShift === undefined ? {} : { numberInShift }),
});

const bothOf = (first: NamedDocument, second: NamedDocument): FindingDetail => ({
  ...first,
  'second.fn': second.fn,
  'second.fd': second.fd,
  'second.fp': second.fp,
});

const streamOf = (group: string): string => `ledger/${group}`;

/** Documents of a drive are numbered without gaps; only the ledger can show it. */
const numbering = ({ findings }: Books) => {
  const last = new Map<string, number>();
  return (group: string, { fn, fd }: LedgerDocument): void => {
    const before = last.get(fn);
    if (before !== undefined && fd !== before + 1)
      findings.add('ledger-hole', { stream: streamOf(group) }, { fn, fd, before });
    last.set(fn, fd);
  };
};

/** Documents that no receipt claims: two under one key or tag are a double all the same. */
const strangers = ({ findings }: Books) => {
  const known = new Map<string, NamedDocument>();
  return (group: string, document: LedgerDocument): void => {
    for (const [name, value] of [
      ['key', document.key],
      ['traceTag', document.traceTag],
    ] as const) {
      if (value === undefined) continue;
      const first = known.get(`${name} ${value}`);
      if (first === undefined) {
        known.set(`${name} ${value}`, namedBy(document));
        continue;
      }
      const detail = { [name]: value, ...bothOf(first, namedBy(document)) };
      findings.add('doubled', { stream: streamOf(group) }, detail);
      return;
    }
  };
};

/** The dispute of the receipt names these two documents already. */
const isNamedBefore = (
  { document, disputed }: ReceiptTrail,
  ...pair: ReadonlyArray<NamedDocument>
): boolean =>
  document !== undefined &&
  disputed !== undefined &&
  pair.every((one) => isSameDocument(document, one) || isSameDocument(disputed.document, one)) &&
  !isSameDocument(document, disputed.document);

const countUnder = (books: Books, trail: ReceiptTrail, group: string, document: LedgerDocument): void => {
  const named = namedBy(document);
  const { inLedger, receiptId, compensatedBy } = trail;
  if (inLedger === undefined) {
    trail.inLedger = named;
    return;
  }
  if (isNamedBefore(trail, inLedger, named)) return;
  books.findings.add(
    'doubled',
    { stream: receiptStream(receiptId) },
    {
      receiptId,
      ...bothOf(inLedger, named),
      group,
      ...(compensatedBy === undefined ? {} : { compensatedBy }),
    },
  );
};

/** What the state of the receipt says to the document; `unrecorded` where the answer is merely still to come. */
const judgeState = (
  books: Books,
  trail: ReceiptTrail,
  group: string,
  document: LedgerDocument,
): 'unrecorded' | undefined => {
  const { phase, attempt, receiptId } = trail;
  const place = { stream: receiptStream(receiptId) };
  const detail = { receiptId, ...namedBy(document), group };
  if (phase === 'Cancelled') books.findings.add('document-after-cancel', place, detail);
  if (attempt === undefined) return undefined;
  if (attempt.open > 0 && attempt.key === document.key) return 'unrecorded';
  books.findings.add('document-unaccounted', place, { ...detail, phase });
  return undefined;
};

/** Recorded documents that the ledger does not have. What was recorded behind the first head may be newer than the ledger that was read. */
const judgeRecorded = (books: Books, mark: DocumentMark): void => {
  if (mark.seen || !mark.beforeLedger) return;
  const { receiptId, position, revision, fn, fd, fp } = mark;
  const trail = books.receipts.get(receiptId);
  const place = { stream: receiptStream(receiptId), position, revision };
  const recorded = {
    receiptId,
    fn,
    ...(fd === undefined ? {} : { fd }),
    ...(fp === undefined ? {} : { fp }),
  };
  if (trail?.inLedger === undefined) {
    books.findings.add('document-missing', place, recorded);
    return;
  }
  const { inLedger } = trail;
  const other = { 'ledger.fn': inLedger.fn, 'ledger.fd': inLedger.fd, 'ledger.fp': inLedger.fp };
  books.findings.add('document-differs', place, { ...recorded, ...other });
};

/** Judges the documents of a ledger against the books, which have been read to their end. */
export const ledgerJudge = (books: Books): LedgerJudge => {
  const counts: LedgerCounts = { documents: 0, receipts: 0, unrecorded: 0, contentChecked: 0 };
  const judgeNumber = numbering(books);
  const judgeStranger = strangers(books);

  const findTrail = (document: LedgerDocument, mark: DocumentMark | undefined) => ({
    byKey: document.key === undefined ? undefined : books.byKey.get(document.key),
    byMark: mark === undefined ? undefined : books.receipts.get(mark.receiptId),
    byTag: document.traceTag === undefined ? undefined : books.byTag.get(document.traceTag),
  });

  const judge: LedgerJudge['judge'] = (group, document) => {
    counts.documents += 1;
    judgeNumber(group, document);
    const { receipt, key, form } = document;
    if (receipt === undefined) return undefined;
    counts.receipts += 1;
    const mark = books.documents.find(described(document));
    const { byKey, byMark, byTag } = findTrail(document, mark);
    const trail = byKey ?? byMark ?? byTag;
    const detail = {
      ...namedBy(document),
      ...(trail === undefined ? {} : { receiptId: trail.receiptId }),
      ...(key === undefined ? {} : { key }),
    };
    if (byKey === undefined && (key !== undefined || mark === undefined))
      books.findings.add('document-without-intent', { stream: streamOf(group) }, detail);
    if (trail === undefined) {
      judgeStranger(group, document);
      return undefined;
    }
    if (mark !== undefined) mark.seen = true;
    if (mark !== undefined && mark.receiptId !== trail.receiptId)
      books.findings.add(
        'document-of-other-receipt',
        { stream: receiptStream(mark.receiptId), position: mark.position, revision: mark.revision },
        { receiptId: mark.receiptId, madeFor: trail.receiptId, ...namedBy(document) },
      );
    countUnder(books, trail, group, document);
    if (trail.unread) return undefined;
    if (byKey !== undefined && judgeState(books, trail, group, document) === 'unrecorded')
      counts.unrecorded += 1;
    const found = contentOfDocument(form, receipt);
    if (trail.digest === undefined || !agrees(trail.digest, found)) return { trail, document, found, group };
    counts.contentChecked += 1;
    trail.contentChecked = true;
    return undefined;
  };

  return {
    judge,
    finish: () => {
      for (const mark of books.documents.marks()) judgeRecorded(books, mark);
    },
    counts,
  };
};
