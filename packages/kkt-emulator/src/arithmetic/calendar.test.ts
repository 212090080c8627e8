import { fc, test as property } from '@fast-check/jest';
import {
  civilFromDays,
  dayOf,
  daysFromCivil,
  formatLocal,
  instantOf,
  localTime,
  parseDay,
  parseLocal,
} from './calendar';

fc.configureGlobal({ seed: 54 });

describe('calendar', () => {
  test('unixtime is local wall time taken as if it were UTC (tag 1012)', () => {
    expect(parseLocal('2026-01-15T14:30:00')).toBe(1_768_487_400);
    expect(parseLocal('2016-04-13T14:14:00')).toBe(0x570e5428);
    expect(formatLocal(1_436_418_698)).toBe('2015-07-09T05:11:38');
  });

  test('only days of the calendar are days', () => {
    expect(parseDay('2024-02-29')).toBeDefined();
    for (const text of [
      '2023-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '2026-4-1',
      '26-04-01',
      '2100-02-29',
    ])
      expect(parseDay(text)).toBeUndefined();
    for (const text of [
      '2026-01-15T24:00:00',
      '2026-01-15T23:60:00',
      '2026-01-15 10:00:00',
      '2026-01-15T10:00:00Z',
    ])
      expect(parseLocal(text)).toBeUndefined();
  });

  test('zone codes of tag 1011: Kaliningrad 1, Moscow 2, Kamchatka 11', () => {
    const noon = parseLocal('2026-01-15T12:00:00');
    expect([1, 2, 11].map((zone) => formatLocal(localTime((noon ?? 0) * 1000, zone)))).toEqual([
      '2026-01-15T14:00:00',
      '2026-01-15T15:00:00',
      '2026-01-16T00:00:00',
    ]);
  });

  property.prop([fc.integer({ min: -200_000, max: 200_000 })])(
    'days and civil dates are one to one',
    (days) => {
      const { year, month, day } = civilFromDays(days);
      expect(daysFromCivil(year, month, day)).toBe(days);
      expect(dayOf(days * 86_400 + 86_399)).toBe(days);
    },
  );

  property.prop([fc.integer({ min: 0, max: 4_294_967_295 }), fc.integer({ min: 1, max: 11 })])(
    'a local second and its text, and its instant, are one to one',
    (at, zone) => {
      expect(parseLocal(formatLocal(at))).toBe(at);
      expect(localTime(instantOf(at, zone), zone)).toBe(at);
    },
  );

  property.prop([fc.integer({ min: 0, max: 4_294_967_295 })])(
    'the calendar is that of the platform',
    (at) => {
      expect(formatLocal(at)).toBe(new Date(at * 1000).toISOString().slice(0, 19));
    },
  );
});
