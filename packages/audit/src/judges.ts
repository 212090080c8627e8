import { CLOUD_DEVICE_EVENTS, PAYMENT_EVENTS, RECEIPT_EVENTS, SHIFT_EVENTS } from '@cloud-kassa/core';
import type { KeyRing, KeyRingError, StoredEvent } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { AggregateName } from './aggregate';
import { ownerOf } from './aggregate';
import type { Books } from './books';
import { trailOf } from './books';
import type { FamilyJudge } from './family-judge';
import { familyJudge } from './family-judge';
import { newDeviceTrail } from './streams/device-trail';
import { judgeDevice } from './streams/judge-device';
import { judgePayment } from './streams/judge-payment';
import { judgeReceipt } from './streams/judge-receipt';
import { judgeShift } from './streams/judge-shift';
import { newPaymentTrail } from './streams/payment-trail';
import { newReceiptTrail } from './streams/receipt-trail';
import { newRegisterTrail } from './streams/register-trail';

type Judges = Readonly<Record<AggregateName, FamilyJudge>>;

/** Judges the events of a page in their order, each by the aggregate of its stream. */
export type JudgePage = (events: ReadonlyArray<StoredEvent>) => Promise<E.Either<KeyRingError, undefined>>;

const giveUp =
  <Trail extends { unread: boolean }>(
    trails: (books: Books) => Map<string, Trail>,
    begin: (id: string) => Trail,
  ) =>
  (books: Books, id: string): void => {
    trailOf(trails(books), id, begin).unread = true;
  };

const giveUpReceipt = (books: Books, id: string): void => {
  const trail = trailOf(books.receipts, id, newReceiptTrail);
  trail.unread = true;
  books.doubtfulRegisters.add(trail.registerId);
};

/** The judges of all aggregates over one set of books. */
export const judges = (books: Books, keyRing: KeyRing): JudgePage => {
  const all: Judges = {
    receipt: familyJudge(books, RECEIPT_EVENTS, keyRing, judgeReceipt, giveUpReceipt),
    payment: familyJudge(
      books,
      PAYMENT_EVENTS,
      keyRing,
      judgePayment,
      giveUp(({ payments }) => payments, newPaymentTrail),
    ),
    clouddevice: familyJudge(
      books,
      CLOUD_DEVICE_EVENTS,
      keyRing,
      judgeDevice,
      giveUp(({ devices }) => devices, newDeviceTrail),
    ),
    shift: familyJudge(
      books,
      SHIFT_EVENTS,
      keyRing,
      judgeShift,
      giveUp(({ registers }) => registers, newRegisterTrail),
    ),
  };

  return async (events) => {
    const owners = events.map(({ stream }) => ownerOf(stream)?.aggregate);
    const turns = new Map<AggregateName, () => void>();
    for (const aggregate of new Set(owners)) {
      if (aggregate === undefined) continue;
      const read = await all[aggregate].read(events.filter((_event, index) => owners[index] === aggregate));
      if (E.isLeft(read)) return read;
      turns.set(aggregate, read.right);
    }
    for (const owner of owners) if (owner !== undefined) turns.get(owner)?.();
    return E.right(undefined);
  };
};
