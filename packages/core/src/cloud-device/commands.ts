import type { Inn, Instant } from '@cloud-kassa/ffd';
import type { Availability } from './availability';
import type { Connection } from './connection';
import type { InstalledDrive, SuspensionReason } from './events';
import type { KktUnit } from './kkt-unit';
import type { CardPolicy, RegisterCard } from './register-card';
import type { Registration } from './registration';

interface Command<Type extends string, Data = object> {
  readonly type: Type;
  readonly data: Data & { readonly now: Instant };
}

/**
 * Connects a provider group (S15 to S18). `dedupDomain` is computed by the provider's adapter from the connection; `domainTakenBy` names
 * the device, not retired, that has the same domain as read when the command was made.
 */
export type RegisterDevice = Command<
  'RegisterDevice',
  {
    readonly deviceId: string;
    readonly title: string;
    readonly use: 'shared' | 'local';
    readonly dedupDomain: string;
    readonly domainTakenBy?: string;
    readonly connection: Connection;
    readonly registration: Registration;
  }
>;

/** Another secret, another address of the same environment, other parameters of the same group. */
export type ChangeConnection = Command<
  'ChangeConnection',
  { readonly dedupDomain: string; readonly connection: Connection }
>;

/** The group was registered anew with the tax authority. */
export type ChangeRegistration = Command<'ChangeRegistration', { readonly registration: Registration }>;

/** Points a register card at this device (S21). `attachedTo` names the device the register is attached to as read when the command was made. */
export type AttachRegister = Command<
  'AttachRegister',
  { readonly register: RegisterCard; readonly attachedTo?: string }
>;

export type ChangeRegisterPolicy = Command<
  'ChangeRegisterPolicy',
  CardPolicy & { readonly registerId: string }
>;

/** `openShiftId` is the shift open on the register as read when the command was made. */
export type DetachRegister = Command<
  'DetachRegister',
  { readonly registerId: string; readonly openShiftId?: string }
>;

/**
 * What an ask for the state of the group has shown. `allUnits` says that the provider lists every unit of the group, so that units it no
 * longer lists are gone. Appends only when a class or threshold changes.
 */
export type RecordHealth = Command<
  'RecordHealth',
  {
    readonly availability: Availability;
    readonly organisation?: Inn;
    readonly units: ReadonlyArray<KktUnit>;
    readonly allUnits: boolean;
  }
>;

/** A new drive in one unit. `unsentDocuments` and `shiftOpen` are those of the unit as read when the command was made. */
export type InstallFiscalDrive = Command<
  'InstallFiscalDrive',
  {
    readonly registrationNumber: string;
    readonly serial?: string;
    readonly drive: InstalledDrive;
    readonly unsentDocuments: number;
    readonly shiftOpen: boolean;
  }
>;

/** Takes the device out of rotation; what was sent to it is still asked about. */
export type SuspendDevice = Command<'SuspendDevice', { readonly reason: SuspensionReason }>;

export type ResumeDevice = Command<'ResumeDevice'>;

/** Retires the device for good. `unsettledReceipts` counts the receipts routed to it that have no final outcome, as read. */
export type RetireDevice = Command<'RetireDevice', { readonly unsettledReceipts: number }>;

export type CloudDeviceCommand =
  | RegisterDevice
  | ChangeConnection
  | ChangeRegistration
  | AttachRegister
  | ChangeRegisterPolicy
  | DetachRegister
  | RecordHealth
  | InstallFiscalDrive
  | SuspendDevice
  | ResumeDevice
  | RetireDevice;
