import { ZONE_CODES, ZoneCodeCodec, zoneOffsetHours } from './zone';

describe('zone of the place of settlement (tag 1011)', () => {
  it('E61: Moscow is 2, Kaliningrad 1, Kamchatka 11: hours ahead of UTC are the code plus one', () => {
    expect(zoneOffsetHours(2)).toBe(3);
    expect(zoneOffsetHours(1)).toBe(2);
    expect(zoneOffsetHours(11)).toBe(12);
    expect(ZONE_CODES.map(zoneOffsetHours)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it.each([0, 12, '2', 2.5])('is not %p', (input) => {
    expect(ZoneCodeCodec.is(input)).toBe(false);
  });
});
