import type { Receipt } from '@cloud-kassa/core';
import type { Capabilities } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import type { DeviceGate } from './device-gate';
import { deviceGate } from './device-gate';
import type { OpenReceipt } from './open-receipt';
import type { Devices } from '../devices/devices';
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
  /** Counts the receipt in or out of its device's window by its phase. */
  readonly track: (receipt: Receipt, now: number) => void;
  readonly forget: (receipt: Receipt) => void;
  /** This process died with the receipt in flight: its device is approached one receipt at a time. */
  readonly crashed: (receipt: Receipt) => void;
  /** Begins the probe of every breaker whose pause is over. */
  readonly probe: () => void;
  readonly nextAt: (now: number) => number | undefined;
  /** Receipts that could be sent but for their device being down. */
  readonly stranded: (entries: Iterable<OpenReceipt>, now: number) => ReadonlyArray<OpenReceipt>;
}

const isInFlight = ({ attempt }: Receipt): boolean =>
  attempt.phase === 'Intended' || attempt.phase === 'Pending' || attempt.phase === 'Unknown';

export const deviceGates = ({ devices, runtime, settings, wake }: DeviceGatesOptions): DeviceGates => {
  const gates = new Map<string, DeviceGate>();

  const of = (deviceId: string): DeviceGate | undefined => {
    const known = gates.get(deviceId);
    if (known !== undefined) return known;
    const provider = devices.provider(deviceId);
    if (provider === undefined) return undefined;
    const gate = deviceGate(provider, settings);
    gates.set(deviceId, gate);
    return gate;
  };

  const gateOf = (receipt: Receipt): DeviceGate | undefined =>
    receipt.attempt.route === undefined ? undefined : of(receipt.attempt.route.deviceId);

  const probeOne = async (gate: DeviceGate): Promise<void> => {
    const availability = await gate.provider.availability();
    gate.endProbe(availability._tag !== 'Unreachable', runtime.monotonic());
    wake();
  };

  return {
    of,
    capabilities: (receipt) => gateOf(receipt)?.provider.capabilities,
    track: (receipt, now) => {
      const gate = gateOf(receipt);
      if (isInFlight(receipt)) gate?.enter(receipt.receiptId, now);
      else gate?.leave(receipt.receiptId);
    },
    forget: (receipt) => gateOf(receipt)?.leave(receipt.receiptId),
    crashed: (receipt) => gateOf(receipt)?.slowStart(),
    probe: () => {
      const now = runtime.monotonic();
      for (const gate of gates.values()) if (gate.beginProbe(now)) void probeOne(gate);
    },
    nextAt: (now) => {
      const moments = [...gates.values()]
        .map((gate) => gate.nextAt(now))
        .filter((moment) => moment !== undefined);
      return moments.length === 0 ? undefined : Math.min(...moments);
    },
    stranded: (entries, now) =>
      [...entries].filter(({ receipt }) => {
        const gate = gateOf(receipt);
        return (
          receipt.attempt.phase === 'Ready' &&
          receipt.attempt.open === 0 &&
          gate !== undefined &&
          !gate.isUp(now)
        );
      }),
  };
};
