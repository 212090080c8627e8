import * as fc from 'fast-check';
import { instantFromMilliseconds, NO_PAYMENTS } from '@cloud-kassa/ffd';
import { decidedAgain, foldEvents, historyOf, ruleOf, shuffled, unstorable } from '../decider-laws.testing';
import { money } from '../values.testing';
import type { ShiftCommand, ShiftEvent, ShiftState } from '.';
import { NO_TOTALS, SHIFT, SHIFT_EVENTS, SHIFT_RULES } from '.';

const AVAILABLE = { deviceId: 'main', revision: 4, available: true, reasons: [] };

const now = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 0, 6) }).map(instantFromMilliseconds);
const shiftId = fc.constantFrom('s1', 's2', 's3', '__proto__');
const by = fc.constantFrom('person' as const, 'keeper' as const);
const sale = (total: number, cashless: number) => ({
  ...NO_TOTALS,
  sale: { receipts: 3, total: money(total), payments: { ...NO_PAYMENTS, cashless: money(cashless) } },
});

const command: fc.Arbitrary<ShiftCommand> = fc.oneof(
  fc.record({
    type: fc.constant('OpenShift' as const),
    data: fc.record({
      now,
      registerId: fc.constant('site'),
      shiftId,
      openedBy: by,
      device: fc.constantFrom(AVAILABLE, AVAILABLE, {
        ...AVAILABLE,
        available: false,
        reasons: ['not-seen' as const],
      }),
    }),
  }),
  fc.record({
    type: fc.constant('ObserveKktShift' as const),
    data: fc.record({
      now,
      registrationNumber: fc.constantFrom('1', '2'),
      kktShift: fc.integer({ min: 0, max: 3 }),
    }),
  }),
  fc.record({
    type: fc.constant('CloseShift' as const),
    data: fc.record({
      now,
      shiftId,
      closedBy: by,
      totals: fc.constantFrom(NO_TOTALS, sale(500, 500), sale(100, 99)),
      upToPosition: fc.constant('1'),
      openReceipts: fc.integer({ min: -1, max: 2 }),
      ofdDiffers: fc.boolean(),
      forced: fc.boolean(),
    }),
  }),
);

const history: fc.Arbitrary<ReadonlyArray<ShiftEvent>> = fc
  .array(command, { maxLength: 25, size: 'max' })
  .map((commands) => historyOf(SHIFT, commands));

const fold = (events: ReadonlyArray<ShiftEvent>): ShiftState => foldEvents(SHIFT, events);

describe('the shifts of a register as a decider', () => {
  it('is total on any events in any order', () => {
    fc.assert(
      fc.property(shuffled(history), command, (events, next) => {
        expect([...Object.keys(SHIFT_RULES), undefined]).toContain(ruleOf(SHIFT, next, fold(events)));
      }),
      { numRuns: 300 },
    );
  });

  it('a command decided twice changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.oneof(history, shuffled(history)), command, (events, next) => {
        expect(decidedAgain(SHIFT, next, fold(events))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('decides only what its codecs read back and canonical JSON can hold', () => {
    fc.assert(
      fc.property(history, (events) => {
        expect(unstorable(SHIFT_EVENTS, events)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('has one open shift at most: openings and closings take turns, and name the same shift', () => {
    fc.assert(
      fc.property(history, (events) => {
        const turns = events.filter(({ type }) => type !== 'shift.KktShiftObserved');
        expect(turns.map(({ type }) => type)).toEqual(
          turns.map((_turn, index) => (index % 2 === 0 ? 'shift.ShiftOpened' : 'shift.ShiftClosed')),
        );
        const ids = turns.map((turn) => ('shiftId' in turn.data ? turn.data.shiftId : ''));
        expect(ids.filter((id, index) => index % 2 === 1 && id !== ids[index - 1])).toEqual([]);
        expect(fold(events)?.open !== undefined).toBe(turns.length % 2 === 1);
      }),
      { numRuns: 200 },
    );
  });

  it('opens every id once and numbers without a gap', () => {
    fc.assert(
      fc.property(history, (events) => {
        const opened = events.flatMap((event) => (event.type === 'shift.ShiftOpened' ? [event.data] : []));
        expect(new Set(opened.map((shift) => shift.shiftId)).size).toBe(opened.length);
        expect(opened.map(({ number }) => number)).toEqual(opened.map((_shift, index) => index + 1));
      }),
      { numRuns: 200 },
    );
  });
});
