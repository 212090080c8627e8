import type { CloudDevice } from '@cloud-kassa/core';

type Collections = 'units' | 'formerDrives' | 'registers' | 'formerRegisters';

/** The state of a device in a form that has a JSON text. */
export interface KeptDevice extends Omit<CloudDevice, Collections> {
  readonly units: ReadonlyArray<Values<CloudDevice['units']>>;
  readonly formerDrives: ReadonlyArray<string>;
  readonly registers: ReadonlyArray<Values<CloudDevice['registers']>>;
  readonly formerRegisters: ReadonlyArray<string>;
}

type Values<M> = M extends ReadonlyMap<string, infer V> ? V : never;

export const keptDevice = (device: CloudDevice): KeptDevice => ({
  ...device,
  units: [...device.units.values()],
  formerDrives: [...device.formerDrives],
  registers: [...device.registers.values()],
  formerRegisters: [...device.formerRegisters],
});

export const deviceOf = (kept: KeptDevice): CloudDevice => ({
  ...kept,
  units: new Map(kept.units.map((unit) => [unit.registrationNumber, unit])),
  formerDrives: new Set(kept.formerDrives),
  registers: new Map(kept.registers.map((register) => [register.registerId, register])),
  formerRegisters: new Set(kept.formerRegisters),
});
