import { sameValue } from '../same-value';
import type { RecordHealth } from './commands';
import type { HealthRecorded } from './events';
import type { KktUnit } from './kkt-unit';
import { mergeUnit } from './kkt-unit';
import type { SeenUnit } from './seen-unit';
import type { CloudDevice } from './state';
import { unitHealth } from './unit-health';

type Health = HealthRecorded['data'];

/** What is known of the device after an observation: units heard of are merged with what was known, the others stay or are gone. */
export const healthAfter = (device: CloudDevice, data: RecordHealth['data']): Health => {
  const { now, availability, allUnits } = data;
  // A provider that told the taxpayer once and is silent about it now has taken nothing back.
  const organisation = data.organisation ?? device.seen?.organisation;
  const heard = new Map(data.units.map((unit) => [unit.registrationNumber, unit] as const));
  const silent: ReadonlyArray<KktUnit> = allUnits
    ? []
    : [...device.units.values()].filter((unit) => !heard.has(unit.registrationNumber));
  const units = [...silent, ...heard.values()]
    .map((unit): SeenUnit => {
      const merged = mergeUnit(device.units.get(unit.registrationNumber), unit);
      return { ...merged, health: unitHealth(merged, now, device.registration.zone) };
    })
    .toSorted((a, b) => (a.registrationNumber < b.registrationNumber ? -1 : 1));
  return { at: now, availability, ...(organisation === undefined ? {} : { organisation }), units };
};

const classesOf = ({ availability, organisation, units }: Omit<Health, 'at'>): unknown => ({
  availability,
  organisation,
  units: units.map(({ registrationNumber, serial, drive, health }) => ({
    registrationNumber,
    serial,
    drive: drive?.serial,
    health,
  })),
});

/** Did a class, a threshold or the identity of a unit or its drive change? Only then is an observation worth an event. */
export const healthChanged = (device: CloudDevice, health: Health): boolean => {
  const { seen } = device;
  if (seen === undefined) return true;
  return !sameValue(classesOf({ ...seen, units: [...device.units.values()] }), classesOf(health));
};
