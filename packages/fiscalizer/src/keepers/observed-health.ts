import type { CloudDevice, KktShift, KktUnit, RecordHealth, UnsentDocuments } from '@cloud-kassa/core';
import type { ZoneCode } from '@cloud-kassa/ffd';
import type { Availability, UnitState } from '@cloud-kassa/provider';
import { providerDate, providerInstant } from './provider-time';
import { registrationNumberOf } from './unit-name';

type Observed = Omit<RecordHealth['data'], 'now'>;

/** The credentials were refused, or there were none to ask with. */
const WITHOUT_CREDENTIALS: ReadonlySet<string> = new Set([
  'credentials',
  'forbidden',
  'unauthorised',
  'no-secret',
  'no-token',
]);
const UNAUTHORISED_STATUS: ReadonlySet<number> = new Set([401, 403]);

const classOf = (answer: Availability): Observed['availability'] => {
  switch (answer._tag) {
    case 'Available':
      return 'available';
    case 'NotAvailable':
      return WITHOUT_CREDENTIALS.has(answer.why) ? 'unauthorised' : 'unavailable';
    case 'Unreachable': {
      const { status, code } = answer.note ?? {};
      const refused =
        (status !== undefined && UNAUTHORISED_STATUS.has(status)) ||
        (code !== undefined && WITHOUT_CREDENTIALS.has(code));
      return refused ? 'unauthorised' : 'unreachable';
    }
  }
};

const isCount = (value: number | undefined): value is number =>
  value !== undefined && Number.isSafeInteger(value) && value >= 0;

const driveOf = (
  { fn, keyExpiresOn, documents }: UnitState,
  known: KktUnit | undefined,
  zone: ZoneCode,
): KktUnit['drive'] => {
  const serial = fn ?? known?.drive?.serial;
  if (serial === undefined) return undefined;
  const lastDay = keyExpiresOn === undefined ? undefined : providerDate(keyExpiresOn, zone);
  return {
    serial,
    ...(lastDay === undefined ? {} : { keyExpiresOn: lastDay }),
    ...(isCount(documents) ? { documents } : {}),
  };
};

const unsentOf = ({ unsent, firstUnsentAt }: UnitState, zone: ZoneCode): UnsentDocuments | undefined => {
  if (!isCount(unsent)) return undefined;
  const since = firstUnsentAt === undefined ? undefined : providerInstant(firstUnsentAt, zone);
  return { documents: unsent, ...(since === undefined || unsent === 0 ? {} : { since }) };
};

/**
 * A number without the time of the opening does not say whether the shift is still open. It is taken for open: then nothing is claimed
 * about its age, where "closed" would claim that it is good. Before the first shift the number is 0.
 */
const shiftOf = ({ shiftNumber, shiftOpenedAt }: UnitState, zone: ZoneCode): KktShift | undefined => {
  if (!isCount(shiftNumber)) return undefined;
  const openedAt = shiftOpenedAt === undefined ? undefined : providerInstant(shiftOpenedAt, zone);
  return { number: shiftNumber, open: shiftNumber > 0, ...(openedAt === undefined ? {} : { openedAt }) };
};

const unitOf = (unit: UnitState, device: CloudDevice, isOnly: boolean): KktUnit | undefined => {
  const registrationNumber = registrationNumberOf(device, unit, isOnly);
  if (registrationNumber === undefined) return undefined;
  const { zone } = device.registration;
  const drive = driveOf(unit, device.units.get(registrationNumber), zone);
  const unsent = unsentOf(unit, zone);
  const shift = shiftOf(unit, zone);
  return {
    registrationNumber,
    ...(unit.serial === undefined ? {} : { serial: unit.serial }),
    ...(drive === undefined ? {} : { drive }),
    ...(unsent === undefined ? {} : { unsent }),
    ...(shift === undefined ? {} : { shift }),
  };
};

/**
 * What a provider's answer tells of a device, in the terms of the device. Units that can not be named are left out; counts and times that
 * are none as well. That units which are not mentioned are gone is concluded only from a list whose units all have names.
 */
export const observedHealth = (answer: Availability, device: CloudDevice): Observed => {
  const told = answer._tag === 'Unreachable' ? [] : answer.units;
  const named = told.flatMap((unit) => unitOf(unit, device, told.length === 1) ?? []);
  const units = new Map(named.map((unit) => [unit.registrationNumber, unit]));
  return {
    availability: classOf(answer),
    units: [...units.values()],
    allUnits: told.length > 0 && named.length === told.length,
  };
};
