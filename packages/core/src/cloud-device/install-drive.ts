import * as E from 'fp-ts/Either';
import { isCount } from '../count';
import type { InstallFiscalDrive } from './commands';
import type { FiscalDriveInstalled } from './events';
import type { KktUnit } from './kkt-unit';
import { mergeUnit } from './kkt-unit';
import { registrationNumberFits } from './registration';
import type { CloudDeviceRefusal } from './rejections';
import { refusal } from './rejections';
import type { CloudDevice } from './state';
import { unitHealth } from './unit-health';

type Data = InstallFiscalDrive['data'];

const DRIVE_SERIAL = /^\d{16}$/;

const unitProblem = (
  device: CloudDevice,
  data: Data,
  known: KktUnit | undefined,
): CloudDeviceRefusal | undefined =>
  registrationNumberFits(
    data.registrationNumber,
    device.registration.organisation,
    data.serial ?? known?.serial,
  )
    ? undefined
    : refusal('registration-number', 'registrationNumber');

const driveProblem = (
  device: CloudDevice,
  { registrationNumber, drive }: Data,
): CloudDeviceRefusal | undefined => {
  if (!DRIVE_SERIAL.test(drive.serial)) return refusal('drive-serial', 'drive.serial');
  if (device.formerDrives.has(drive.serial)) return refusal('drive-used-up', 'drive.serial');
  const elsewhere = [...device.units.values()].some(
    (unit) => unit.registrationNumber !== registrationNumber && unit.drive?.serial === drive.serial,
  );
  return elsewhere ? refusal('drive-elsewhere', 'drive.serial') : undefined;
};

/** A drive may be taken out when it is emptied and its shift is closed. */
const replacementProblem = ({ unsentDocuments, shiftOpen }: Data): CloudDeviceRefusal | undefined => {
  if (!isCount(unsentDocuments)) return refusal('health-counts', 'unsentDocuments');
  if (unsentDocuments > 0)
    return refusal('unsent-documents', 'unsentDocuments', { documents: unsentDocuments });
  return shiftOpen ? refusal('kkt-shift-open', 'shiftOpen') : undefined;
};

/** Decides the installation of a fiscal drive (установка или замена ФН). */
export const installDrive = (
  device: CloudDevice,
  data: Data,
): E.Either<CloudDeviceRefusal, ReadonlyArray<FiscalDriveInstalled>> => {
  const { now, registrationNumber, serial, drive } = data;
  const known = device.units.get(registrationNumber);
  const isNew = known?.drive?.serial !== drive.serial;
  const sameSerial = serial === undefined || serial === known?.serial;
  if (!isNew && sameSerial && known.drive.keyExpiresOn === drive.keyExpiresOn) return E.right([]);
  const problem =
    unitProblem(device, data, known) ??
    driveProblem(device, data) ??
    (isNew ? replacementProblem(data) : undefined);
  if (problem !== undefined) return E.left(problem);
  const unit = mergeUnit(known, {
    registrationNumber,
    ...(serial === undefined ? {} : { serial }),
    drive: { serial: drive.serial, keyExpiresOn: drive.keyExpiresOn },
  });
  const replaced = isNew ? known?.drive?.serial : undefined;
  return E.right([
    {
      type: 'clouddevice.FiscalDriveInstalled',
      data: {
        at: now,
        registrationNumber,
        ...(serial === undefined ? {} : { serial }),
        drive,
        ...(replaced === undefined ? {} : { replaced }),
        health: unitHealth(unit, now, device.registration.zone),
      },
    },
  ]);
};
