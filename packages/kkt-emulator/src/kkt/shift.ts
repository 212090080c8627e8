import * as E from 'fp-ts/Either';
import type { LocalSeconds } from '../arithmetic/calendar';
import { SECONDS_OF_DAY } from '../arithmetic/calendar';
import { driveFlags, keyDaysLeft } from '../drive/fiscal-drive';
import { unsentDocuments } from '../drive/ofd-queue';
import { deviceRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { Cashier } from '../request';
import { issueDocument, ready } from './issue-document';
import { freshShift } from './kkt';
import type { Issued, Kkt, OpenShift } from './kkt';

/** True later than 24 hours after the opening report (54-FZ, article 4.3, clause 2): no receipt until the shift is closed. */
export const isShiftOver = (shift: OpenShift, at: LocalSeconds): boolean =>
  at - shift.openedAt > SECONDS_OF_DAY;

/** Отчет об открытии смены (form 2): shift number (1038) = last + 1. `cashier` absent = who registered. */
export const openShift = (kkt: Kkt, now: number, cashier?: Cashier): E.Either<Refusal, Issued> => {
  const basis = ready(kkt, now);
  if (E.isLeft(basis)) return basis;
  if (kkt.shift !== null) return E.left(deviceRefusal('shift-open'));
  const { drive, registration, at } = basis.right;
  const shift = kkt.lastShift + 1;
  const issued = issueDocument(basis.right, now, 2, {
    kind: 'shift-opening',
    shift,
    kktVersion: kkt.settings.version,
    cashier: cashier ?? registration.cashier,
    flags: driveFlags(drive, at),
  });
  return E.map(({ kkt: after, document }: Issued): Issued => ({
    kkt: { ...after, lastShift: shift, shift: freshShift(shift, at) },
    document,
  }))(issued);
};

/** Отчет о закрытии смены (form 5) with counters of the shift and the drive; a shift over 24 hours old may still be closed. */
export const closeShift = (kkt: Kkt, now: number, cashier?: Cashier): E.Either<Refusal, Issued> => {
  const basis = ready(kkt, now);
  if (E.isLeft(basis)) return basis;
  const { shift } = kkt;
  if (shift === null) return E.left(deviceRefusal('shift-closed'));
  const { drive, registration, at } = basis.right;
  const quantities = kkt.settings.shiftQuantities;
  const issued = issueDocument(basis.right, now, 5, {
    kind: 'shift-closing',
    shift: shift.number,
    cashier: cashier ?? registration.cashier,
    flags: driveFlags(drive, at),
    documents: shift.documents + (quantities.reports ? 2 : 0),
    receipts: shift.receipts - (quantities.corrections ? 0 : shift.corrections),
    unsent: unsentDocuments(drive.queue, drive.documents, drive.counters),
    shiftCounters: shift.counters,
    driveCounters: drive.counters,
    keyDays: keyDaysLeft(drive, at),
  });
  return E.map(({ kkt: after, document }: Issued): Issued => ({ kkt: { ...after, shift: null }, document }))(
    issued,
  );
};
