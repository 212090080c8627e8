import * as t from 'io-ts';
import type { FiscalDriveModel, Inn, Instant, LocalDate } from '@cloud-kassa/ffd';
import {
  FiscalDriveModelCodec,
  InnCodec,
  InstantCodec,
  literalCodec,
  LocalDateCodec,
  recordCodec,
} from '@cloud-kassa/ffd';
import { defineEvent } from '../define-event';
import type { EventFamily } from '../event-family';
import { RegisterPolicyCodec } from '../policy/register-policy';
import type { RegisterPolicy } from '../receipt/facts';
import type { Availability } from './availability';
import { AvailabilityCodec } from './availability';
import type { Connection } from './connection';
import { ConnectionCodec } from './connection';
import type { CardPolicy, RegisterCard } from './register-card';
import { cardPolicyFields, RegisterCardCodec } from './register-card';
import type { Registration } from './registration';
import { RegistrationCodec } from './registration';
import type { SeenUnit } from './seen-unit';
import { SeenUnitCodec, UnitHealthCodec } from './seen-unit';
import type { UnitHealth } from './unit-health';

interface Event<Type extends string, Data = object> {
  readonly type: `clouddevice.${Type}`;
  readonly data: Data & { readonly at: Instant };
}

/** Why a device is out of rotation for a while. */
export type SuspensionReason =
  | 'by-operator'
  | 'maintenance'
  | 'credentials-refused'
  | 'documents-vanished'
  | 'fiscal-drive';

/** A new drive of a unit as it was installed. */
export interface InstalledDrive {
  /** Tag 1041. */
  readonly serial: string;
  readonly keyExpiresOn: LocalDate;
  readonly model?: FiscalDriveModel;
}

/** A provider group was connected (подключена облачная ККТ, S15 to S18). `dedupDomain` is what its adapter computed from the connection. */
export type DeviceRegistered = Event<
  'DeviceRegistered',
  {
    readonly deviceId: string;
    readonly title: string;
    readonly dedupDomain: string;
    readonly connection: Connection;
    readonly registration: Registration;
  }
>;
export type ConnectionChanged = Event<'ConnectionChanged', { readonly connection: Connection }>;
/** Re-registration (перерегистрация): other taxation systems, format version or conditions of use. */
export type RegistrationChanged = Event<'RegistrationChanged', { readonly registration: Registration }>;
export type RegisterAttached = Event<'RegisterAttached', { readonly register: RegisterCard }>;
/** The person who attached the register was told what a cloud register can not do (S22). */
export type RestrictionNoticeGiven = Event<
  'RestrictionNoticeGiven',
  { readonly registerId: string; readonly policy: RegisterPolicy }
>;
export type RegisterPolicyChanged = Event<
  'RegisterPolicyChanged',
  CardPolicy & { readonly registerId: string }
>;
export type RegisterDetached = Event<'RegisterDetached', { readonly registerId: string }>;
/** A class or threshold of the device's health has changed. Holds all units as they are now known. */
export type HealthRecorded = Event<
  'HealthRecorded',
  {
    readonly availability: Availability;
    /** The taxpayer the provider answered for, where it tells. */
    readonly organisation?: Inn;
    readonly units: ReadonlyArray<SeenUnit>;
  }
>;
export type FiscalDriveInstalled = Event<
  'FiscalDriveInstalled',
  {
    readonly registrationNumber: string;
    readonly serial?: string;
    readonly drive: InstalledDrive;
    /** Serial number of the drive that was taken out, if one was known. */
    readonly replaced?: string;
    readonly health: UnitHealth;
  }
>;
export type DeviceSuspended = Event<'DeviceSuspended', { readonly reason: SuspensionReason }>;
export type DeviceResumed = Event<'DeviceResumed'>;
export type DeviceRetired = Event<'DeviceRetired'>;

export type CloudDeviceEvent =
  | DeviceRegistered
  | ConnectionChanged
  | RegistrationChanged
  | RegisterAttached
  | RestrictionNoticeGiven
  | RegisterPolicyChanged
  | RegisterDetached
  | HealthRecorded
  | FiscalDriveInstalled
  | DeviceSuspended
  | DeviceResumed
  | DeviceRetired;

const at = InstantCodec;

const suspensionReason = literalCodec<SuspensionReason>(
  ['by-operator', 'maintenance', 'credentials-refused', 'documents-vanished', 'fiscal-drive'],
  'SuspensionReason',
);

const installedDrive: t.Type<InstalledDrive, unknown> = recordCodec(
  'InstalledDrive',
  { serial: t.string, keyExpiresOn: LocalDateCodec },
  { model: FiscalDriveModelCodec },
);

/** All events of a cloud device, with their codecs. None of them holds personal data or a secret. */
export const CLOUD_DEVICE_EVENTS: EventFamily<CloudDeviceEvent> = {
  aggregate: 'clouddevice',
  definitions: {
    'clouddevice.DeviceRegistered': defineEvent<DeviceRegistered>(
      recordCodec('DeviceRegistered', {
        at,
        deviceId: t.string,
        title: t.string,
        dedupDomain: t.string,
        connection: ConnectionCodec,
        registration: RegistrationCodec,
      }),
    ),
    'clouddevice.ConnectionChanged': defineEvent<ConnectionChanged>(
      recordCodec('ConnectionChanged', { at, connection: ConnectionCodec }),
    ),
    'clouddevice.RegistrationChanged': defineEvent<RegistrationChanged>(
      recordCodec('RegistrationChanged', { at, registration: RegistrationCodec }),
    ),
    'clouddevice.RegisterAttached': defineEvent<RegisterAttached>(
      recordCodec('RegisterAttached', { at, register: RegisterCardCodec }),
    ),
    'clouddevice.RestrictionNoticeGiven': defineEvent<RestrictionNoticeGiven>(
      recordCodec('RestrictionNoticeGiven', { at, registerId: t.string, policy: RegisterPolicyCodec }),
    ),
    'clouddevice.RegisterPolicyChanged': defineEvent<RegisterPolicyChanged>(
      recordCodec('RegisterPolicyChanged', { at, registerId: t.string, ...cardPolicyFields }),
    ),
    'clouddevice.RegisterDetached': defineEvent<RegisterDetached>(
      recordCodec('RegisterDetached', { at, registerId: t.string }),
    ),
    'clouddevice.HealthRecorded': defineEvent<HealthRecorded>(
      recordCodec(
        'HealthRecorded',
        { at, availability: AvailabilityCodec, units: t.readonlyArray(SeenUnitCodec) },
        { organisation: InnCodec },
      ),
    ),
    'clouddevice.FiscalDriveInstalled': defineEvent<FiscalDriveInstalled>(
      recordCodec(
        'FiscalDriveInstalled',
        { at, registrationNumber: t.string, drive: installedDrive, health: UnitHealthCodec },
        { serial: t.string, replaced: t.string },
      ),
    ),
    'clouddevice.DeviceSuspended': defineEvent<DeviceSuspended>(
      recordCodec('DeviceSuspended', { at, reason: suspensionReason }),
    ),
    'clouddevice.DeviceResumed': defineEvent<DeviceResumed>(recordCodec('DeviceResumed', { at })),
    'clouddevice.DeviceRetired': defineEvent<DeviceRetired>(recordCodec('DeviceRetired', { at })),
  },
};
