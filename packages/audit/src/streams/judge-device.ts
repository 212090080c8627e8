import type { CloudDeviceEvent } from '@cloud-kassa/core';
import type { Books, ReadEvent } from '../books';
import { trailOf } from '../books';
import type { DeviceTrail } from './device-trail';
import { newDeviceTrail } from './device-trail';

type Registered = Extract<CloudDeviceEvent, { readonly type: 'clouddevice.DeviceRegistered' }>;

const register = (books: Books, trail: DeviceTrail, { event, stored }: ReadEvent<Registered>): void => {
  const { deviceId, dedupDomain } = event.data;
  if (deviceId !== trail.deviceId) books.findings.add('identity', stored, { field: 'deviceId' });
  const other = books.domains.get(dedupDomain);
  if (other !== undefined && books.devices.get(other)?.status !== 'retired')
    books.findings.add('domain-shared', stored, { deviceId: trail.deviceId, otherDeviceId: other });
  books.domains.set(dedupDomain, trail.deviceId);
  trail.status = 'active';
  trail.domain = dedupDomain;
};

/** Why the event can not stand where it does. */
const whyNot = (trail: DeviceTrail, event: CloudDeviceEvent): string | undefined => {
  const { status, registers } = trail;
  if (status === 'retired') return 'the device is retired';
  switch (event.type) {
    case 'clouddevice.DeviceRegistered':
      return status === 'unregistered' ? undefined : 'registered before';
    case 'clouddevice.DeviceSuspended':
      return status === 'active' ? undefined : 'not active';
    case 'clouddevice.DeviceResumed':
      return status === 'suspended' ? undefined : 'not suspended';
    case 'clouddevice.DeviceRetired':
      return registers.size === 0 ? undefined : 'registers are attached';
    case 'clouddevice.RegisterAttached':
      return registers.has(event.data.register.registerId) ? 'attached before' : undefined;
    case 'clouddevice.RegisterDetached':
    case 'clouddevice.RegisterPolicyChanged':
    case 'clouddevice.RestrictionNoticeGiven':
      return registers.has(event.data.registerId) ? undefined : 'not attached';
    case 'clouddevice.ConnectionChanged':
    case 'clouddevice.RegistrationChanged':
    case 'clouddevice.HealthRecorded':
    case 'clouddevice.FiscalDriveInstalled':
      return undefined;
  }
};

const follow = (books: Books, trail: DeviceTrail, read: ReadEvent<CloudDeviceEvent>): void => {
  const { event, stored, isNewest } = read;
  switch (event.type) {
    case 'clouddevice.DeviceRegistered':
      register(books, trail, { event, stored, isNewest });
      break;
    case 'clouddevice.DeviceSuspended':
      trail.status = 'suspended';
      break;
    case 'clouddevice.DeviceResumed':
      trail.status = 'active';
      break;
    case 'clouddevice.DeviceRetired':
      trail.status = 'retired';
      break;
    case 'clouddevice.RegisterAttached':
      trail.registers.add(event.data.register.registerId);
      break;
    case 'clouddevice.RegisterDetached':
      trail.registers.delete(event.data.registerId);
      break;
    case 'clouddevice.RegisterPolicyChanged':
    case 'clouddevice.RestrictionNoticeGiven':
    case 'clouddevice.ConnectionChanged':
    case 'clouddevice.RegistrationChanged':
    case 'clouddevice.HealthRecorded':
    case 'clouddevice.FiscalDriveInstalled':
      break;
  }
};

/** Judges one event of a cloud device by what the events before it say. */
export const judgeDevice = (books: Books, deviceId: string, read: ReadEvent<CloudDeviceEvent>): void => {
  const trail = trailOf(books.devices, deviceId, newDeviceTrail);
  if (trail.unread) return;
  if (trail.status === 'unregistered' && read.event.type !== 'clouddevice.DeviceRegistered') {
    books.findings.add('transition-forbidden', read.stored, { why: 'not registered' });
    trail.unread = true;
    return;
  }
  const why = whyNot(trail, read.event);
  if (why !== undefined) books.findings.add('transition-forbidden', read.stored, { why });
  if (why !== 'registered before') follow(books, trail, read);
};
