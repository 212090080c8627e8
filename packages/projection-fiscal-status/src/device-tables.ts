import type {
  Availability,
  CloudDevice,
  Environment,
  LegalGround,
  RegisterPolicy,
  RegisterType,
  SuspensionReason,
  UnitHealth,
} from '@cloud-kassa/core';
import type { VatRule, ZoneCode } from '@cloud-kassa/ffd';
import { flag, integer, json, optional, table, text, type RowOf } from '@cloud-kassa/projections';
import type { KeptDevice } from './kept-device';

/** Cloud devices (облачные ККТ): one group of a provider each. Instants are UTC, ISO 8601. */
export const DEVICES = table({
  name: 'devices',
  columns: {
    deviceId: text(),
    title: text(),
    organisation: text(),
    /** The name of the provider's adapter. */
    provider: text(),
    environment: text<Environment>(),
    status: text<CloudDevice['status']>(),
    suspensionReason: optional(text<SuspensionReason>()),
    suspendedSince: optional(text()),
    /** What the provider last said of its state; absent until it was asked. */
    availability: optional(text<Availability>()),
    /** When that was recorded: it is recorded when it changes. */
    seenAt: optional(text()),
    state: json<KeptDevice>(),
  },
  key: ['deviceId'],
  indexes: [['organisation']],
});

/**
 * Register cards (кассы ККМ), each under the device it is attached to. Only a race of two commands can have attached one twice; then it
 * is shown twice.
 */
export const REGISTERS = table({
  name: 'registers',
  columns: {
    registerId: text(),
    deviceId: text(),
    organisation: text(),
    name: text(),
    type: text<RegisterType>(),
    policy: text<RegisterPolicy>(),
    legalGround: text<LegalGround>(),
    vatRule: text<VatRule>(),
    zone: integer<ZoneCode>(),
    outlet: optional(text()),
    department: optional(text()),
  },
  key: ['registerId', 'deviceId'],
  indexes: [['deviceId'], ['organisation']],
});

/** The units of the devices, each with its fiscal drive (фискальный накопитель), as last recorded. */
export const DRIVES = table({
  name: 'drives',
  columns: {
    deviceId: text(),
    /** РНМ, tag 1037. */
    registrationNumber: text(),
    /** Of the unit, tag 1013. */
    serial: optional(text()),
    /** Tag 1041. */
    fn: optional(text()),
    keyExpiresOn: optional(text()),
    /** Documents in the drive. */
    documents: optional(integer()),
    /** Of the documents a drive takes, whole percent. */
    fillPercent: optional(integer()),
    unsentDocuments: optional(integer()),
    unsentSince: optional(text()),
    /** The unit's own shift, tag 1038. */
    kktShift: optional(integer()),
    isKktShiftOpen: optional(flag()),
    kktShiftOpenedAt: optional(text()),
    keyHealth: text<UnitHealth['key']>(),
    documentsHealth: text<UnitHealth['documents']>(),
    unsentHealth: text<UnitHealth['unsent']>(),
    shiftHealth: text<UnitHealth['shift']>(),
    recordedAt: text(),
  },
  key: ['deviceId', 'registrationNumber'],
  indexes: [['fn']],
});

export type DeviceRow = RowOf<typeof DEVICES.columns>;
export type RegisterRow = RowOf<typeof REGISTERS.columns>;
export type DriveRow = RowOf<typeof DRIVES.columns>;
