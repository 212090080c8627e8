import { tableTime } from './table-time';

describe('a time in a table', () => {
  it.each([
    ['2026-11-27T09:00:00.000Z', '2026-11-27 09:00:00'],
    ['2026-11-27T12:00:00', '2026-11-27 12:00:00'],
    ['2026-11-27', '2026-11-27'],
  ])('%s is %s', (time, shown) => {
    expect(tableTime(time)).toBe(shown);
  });
});
