import * as E from 'fp-ts/Either';
import type { FiscalDocument, OperatorConfirmation } from '../document/fiscal-document';
import { closed, confirmed, keyDaysLeft } from '../drive/fiscal-drive';
import type { FiscalDrive } from '../drive/fiscal-drive';
import { operatorSign } from '../drive/fiscal-sign';
import { unsentDocuments } from '../drive/ofd-queue';
import { deviceRefusal } from '../refusal';
import type { DeviceRefusal, Refusal } from '../refusal';
import type { Cashier } from '../request';
import { issueDocument, ready } from './issue-document';
import { clockOf } from './kkt';
import type { Issued, Kkt } from './kkt';

/** Отчет о текущем состоянии расчетов (form 21): counters and what waits for the OFD; may be made with or without an open shift. */
export const reportState = (kkt: Kkt, now: number): E.Either<Refusal, Issued> => {
  const basis = ready(kkt, now);
  if (E.isLeft(basis)) return basis;
  const { drive, at } = basis.right;
  const issued = issueDocument(basis.right, now, 21, {
    kind: 'current-state',
    shift: kkt.shift?.number ?? null,
    offline: drive.offline,
    unsent: unsentDocuments(drive.queue, drive.documents, drive.counters),
    driveCounters: drive.counters,
    keyDays: keyDaysLeft(drive, at),
  });
  return E.map(({ kkt: after, document }: Issued): Issued => ({
    kkt: {
      ...after,
      shift: kkt.shift === null ? null : { ...kkt.shift, documents: kkt.shift.documents + 1 },
    },
    document,
  }))(issued);
};

/** Отчет о закрытии фискального накопителя (form 6). Needs a closed shift; the drive then only delivers what waits. */
export const closeDrive = (kkt: Kkt, now: number, cashier?: Cashier): E.Either<Refusal, Issued> => {
  const basis = ready(kkt, now);
  if (E.isLeft(basis)) return basis;
  if (kkt.shift !== null) return E.left(deviceRefusal('shift-open'));
  const { drive, registration } = basis.right;
  const issued = issueDocument(basis.right, now, 6, {
    kind: 'drive-closing',
    shift: kkt.lastShift,
    cashier: cashier ?? registration.cashier,
    driveCounters: drive.counters,
  });
  return E.map(({ kkt: after, document }: Issued): Issued => ({
    kkt: { ...after, drive: after.drive === null ? null : closed(after.drive) },
    document,
  }))(issued);
};

/** A register after the OFD confirmed a document, and the confirmation. */
export interface Confirmed {
  readonly kkt: Kkt;
  readonly confirmation: OperatorConfirmation;
}

/**
 * The OFD confirms the first waiting document of the drive (form 7): `document` is that one, `next` the one behind it.
 * `Left` when another document is first or nothing waits.
 */
export const confirmByOfd = (
  kkt: Kkt,
  document: FiscalDocument,
  next: FiscalDocument | undefined,
  now: number,
): E.Either<DeviceRefusal, Confirmed> => {
  const { drive } = kkt;
  if (drive === null) return E.left(deviceRefusal('no-drive'));
  if (document.fn !== drive.serial || document.fd !== drive.queue.confirmed + 1) {
    return E.left(deviceRefusal('nothing-to-confirm'));
  }
  const receipt = document.content.kind === 'receipt' ? document.content.receipt : undefined;
  return E.map((after: FiscalDrive): Confirmed => ({
    kkt: { ...kkt, drive: after },
    confirmation: {
      fn: document.fn,
      fd: document.fd,
      at: clockOf(kkt, now),
      ffd: document.ffd,
      ofdInn: kkt.registration?.ofd?.inn ?? '',
      sign: operatorSign(drive, document.fd, document.fp),
    },
  }))(confirmed(drive, receipt, next?.at));
};

/**
 * The drive is taken out, closed or broken: what it had not delivered stays in it. A new one is put into use by a report of form 11.
 */
export const removeDrive = (kkt: Kkt): Kkt => ({ ...kkt, drive: null, shift: null });
