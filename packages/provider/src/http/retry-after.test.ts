import { retryAfterMs } from './retry-after';

const NOW = '2026-11-24T09:00:00.000Z';

describe('Retry-After (RFC 9110, 10.2.3)', () => {
  it.each([
    ['0', 0],
    ['5', 5_000],
    [' 120 ', 120_000],
    ['Tue, 24 Nov 2026 09:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 08:59:30 GMT', 0],
  ])('%s asks for %d ms', (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });

  it.each([
    undefined,
    '',
    '-1',
    '1.5',
    'soon',
    '99999999999',
    '2026-11-24T09:00:30Z',
    'Tue, 24 Nov 2026 09:00:30 MSK',
    'Tue, 41 Nov 2026 09:00:30 GMT',
  ])('%s asks for nothing', (header) => {
    expect(retryAfterMs(header, NOW)).toBeUndefined();
  });
});
