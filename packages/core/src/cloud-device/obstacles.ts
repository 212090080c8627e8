import type { Instant } from '@cloud-kassa/ffd';
import type { SeenUnit } from './seen-unit';
import type { CloudDevice } from './state';
import { unitHealth } from './unit-health';

/** Why nothing new may be sent to a device at the moment. */
export type DeviceObstacle =
  | 'retired'
  | 'suspended'
  | 'unavailable'
  | 'unreachable'
  | 'unauthorised'
  | 'other-taxpayer'
  | 'key-expired'
  | 'drive-full'
  | 'unsent-over-limit';

const unitObstacles = (unit: SeenUnit, at: Instant, device: CloudDevice): ReadonlyArray<DeviceObstacle> => {
  const { key, documents, unsent } = unitHealth(unit, at, device.registration.zone);
  return [
    ...(key === 'expired' ? (['key-expired'] as const) : []),
    ...(documents === 'full' ? (['drive-full'] as const) : []),
    ...(unsent === 'stop' || unsent === 'blocked' ? (['unsent-over-limit'] as const) : []),
  ];
};

/** The provider balances within its group, so the group is stopped only when each unit that is known is. */
const groupObstacles = (device: CloudDevice, at: Instant): ReadonlyArray<DeviceObstacle> => {
  const ofUnits = [...device.units.values()].map((unit) => unitObstacles(unit, at, device));
  return ofUnits.every((obstacles) => obstacles.length > 0) ? [...new Set(ofUnits.flat())] : [];
};

/**
 * What stands in the way of sending to a device at an instant, in a fixed order; nothing where it may be sent. A group that was never seen
 * is no obstacle: a send under a key is safe, and its answer tells. The age of keys and of unsent documents is taken at `at`, not at the
 * last observation.
 */
export const deviceObstacles = (device: CloudDevice, at: Instant): ReadonlyArray<DeviceObstacle> => {
  const { status, seen, registration } = device;
  const told = seen?.organisation;
  return [
    ...(status === 'active' ? [] : [status]),
    ...(seen === undefined || seen.availability === 'available' ? [] : [seen.availability]),
    ...(told === undefined || told === registration.organisation ? [] : (['other-taxpayer'] as const)),
    ...groupObstacles(device, at),
  ];
};
