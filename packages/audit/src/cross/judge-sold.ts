import type { ReceiptContent } from '@cloud-kassa/core';
import { receiptStream } from '@cloud-kassa/core';
import type { EventStore } from '@cloud-kassa/event-store';
import type { ChainHead, KeyRingError, StoreError } from '@cloud-kassa/event-store';
import type { Payments, Quantity } from '@cloud-kassa/ffd';
import { quantityToMillionths } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { Books } from '../books';
import { totalOf } from '../streams/judge-fence';
import type { ReceiptRead } from './read-receipt';
import { contentIn, readReceipt } from './read-receipt';

interface Held {
  readonly items: ReadonlyArray<{ readonly line: number; readonly quantity: Quantity; readonly sum: number }>;
  readonly sums: Payments;
}

const sum = (amounts: ReadonlyArray<number>): number => amounts.reduce((whole, amount) => whole + amount, 0);

/** Lines of methods 1, 2 and 3 (tag 1214) are advances and prepayments. */
const isPrepaid = (content: ReceiptContent, line: number): boolean =>
  (content.items[line]?.paymentMethod ?? 4) <= 3;

const prepaidBack = (content: ReceiptContent, { items, sums }: Held): number => {
  const rounding = sum(items.map((item) => item.sum)) - totalOf(sums);
  return Math.max(
    0,
    sum(items.filter(({ line }) => isPrepaid(content, line)).map((item) => item.sum)) - rounding,
  );
};

/** The field in which more is held than the receipt gave. */
const excess = (
  content: ReceiptContent,
  refunds: ReadonlyArray<Held>,
  offsets: ReadonlyArray<number>,
): string | undefined => {
  const parts = refunds.flatMap(({ items }) => items);
  for (const [line, item] of content.items.entries()) {
    const taken = parts.filter((part) => part.line === line);
    const quantity = sum(taken.map((part) => quantityToMillionths(part.quantity)));
    if (quantity > quantityToMillionths(item.quantity)) return `items.${line}.quantity`;
    if (sum(taken.map((part) => part.sum)) > item.sum) return `items.${line}.sum`;
  }
  if (parts.some(({ line }) => content.items[line] === undefined)) return 'items';
  if (sum(refunds.map(({ sums }) => totalOf(sums))) > content.total) return 'total';
  const prepaid = sum(content.items.map((item, line) => (isPrepaid(content, line) ? item.sum : 0)));
  const left =
    Math.min(prepaid, content.total - content.payments.credit) -
    sum(offsets) -
    sum(refunds.map((refund) => prepaidBack(content, refund)));
  return offsets.length > 0 && left < 0 ? 'prepaid' : undefined;
};

const judgeOne = (books: Books, receiptId: string, events: ReadonlyArray<ReceiptRead>): void => {
  const refunds = new Map<string, Held>();
  const offsets = new Map<string, number>();
  let content: ReceiptContent | undefined;
  for (const { event, stored } of events) {
    content = contentIn(event) ?? content;
    if (event.type === 'receipt.RefundReserved') refunds.set(event.data.refundId, event.data);
    else if (event.type === 'receipt.RefundReleased') refunds.delete(event.data.refundId);
    else if (event.type === 'receipt.OffsetReserved') offsets.set(event.data.offsetId, event.data.amount);
    else if (event.type === 'receipt.OffsetReleased') offsets.delete(event.data.offsetId);
    else continue;
    const field =
      content === undefined ? undefined : excess(content, [...refunds.values()], [...offsets.values()]);
    if (field === undefined) continue;
    const { position, revision } = stored;
    books.findings.add(
      'reserved-above-sold',
      { stream: receiptStream(receiptId), position, revision },
      { receiptId, field },
    );
    return;
  }
};

/**
 * Of every receipt that others took from: at no moment was more held than it sold and took in. Their streams are read once more, for the
 * audit keeps no lines.
 */
export const judgeSold = async (
  books: Books,
  store: EventStore,
  heads: ReadonlyMap<string, ChainHead>,
  turn: () => Promise<void>,
): Promise<E.Either<StoreError | KeyRingError, undefined>> => {
  for (const { receiptId, unread, reservations } of books.receipts.values()) {
    if (unread || reservations === undefined) continue;
    const events = await readReceipt(store, receiptId, heads);
    if (E.isLeft(events)) return events;
    if (events.right !== undefined) judgeOne(books, receiptId, events.right);
    await turn();
  }
  return E.right(undefined);
};
