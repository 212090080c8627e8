import { receiptStream } from '@cloud-kassa/core';
import { paymentStream } from '@cloud-kassa/core';
import type { Books } from '../books';
import { namedDocument } from '../streams/follow-document';
import type { PaymentTrail, SettlementTrail } from '../streams/payment-trail';
import type { ReceiptTrail } from '../streams/receipt-trail';
import { mayFollow } from './document-index';

/** Whether what is still open is a finding. */
export interface EndOptions {
  readonly requireClosed: boolean;
}

const CLOSED = new Set<string>(['Fiscalized', 'Cancelled', 'Disputed']);

export const isOpen = ({ phase }: ReceiptTrail): boolean => !CLOSED.has(phase);

const judgeReceiptEnd = (books: Books, trail: ReceiptTrail, { requireClosed }: EndOptions): void => {
  const { findings } = books;
  const place = { stream: receiptStream(trail.receiptId) };
  const { receiptId, disputed, compensatedBy, attempt, phase } = trail;
  if (attempt?.last.type === 'receipt.Refused')
    findings.add('transition-forbidden', place, { why: 'what was refused was not held' });
  if (disputed?.over === 'content' && compensatedBy === undefined) {
    const { position, revision, document } = disputed;
    findings.add('disputed', { ...place, position, revision }, { receiptId, ...namedDocument(document) });
  }
  if (requireClosed && isOpen(trail)) findings.add('receipt-open', place, { receiptId, phase });
};

const judgeSettlementEnd = (
  books: Books,
  { paymentId }: PaymentTrail,
  settlementId: string,
  { kind, amount, state, receiptId }: SettlementTrail,
  { requireClosed }: EndOptions,
): void => {
  const place = { stream: paymentStream(paymentId) };
  if (receiptId === undefined) {
    if (requireClosed) books.findings.add('settlement-open', place, { settlementId, state });
    return;
  }
  const receipt = books.receipts.get(receiptId);
  if (receipt === undefined) {
    books.findings.add('receipt-missing', place, { settlementId, receiptId });
  } else if (!receipt.unread && kind === 'payment' && receipt.cashless !== amount) {
    const detail = { settlementId, receiptId, amount, cashless: receipt.cashless };
    books.findings.add('linked-amount-differs', place, detail);
  }
};

/** Numbers of one drive go up; without its ledger nothing can be said of the numbers in between. */
const judgeDrives = ({ documents, findings }: Books): void => {
  for (const [fn, marks] of documents.drives()) {
    marks.forEach((mark, index) => {
      const before = marks[index - 1];
      // One number under two signs is told where the second is claimed.
      if (before === undefined || before.fd === mark.fd || mayFollow(before, mark)) return;
      const { receiptId, position, revision } = mark;
      const stream = receiptStream(receiptId);
      const detail = { receiptId, otherReceiptId: before.receiptId, fn, fd: mark.fd ?? 0 };
      findings.add('documents-out-of-order', { stream, position, revision }, detail);
    });
  }
};

/** What can be said only when everything was read: how receipts and settlements ended, and how the documents of a drive follow. */
export const judgeEnds = (books: Books, options: EndOptions): void => {
  for (const trail of books.receipts.values()) if (!trail.unread) judgeReceiptEnd(books, trail, options);
  for (const payment of books.payments.values()) {
    if (payment.unread) continue;
    for (const [settlementId, settlement] of payment.settlements)
      judgeSettlementEnd(books, payment, settlementId, settlement, options);
  }
  judgeDrives(books);
};
