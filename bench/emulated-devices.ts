import type { Durability } from '@cloud-kassa/kkt-emulator';

/** A device and the organisation (INN) whose receipts it makes. */
export interface EmulatedDevice {
  readonly deviceId: string;
  readonly organisation: string;
}

/** Two organisations with two devices each: at the usual window of 32 for each device they fill the usual pool of 128. */
export const DEVICES: ReadonlyArray<EmulatedDevice> = [
  { deviceId: 'device-1', organisation: '7725327863' },
  { deviceId: 'device-2', organisation: '7725327863' },
  { deviceId: 'device-3', organisation: '7707083893' },
  { deviceId: 'device-4', organisation: '7707083893' },
];

export const SHOP_SECRET = 'bench-shop-secret';

/** What the process of the emulator is started with. */
export interface EmulatorTask {
  readonly folder: string;
  readonly durability: Durability;
}

/** What it says, at the beginning and whenever it is told anything. */
export interface EmulatorSays {
  /** Where it listens. */
  readonly url: string;
  /** How many receipts it made, under how many keys. */
  readonly documents: number;
  readonly keys: number;
  /** Processor time of the process since it was started. */
  readonly processorMs: number;
}
