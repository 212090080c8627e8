import type {
  CloudDevice,
  DeviceObstacle,
  ObservedKktShift,
  OpenBookShift,
  RegisterCard,
} from '@cloud-kassa/core';
import { deviceAvailability } from '@cloud-kassa/core';
import type { DeviceAvailability } from '@cloud-kassa/core';
import type { Instant, ZoneCode } from '@cloud-kassa/ffd';
import { dateOf, instantToLocal } from '@cloud-kassa/ffd';
import { isObserved } from './kkt-shift';
import type { RegisterWatch, ShiftNeed, ShownByDocument } from './register-watch';
import type { ShiftPolicy } from './shift-policy';
import { shiftClosesAt } from './shift-policy';
import { registrationNumberOf } from './unit-name';

/** A register and the device it is attached to. */
export interface AttachedRegister {
  readonly device: CloudDevice;
  readonly card: RegisterCard;
}

/** Why a shift that is needed can not be opened now. */
export type ShiftObstacle = DeviceObstacle | 'not-seen' | 'not-attached';

/** What a keeper does next for a register. */
export type ShiftStep =
  | {
      readonly do: 'open';
      readonly need: ShiftNeed;
      readonly number: number;
      readonly device: DeviceAvailability;
    }
  | { readonly do: 'close'; readonly shift: OpenBookShift }
  | { readonly do: 'observe'; readonly shift: OpenBookShift; readonly shown: ObservedKktShift }
  /** A shift is needed and can not be opened. */
  | { readonly do: 'wait'; readonly need: ShiftNeed; readonly obstacles: ReadonlyArray<ShiftObstacle> }
  /** `until`: when the open shift is to be closed. */
  | { readonly do: 'nothing'; readonly until?: Instant };

const NOTHING: ShiftStep = { do: 'nothing' };

/**
 * A document without a shift asks for one on the day it was made; later a shift would only be opened in vain, for it can not take the
 * document in any more.
 */
const needOf = (
  { enqueued, fiscalised }: RegisterWatch,
  now: Instant,
  zone: ZoneCode,
): ShiftNeed | undefined => {
  const [first] = enqueued.values();
  if (first !== undefined) return first;
  const dayOf = (at: Instant): string => dateOf(instantToLocal(at, zone));
  return fiscalised !== undefined && dayOf(fiscalised.at) === dayOf(now) ? fiscalised : undefined;
};

const named = (document: ShownByDocument, device: CloudDevice | undefined): ObservedKktShift | undefined => {
  const { registrationNumber, kktSerial, fn, shiftNumber } = document;
  const name = {
    ...(registrationNumber === undefined ? {} : { registrationNumber }),
    ...(kktSerial === undefined ? {} : { serial: kktSerial }),
  };
  const number =
    device === undefined ? registrationNumber : registrationNumberOf(device, name, device.units.size <= 1);
  return number === undefined ? undefined : { registrationNumber: number, drive: fn, kktShift: shiftNumber };
};

const stepOfOpen = (
  { shown }: RegisterWatch,
  shift: OpenBookShift,
  device: CloudDevice | undefined,
  closesAt: Instant,
  now: Instant,
): ShiftStep => {
  if (now >= closesAt) return { do: 'close', shift };
  for (const document of shown.values()) {
    const one = named(document, device);
    if (one !== undefined && one.kktShift > 0 && !isObserved(shift, one))
      return { do: 'observe', shift, shown: one };
  }
  return { do: 'nothing', until: closesAt };
};

/**
 * The next step of a keeper for a register, from the log and the devices alone: a successor, or a second keeper, comes to the same.
 */
export const nextShiftStep = (
  watch: RegisterWatch,
  attached: AttachedRegister | undefined,
  policy: ShiftPolicy,
  now: Instant,
): ShiftStep => {
  const open = watch.shifts?.open;
  const zone = attached?.card.zone;
  if (open !== undefined)
    return stepOfOpen(watch, open, attached?.device, shiftClosesAt(open.openedAt, zone, policy), now);
  if (policy.open === 'by-person') return NOTHING;
  if (attached === undefined) {
    const [need] = watch.enqueued.values();
    return need === undefined ? NOTHING : { do: 'wait', need, obstacles: ['not-attached'] };
  }
  const need = needOf(watch, now, attached.card.zone);
  if (need === undefined) return NOTHING;
  const device = deviceAvailability(attached.device, now);
  return device.available
    ? { do: 'open', need, number: (watch.shifts?.lastNumber ?? 0) + 1, device }
    : { do: 'wait', need, obstacles: device.reasons };
};
