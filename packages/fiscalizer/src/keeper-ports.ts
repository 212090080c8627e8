import type {
  CloudDevice,
  CloudDeviceCommand,
  CloudDeviceEvent,
  CloudDeviceRefusal,
  CloudDeviceState,
  ShiftCommand,
  ShiftEvent,
  ShiftRefusal,
  ShiftState,
} from '@cloud-kassa/core';
import type { CommandHandler } from '@cloud-kassa/event-store';
import type { FiscalProvider } from '@cloud-kassa/provider';

/** The handler of the devices' streams. */
export type CloudDevices = CommandHandler<
  string,
  CloudDeviceCommand,
  CloudDeviceState,
  CloudDeviceEvent,
  CloudDeviceRefusal
>;

/** The handler of the streams of the registers' shifts. */
export type Shifts = CommandHandler<string, ShiftCommand, ShiftState, ShiftEvent, ShiftRefusal>;

/** The cloud devices as they were last read, which may be a little behind the log. */
export interface DeviceDirectory {
  readonly all: () => ReadonlyArray<CloudDevice>;
  /** The provider behind a device; `undefined` where it could not be opened here. */
  readonly provider: (deviceId: string) => FiscalProvider | undefined;
}
