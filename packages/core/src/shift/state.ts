import type { Instant } from '@cloud-kassa/ffd';
import { instantFromMilliseconds, millisecondsOf } from '@cloud-kassa/ffd';
import type { KktShiftObserved, ShiftEvent, ShiftOpened } from './events';

/** A KKT shift as it was seen in a book-keeping shift. */
export interface ObservedKktShift {
  readonly registrationNumber: string;
  readonly drive?: string;
  readonly kktShift: number;
}

export interface OpenBookShift {
  readonly shiftId: string;
  readonly number: number;
  readonly openedAt: Instant;
  readonly kktShifts: ReadonlyArray<ObservedKktShift>;
}

/** All shifts of one register (кассовые смены): their common stream is the fence that lets only one be open. */
export interface RegisterShifts {
  readonly registerId: string;
  readonly open?: OpenBookShift;
  /** Number of the last shift that was opened. */
  readonly lastNumber: number;
  /** Ids of the shifts that are closed. */
  readonly closed: ReadonlySet<string>;
}

export type ShiftState = RegisterShifts | undefined;

/** The stream of all shifts of a register. */
export const shiftStream = (registerId: string): string => `shift-${registerId}`;

/** A receipt may not be formed later than 24 hours after the opening of the shift (order ЕД-7-20/662@; the drive enforces it for its own). */
export const SHIFT_LIMIT_HOURS = 24;

const SHIFT_LIMIT_MS = SHIFT_LIMIT_HOURS * 3_600_000;

/** The last instant of a shift opened at an instant. */
export const shiftDueAfter = (openedAt: Instant): Instant =>
  instantFromMilliseconds(millisecondsOf(openedAt) + SHIFT_LIMIT_MS);

/** Until when the open shift must be closed; `undefined` where none is open. */
export const shiftDueAt = (state: ShiftState): Instant | undefined =>
  state?.open === undefined ? undefined : shiftDueAfter(state.open.openedAt);

/** The shift in which a receipt may be made at an instant: the one that is open and not older than 24 hours. */
export const usableShift = (state: ShiftState, at: Instant): OpenBookShift | undefined =>
  state?.open !== undefined && at <= shiftDueAfter(state.open.openedAt) ? state.open : undefined;

const opened = (
  state: ShiftState,
  { at, registerId, shiftId, number }: ShiftOpened['data'],
): RegisterShifts => ({
  registerId: state?.registerId ?? registerId,
  lastNumber: number,
  closed: state?.closed ?? new Set(),
  open: { shiftId, number, openedAt: at, kktShifts: [] },
});

const observed = (state: RegisterShifts, data: KktShiftObserved['data']): RegisterShifts => {
  if (state.open === undefined) return state;
  const { registrationNumber, drive, kktShift } = data;
  const seen = { registrationNumber, kktShift, ...(drive === undefined ? {} : { drive }) };
  return { ...state, open: { ...state.open, kktShifts: [...state.open.kktShifts, seen] } };
};

/** Folds one event into the shifts of a register. Total. */
export const evolveShift = (state: ShiftState, event: ShiftEvent): ShiftState => {
  if (event.type === 'shift.ShiftOpened') return opened(state, event.data);
  if (state === undefined) return undefined;
  if (event.type === 'shift.KktShiftObserved') return observed(state, event.data);
  const { open: _open, ...rest } = state;
  return { ...rest, closed: new Set([...state.closed, event.data.shiftId]) };
};
