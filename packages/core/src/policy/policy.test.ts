import * as fc from 'fast-check';
import {
  instantFromMilliseconds,
  instantToLocal,
  millisecondsOf,
  TAXATION_LIST,
  TAXATIONS,
  VAT_CODE_LIST,
  VAT_CODES,
  ZONE_CODES,
} from '@cloud-kassa/ffd';
import { at, date } from '../values.testing';
import { ALARM_PERCENTS, alarmsDue } from './deadline-alarms';
import { alarmDeadline, DEADLINE_RULES, legalDeadline, TECHNICAL_GRACE_MS } from './legal-deadline';
import { LEGAL_GROUND_LIST, LEGAL_GROUNDS } from './legal-ground';
import { POLICY_VERSION } from './policy-version';
import { isWorkingDay, nextWorkingDay, WEEKDAYS_ONLY } from './production-calendar';
import { admitsByPolicy, DEFAULT_REGISTER_POLICY, REGISTER_POLICIES } from './register-policy';

const MOSCOW = 2;
const KALININGRAD = 1;
const KAMCHATKA = 11;

describe('legal deadlines (54-FZ art. 1.2)', () => {
  it('bank transfer on Saturday 2025-11-29: due by the end of Monday 2025-12-01 (cl. 5.4)', () => {
    const saturdayNoon = at('2025-11-29T09:00:00.000Z');
    expect(legalDeadline('bank-transfer', saturdayNoon, MOSCOW, WEEKDAYS_ONLY)).toBe(
      '2025-12-01T20:59:59.999Z',
    );
  });

  it('a working day of settlement does not count: Friday is due on Monday, Monday on Tuesday (cl. 5.4)', () => {
    expect(legalDeadline('bank-transfer', at('2025-11-28T09:00:00.000Z'), MOSCOW, WEEKDAYS_ONLY)).toBe(
      '2025-12-01T20:59:59.999Z',
    );
    expect(legalDeadline('bank-transfer', at('2025-12-01T09:00:00.000Z'), MOSCOW, WEEKDAYS_ONLY)).toBe(
      '2025-12-02T20:59:59.999Z',
    );
  });

  it('follows the production calendar: days off are skipped, a worked Saturday counts', () => {
    const calendar = { daysOff: [date('2025-11-03'), date('2025-11-04')], workingDays: [date('2025-11-01')] };
    expect(legalDeadline('bank-transfer', at('2025-10-31T09:00:00.000Z'), MOSCOW, calendar)).toBe(
      '2025-11-01T20:59:59.999Z',
    );
    expect(legalDeadline('bank-transfer', at('2025-11-01T09:00:00.000Z'), MOSCOW, calendar)).toBe(
      '2025-11-05T20:59:59.999Z',
    );
  });

  it("counts the day in the register's zone (tag 1011)", () => {
    const settledAt = at('2025-11-27T21:30:00.000Z');
    // Friday already in Moscow, still Thursday in Kaliningrad, Friday morning on Kamchatka.
    expect(legalDeadline('bank-transfer', settledAt, MOSCOW, WEEKDAYS_ONLY)).toBe('2025-12-01T20:59:59.999Z');
    expect(legalDeadline('bank-transfer', settledAt, KALININGRAD, WEEKDAYS_ONLY)).toBe(
      '2025-11-28T21:59:59.999Z',
    );
    expect(legalDeadline('bank-transfer', settledAt, KAMCHATKA, WEEKDAYS_ONLY)).toBe(
      '2025-12-01T11:59:59.999Z',
    );
  });

  it('not later than the hand-over of the goods, where that comes after the payment (cl. 5.4)', () => {
    const settledAt = at('2025-11-28T09:00:00.000Z');
    const term = (handedOverAt: string) =>
      legalDeadline('bank-transfer', settledAt, MOSCOW, WEEKDAYS_ONLY, { handedOverAt: at(handedOverAt) });
    expect(term('2025-11-29T10:00:00.000Z')).toBe('2025-11-29T10:00:00.000Z');
    expect(term('2025-12-05T10:00:00.000Z')).toBe('2025-12-01T20:59:59.999Z');
    expect(term('2025-11-20T10:00:00.000Z')).toBe('2025-12-01T20:59:59.999Z');
  });

  it('cashless over the Internet: at the settlement (cl. 5)', () => {
    const settledAt = at('2026-01-04T10:00:00.000Z');
    expect(legalDeadline('internet-cashless', settledAt, MOSCOW, WEEKDAYS_ONLY)).toBe(settledAt);
  });

  it('passenger transport: the strict reading unless the user says that the same day is enough (cl. 5.9, unconfirmed)', () => {
    const settledAt = at('2026-01-04T10:00:00.000Z');
    expect(legalDeadline('transport', settledAt, MOSCOW, WEEKDAYS_ONLY)).toBe(settledAt);
    const rules = { ...DEADLINE_RULES, transport: 'end-of-settlement-day' } as const;
    expect(legalDeadline('transport', settledAt, MOSCOW, WEEKDAYS_ONLY, { rules })).toBe(
      '2026-01-04T20:59:59.999Z',
    );
  });

  it('lies on a working day, after the settlement, at the last millisecond of the day there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) }),
        fc.constantFrom(...ZONE_CODES),
        (milliseconds, zone) => {
          const settledAt = instantFromMilliseconds(milliseconds);
          const deadline = legalDeadline('bank-transfer', settledAt, zone, WEEKDAYS_ONLY);
          expect(deadline > settledAt).toBe(true);
          const local = instantToLocal(deadline, zone);
          expect(local.slice(11)).toBe('23:59:59');
          expect(isWorkingDay(WEEKDAYS_ONLY, date(local.slice(0, 10)))).toBe(true);
          expect(millisecondsOf(deadline) - milliseconds).toBeLessThan(4 * 86_400_000);
        },
      ),
    );
  });

  it('a calendar without working days ends in the day after, not in an endless search', () => {
    const year = Array.from({ length: 400 }, (_, day) =>
      date(new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)),
    );
    expect(nextWorkingDay({ daysOff: year, workingDays: [] }, date('2026-01-01'))).toBe('2026-01-02');
    expect(nextWorkingDay(WEEKDAYS_ONLY, date('2106-02-07'))).toBe('2106-02-07');
  });
});

describe('alarms at 50, 80 and 100 % of the term', () => {
  const from = at('2026-01-12T00:00:00.000Z');
  const deadline = at('2026-01-12T10:00:00.000Z');

  it.each([
    ['2026-01-11T23:00:00.000Z', []],
    ['2026-01-12T04:59:59.999Z', []],
    ['2026-01-12T05:00:00.000Z', [50]],
    ['2026-01-12T08:00:00.000Z', [50, 80]],
    ['2026-01-12T09:59:59.999Z', [50, 80]],
    ['2026-01-12T10:00:00.000Z', [50, 80, 100]],
    ['2027-01-01T00:00:00.000Z', [50, 80, 100]],
  ])('at %s: %p', (now, due) => {
    expect(alarmsDue(from, deadline, at(now))).toEqual(due);
  });

  it('an empty term is used up at its deadline, not before', () => {
    expect(alarmsDue(from, from, from)).toEqual([50, 80, 100]);
    expect(alarmsDue(deadline, from, at('2026-01-11T00:00:00.000Z'))).toEqual([]);
  });

  it('a receipt due at once gets the technical grace, one due later does not', () => {
    expect(alarmDeadline(from, from)).toBe(
      instantFromMilliseconds(millisecondsOf(from) + TECHNICAL_GRACE_MS),
    );
    expect(alarmDeadline(from, from, 0)).toBe(from);
    expect(alarmDeadline(from, deadline)).toBe(deadline);
  });

  it('only grows with time', () => {
    const moment = fc
      .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 0, 3) })
      .map(instantFromMilliseconds);
    fc.assert(
      fc.property(moment, moment, moment, moment, (begin, end, a, b) => {
        const [earlier, later] = a <= b ? [a, b] : [b, a];
        expect(alarmsDue(begin, end, later)).toEqual(
          expect.arrayContaining([...alarmsDue(begin, end, earlier)]),
        );
      }),
    );
  });
});

describe('register policies (S12, S24, S35)', () => {
  it('3.0.8 takes only payments of the fast payment system, and no manual receipts', () => {
    expect(admitsByPolicy('3.0.8', { origin: 'payment', instrument: 'sbp' })).toBe(true);
    expect(admitsByPolicy('3.0.8', { origin: 'exchange', instrument: 'sbp' })).toBe(true);
    expect(admitsByPolicy('3.0.8', { origin: 'payment', instrument: 'card' })).toBe(false);
    expect(admitsByPolicy('3.0.8', { origin: 'manual', instrument: 'sbp' })).toBe(false);
  });

  it('3.0.9 takes every cashless settlement, and is what a card has unless it says otherwise', () => {
    for (const origin of ['manual', 'payment', 'exchange'] as const)
      for (const instrument of ['sbp', 'card', 'bank-transfer', 'other'] as const)
        expect(admitsByPolicy(DEFAULT_REGISTER_POLICY, { origin, instrument })).toBe(true);
  });
});

describe('the version of the policy tables', () => {
  it('stands for exactly these tables; change them together', () => {
    const validity = VAT_CODE_LIST.map((code) => [
      code,
      VAT_CODES[code].rate,
      VAT_CODES[code].validFrom,
      VAT_CODES[code].validTo,
    ]);
    expect({
      version: POLICY_VERSION,
      validity,
      taxations: TAXATION_LIST.map((taxation) => [taxation, TAXATIONS[taxation].validTo]),
      terms: DEADLINE_RULES,
      alarms: ALARM_PERCENTS,
      policies: Object.entries(REGISTER_POLICIES).map(([name, { origins, instruments }]) => [
        name,
        origins,
        instruments,
      ]),
      grounds: LEGAL_GROUND_LIST,
    }).toEqual({
      version: '2026.1',
      validity: [
        [1, 20, undefined, '2025-12-31'],
        [2, 10, undefined, undefined],
        [3, 20, undefined, '2025-12-31'],
        [4, 10, undefined, undefined],
        [5, 0, undefined, undefined],
        [6, null, undefined, undefined],
        [7, 5, '2025-01-01', undefined],
        [8, 7, '2025-01-01', undefined],
        [9, 5, '2025-01-01', undefined],
        [10, 7, '2025-01-01', undefined],
        [11, 22, '2026-01-01', undefined],
        [12, 22, '2026-01-01', undefined],
      ],
      taxations: [
        [1, undefined],
        [2, undefined],
        [4, undefined],
        [8, '2020-12-31'],
        [16, undefined],
        [32, undefined],
      ],
      terms: {
        'internet-cashless': 'at-settlement',
        'bank-transfer': 'end-of-next-working-day',
        'remote-courier': 'at-settlement',
        'remote-services': 'at-settlement',
        transport: 'at-settlement',
        vending: 'at-settlement',
      },
      alarms: [50, 80, 100],
      policies: [
        ['3.0.8', ['payment', 'exchange'], ['sbp']],
        ['3.0.9', ['manual', 'payment', 'exchange'], ['sbp', 'card', 'bank-transfer', 'other']],
      ],
      grounds: [
        'internet-cashless',
        'bank-transfer',
        'remote-courier',
        'remote-services',
        'transport',
        'vending',
      ],
    });
  });

  it('every legal ground is described', () => {
    expect(Object.keys(LEGAL_GROUNDS)).toEqual([...LEGAL_GROUND_LIST]);
  });
});
