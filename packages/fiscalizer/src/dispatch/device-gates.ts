import type { Receipt } from '@cloud-kassa/core';
import type { Capabilities, FiscalProvider } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import type { DeviceGate } from './device-gate';
import { deviceGate } from './device-gate';
import type { OpenReceipt } from './open-receipt';
import type { Devices } from '../devices/devices';
import { errorName } from '../error-name';
import { inTime } from '../in-time';
import type { FiscalizerSettings } from '../settings';

export interface DeviceGatesOptions {
  readonly devices: Devices;
  readonly runtime: Runtime;
  readonly settings: FiscalizerSettings;
  /** Something may go through now that could not before. */
  readonly wake: () => void;
}

/** The gates of all devices that receipts are routed to. */
export interface DeviceGates {
  readonly of: (deviceId: string) => DeviceGate | undefined;
  readonly capabilities: (receipt: Receipt) => Capabilities | undefined;
  /** Counts the receipt in or out of its device's window by its phase: one that was not sent after all gives its place back. */
  readonly track: (receipt: Receipt, now: number) => void;
  readonly forget: (receipt: Receipt) => void;
  /** This process died with the receipt in flight: its device is approached one receipt at a time. */
  readonly crashed: (receipt: Receipt) => void;
  /** Begins the probe of every breaker whose pause is over. */
  readonly probe: () => void;
  readonly nextAt: (now: number) => number | undefined;
  /** The receipt's device takes nothing new, because a person said so. */
  readonly isSuspended: (receipt: Receipt) => boolean;
  /** Receipts that could be sent but for their device being down or suspended. */
  readonly stranded: (entries: Iterable<OpenReceipt>, now: number) => ReadonlyArray<OpenReceipt>;
}

const isInFlight = ({ attempt }: Receipt): boolean =>
  attempt.phase === 'Intended' || attempt.phase === 'Pending' || attempt.phase === 'Unknown';

export const deviceGates = ({ devices, runtime, settings, wake }: DeviceGatesOptions): DeviceGates => {
  const gates = new Map<string, DeviceGate>();

  const of = (deviceId: string): DeviceGate | undefined => {
    const known = gates.get(deviceId);
    if (known !== undefined) return known;
    if (devices.provider(deviceId) === undefined) return undefined;
    const gate = deviceGate(settings);
    gates.set(deviceId, gate);
    return gate;
  };

  const gateOf = (receipt: Receipt): DeviceGate | undefined =>
    receipt.attempt.route === undefined ? undefined : of(receipt.attempt.route.deviceId);

  /** The provider as it is open now: the one behind a gate is another one when its connection has changed. */
  const providerOf = ({ attempt: { route } }: Receipt): FiscalProvider | undefined =>
    route === undefined ? undefined : devices.provider(route.deviceId);

  const isReachable = async (deviceId: string): Promise<boolean> => {
    try {
      const asked = await inTime(runtime, settings.sendTimeoutMs, async (signal) =>
        devices.provider(deviceId)?.availability(signal),
      );
      return asked._tag === 'Done' && asked.value !== undefined && asked.value._tag !== 'Unreachable';
    } catch (error) {
      runtime.log.write('error', 'the probe of a device threw', {
        device: deviceId,
        error: errorName(error),
      });
      return false;
    }
  };

  const probeOne = async (deviceId: string, gate: DeviceGate): Promise<void> => {
    gate.endProbe(await isReachable(deviceId), runtime.monotonic());
    wake();
  };

  const isSuspended = ({ attempt: { route } }: Receipt): boolean =>
    route !== undefined && devices.isSuspended(route.deviceId);

  return {
    of,
    isSuspended,
    capabilities: (receipt) => providerOf(receipt)?.capabilities,
    track: (receipt, now) => {
      const gate = gateOf(receipt);
      if (isInFlight(receipt)) gate?.enter(receipt.receiptId, now);
      else gate?.leave(receipt.receiptId);
    },
    forget: (receipt) => gateOf(receipt)?.leave(receipt.receiptId),
    crashed: (receipt) => gateOf(receipt)?.slowStart(),
    probe: () => {
      const now = runtime.monotonic();
      for (const [deviceId, gate] of gates) if (gate.beginProbe(now)) void probeOne(deviceId, gate);
    },
    nextAt: (now) => {
      const moments = [...gates.values()]
        .map((gate) => gate.nextAt(now))
        .filter((moment) => moment !== undefined);
      return moments.length === 0 ? undefined : Math.min(...moments);
    },
    stranded: (entries, now) =>
      [...entries].filter(({ receipt }) => {
        const { phase, open } = receipt.attempt;
        if (phase !== 'Ready' || open > 0) return false;
        return (
          providerOf(receipt) === undefined || isSuspended(receipt) || gateOf(receipt)?.isUp(now) !== true
        );
      }),
  };
};
