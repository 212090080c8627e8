import { fc, test } from '@fast-check/jest';
import type { Instant } from '@cloud-kassa/ffd';
import {
  ZONE_CODES,
  dateOf,
  instantFromMilliseconds,
  instantToLocal,
  millisecondsOf,
} from '@cloud-kassa/ffd';
import { DEFAULT_SHIFT_POLICY, shiftClosesAt, wrongShiftPolicy } from './shift-policy';

const MOSCOW = 2;
const KAMCHATKA = 11;
const at = (text: string): Instant => text as Instant;

describe('when a shift closes', () => {
  it.each([
    ['2026-03-02T09:00:00.000Z', MOSCOW, '2026-03-02T20:59:59.000Z'],
    ['2026-03-02T09:00:00.000Z', KAMCHATKA, '2026-03-02T11:59:59.000Z'],
    // Opened in the last second of a day, it lasts to the limit of the next.
    ['2026-03-02T20:59:59.500Z', MOSCOW, '2026-03-03T20:49:59.500Z'],
    ['2026-03-02T21:00:00.000Z', MOSCOW, '2026-03-03T20:50:00.000Z'],
    // The limit of 24 hours comes before the end of the day only in its first ten minutes.
    ['2026-03-02T21:09:59.000Z', MOSCOW, '2026-03-03T20:59:59.000Z'],
  ] as const)('opened at %s in zone %i: at the end of its day, at %s', (openedAt, zone, closesAt) => {
    expect(shiftClosesAt(at(openedAt), zone, DEFAULT_SHIFT_POLICY)).toBe(closesAt);
  });

  it('by the other policy, or without a known zone: ten minutes before 24 hours', () => {
    const openedAt = at('2026-03-02T09:00:00.000Z');
    const policy = { ...DEFAULT_SHIFT_POLICY, close: 'before-limit' } as const;
    expect(shiftClosesAt(openedAt, MOSCOW, policy)).toBe('2026-03-03T08:50:00.000Z');
    expect(shiftClosesAt(openedAt, undefined, DEFAULT_SHIFT_POLICY)).toBe('2026-03-03T08:50:00.000Z');
  });

  test.prop([
    fc.integer({ min: 0, max: 4_000_000_000_000 }),
    fc.constantFrom(...ZONE_CODES),
    fc.integer({ min: 0, max: 12 * 3_600_000 }),
  ])(
    'is after the opening, on its local day or the next, and a margin before the limit',
    (ms, zone, limitMarginMs) => {
      const openedAt = instantFromMilliseconds(ms);
      const closesAt = shiftClosesAt(openedAt, zone, { ...DEFAULT_SHIFT_POLICY, limitMarginMs });
      expect(closesAt > openedAt).toBe(true);
      expect(millisecondsOf(closesAt) - ms).toBeLessThanOrEqual(24 * 3_600_000 - limitMarginMs);
      const [from, to] = [openedAt, closesAt].map((moment) => dateOf(instantToLocal(moment, zone)));
      if (from !== to) expect(instantToLocal(openedAt, zone).slice(11)).toBe('23:59:59');
    },
  );

  it('has a margin that leaves something of the shift', () => {
    expect(wrongShiftPolicy(DEFAULT_SHIFT_POLICY)).toEqual([]);
    for (const limitMarginMs of [-1, 13 * 3_600_000, Number.NaN])
      expect(wrongShiftPolicy({ ...DEFAULT_SHIFT_POLICY, limitMarginMs })).toEqual([
        { setting: 'limitMarginMs', rule: expect.any(String) },
      ]);
  });
});
