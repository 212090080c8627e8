import * as E from 'fp-ts/Either';
import type { LocalSeconds } from '../arithmetic/calendar';
import { unsignedTlv } from '../document/document-tlv';
import type { DocumentContent, SignedForm } from '../document/fiscal-document';
import type { FiscalDrive } from '../drive/fiscal-drive';
import { signingRefusal, withDocument } from '../drive/fiscal-drive';
import { signDocument } from '../drive/fiscal-sign';
import { deviceRefusal } from '../refusal';
import type { DeviceRefusal, Refusal } from '../refusal';
import { clockOf } from './kkt';
import type { Issued, Kkt } from './kkt';
import type { Registration } from './registration';

/** A register that is able to make a document: what the document is made with. */
export interface ReadyKkt {
  readonly kkt: Kkt;
  readonly drive: FiscalDrive;
  readonly registration: Registration;
  readonly at: LocalSeconds;
}

/** The register has a registered drive in fiscal mode and is not busy; `Left` says which is missing. */
export const ready = (kkt: Kkt, now: number): E.Either<DeviceRefusal, ReadyKkt> => {
  const { drive, registration } = kkt;
  if (drive === null) return E.left(deviceRefusal('no-drive'));
  if (registration === null || drive.phase !== 3) return E.left(deviceRefusal('wrong-phase'));
  if (now < kkt.busyUntil) return E.left({ ...deviceRefusal('busy'), until: kkt.busyUntil });
  return E.right({ kkt, drive, registration, at: clockOf(kkt, now) });
};

/**
 * Makes one document: the drive agrees, the document is written as TLV, measured, signed and numbered (1040 = last + 1).
 * The answer is the register after it, busy for one pace, with everything else left to the caller.
 */
export const issueDocument = (
  { kkt, drive, registration, at }: ReadyKkt,
  now: number,
  form: SignedForm,
  content: DocumentContent,
): E.Either<Refusal, Issued> => {
  const refusal = signingRefusal(drive, form, at);
  if (refusal !== undefined) return E.left(refusal);
  const head = {
    form,
    ffd: registration.ffd,
    fn: drive.serial,
    fd: drive.documents + 1,
    at,
    zone: kkt.settings.zone,
    inn: registration.organisation.inn,
    registrationNumber: registration.registrationNumber,
    registrationFd: content.kind === 'registration' ? drive.documents + 1 : kkt.registrationFd,
  };
  const unsigned = unsignedTlv(head, content, registration);
  if (E.isLeft(unsigned)) return unsigned;
  const after = withDocument(drive, at, content.kind === 'receipt' ? content.receipt : undefined);
  if (E.isLeft(after)) return after;
  return E.right({
    kkt: { ...kkt, drive: after.right, busyUntil: now + kkt.settings.pace },
    document: { ...head, ...signDocument(drive, unsigned.right), content },
  });
};
