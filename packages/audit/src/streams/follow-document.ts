import type { AttemptEvent, FiscalDocument } from '@cloud-kassa/core';
import { isSameDocument } from '@cloud-kassa/core';
import type { Books, ReadEvent } from '../books';
import type { FindingDetail } from '../finding';
import type { ReceiptTrail } from './receipt-trail';

type Fiscalized = Extract<AttemptEvent, { readonly type: 'receipt.Fiscalized' }>;
type Disputed = Extract<AttemptEvent, { readonly type: 'receipt.Disputed' }>;

/** A document in a finding, with a prefix where two are named. */
export const namedDocument = ({ fn, fd, fp }: FiscalDocument, prefix = ''): FindingDetail => ({
  [`${prefix}fn`]: fn,
  ...(fd === undefined ? {} : { [`${prefix}fd`]: fd }),
  ...(fp === undefined ? {} : { [`${prefix}fp`]: fp }),
});

/** A document belongs to the shift that is open on the register when it is recorded. */
const countInShift = (books: Books, trail: ReceiptTrail, position: string): void => {
  const register = books.registers.get(trail.registerId);
  if (register?.open === undefined || trail.attempt === undefined) return;
  register.documents.push({
    position,
    sign: trail.sign,
    isCorrection: trail.isCorrection,
    total: trail.total,
    payments: trail.attempt.payments,
  });
};

const fiscalized = (books: Books, trail: ReceiptTrail, { event, stored }: ReadEvent<Fiscalized>): void => {
  const { document, contentChecked } = event.data;
  const { position, revision } = stored;
  const earlier = trail.document;
  if (earlier !== undefined && !isSameDocument(earlier, document))
    books.findings.add('doubled', stored, {
      receiptId: trail.receiptId,
      ...namedDocument(earlier),
      ...namedDocument(document, 'second.'),
    });
  if (earlier !== undefined) return;
  const { fn, fd, fp, shiftNumber, numberInShift, madeAt } = document;
  const mark = {
    fn,
    ...(fd === undefined ? {} : { fd }),
    ...(fp === undefined ? {} : { fp }),
    ...(shiftNumber === undefined ? {} : { shiftNumber }),
    ...(numberInShift === undefined ? {} : { numberInShift }),
    ...(madeAt === undefined ? {} : { madeAt }),
    receiptId: trail.receiptId,
    position,
    revision,
    beforeLedger: books.isBeforeLedger(position),
    seen: false,
  };
  const claimed = books.documents.claim(mark);
  if (claimed !== undefined)
    books.findings.add('document-reused', stored, {
      receiptId: trail.receiptId,
      otherReceiptId: claimed.receiptId,
      ...namedDocument(document),
    });
  trail.document = mark;
  trail.contentChecked = contentChecked;
  countInShift(books, trail, position);
};

const disputeOver = ({ phase, document }: ReceiptTrail): 'cancelled' | 'second' | 'content' => {
  if (phase === 'Cancelled') return 'cancelled';
  return document === undefined ? 'content' : 'second';
};

/** A dispute over a second document, or over one after a cancellation, is a double or a document too many at once. */
const disputed = (books: Books, trail: ReceiptTrail, { event, stored }: ReadEvent<Disputed>): void => {
  const { document } = event.data;
  const { position, revision } = stored;
  trail.disputed = { document, position, revision, over: disputeOver(trail) };
  if (trail.phase === 'Cancelled')
    books.findings.add('document-after-cancel', stored, {
      receiptId: trail.receiptId,
      ...namedDocument(document),
    });
  if (trail.document !== undefined && !isSameDocument(trail.document, document))
    books.findings.add('doubled', stored, {
      receiptId: trail.receiptId,
      ...namedDocument(trail.document),
      ...namedDocument(document, 'second.'),
    });
};

/** Keeps which documents a receipt claims. The phase is still the one before the event. */
export const followDocument = (books: Books, trail: ReceiptTrail, read: ReadEvent<AttemptEvent>): void => {
  const { event, stored, isNewest } = read;
  if (event.type === 'receipt.Fiscalized') fiscalized(books, trail, { event, stored, isNewest });
  if (event.type === 'receipt.Disputed') disputed(books, trail, { event, stored, isNewest });
  if (event.type === 'receipt.Compensated') trail.compensatedBy = event.data.compensatingReceiptId;
};
