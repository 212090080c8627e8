import {
  evolveCloudDevice,
  type CloudDevice,
  type CloudDeviceEvent,
  type RegisterCard,
  type SeenUnit,
} from '@cloud-kassa/core';
import type { StoredEvent } from '@cloud-kassa/event-store';
import { FISCAL_DRIVE_DOCUMENT_LIMIT } from '@cloud-kassa/ffd';
import { put, remove, UNCHANGED, type Change, type Rows } from '@cloud-kassa/projections';
import { DEVICES, DRIVES, REGISTERS } from './device-tables';
import { deviceOf, keptDevice } from './kept-device';

const PREFIX = 'clouddevice-';

const deviceChange = (device: CloudDevice): Change => {
  const { deviceId, title, registration, connection, status, suspension, seen } = device;
  return put(DEVICES, {
    deviceId,
    title,
    organisation: registration.organisation,
    provider: connection.provider,
    environment: connection.environment,
    status,
    suspensionReason: suspension?.reason,
    suspendedSince: suspension?.since,
    availability: seen?.availability,
    seenAt: seen?.at,
    state: keptDevice(device),
  });
};

const registerChange = ({ deviceId }: CloudDevice, card: RegisterCard): Change => {
  const { registerId, name, type, policy, legalGround, vatRule, zone, ownership } = card;
  return put(REGISTERS, {
    registerId,
    deviceId,
    organisation: ownership.organisation,
    name,
    type,
    policy,
    legalGround,
    vatRule,
    zone,
    outlet: ownership.outlet,
    department: ownership.department,
  });
};

const percentOf = (documents: number | undefined): number | undefined =>
  documents === undefined ? undefined : Math.floor((documents * 100) / FISCAL_DRIVE_DOCUMENT_LIMIT);

const driveChange = ({ deviceId }: CloudDevice, unit: SeenUnit, recordedAt: string): Change => {
  const { registrationNumber, serial, drive, unsent, shift, health } = unit;
  return put(DRIVES, {
    deviceId,
    registrationNumber,
    serial,
    fn: drive?.serial,
    keyExpiresOn: drive?.keyExpiresOn,
    documents: drive?.documents,
    fillPercent: percentOf(drive?.documents),
    unsentDocuments: unsent?.documents,
    unsentSince: unsent?.since,
    kktShift: shift?.number,
    isKktShiftOpen: shift?.open,
    kktShiftOpenedAt: shift?.openedAt,
    keyHealth: health.key,
    documentsHealth: health.documents,
    unsentHealth: health.unsent,
    shiftHealth: health.shift,
    recordedAt,
  });
};

/** What differs between two states of a device, as changes of its cards and units. */
const differences = (
  before: CloudDevice | undefined,
  after: CloudDevice,
  at: string,
): ReadonlyArray<Change> => [
  ...[...after.registers.values()]
    .filter((card) => before?.registers.get(card.registerId) !== card)
    .map((card) => registerChange(after, card)),
  ...[...(before?.registers.keys() ?? [])]
    .filter((registerId) => !after.registers.has(registerId))
    .map((registerId) => remove(REGISTERS, { registerId, deviceId: after.deviceId })),
  ...[...after.units.values()]
    .filter((unit) => before?.units.get(unit.registrationNumber) !== unit)
    .map((unit) => driveChange(after, unit, at)),
  ...[...(before?.units.keys() ?? [])]
    .filter((registrationNumber) => !after.units.has(registrationNumber))
    .map((registrationNumber) => remove(DRIVES, { deviceId: after.deviceId, registrationNumber })),
];

/** Folds an event into its device, by the same `evolve` that commands are decided on. */
export const projectDevice = (
  event: CloudDeviceEvent,
  { stream }: StoredEvent,
  rows: Rows,
): ReadonlyArray<Change> => {
  const row = rows.get(DEVICES, { deviceId: stream.slice(PREFIX.length) });
  const before = row === undefined ? undefined : deviceOf(row.state);
  const after = evolveCloudDevice(before, event);
  return after === undefined
    ? UNCHANGED
    : [deviceChange(after), ...differences(before, after, event.data.at)];
};
