import * as E from 'fp-ts/Either';
import type { CloudDevice, KktUnit } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import type { Availability, FiscalProvider } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import { pauseOf } from '../backoff';
import { errorName } from '../error-name';
import type { CloudDevices, Shifts } from '../handlers';
import type { DeviceDirectory } from '../devices/device-directory';
import { isObserved, observationId, observeKktShift, shownKktShifts } from './kkt-shift';
import { observedHealth } from './observed-health';
import type { BackoffSettings } from '../settings';

export interface HealthKeeperSettings {
  /** A device is asked for its state about this often, a fifth more or less. Default 5 minutes. */
  readonly everyMs: number;
  /** An answer that takes longer counts as none. Default 30 s. */
  readonly timeoutMs: number;
  /** How often the list of devices is looked at for new ones. Default 1 s. */
  readonly lookMs: number;
  /** The pauses to the next ask after one that did not end in "available", or was not recorded. At most `everyMs` is waited. */
  readonly againBackoff: BackoffSettings;
}

export const DEFAULT_HEALTH_SETTINGS: HealthKeeperSettings = {
  everyMs: 5 * 60_000,
  timeoutMs: 30_000,
  lookMs: 1_000,
  againBackoff: { baseMs: 10_000, capMs: 5 * 60_000, floorMs: 2_000 },
};

export interface HealthKeeperOptions {
  readonly devices: DeviceDirectory;
  readonly cloudDevices: CloudDevices;
  readonly shifts: Shifts;
  readonly runtime: Runtime;
  readonly settings?: Partial<HealthKeeperSettings>;
}

/** Asks the providers for the state of the devices and records what has changed (S23, S36). */
export interface HealthKeeper {
  /** Works until the signal is aborted, then lets what is under way come to an end. Never rejects. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

interface Watched {
  nextAt: number;
  /** Asks in a row that did not end in "available", or were not recorded. */
  tries: number;
  busy: boolean;
}

const ACTOR = 'health-keeper';
const JITTER = 0.2;

/**
 * A device that was never seen, or was last seen as unable, is asked at once; the others after a part of the interval. What a device says
 * is appended only when a class changes, so several keepers do no harm. Where a unit tells the shift it is in, that is recorded in the
 * book-keeping shifts that are open on the registers of the device.
 */
export const healthKeeper = (options: HealthKeeperOptions): HealthKeeper => {
  const { devices, cloudDevices, shifts, runtime } = options;
  const settings = { ...DEFAULT_HEALTH_SETTINGS, ...options.settings };
  const watched = new Map<string, Watched>();
  const running = new Set<Promise<void>>();

  // The runtime's wall clock gives this very form.
  const now = (): Instant => runtime.wall() as Instant;

  const warn = (message: string, deviceId: string, error: string): void =>
    runtime.log.write('warn', message, { device: deviceId, error });

  const interval = (): number => settings.everyMs * (1 + JITTER * (2 * runtime.random.next() - 1));

  const firstAt = ({ seen }: CloudDevice): number =>
    runtime.monotonic() + (seen?.availability === 'available' ? runtime.random.next() * settings.everyMs : 0);

  /** `undefined`: the keeper was stopped meanwhile, so that silence says nothing. */
  const ask = async (provider: FiscalProvider, signal: AbortSignal): Promise<Availability | undefined> => {
    const over = new AbortController();
    const end = (): void => over.abort();
    signal.addEventListener('abort', end, { once: true });
    const late = runtime
      .sleep(settings.timeoutMs, over.signal)
      .then((): Availability => ({ _tag: 'Unreachable', note: { code: 'timeout' } }));
    try {
      const answer = await Promise.race([provider.availability(over.signal), late]);
      return signal.aborted ? undefined : answer;
    } finally {
      signal.removeEventListener('abort', end);
      end();
    }
  };

  // The state of the device is only as new as its last event: what is told now is newer.
  const observeShifts = async (device: CloudDevice, told: ReadonlyArray<KktUnit>): Promise<void> => {
    const shown = shownKktShifts(told);
    if (shown.length === 0) return;
    for (const [registerId, { ownership }] of device.registers) {
      const loaded = await shifts.load(registerId)();
      const open = E.isRight(loaded) ? loaded.right.state?.open : undefined;
      if (E.isLeft(loaded))
        warn('the shifts of a register can not be read', device.deviceId, loaded.left._tag);
      if (open === undefined) continue;
      for (const one of shown) {
        if (isObserved(open, one)) continue;
        const handled = await shifts.handle(registerId, observeKktShift(one, now()), {
          commandId: observationId(registerId, open, one),
          actor: ACTOR,
          organisation: ownership.organisation,
        })();
        // Another keeper was faster, or the shift was closed meanwhile: both are ordinary.
        if (E.isLeft(handled) && handled.left._tag !== 'CommandIdReused' && handled.left._tag !== 'Refused')
          warn('the shift of a unit was not recorded', device.deviceId, handled.left._tag);
      }
    }
  };

  /** Answers whether the device is available and that was recorded. */
  const look = async (device: CloudDevice, signal: AbortSignal): Promise<boolean> => {
    const { deviceId, registration } = device;
    const provider = devices.provider(deviceId);
    const answer = provider === undefined ? undefined : await ask(provider, signal);
    if (answer === undefined) return false;
    const observed = observedHealth(answer, device);
    const handled = await cloudDevices.handle(
      deviceId,
      { type: 'RecordHealth', data: { now: now(), ...observed } },
      { commandId: runtime.ids.next(), actor: ACTOR, organisation: registration.organisation },
    )();
    if (E.isLeft(handled)) {
      const { left } = handled;
      warn(
        'the state of a device was not recorded',
        deviceId,
        left._tag === 'Refused' ? left.refusal.rule : left._tag,
      );
      return false;
    }
    const { state, events } = handled.right;
    if (events.length > 0)
      runtime.log.write('info', 'the state of a device has changed', {
        device: deviceId,
        availability: observed.availability,
      });
    if (state !== undefined) await observeShifts(state, observed.units);
    return observed.availability === 'available';
  };

  const wellAfter = async (device: CloudDevice, signal: AbortSignal): Promise<boolean> => {
    try {
      return await look(device, signal);
    } catch (error) {
      warn('an ask for the state of a device threw', device.deviceId, errorName(error));
      return false;
    }
  };

  const visit = async (device: CloudDevice, watch: Watched, signal: AbortSignal): Promise<void> => {
    const isWell = await wellAfter(device, signal);
    watch.tries = isWell ? 0 : watch.tries + 1;
    const again = pauseOf(settings.againBackoff, watch.tries - 1, runtime.random);
    watch.nextAt = runtime.monotonic() + (isWell ? interval() : Math.min(again, settings.everyMs));
    watch.busy = false;
  };

  const round = (signal: AbortSignal): void => {
    const there = new Set<string>();
    for (const device of devices.all()) {
      if (device.status === 'retired') continue;
      there.add(device.deviceId);
      const watch = watched.get(device.deviceId) ?? { nextAt: firstAt(device), tries: 0, busy: false };
      watched.set(device.deviceId, watch);
      if (watch.busy || watch.nextAt > runtime.monotonic()) continue;
      watch.busy = true;
      const visiting = visit(device, watch, signal);
      running.add(visiting);
      void visiting.then(() => running.delete(visiting));
    }
    for (const deviceId of watched.keys()) if (!there.has(deviceId)) watched.delete(deviceId);
  };

  return {
    run: async (signal) => {
      while (!signal.aborted) {
        try {
          round(signal);
        } catch (error) {
          runtime.log.write('error', 'the list of devices could not be read', { error: errorName(error) });
        }
        await runtime.sleep(settings.lookMs, signal);
      }
      await Promise.all(running);
    },
  };
};
