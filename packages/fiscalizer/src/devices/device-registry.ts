import type { CloudDevice, CloudDeviceEvent, RouteRefusal } from '@cloud-kassa/core';
import { CLOUD_DEVICE_EVENTS, cloudDeviceStream, routeReceipt } from '@cloud-kassa/core';
import type {
  EventStore,
  KeyRing,
  KeyRingError,
  Position,
  StoreError,
  StoredEvent,
} from '@cloud-kassa/event-store';
import { createEventCodec } from '@cloud-kassa/event-store';
import type { Instant } from '@cloud-kassa/ffd';
import type { OpenProvider } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { pauseOf } from '../backoff';
import type { ParkedDevice } from './known-devices';
import { knownDevices } from './known-devices';
import type { DeviceNotOpened, OpenDevice } from './open-devices';
import { openDevices } from './open-devices';
import type { Devices } from './devices';
import type { BackoffSettings } from '../settings';
import { DEFAULT_SETTINGS } from '../settings';

export interface DeviceRegistryOptions {
  readonly store: EventStore;
  readonly keyRing: KeyRing;
  readonly runtime: Runtime;
  readonly open: OpenDevice;
  /** A device whose provider could not be opened is tried again after so long. Default a minute. */
  readonly reopenMs?: number;
  /** Pauses after the log broke off. */
  readonly backoff?: BackoffSettings;
}

/** A device has another state, or its provider was opened. */
export interface DeviceChange {
  readonly deviceId: string;
  readonly organisation: string;
}

/**
 * The cloud devices of the store with their providers, folded from the log. One provider is open for each device that is not retired; it
 * is opened anew when the connection of the device changes.
 */
export interface DeviceRegistry extends Devices {
  /** Reads to the head of the log. Needed before work that is not accompanied by {@link follow}. */
  readonly refresh: () => TaskEither<StoreError | KeyRingError, void>;
  /** Follows the log until the signal is aborted. Resumes after failures; never rejects. */
  readonly follow: (signal: AbortSignal) => Promise<void>;
  /** Every device that was ever registered, in that order. */
  readonly all: () => ReadonlyArray<CloudDevice>;
  readonly get: (deviceId: string) => CloudDevice | undefined;
  readonly provider: (deviceId: string) => OpenProvider | undefined;
  /** The devices a receipt may be routed to as far as the log tells: neither parked nor the later one of two equal dedup domains. */
  readonly candidates: () => ReadonlyArray<CloudDevice>;
  /** The other devices of an organisation, each with the reason. */
  readonly excluded: (organisation: string) => ReadonlyArray<RouteRefusal>;
  /** The device, not retired, that a dedup domain belongs to. */
  readonly holderOf: (dedupDomain: string) => CloudDevice | undefined;
  /** Calls the listener after every change, until the answer is called. A listener must not throw. */
  readonly onChange: (listener: (change: DeviceChange) => void) => () => void;
  /** The devices, not retired, that have no provider in this process, with the reason. */
  readonly notOpened: () => ReadonlyArray<DeviceNotOpened>;
  readonly parked: () => ReadonlyArray<ParkedDevice>;
  /** Closes all providers for good. */
  readonly close: () => void;
}

const PREFIX = cloudDeviceStream('');
const REOPEN_MS = 60_000;

export const deviceRegistry = (options: DeviceRegistryOptions): DeviceRegistry => {
  const { store, keyRing, runtime, open, reopenMs = REOPEN_MS } = options;
  const { backoff = DEFAULT_SETTINGS.storeBackoff } = options;
  const codec = createEventCodec<CloudDeviceEvent>({
    family: CLOUD_DEVICE_EVENTS,
    keyRing,
    entropy: runtime.entropy,
  });
  const known = knownDevices();
  const opened = openDevices({ open, log: runtime.log });
  const listeners = new Set<(change: DeviceChange) => void>();
  let after: Position | undefined;
  let reading: Promise<unknown> = Promise.resolve();

  const tell = ({ deviceId, registration }: CloudDevice): void => {
    for (const listener of listeners) listener({ deviceId, organisation: registration.organisation });
  };

  const readTo = (position: Position): void => {
    if (after === undefined || store.comparePositions(position, after) !== -1) after = position;
  };

  /** Folds a page in and brings the providers to where it ends. */
  const take = async (events: ReadonlyArray<StoredEvent>): Promise<E.Either<KeyRingError, void>> => {
    const page = await codec.read(events)();
    if (E.isLeft(page)) return page;
    const changed = new Map<string, CloudDevice>();
    events.forEach((stored, index) => {
      const decoded = page.right[index];
      if (decoded === undefined) return;
      if (E.isLeft(decoded))
        runtime.log.write('error', 'a device can not be read and is parked', {
          stream: stored.stream,
          revision: stored.revision,
        });
      const device = known.take(stored, decoded);
      if (device !== undefined) changed.set(device.deviceId, device);
      readTo(stored.position);
    });
    for (const device of changed.values()) opened.bring(device, known.isParked(device.deviceId));
    for (const device of changed.values()) tell(device);
    return E.right(undefined);
  };

  const readToHead = async (): Promise<E.Either<StoreError | KeyRingError, void>> => {
    const rest = store.readAll({
      filter: { prefixes: [PREFIX] },
      ...(after === undefined ? {} : { after }),
    });
    for await (const item of rest) {
      if (item._tag === 'Failed') return E.left(item.error);
      if (item._tag === 'CaughtUp') continue;
      const taken = await take(item.events);
      if (E.isLeft(taken)) return taken;
    }
    return E.right(undefined);
  };

  const followOnce = async (signal: AbortSignal, caughtUp: () => void): Promise<string> => {
    const subscription = store.subscribeAll({
      filter: { prefixes: [PREFIX] },
      signal,
      ...(after === undefined ? {} : { after }),
    });
    for await (const item of subscription) {
      if (item._tag === 'Failed') return item.error._tag;
      if (item._tag === 'CaughtUp') {
        readTo(item.position);
        caughtUp();
        continue;
      }
      const taken = await take(item.events);
      if (E.isLeft(taken)) return taken.left._tag;
    }
    return 'ended';
  };

  /** Secrets may appear, and addresses become allowed, without any event. */
  const keepReopening = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await runtime.sleep(reopenMs, signal);
      if (signal.aborted) return;
      for (const { deviceId } of opened.notOpened()) {
        const device = known.get(deviceId);
        if (device === undefined) continue;
        opened.bring(device, known.isParked(deviceId));
        if (opened.get(deviceId) !== undefined) tell(device);
      }
    }
  };

  const keepFollowing = async (signal: AbortSignal): Promise<void> => {
    let tries = 0;
    while (!signal.aborted) {
      const why = await followOnce(signal, () => {
        tries = 0;
      }).catch(() => 'threw');
      if (signal.aborted) return;
      runtime.log.write('warn', 'the log of devices broke off and is resumed', { why });
      await runtime.sleep(pauseOf(backoff, tries, runtime.random), signal);
      tries += 1;
    }
  };

  return {
    refresh: () => () => {
      const next = reading.then(readToHead);
      reading = next.catch(() => undefined);
      return next;
    },
    follow: async (signal) => {
      await Promise.all([keepFollowing(signal), keepReopening(signal)]);
    },
    all: known.all,
    get: known.get,
    provider: opened.get,
    candidates: known.candidates,
    excluded: known.excluded,
    holderOf: known.holderOf,
    choose: async ({ organisation, content, facts }, isUp) => {
      const { origin, instrument, register } = facts;
      const { taxation, internet, ffd } = content;
      const down: RouteRefusal[] = [];
      let isRegisterDown = false;
      const up = known.candidates().filter(({ deviceId, registration, registers }) => {
        const reason =
          opened.get(deviceId) === undefined ? 'not-opened' : isUp(deviceId) ? undefined : 'down';
        if (reason === undefined) return true;
        if (registration.organisation === organisation) down.push({ deviceId, reason });
        isRegisterDown ||= registers.has(register.registerId);
        return false;
      });
      // The runtime's wall clock gives this very form.
      const at = runtime.wall() as Instant;
      const { registerId } = register;
      const question = { organisation, taxation, internet, origin, instrument, ffd, registerId, at };
      const routed = routeReceipt(question, up);
      const others = [...down, ...known.excluded(organisation)];
      return E.bimap(
        ({ reason, refused }: { reason: string; refused: ReadonlyArray<RouteRefusal> }) => ({
          // The register is there, its device does not answer.
          reason: isRegisterDown ? 'no-device' : reason,
          refused: [...refused, ...others],
        }),
        ({ device, refused }: { device: { deviceId: string }; refused: ReadonlyArray<RouteRefusal> }) => ({
          deviceId: device.deviceId,
          refused: [...refused, ...others],
        }),
      )(routed);
    },
    isSuspended: (deviceId) => known.get(deviceId)?.status === 'suspended',
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    notOpened: opened.notOpened,
    parked: known.parked,
    close: opened.close,
  };
};
