import type { AttemptPhase, Receipt } from '@cloud-kassa/core';
import type { DeviceRegistry } from '@cloud-kassa/fiscalizer';

/** The device that a receipt waits for, and why the device takes or tells nothing. */
export interface WaitsForDevice {
  readonly deviceId: string;
  /** A person's word (`suspended`, `retired`), no connection here (`not-opened`), or what its provider last came to. */
  readonly because: 'suspended' | 'retired' | 'not-opened' | 'unavailable' | 'unreachable' | 'unauthorised';
}

/** Phases in which the next step is one with the provider. */
const WITH_PROVIDER: ReadonlySet<AttemptPhase> = new Set(['Ready', 'Intended', 'Pending', 'Unknown']);

/** Whether a receipt waits for its device. What was sent to a suspended device is still asked after, so only a send waits for its resumption. */
export const waitsForDevice = (
  { attempt: { phase, route } }: Receipt,
  registry: Pick<DeviceRegistry, 'get' | 'provider'>,
): WaitsForDevice | undefined => {
  if (route === undefined || !WITH_PROVIDER.has(phase)) return undefined;
  const { deviceId } = route;
  const device = registry.get(deviceId);
  if (device === undefined) return { deviceId, because: 'not-opened' };
  if (device.status !== 'active' && phase === 'Ready') return { deviceId, because: device.status };
  if (registry.provider(deviceId) === undefined) return { deviceId, because: 'not-opened' };
  const { availability = 'available' } = device.seen ?? {};
  return availability === 'available' ? undefined : { deviceId, because: availability };
};
