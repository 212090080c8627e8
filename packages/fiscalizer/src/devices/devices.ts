import type { Either } from 'fp-ts/Either';
import type { Receipt, RouteRefusal } from '@cloud-kassa/core';
import type { FiscalProvider } from '@cloud-kassa/provider';

/** A device that was chosen, and why others were not. */
export interface ChosenDevice {
  readonly deviceId: string;
  readonly refused: ReadonlyArray<RouteRefusal>;
}

/** No device can take the receipt now. */
export interface NoDevice {
  readonly reason: string;
  readonly refused: ReadonlyArray<RouteRefusal>;
}

/** Devices and the choice among them. The choice itself is a pure function of facts that the implementation reads. */
export interface Devices {
  readonly choose: (
    receipt: Receipt,
    isUp: (deviceId: string) => boolean,
  ) => Promise<Either<NoDevice, ChosenDevice>>;
  /** The provider behind a device; `undefined` where the device is not known here. */
  readonly provider: (deviceId: string) => FiscalProvider | undefined;
  /** A person suspended the device: nothing is sent to it until it is resumed. What was sent before is still asked after. */
  readonly isSuspended: (deviceId: string) => boolean;
}
