import type { ShiftEvent, ShiftTotals, SignTotals } from '@cloud-kassa/core';
import { NO_TOTALS, shiftDueAfter } from '@cloud-kassa/core';
import type { Payments } from '@cloud-kassa/ffd';
import { PAYMENT_KINDS } from '@cloud-kassa/ffd';
import type { Books, ReadEvent } from '../books';
import { trailOf } from '../books';
import type { CountedDocument, RegisterTrail } from './register-trail';
import { newRegisterTrail } from './register-trail';

type Closed = Extract<ShiftEvent, { readonly type: 'shift.ShiftClosed' }>;
type Opened = Extract<ShiftEvent, { readonly type: 'shift.ShiftOpened' }>;

const SIGN_NAMES = ['sale', 'saleRefund', 'purchase', 'purchaseRefund'] as const;

/** Plain numbers: sums that are compared need no brand. */
interface Sums extends Record<keyof Payments, number> {
  receipts: number;
  total: number;
}

const sumsOf = ({ receipts, total, payments }: SignTotals): Sums => ({ receipts, total, ...payments });

const added = (documents: ReadonlyArray<CountedDocument>): Sums => {
  const sums = sumsOf(NO_TOTALS.sale);
  for (const { total, payments } of documents) {
    sums.receipts += 1;
    sums.total += total;
    for (const kind of PAYMENT_KINDS) sums[kind] += payments[kind];
  }
  return sums;
};

/** Paths of the totals in which what was stated differs from the documents. */
const totalsDifferences = (
  stated: ShiftTotals,
  documents: ReadonlyArray<CountedDocument>,
): ReadonlyArray<string> => {
  const corrections = documents.filter(({ isCorrection }) => isCorrection).length;
  return [
    ...SIGN_NAMES.flatMap((name, index) => {
      const own = added(documents.filter(({ sign }) => sign === index + 1));
      const told = sumsOf(stated[name]);
      return (['receipts', 'total', ...PAYMENT_KINDS] as const)
        .filter((field) => own[field] !== told[field])
        .map((field) => `${name}.${field}`);
    }),
    ...(corrections === stated.corrections ? [] : ['corrections']),
  ];
};

/** How many documents the totals say they are made of. */
const documentsIn = (totals: ShiftTotals): number =>
  SIGN_NAMES.reduce((sum, name) => sum + totals[name].receipts, 0);

/**
 * The totals of a closing against the documents that were recorded since the opening, up to the position the totals are stated for.
 *
 * Events that were copied from another store keep its positions, which say nothing here even where they look alike. A position of this
 * store is that of an event shortly before the closing. With any other the totals say themselves of how many documents they are; those
 * are the first ones, for a copy keeps the order. Where a receipt of the register could not be read the closing is counted, not judged.
 */
const judgeTotals = (books: Books, trail: RegisterTrail, { event, stored }: ReadEvent<Closed>): void => {
  const { upToPosition, totals, shiftId } = event.data;
  if (['', trail.registerId].some((id) => books.doubtfulRegisters.has(id))) {
    books.shiftsUnjudged += 1;
    return;
  }
  const isOwn =
    books.recentPositions.has(upToPosition) && books.comparePositions(upToPosition, stored.position) === -1;
  if (!isOwn) books.shiftsByCount += 1;
  const counted = isOwn
    ? trail.documents.filter(({ position }) => books.comparePositions(position, upToPosition) !== 1)
    : trail.documents.slice(0, documentsIn(totals));
  books.documentsPastCut += trail.documents.length - counted.length;
  const differences = totalsDifferences(totals, counted);
  if (differences.length > 0)
    books.findings.add('shift-totals', stored, { shiftId, fields: differences.join(', ') });
};

const open = (books: Books, trail: RegisterTrail, { event, stored }: ReadEvent<Opened>): void => {
  const { at, registerId, shiftId, number } = event.data;
  if (registerId !== trail.registerId) books.findings.add('identity', stored, { field: 'registerId' });
  if (trail.open !== undefined)
    books.findings.add('transition-forbidden', stored, { why: 'another shift is open' });
  if (number !== trail.lastNumber + 1)
    books.findings.add('transition-forbidden', stored, { why: 'number of the shift' });
  trail.open = { shiftId, openedAt: at };
  trail.lastNumber = number;
  trail.documents = [];
};

const close = (books: Books, trail: RegisterTrail, read: ReadEvent<Closed>): void => {
  const { event, stored } = read;
  const { at, shiftId, late } = event.data;
  books.shiftsClosed += 1;
  if (trail.open?.shiftId !== shiftId) {
    books.findings.add('transition-forbidden', stored, { why: 'this shift is not open' });
  } else {
    const isLate = at > shiftDueAfter(trail.open.openedAt);
    if (at < trail.open.openedAt || isLate !== late)
      books.findings.add('transition-forbidden', stored, { why: 'time of the closing' });
    judgeTotals(books, trail, read);
  }
  trail.open = undefined;
  trail.documents = [];
};

/** Judges one event of a register's shifts by what the events before it say, and the totals by the documents. */
export const judgeShift = (books: Books, registerId: string, read: ReadEvent<ShiftEvent>): void => {
  const trail = trailOf(books.registers, registerId, newRegisterTrail);
  if (trail.unread) return;
  const { event, stored, isNewest } = read;
  switch (event.type) {
    case 'shift.ShiftOpened':
      return open(books, trail, { event, stored, isNewest });
    case 'shift.ShiftClosed':
      return close(books, trail, { event, stored, isNewest });
    case 'shift.KktShiftObserved':
      if (trail.open?.shiftId !== event.data.shiftId)
        books.findings.add('transition-forbidden', stored, { why: 'this shift is not open' });
  }
};
