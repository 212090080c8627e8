import type { CloudDevice, Connection } from '@cloud-kassa/core';
import type { OpenProvider } from '@cloud-kassa/provider';
import type { Log } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { errorName } from '../error-name';

/**
 * Opens the provider behind a device. `Left` names the reason as a short text that holds no secret and no parameter of the connection,
 * such as `no-adapter` or `no-secret`.
 */
export type OpenDevice = (connection: Connection, device: CloudDevice) => E.Either<string, OpenProvider>;

/** A device without a provider in this process. */
export interface DeviceNotOpened {
  readonly deviceId: string;
  readonly reason: string;
}

/** One provider for each device, open as long as the device needs it. */
export interface OpenDevices {
  /** Brings the provider of a device to where the device stands: opens, opens anew, or closes. */
  readonly bring: (device: CloudDevice, isParked: boolean) => void;
  readonly get: (deviceId: string) => OpenProvider | undefined;
  readonly notOpened: () => ReadonlyArray<DeviceNotOpened>;
  /** For good. */
  readonly close: () => void;
}

export interface OpenDevicesOptions {
  readonly open: OpenDevice;
  readonly log: Log;
}

export const openDevices = ({ open, log }: OpenDevicesOptions): OpenDevices => {
  const providers = new Map<string, { readonly connection: Connection; readonly provider: OpenProvider }>();
  const reasons = new Map<string, string>();
  let isClosed = false;

  const closeOne = (deviceId: string): void => {
    const held = providers.get(deviceId);
    providers.delete(deviceId);
    held?.provider.close();
  };

  const opened = (device: CloudDevice): E.Either<string, OpenProvider> => {
    try {
      const provider = open(device.connection, device);
      if (E.isLeft(provider) || provider.right.dedupDomain === device.dedupDomain) return provider;
      // Keys of receipts under way would go to somebody who does not know them.
      provider.right.close();
      return E.left('domain-differs');
    } catch (error) {
      log.write('error', 'an adapter threw when a device was opened', {
        device: device.deviceId,
        error: errorName(error),
      });
      return E.left('adapter-threw');
    }
  };

  return {
    bring: (device, isParked) => {
      const { deviceId, connection, status } = device;
      const held = providers.get(deviceId);
      if (isClosed || isParked || status === 'retired') {
        closeOne(deviceId);
        if (isParked) reasons.set(deviceId, 'undecodable');
        else reasons.delete(deviceId);
        return;
      }
      // A connection is replaced by its event only; other events leave the very same object in place.
      if (held?.connection === connection) return;
      closeOne(deviceId);
      const provider = opened(device);
      if (E.isLeft(provider)) {
        reasons.set(deviceId, provider.left);
        return;
      }
      reasons.delete(deviceId);
      providers.set(deviceId, { connection, provider: provider.right });
    },
    get: (deviceId) => providers.get(deviceId)?.provider,
    notOpened: () => [...reasons].map(([deviceId, reason]) => ({ deviceId, reason })),
    close: () => {
      isClosed = true;
      for (const deviceId of providers.keys()) closeOne(deviceId);
    },
  };
};
