import type { Instant } from '@cloud-kassa/ffd';
import type { DeviceFacts, RegisterFacts } from '../receipt/facts';
import type { DeviceObstacle } from './obstacles';
import { deviceObstacles } from './obstacles';
import type { CloudDevice } from './state';

/** What a receipt's admission needs to know of a device. */
export const deviceFacts = ({ deviceId, revision, registration }: CloudDevice): DeviceFacts => ({
  deviceId,
  revision,
  organisation: registration.organisation,
  ffd: registration.ffd,
  taxations: registration.taxations,
  internetOnly: registration.internetOnly,
});

/** What a receipt's admission needs to know of a register card; `undefined` where the register is not attached to this device. */
export const registerFacts = (
  { deviceId, registers }: CloudDevice,
  registerId: string,
): RegisterFacts | undefined => {
  const card = registers.get(registerId);
  if (card === undefined) return undefined;
  const { policy, legalGround, vatRule, zone, ownership } = card;
  return { registerId, deviceId, organisation: ownership.organisation, policy, legalGround, vatRule, zone };
};

/** Whether a device said that it can fiscalise, as it was read when a shift was to be opened. */
export interface DeviceAvailability {
  readonly deviceId: string;
  /** Revision of the device's stream the answer was read at. */
  readonly revision: number;
  readonly available: boolean;
  /** Why not; `not-seen` where the provider was never asked. */
  readonly reasons: ReadonlyArray<DeviceObstacle | 'not-seen'>;
}

/** A shift opens only when the device has said that it can fiscalise: here silence is an obstacle too. */
export const deviceAvailability = (device: CloudDevice, at: Instant): DeviceAvailability => {
  const { deviceId, revision, seen } = device;
  const reasons = [...deviceObstacles(device, at), ...(seen === undefined ? (['not-seen'] as const) : [])];
  return { deviceId, revision, available: reasons.length === 0, reasons };
};
