import type { Inn, Instant } from '@cloud-kassa/ffd';
import type { Availability } from './availability';
import type { Connection } from './connection';
import type {
  CloudDeviceEvent,
  DeviceRegistered,
  FiscalDriveInstalled,
  HealthRecorded,
  SuspensionReason,
} from './events';
import type { KktUnit } from './kkt-unit';
import { isReplaced, mergeUnit } from './kkt-unit';
import type { CardPolicy, RegisterCard } from './register-card';
import type { Registration } from './registration';
import type { SeenUnit } from './seen-unit';

/** A cloud device (облачная ККТ): one provider group, one dedup domain, the units seen in it and the register cards attached to it. */
export interface CloudDevice {
  readonly deviceId: string;
  readonly title: string;
  /** Revision of the last event folded in; 0 is the registration. */
  readonly revision: number;
  readonly dedupDomain: string;
  readonly connection: Connection;
  readonly registration: Registration;
  readonly status: 'active' | 'suspended' | 'retired';
  readonly suspension?: { readonly reason: SuspensionReason; readonly since: Instant };
  /** What was last recorded of the group's state; absent until it was first seen. */
  readonly seen?: { readonly at: Instant; readonly availability: Availability; readonly organisation?: Inn };
  /** By registration number, in its order. */
  readonly units: ReadonlyMap<string, SeenUnit>;
  /** Serial numbers of drives that were taken out. */
  readonly formerDrives: ReadonlySet<string>;
  /** By register id. */
  readonly registers: ReadonlyMap<string, RegisterCard>;
  readonly formerRegisters: ReadonlySet<string>;
}

export type CloudDeviceState = CloudDevice | undefined;

const registered = ({
  deviceId,
  title,
  dedupDomain,
  connection,
  registration,
}: DeviceRegistered['data']): CloudDevice => ({
  deviceId,
  title,
  revision: 0,
  dedupDomain,
  connection,
  registration,
  status: 'active',
  units: new Map(),
  formerDrives: new Set(),
  registers: new Map(),
  formerRegisters: new Set(),
});

const withRegister = (device: CloudDevice, register: RegisterCard): CloudDevice => ({
  ...device,
  registers: new Map([...device.registers, [register.registerId, register]]),
});

const withPolicy = (
  device: CloudDevice,
  registerId: string,
  { policy, legalGround, vatRule }: CardPolicy,
): CloudDevice => {
  const register = device.registers.get(registerId);
  return register === undefined
    ? device
    : withRegister(device, { ...register, policy, legalGround, vatRule });
};

const withoutRegister = (device: CloudDevice, registerId: string): CloudDevice => ({
  ...device,
  registers: new Map([...device.registers].filter(([id]) => id !== registerId)),
  formerRegisters: new Set([...device.formerRegisters, registerId]),
});

const byNumber = (units: Iterable<SeenUnit>): ReadonlyMap<string, SeenUnit> =>
  new Map(
    [...units]
      .map((unit) => [unit.registrationNumber, unit] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

const withHealth = (
  device: CloudDevice,
  { at, availability, organisation, units }: HealthRecorded['data'],
): CloudDevice => {
  const replaced = units.flatMap((unit) => {
    const known = device.units.get(unit.registrationNumber);
    return known?.drive !== undefined && isReplaced(known, unit) ? [known.drive.serial] : [];
  });
  return {
    ...device,
    seen: { at, availability, ...(organisation === undefined ? {} : { organisation }) },
    units: byNumber(units),
    formerDrives: new Set([...device.formerDrives, ...replaced]),
  };
};

const withDrive = (device: CloudDevice, data: FiscalDriveInstalled['data']): CloudDevice => {
  const { registrationNumber, drive, replaced, health } = data;
  const installed: KktUnit = {
    registrationNumber,
    ...(data.serial === undefined ? {} : { serial: data.serial }),
    drive: { serial: drive.serial, keyExpiresOn: drive.keyExpiresOn },
  };
  const unit: SeenUnit = { ...mergeUnit(device.units.get(registrationNumber), installed), health };
  const others = [...device.units.values()].filter(
    (known) => known.registrationNumber !== registrationNumber,
  );
  return {
    ...device,
    units: byNumber([...others, unit]),
    formerDrives: replaced === undefined ? device.formerDrives : new Set([...device.formerDrives, replaced]),
  };
};

const resumed = (device: CloudDevice): CloudDevice => {
  const { suspension: _suspension, ...rest } = device;
  return { ...rest, status: 'active' };
};

const changed = (device: CloudDevice, event: CloudDeviceEvent): CloudDevice => {
  switch (event.type) {
    case 'clouddevice.DeviceRegistered':
    case 'clouddevice.RestrictionNoticeGiven':
      return device;
    case 'clouddevice.ConnectionChanged':
      return { ...device, connection: event.data.connection };
    case 'clouddevice.RegistrationChanged':
      return { ...device, registration: event.data.registration };
    case 'clouddevice.RegisterAttached':
      return withRegister(device, event.data.register);
    case 'clouddevice.RegisterPolicyChanged':
      return withPolicy(device, event.data.registerId, event.data);
    case 'clouddevice.RegisterDetached':
      return withoutRegister(device, event.data.registerId);
    case 'clouddevice.HealthRecorded':
      return withHealth(device, event.data);
    case 'clouddevice.FiscalDriveInstalled':
      return withDrive(device, event.data);
    case 'clouddevice.DeviceSuspended':
      return {
        ...device,
        status: 'suspended',
        suspension: { reason: event.data.reason, since: event.data.at },
      };
    case 'clouddevice.DeviceResumed':
      return resumed(device);
    case 'clouddevice.DeviceRetired':
      return { ...resumed(device), status: 'retired' };
  }
};

/** Folds one event into the device. Total: what can not be stored in this order changes nothing but the revision. */
export const evolveCloudDevice = (device: CloudDeviceState, event: CloudDeviceEvent): CloudDeviceState => {
  if (device === undefined)
    return event.type === 'clouddevice.DeviceRegistered' ? registered(event.data) : undefined;
  return { ...changed(device, event), revision: device.revision + 1 };
};
