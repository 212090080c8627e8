import { fc, test } from '@fast-check/jest';
import { ZONE_CODES, instantFromMilliseconds, instantToLocal, zoneOffsetHours } from '@cloud-kassa/ffd';
import { providerDate, providerInstant } from './provider-time';

const MOSCOW = 2;
const KAMCHATKA = 11;

describe('times of a provider', () => {
  it.each([
    ['2026-03-02T12:00:00', MOSCOW, '2026-03-02T09:00:00.000Z'],
    ['2026-03-02 12:00:00', MOSCOW, '2026-03-02T09:00:00.000Z'],
    ['2026-03-02T12:00', KAMCHATKA, '2026-03-02T00:00:00.000Z'],
    ['2026-03-02', MOSCOW, '2026-03-01T21:00:00.000Z'],
  ] as const)('without a zone, as %s, are read in the zone of the device', (text, zone, expected) => {
    expect(providerInstant(text, zone)).toBe(expected);
  });

  it.each([
    ['2026-03-02T12:00:00Z', '2026-03-02T12:00:00.000Z'],
    ['2026-03-02T12:00:00.123456Z', '2026-03-02T12:00:00.000Z'],
    ['2026-03-02T12:00:00+05:30', '2026-03-02T06:30:00.000Z'],
    ['2026-03-02T12:00:00-0300', '2026-03-02T15:00:00.000Z'],
    ['2026-03-02T12:00:00+03', '2026-03-02T09:00:00.000Z'],
  ])('with a zone, as %s, are read in that', (text, expected) => {
    expect(providerInstant(text, KAMCHATKA)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '02.03.2026',
    '2026-02-30',
    '2026-03-02T24:00:00',
    '2026-03-02T12:00:61',
    '20260302',
  ])('are none: %p', (text) => {
    expect(providerInstant(text, MOSCOW)).toBeUndefined();
    expect(providerDate(text, MOSCOW)).toBeUndefined();
  });

  it('tell a day: a date as it stands, a time by its day in the zone of the device', () => {
    expect(providerDate('2027-05-31', KAMCHATKA)).toBe('2027-05-31');
    expect(providerDate('2027-05-31T23:30:00', MOSCOW)).toBe('2027-05-31');
    expect(providerDate('2027-05-31T20:30:00Z', KAMCHATKA)).toBe('2027-06-01');
  });

  test.prop([fc.integer({ min: 0, max: 4_000_000_000 }), fc.constantFrom(...ZONE_CODES)])(
    'mean the same moment with and without the offset of the zone',
    (seconds, zone) => {
      const moment = instantFromMilliseconds(seconds * 1000);
      const local = instantToLocal(moment, zone);
      const offset = `+${String(zoneOffsetHours(zone)).padStart(2, '0')}:00`;
      expect(providerInstant(local, zone)).toBe(moment);
      expect(providerInstant(`${local}${offset}`, MOSCOW)).toBe(moment);
    },
  );
});
