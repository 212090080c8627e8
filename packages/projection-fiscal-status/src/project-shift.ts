import { NO_TOTALS, shiftDueAfter, type ShiftEvent } from '@cloud-kassa/core';
import type { StoredEvent } from '@cloud-kassa/event-store';
import { put, remove, UNCHANGED, type Change, type Rows } from '@cloud-kassa/projections';
import { OPEN_SHIFTS, SHIFTS } from './shift-tables';

const PREFIX = 'shift-';

/** Keeps the shifts of a register. What is fiscalised meanwhile belongs to the one that is open. */
export const projectShift = (
  event: ShiftEvent,
  { stream }: StoredEvent,
  rows: Rows,
): ReadonlyArray<Change> => {
  const registerId = stream.slice(PREFIX.length);
  const { shiftId } = event.data;
  if (event.type === 'shift.ShiftOpened') {
    const { at: openedAt, number, openedBy, deviceId } = event.data;
    const dueAt = shiftDueAfter(openedAt);
    return [
      put(OPEN_SHIFTS, { registerId, shiftId, number, openedAt, dueAt }),
      put(SHIFTS, {
        registerId,
        shiftId,
        number,
        deviceId,
        openedAt,
        openedBy,
        dueAt,
        isOpen: true,
        totals: NO_TOTALS,
        kktShifts: [],
      }),
    ];
  }
  const shift = rows.get(SHIFTS, { registerId, shiftId });
  if (shift === undefined) return UNCHANGED;
  if (event.type === 'shift.KktShiftObserved') {
    const { registrationNumber, drive, kktShift } = event.data;
    const seen = { registrationNumber, kktShift, ...(drive === undefined ? {} : { drive }) };
    return [put(SHIFTS, { ...shift, kktShifts: [...shift.kktShifts, seen] })];
  }
  const {
    at: closedAt,
    closedBy,
    totals: statedTotals,
    upToPosition,
    openReceipts,
    late,
    forced,
  } = event.data;
  return [
    remove(OPEN_SHIFTS, { registerId }),
    put(SHIFTS, {
      ...shift,
      isOpen: false,
      closedAt,
      closedBy,
      statedTotals,
      upToPosition,
      openReceipts,
      late,
      forced,
    }),
  ];
};
