import type { ReceiptContent } from '@cloud-kassa/core';
import { receiptStream } from '@cloud-kassa/core';
import type { ChainHead, EventStore, KeyRingError, StoreError } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Books } from '../books';
import type { ReceiptRead } from '../cross/read-receipt';
import { contentIn, readReceipt } from '../cross/read-receipt';
import { contentOfReceipt, documentDifferences } from './comparable-content';
import type { Doubtful, LedgerCounts } from './judge-ledger';

/** What was to be sent when the key was last used; for a document without a key, what the receipt is. */
const contentUnder = (
  events: ReadonlyArray<ReceiptRead>,
  key: string | undefined,
): ReceiptContent | undefined => {
  let current: ReceiptContent | undefined;
  let sent: ReceiptContent | undefined;
  for (const { event } of events) {
    current = contentIn(event) ?? current;
    if (event.type === 'receipt.SendIntended' && event.data.key === key) sent = current;
  }
  return sent ?? current;
};

/** Reads the receipt of a doubtful document again and names the fields in which they differ. */
export const compareContent = async (
  books: Books,
  store: EventStore,
  heads: ReadonlyMap<string, ChainHead>,
  counts: LedgerCounts,
  { trail, document, found, group }: Doubtful,
): Promise<E.Either<StoreError | KeyRingError, undefined>> => {
  const { receiptId } = trail;
  const events = await readReceipt(store, receiptId, heads);
  if (E.isLeft(events)) return events;
  const content = events.right === undefined ? undefined : contentUnder(events.right, document.key);
  if (content === undefined) return E.right(undefined);
  counts.contentChecked += 1;
  trail.contentChecked = true;
  const fields = documentDifferences(contentOfReceipt(content), found);
  if (fields.length === 0) return E.right(undefined);
  const { fn, fd, fp } = document;
  const detail = { receiptId, fn, fd, fp, group, fields: fields.join(', ') };
  books.findings.add('content-differs', { stream: receiptStream(receiptId) }, detail);
  return E.right(undefined);
};
