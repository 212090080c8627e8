import type { ObservedKktShift, ShiftActor, ShiftTotals } from '@cloud-kassa/core';
import { flag, integer, json, optional, table, text, type RowOf } from '@cloud-kassa/projections';

/** The book-keeping shifts (кассовые смены) of the registers, with what was fiscalised in each. */
export const SHIFTS = table({
  name: 'shifts',
  columns: {
    registerId: text(),
    shiftId: text(),
    /** 1 for the first shift of the register. */
    number: integer(),
    deviceId: text(),
    openedAt: text(),
    openedBy: text<ShiftActor>(),
    /** 24 hours after the opening. */
    dueAt: text(),
    isOpen: flag(),
    closedAt: optional(text()),
    closedBy: optional(text<ShiftActor>()),
    /** Of all documents that became known while it was open. */
    totals: json<ShiftTotals>(),
    /** What was written into the closing: of the documents known at `upToPosition`. */
    statedTotals: optional(json<ShiftTotals>()),
    upToPosition: optional(text()),
    /** Receipts of the register without a document at that position. */
    openReceipts: optional(integer()),
    /** Closed later than 24 hours after the opening. */
    late: optional(flag()),
    /** Closed by a person in spite of open receipts or of a difference. */
    forced: optional(flag()),
    /** The KKT's own shifts that were seen in it. */
    kktShifts: json<ReadonlyArray<ObservedKktShift>>(),
  },
  key: ['registerId', 'shiftId'],
  indexes: [['openedAt'], ['registerId', 'openedAt'], ['isOpen', 'openedAt']],
});

/** Which shift of a register is open. */
export const OPEN_SHIFTS = table({
  name: 'open_shifts',
  columns: { registerId: text(), shiftId: text(), number: integer(), openedAt: text(), dueAt: text() },
  key: ['registerId'],
  indexes: [],
});

export type ShiftRow = RowOf<typeof SHIFTS.columns>;
export type OpenShiftRow = RowOf<typeof OPEN_SHIFTS.columns>;
