import type { CloudDevice, CloudDeviceEvent, CloudDeviceState, RouteRefusal } from '@cloud-kassa/core';
import { CLOUD_DEVICE } from '@cloud-kassa/core';
import type { DecodeFailure, Decoded, StoredEvent } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';

/** A device whose stream can not be read to its end: nothing new is sent to it until a person looks. */
export interface ParkedDevice {
  readonly stream: string;
  readonly failure: DecodeFailure;
}

interface Known {
  device: CloudDeviceState;
  revision: number;
  failure?: DecodeFailure;
}

/**
 * All cloud devices as the log tells them, in the order in which they were registered.
 *
 * Of devices with an equal dedup domain only the one that was registered first is a candidate, until it is retired: the same group of
 * the provider must not be two devices. The order of the log is the same for all, so every process leaves out the same ones.
 */
export interface KnownDevices {
  /** Folds one event in; answers the device if the event was new to it. Events that were folded in before change nothing. */
  readonly take: (
    stored: StoredEvent,
    decoded: E.Either<DecodeFailure, Decoded<CloudDeviceEvent>>,
  ) => CloudDevice | undefined;
  readonly get: (deviceId: string) => CloudDevice | undefined;
  readonly all: () => ReadonlyArray<CloudDevice>;
  /** The device, not retired, that a dedup domain belongs to. */
  readonly holderOf: (dedupDomain: string) => CloudDevice | undefined;
  readonly candidates: () => ReadonlyArray<CloudDevice>;
  /** The devices that are no candidates, each with the reason. */
  readonly excluded: (organisation: string) => ReadonlyArray<RouteRefusal>;
  readonly isParked: (deviceId: string) => boolean;
  readonly parked: () => ReadonlyArray<ParkedDevice>;
}

export const knownDevices = (): KnownDevices => {
  // A map keeps the order of its first insertions, which is the order of the log.
  const streams = new Map<string, Known>();
  const byId = new Map<string, Known>();
  const holders = new Map<string, string>();

  const devices = (): ReadonlyArray<CloudDevice> =>
    [...streams.values()].flatMap(({ device }) => (device === undefined ? [] : [device]));

  const settleHolders = (): void => {
    holders.clear();
    for (const { dedupDomain, deviceId, status } of devices())
      if (status !== 'retired' && !holders.has(dedupDomain)) holders.set(dedupDomain, deviceId);
  };

  const isParked = (deviceId: string): boolean => byId.get(deviceId)?.failure !== undefined;

  /** A retired device takes nothing from anybody; routing has a reason of its own for it. */
  const isFirst = ({ deviceId, dedupDomain, status }: CloudDevice): boolean =>
    status === 'retired' || holders.get(dedupDomain) === deviceId;

  return {
    take: (stored, decoded) => {
      const known = streams.get(stored.stream) ?? { device: undefined, revision: -1 };
      streams.set(stored.stream, known);
      if (known.failure !== undefined || stored.revision <= known.revision) return undefined;
      known.revision = stored.revision;
      if (E.isLeft(decoded)) known.failure = decoded.left;
      else known.device = CLOUD_DEVICE.evolve(known.device, decoded.right.event);
      if (known.device !== undefined) byId.set(known.device.deviceId, known);
      settleHolders();
      return known.device;
    },
    get: (deviceId) => byId.get(deviceId)?.device,
    all: devices,
    holderOf: (dedupDomain) => byId.get(holders.get(dedupDomain) ?? '')?.device,
    candidates: () => devices().filter((device) => isFirst(device) && !isParked(device.deviceId)),
    excluded: (organisation) =>
      devices()
        .filter(({ registration }) => registration.organisation === organisation)
        .flatMap((device): ReadonlyArray<RouteRefusal> => {
          const { deviceId } = device;
          if (isParked(deviceId)) return [{ deviceId, reason: 'undecodable' }];
          return isFirst(device) ? [] : [{ deviceId, reason: 'domain-taken' }];
        }),
    isParked,
    parked: () =>
      [...streams].flatMap(([stream, { failure }]) => (failure === undefined ? [] : [{ stream, failure }])),
  };
};
