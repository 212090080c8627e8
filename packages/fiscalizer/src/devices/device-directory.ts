import type { CloudDevice } from '@cloud-kassa/core';
import type { FiscalProvider } from '@cloud-kassa/provider';

/** The cloud devices as they were last read, which may be a little behind the log. */
export interface DeviceDirectory {
  readonly all: () => ReadonlyArray<CloudDevice>;
  /** The provider behind a device; `undefined` where it could not be opened here. */
  readonly provider: (deviceId: string) => FiscalProvider | undefined;
}
