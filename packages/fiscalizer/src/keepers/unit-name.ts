import type { CloudDevice } from '@cloud-kassa/core';

/** What names a unit: its registration number (tag 1037), or its serial number (tag 1013). */
export interface UnitName {
  readonly registrationNumber?: string;
  readonly serial?: string;
}

/**
 * The registration number of a unit of a device. Who tells a serial number only is looked up among the units that were seen, and in the
 * registration of a group of one unit; `isOnly`: the group has shown no other.
 */
export const registrationNumberOf = (
  { units, registration }: CloudDevice,
  { registrationNumber, serial }: UnitName,
  isOnly: boolean,
): string | undefined => {
  if (registrationNumber !== undefined) return registrationNumber;
  const seen = [...units.values()].find((unit) => serial !== undefined && unit.serial === serial);
  if (seen !== undefined) return seen.registrationNumber;
  const isRegistered = isOnly && (serial === undefined || (registration.serial ?? serial) === serial);
  return isRegistered ? registration.registrationNumber : undefined;
};
