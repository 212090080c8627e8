import type { ReceiptEvent } from '@cloud-kassa/core';
import type { Payments } from '@cloud-kassa/ffd';
import type { Books, ReadEvent } from '../books';
import type { ReceiptTrail, Reservation } from './receipt-trail';

type Fence = Extract<
  ReceiptEvent,
  { readonly data: { readonly refundId: string } | { readonly offsetId: string } }
>;

/** The whole of five payment sums. */
export const totalOf = ({ cash, cashless, prepaid, credit, provision }: Payments): number =>
  cash + cashless + prepaid + credit + provision;

/** A refund and an offset may bear one id: that of the receipt they are for. */
export const reservationName = (kind: Reservation['kind'], id: string): string => `${kind} ${id}`;

const reserve = (
  books: Books,
  trail: ReceiptTrail,
  { stored }: ReadEvent<Fence>,
  id: string,
  held: Pick<Reservation, 'kind' | 'amount'>,
): void => {
  const isGiven = trail.sign === 1 || trail.sign === 3;
  if (trail.phase === 'Cancelled' || !isGiven)
    books.findings.add('transition-forbidden', stored, { why: 'nothing can be taken from it' });
  const name = reservationName(held.kind, id);
  if (trail.reservations?.has(name) === true)
    books.findings.add('transition-forbidden', stored, { why: 'reserved before' });
  const { revision, position, metadata } = stored;
  trail.reservations ??= new Map();
  trail.reservations.set(name, { ...held, id, revision, position, at: metadata.at });
};

const release = (
  books: Books,
  trail: ReceiptTrail,
  { stored }: ReadEvent<Fence>,
  id: string,
  kind: Reservation['kind'],
): void => {
  if (trail.reservations?.delete(reservationName(kind, id)) !== true)
    books.findings.add('transition-forbidden', stored, { why: 'nothing is reserved' });
};

/** Judges what other receipts take from this one or give back; whether it is too much is asked at the end, of the receipt's own lines. */
export const judgeFence = (books: Books, trail: ReceiptTrail, read: ReadEvent<Fence>): void => {
  const { event } = read;
  switch (event.type) {
    case 'receipt.RefundReserved':
      reserve(books, trail, read, event.data.refundId, { kind: 'refund', amount: totalOf(event.data.sums) });
      break;
    case 'receipt.RefundReleased':
      release(books, trail, read, event.data.refundId, 'refund');
      break;
    case 'receipt.OffsetReserved':
      reserve(books, trail, read, event.data.offsetId, { kind: 'offset', amount: event.data.amount });
      break;
    case 'receipt.OffsetReleased':
      release(books, trail, read, event.data.offsetId, 'offset');
      break;
  }
};
