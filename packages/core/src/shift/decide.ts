import * as E from 'fp-ts/Either';
import { isCount } from '../count';
import type { Decider } from '../decider';
import type { CloseShift, ObserveKktShift, OpenShift, ShiftCommand } from './commands';
import type { ShiftEvent } from './events';
import type { ShiftRefusal, ShiftRule } from './rejections';
import { refusal } from './rejections';
import { inconsistentPart } from './shift-totals';
import type { OpenBookShift, ShiftState } from './state';
import { evolveShift, shiftDueAfter } from './state';

type Decision = E.Either<ShiftRefusal, ReadonlyArray<ShiftEvent>>;

const NOTHING: Decision = E.right([]);

const refuse = (rule: ShiftRule, field: string, detail?: ShiftRefusal['detail']): Decision =>
  E.left(refusal(rule, field, detail));

const open = (
  { now, registerId, shiftId, openedBy, device }: OpenShift['data'],
  state: ShiftState,
): Decision => {
  if (state?.open !== undefined) {
    const { shiftId: openId } = state.open;
    return openId === shiftId ? NOTHING : refuse('shift-open', 'shiftId', { shiftId: openId });
  }
  if (state?.closed.has(shiftId) === true) return refuse('shift-id-used', 'shiftId');
  if (!device.available)
    return refuse('device-unavailable', 'device', { reasons: device.reasons.join(', ') });
  return E.right([
    {
      type: 'shift.ShiftOpened',
      data: {
        at: now,
        registerId,
        shiftId,
        number: (state?.lastNumber ?? 0) + 1,
        openedBy,
        deviceId: device.deviceId,
        deviceRevision: device.revision,
      },
    },
  ]);
};

const observe = (data: ObserveKktShift['data'], state: ShiftState): Decision => {
  const { now, registrationNumber, drive, kktShift } = data;
  if (!isCount(kktShift) || kktShift === 0) return refuse('shift-number', 'kktShift');
  if (state?.open === undefined) return refuse('no-open-shift', 'shiftId');
  const { shiftId, kktShifts } = state.open;
  const known = kktShifts.some(
    (seen) =>
      seen.registrationNumber === registrationNumber && seen.drive === drive && seen.kktShift === kktShift,
  );
  if (known) return NOTHING;
  const ofDrive = drive === undefined ? {} : { drive };
  return E.right([
    { type: 'shift.KktShiftObserved', data: { at: now, shiftId, registrationNumber, kktShift, ...ofDrive } },
  ]);
};

/** What a person must have meant to close over. The keeper closes over everything. */
const objection = ({
  closedBy,
  openReceipts,
  ofdDiffers,
  forced,
}: CloseShift['data']): ShiftRefusal | undefined => {
  if (closedBy === 'keeper' || forced === true) return undefined;
  if (openReceipts > 0) return refusal('receipts-open', 'openReceipts', { receipts: openReceipts });
  return ofdDiffers === true ? refusal('totals-differ', 'totals') : undefined;
};

const closeProblem = (data: CloseShift['data'], { openedAt }: OpenBookShift): ShiftRefusal | undefined => {
  if (data.now < openedAt) return refusal('closed-before-opened', 'now');
  const part = inconsistentPart(data.totals);
  if (part !== undefined) return refusal('totals-inconsistent', `totals.${part}`);
  return isCount(data.openReceipts) ? objection(data) : refusal('open-receipts-count', 'openReceipts');
};

const close = (data: CloseShift['data'], state: ShiftState): Decision => {
  const { now, shiftId, closedBy, totals, upToPosition, openReceipts } = data;
  if (state?.closed.has(shiftId) === true) return NOTHING;
  if (state?.open === undefined) return refuse('no-open-shift', 'shiftId');
  if (state.open.shiftId !== shiftId)
    return refuse('other-shift', 'shiftId', { shiftId: state.open.shiftId });
  const problem = closeProblem(data, state.open);
  if (problem !== undefined) return E.left(problem);
  const late = now > shiftDueAfter(state.open.openedAt);
  const forced = objection({ ...data, forced: false }) !== undefined;
  return E.right([
    {
      type: 'shift.ShiftClosed',
      data: { at: now, shiftId, closedBy, totals, upToPosition, openReceipts, late, forced },
    },
  ]);
};

/** Decides one command to the shifts of a register. Total: whatever is not possible is refused with a rule. */
export const decideShift = (command: ShiftCommand, state: ShiftState): Decision => {
  switch (command.type) {
    case 'OpenShift':
      return open(command.data, state);
    case 'ObserveKktShift':
      return observe(command.data, state);
    case 'CloseShift':
      return close(command.data, state);
  }
};

/** The shifts of a register as a decider. */
export const SHIFT: Decider<ShiftCommand, ShiftState, ShiftEvent, ShiftRefusal> = {
  initial: undefined,
  decide: decideShift,
  evolve: evolveShift,
};
