import { receiptStream } from '@cloud-kassa/core';
import type { Books } from '../books';
import { reservationName } from '../streams/judge-fence';
import type { NamedParent, ReceiptTrail, Reservation } from '../streams/receipt-trail';

const isUsed = (books: Books, parent: ReceiptTrail, { id }: Reservation): boolean => {
  const child = books.receipts.get(id);
  if (child === undefined) return false;
  return child.unread || (child.parents ?? []).some(({ receiptId }) => receiptId === parent.receiptId);
};

/** Reserved comes before registered: what was reserved a moment ago may still be on its way. */
const judgeReservations = (books: Books, parent: ReceiptTrail, graceMs: number): number => {
  let onTheirWay = 0;
  for (const reservation of parent.reservations?.values() ?? []) {
    if (isUsed(books, parent, reservation)) continue;
    const { id, kind, at, position, revision } = reservation;
    if (Date.parse(books.newestAt) - Date.parse(at) < graceMs) {
      onTheirWay += 1;
      continue;
    }
    const place = { stream: receiptStream(parent.receiptId), position, revision };
    books.findings.add('reservation-abandoned', place, { kind, reservation: id });
  }
  return onTheirWay;
};

const heldFor = (
  books: Books,
  child: ReceiptTrail,
  { receiptId, relation }: NamedParent,
): Reservation | undefined =>
  relation === 'corrects'
    ? undefined
    : books.receipts
        .get(receiptId)
        ?.reservations?.get(reservationName(relation === 'refunds' ? 'refund' : 'offset', child.receiptId));

const judgeChild = (books: Books, child: ReceiptTrail, parents: ReadonlyArray<NamedParent>): void => {
  const place = { stream: receiptStream(child.receiptId) };
  const { receiptId } = child;
  let reserved = 0;
  let isComplete = !child.namesOthers;
  for (const named of parents) {
    const parent = books.receipts.get(named.receiptId);
    if (parent === undefined)
      books.findings.add('parent-missing', place, { receiptId, parent: named.receiptId });
    if (parent === undefined || parent.unread || named.relation === 'corrects') {
      isComplete = false;
      continue;
    }
    const reservation = heldFor(books, child, named);
    if (reservation === undefined) {
      isComplete = false;
      if (child.phase !== 'Cancelled')
        books.findings.add('reservation-missing', place, { receiptId, parent: named.receiptId });
    } else if (named.relation === 'refunds') reserved += reservation.amount;
  }
  const isRefund = parents.every(({ relation }) => relation === 'refunds');
  if (isComplete && isRefund && child.total > reserved)
    books.findings.add('refund-above-reserved', place, { receiptId, total: child.total, reserved });
};

/**
 * Judges refunds and offsets across receipts: whoever names a receipt of this store finds it there, holds a part of it, and takes no more;
 * and what is held is held for somebody.
 *
 * @returns how many reservations are younger than `graceMs` and have no receipt yet, measured from the latest time any event bears.
 */
export const judgeFences = (books: Books, graceMs: number): number => {
  let onTheirWay = 0;
  for (const trail of books.receipts.values()) {
    if (trail.unread) continue;
    onTheirWay += judgeReservations(books, trail, graceMs);
    if (trail.parents !== undefined) judgeChild(books, trail, trail.parents);
  }
  return onTheirWay;
};
