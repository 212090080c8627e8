import { deviceRefusal } from '../refusal';
import type { DeviceRefusal } from '../refusal';
import { signingRefusal } from '../drive/fiscal-drive';
import { clockOf } from '../kkt/kkt';
import type { Kkt } from '../kkt/kkt';
import { isShiftOver } from '../kkt/shift';
import { standing } from './faults';
import type { GroupState, Unit } from './group-state';
import { isStanding } from './group-state';

/** A unit's register with the clock error that stands for it. */
export const kktOf = (state: GroupState, { kkt }: Unit): Kkt => {
  if (state.faults.length === 0) return kkt.clockError === 0 ? kkt : { ...kkt, clockError: 0 };
  const fault = standing(state.faults, 'clock-offset', { unit: kkt.settings.serial });
  const clockError = fault?.milliseconds ?? 0;
  return kkt.clockError === clockError ? kkt : { ...kkt, clockError };
};

/** True when work can be given to a unit: it answers and its drive is in fiscal mode. */
export const isReachable = (state: GroupState, unit: Unit): boolean =>
  unit.kkt.drive?.phase === 3 && !isStanding(state, 'unit-unreachable', unit);

/** What a unit answers by a fault that stands for it, whatever the document. */
export const forcedRefusal = (state: GroupState, unit: Unit): DeviceRefusal | undefined => {
  if (isStanding(state, 'drive-full', unit)) return deviceRefusal('memory-full');
  return isStanding(state, 'key-expired', unit) ? deviceRefusal('key-expired') : undefined;
};

/** Whether the group closes this unit's shift now or before its next receipt. */
export const keeperWorks = (state: GroupState, unit: Unit): boolean =>
  state.settings.shifts.mode === 'automatic' && !isStanding(state, 'shift-keeper-asleep', unit);

/** True when a receipt given to the unit now is not refused for the unit's own sake. */
export const isAble = (state: GroupState, unit: Unit): boolean => {
  const kkt = kktOf(state, unit);
  if (kkt.drive === null || forcedRefusal(state, unit) !== undefined) return false;
  const at = clockOf(kkt, state.now);
  if (signingRefusal(kkt.drive, 3, at) !== undefined) return false;
  if (kkt.shift === null) return state.settings.shifts.mode === 'automatic';
  return !isShiftOver(kkt.shift, at) || keeperWorks(state, unit);
};

/**
 * Units a waiting receipt may go to: those able to make it; if there are none, any that can be reached, so that the
 * sender learns what is wrong.
 */
export const candidates = (state: GroupState): ReadonlyArray<number> => {
  const free = state.units.flatMap((unit, index) =>
    unit.job === null && isReachable(state, unit) ? [index] : [],
  );
  const able = free.filter((index) => {
    const unit = state.units[index];
    return unit !== undefined && isAble(state, unit);
  });
  if (able.length > 0) return able;
  const working = state.units.some(
    (unit) => unit.job !== null && isReachable(state, unit) && isAble(state, unit),
  );
  return working ? [] : free;
};
