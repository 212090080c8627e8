import * as E from 'fp-ts/Either';
import { isInn, isRegistrationNumber } from '@cloud-kassa/ffd';
import { isSite } from '../admission/internet';
import type { DriveUse } from '../drive/drive-model';
import type { FiscalDrive } from '../drive/fiscal-drive';
import { keyDaysLeft, registered } from '../drive/fiscal-drive';
import { deviceRefusal } from '../refusal';
import type { DeviceRefusal, Refusal } from '../refusal';
import { issueDocument } from './issue-document';
import { clockOf } from './kkt';
import type { Issued, Kkt } from './kkt';
import type { Registration } from './registration';
import { registrationReasons } from './registration-change';

const GENERAL_TAXATION = 1;
const ALL_TAXATION = 63;

/** What the life of the drive's key depends on. */
const useOf = ({ ffd, conditions, taxation, agents }: Registration): DriveUse => ({
  ffd,
  offline: conditions.offline,
  excise: conditions.excise,
  gambling: conditions.gambling,
  lottery: conditions.lottery,
  pawnshop: conditions.pawnshop,
  insurance: conditions.insurance,
  goods: !conditions.servicesOnly,
  generalTaxation: (taxation & GENERAL_TAXATION) !== 0,
  agents: (agents ?? 0) > 0,
});

/** The first field of a registration that contradicts the rest, the register or the drive; `undefined` when all is well. */
const problemIn = (registration: Registration, kkt: Kkt, drive: FiscalDrive): string | undefined => {
  const { organisation, registrationNumber, taxation, conditions, ofd, agents } = registration;
  if (!isInn(organisation.inn)) return 'organisation.inn';
  if (!isRegistrationNumber(registrationNumber, organisation.inn, kkt.settings.serial))
    return 'registrationNumber';
  if (!Number.isInteger(taxation) || taxation < 1 || taxation > ALL_TAXATION) return 'taxation';
  if (conditions.offline !== (ofd === undefined)) return 'ofd';
  if (ofd !== undefined && !isInn(ofd.inn)) return 'ofd.inn';
  if (conditions.automatic && registration.machineNumber === undefined) return 'machineNumber';
  if (conditions.internetOnly && !isSite(registration.place)) return 'place';
  if (agents !== undefined && (registration.ffd === '1.2' || agents < 1 || agents > 127)) return 'agents';
  if (registration.cashier.inn !== undefined && !isInn(registration.cashier.inn)) return 'cashier.inn';
  if (registration.ffd === '1.2' && conditions.markedGoods && !drive.model.marking)
    return 'conditions.markedGoods';
  const { owner } = drive;
  if (owner !== null && owner.inn !== organisation.inn) return 'organisation.inn';
  return owner !== null && owner.registrationNumber !== registrationNumber ? 'registrationNumber' : undefined;
};

const report = (
  kkt: Kkt,
  drive: FiscalDrive,
  registration: Registration,
  now: number,
): E.Either<Refusal, Issued> => {
  const problem = problemIn(registration, kkt, drive);
  if (problem !== undefined) return E.left(deviceRefusal('registration-invalid', problem));
  if (now < kkt.busyUntil) return E.left({ ...deviceRefusal('busy'), until: kkt.busyUntil });
  const at = clockOf(kkt, now);
  const ready = registered(
    drive,
    { registrationNumber: registration.registrationNumber, inn: registration.organisation.inn },
    useOf(registration),
    at,
  );
  const fresh = drive.documents === 0;
  const before = kkt.registration;
  const issued = issueDocument({ kkt, drive: ready, registration, at }, now, before === null ? 1 : 11, {
    kind: 'registration',
    registration,
    kkt: { serial: kkt.settings.serial, version: kkt.settings.version },
    reasons: before === null ? 0 : registrationReasons(before, registration, fresh),
    keyDays: keyDaysLeft(ready, at),
    driveCounters: ready.counters,
  });
  return E.map(({ kkt: after, document }: Issued): Issued => ({
    kkt: {
      ...after,
      registration,
      registrationFd: document.fd,
      lastShift: fresh ? 0 : after.lastShift,
      shift: null,
    },
    document,
  }))(issued);
};

const closedShift = (kkt: Kkt): DeviceRefusal | undefined =>
  kkt.shift === null ? undefined : deviceRefusal('shift-open');

/**
 * Отчет о регистрации (form 1), the first document of the register's first drive; or, on a register that was registered before, the
 * отчет об изменении параметров регистрации (form 11) that puts a new drive into use: numbers of documents and shifts start from 1.
 *
 * Needs a drive in phase 1, and a former drive closed with all documents sent (phase 15) or taken out. Refused as `registration-invalid` with the field when
 * the data contradict themselves: INN, registration number (CRC over INN and serial), taxation, OFD, conditions.
 * The first registration number and INN are written into the drive for ever.
 */
export const registerDrive = (
  kkt: Kkt,
  drive: FiscalDrive,
  registration: Registration,
  now: number,
): E.Either<Refusal, Issued> => {
  const inUse = kkt.drive !== null && kkt.drive.phase !== 15;
  if (drive.phase !== 1 || inUse) return E.left(deviceRefusal('wrong-phase'));
  return report(kkt, drive, registration, now);
};

/**
 * Отчет об изменении параметров регистрации (form 11) with the same drive: numbering goes on. The taxpayer and the registration number
 * cannot change. Needs a closed shift.
 */
export const changeRegistration = (
  kkt: Kkt,
  registration: Registration,
  now: number,
): E.Either<Refusal, Issued> => {
  if (kkt.drive === null) return E.left(deviceRefusal('no-drive'));
  if (kkt.drive.phase !== 3) return E.left(deviceRefusal('wrong-phase'));
  const open = closedShift(kkt);
  return open === undefined ? report(kkt, kkt.drive, registration, now) : E.left(open);
};
