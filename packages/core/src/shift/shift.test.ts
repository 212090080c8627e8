import * as E from 'fp-ts/Either';
import { NO_PAYMENTS } from '@cloud-kassa/ffd';
import { at, money, proven } from '../values.testing';
import type { CloseShift, ShiftCommand, ShiftEvent, ShiftRule, ShiftState, ShiftTotals } from '.';
import { decideShift, evolveShift, NO_TOTALS, SHIFT_RULES, shiftDueAt, shiftStream, usableShift } from '.';

const OPENED = at('2026-03-01T06:00:00.000Z');
const LATER = at('2026-03-01T18:00:00.000Z');

const AVAILABLE = { deviceId: 'main', revision: 4, available: true, reasons: [] };

const open = (
  shiftId = 's1',
  device: Extract<ShiftCommand, { type: 'OpenShift' }>['data']['device'] = AVAILABLE,
): ShiftCommand => ({
  type: 'OpenShift',
  data: { now: OPENED, registerId: 'site', shiftId, openedBy: 'person', device },
});
const observe = (kktShift: number, registrationNumber = '0000000400037789'): ShiftCommand => ({
  type: 'ObserveKktShift',
  data: { now: LATER, registrationNumber, drive: '7380440902582955', kktShift },
});
const close = (change: Partial<CloseShift['data']> = {}): CloseShift => ({
  type: 'CloseShift',
  data: {
    now: LATER,
    shiftId: 's1',
    closedBy: 'person',
    totals: NO_TOTALS,
    upToPosition: '42',
    openReceipts: 0,
    ...change,
  },
});

const sale = (receipts: number, total: number, cashless: number): ShiftTotals => ({
  ...NO_TOTALS,
  sale: { receipts, total: money(total), payments: { ...NO_PAYMENTS, cashless: money(cashless) } },
});

const given = (...commands: ReadonlyArray<ShiftCommand>): ShiftState =>
  commands.reduce(
    (state: ShiftState, command) => proven(decideShift(command, state)).reduce(evolveShift, state),
    undefined,
  );
const decided = (command: ShiftCommand, ...before: ReadonlyArray<ShiftCommand>): ReadonlyArray<ShiftEvent> =>
  proven(decideShift(command, given(...before)));

describe('every refusal of a shift', () => {
  const down = { ...AVAILABLE, available: false, reasons: ['suspended', 'unavailable'] as const };
  type Case = readonly [before: ReadonlyArray<ShiftCommand>, command: ShiftCommand, field: string];
  const cases: Readonly<Record<ShiftRule, ReadonlyArray<Case>>> = {
    'device-unavailable': [[[], open('s1', down), 'device']],
    'shift-open': [[[open()], open('s2'), 'shiftId']],
    'shift-id-used': [[[open(), close()], open(), 'shiftId']],
    'no-open-shift': [
      [[], observe(1), 'shiftId'],
      [[], close(), 'shiftId'],
      [[open(), close()], close({ shiftId: 's2' }), 'shiftId'],
    ],
    'other-shift': [[[open()], close({ shiftId: 's2' }), 'shiftId']],
    'shift-number': [
      [[open()], observe(0), 'kktShift'],
      [[open()], observe(1.5), 'kktShift'],
    ],
    'closed-before-opened': [[[open()], close({ now: at('2026-03-01T05:59:59.999Z') }), 'now']],
    'totals-inconsistent': [
      [[open()], close({ totals: sale(1, 100, 99) }), 'totals.sale'],
      [[open()], close({ totals: sale(0, 100, 100) }), 'totals.sale'],
      [[open()], close({ totals: sale(-1, 100, 100) }), 'totals.sale'],
      [[open()], close({ totals: { ...NO_TOTALS, corrections: 0.5 } }), 'totals.corrections'],
    ],
    'open-receipts-count': [[[open()], close({ openReceipts: -1 }), 'openReceipts']],
    'receipts-open': [[[open()], close({ openReceipts: 2 }), 'openReceipts']],
    'totals-differ': [[[open()], close({ ofdDiffers: true }), 'totals']],
  };
  const rows = Object.entries(cases).flatMap(([rule, list]) =>
    list.map(([before, command, field]) => ({ rule, before, command, field })),
  );

  it.each(rows)('$rule at $field', ({ rule, before, command, field }) => {
    expect(decideShift(command, given(...before))).toEqual(E.left(expect.objectContaining({ rule, field })));
  });

  it('is described in both languages, with its source', () => {
    expect(Object.keys(cases).toSorted()).toEqual(Object.keys(SHIFT_RULES).toSorted());
    for (const { english, russian, source } of Object.values(SHIFT_RULES)) {
      expect(english).toMatch(/^[A-Z].*\.$/);
      expect(russian).toMatch(/^[А-Я].*[.?]$/);
      expect(source).not.toBe('');
    }
  });

  it('says why the device can not fiscalise', () => {
    expect(decideShift(open('s1', down), undefined)).toEqual(
      E.left({ rule: 'device-unavailable', field: 'device', detail: { reasons: 'suspended, unavailable' } }),
    );
  });
});

describe('opening (S25)', () => {
  it('records the device that said it can fiscalise, and numbers the shifts of the register', () => {
    expect(decided(open('s2'), open(), close())).toEqual([
      {
        type: 'shift.ShiftOpened',
        data: {
          at: OPENED,
          registerId: 'site',
          shiftId: 's2',
          number: 2,
          openedBy: 'person',
          deviceId: 'main',
          deviceRevision: 4,
        },
      },
    ]);
    expect(shiftStream('site')).toBe('shift-site');
  });

  it('again with the same id changes nothing, though the device has gone away since', () => {
    expect(decided(open('s1', { ...AVAILABLE, available: false, reasons: ['unreachable'] }), open())).toEqual(
      [],
    );
  });
});

describe('24 hours (a receipt not later than 24 hours after the shift was opened)', () => {
  it('opened 2026-03-01 09:00, receipt 2026-03-02 08:59: allowed; 09:01: refused, the shift must be closed', () => {
    const state = given(open());
    expect(shiftDueAt(state)).toBe('2026-03-02T06:00:00.000Z');
    expect(usableShift(state, at('2026-03-02T05:59:00.000Z'))?.shiftId).toBe('s1');
    expect(usableShift(state, at('2026-03-02T06:00:00.000Z'))?.shiftId).toBe('s1');
    expect(usableShift(state, at('2026-03-02T06:01:00.000Z'))).toBeUndefined();
  });

  it('a late closing is allowed and says so', () => {
    expect(decided(close({ now: at('2026-03-05T06:00:00.000Z') }), open())[0]).toMatchObject({
      data: { late: true },
    });
    expect(decided(close({ now: at('2026-03-02T06:00:00.000Z') }), open())[0]).toMatchObject({
      data: { late: false },
    });
  });

  it('no shift is due or usable where none is open', () => {
    expect(shiftDueAt(undefined)).toBeUndefined();
    expect(shiftDueAt(given(open(), close()))).toBeUndefined();
    expect(usableShift(given(open(), close()), LATER)).toBeUndefined();
  });
});

describe("the KKT's own shifts", () => {
  it('are kept as seen, each once, of several units', () => {
    const state = given(open(), observe(141), observe(141), observe(142), observe(7, '1234567890046294'));
    expect(state?.open?.kktShifts).toEqual([
      { registrationNumber: '0000000400037789', drive: '7380440902582955', kktShift: 141 },
      { registrationNumber: '0000000400037789', drive: '7380440902582955', kktShift: 142 },
      { registrationNumber: '1234567890046294', drive: '7380440902582955', kktShift: 7 },
    ]);
  });

  it('that span two book-keeping shifts are seen in both', () => {
    expect(decided(observe(142), open(), observe(142), close(), open('s2'))).toHaveLength(1);
  });
});

describe('closing', () => {
  it('by a person over open receipts or a difference with the operator needs to be meant', () => {
    expect(decided(close({ openReceipts: 2, ofdDiffers: true, forced: true }), open())).toEqual([
      {
        type: 'shift.ShiftClosed',
        data: {
          at: LATER,
          shiftId: 's1',
          closedBy: 'person',
          totals: NO_TOTALS,
          upToPosition: '42',
          openReceipts: 2,
          late: false,
          forced: true,
        },
      },
    ]);
  });

  it('is not called forced where there was nothing to force', () => {
    expect(decided(close({ forced: true }), open())[0]).toMatchObject({ data: { forced: false } });
  });

  it('by the keeper waits for nothing', () => {
    expect(
      decided(close({ closedBy: 'keeper', openReceipts: 9, ofdDiffers: true }), open())[0],
    ).toMatchObject({
      data: { openReceipts: 9, forced: false },
    });
  });

  it('again changes nothing, also when the next shift is open', () => {
    expect(decided(close(), open(), close())).toEqual([]);
    expect(decided(close({ openReceipts: 5 }), open(), close(), open('s2'))).toEqual([]);
  });
});
