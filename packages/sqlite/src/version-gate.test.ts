import { versionRefusal } from './version-gate';

describe('the WAL-reset bug of SQLite 3.7.0 to 3.51.2 (documentation of SQLite, write-ahead log)', () => {
  it.each([
    '3.7.0',
    '3.35.5',
    '3.44.0',
    '3.44.5',
    '3.45.0',
    '3.49.2',
    '3.50.0',
    '3.50.6',
    '3.51.0',
    '3.51.2',
  ])('refuses %s', (version) => {
    expect(versionRefusal(version)).toContain('can corrupt');
  });

  it.each(['3.51.3', '3.52.0', '3.53.4', '4.0.0', '3.100.0'])('takes %s, which is repaired', (version) => {
    expect(versionRefusal(version)).toBeUndefined();
  });

  it.each(['3.50.7', '3.44.6', '3.50.8'])('takes %s, to which the repair was brought back', (version) => {
    expect(versionRefusal(version)).toBeUndefined();
  });

  it.each(['3.6.23', '2.8.17'])('refuses %s, which has no write-ahead log', (version) => {
    expect(versionRefusal(version)).toContain('no write-ahead log');
  });

  it.each(['', '3.51', 'unknown', '3.51.3-beta'])('refuses %p, which is no version', (version) => {
    expect(versionRefusal(version)).toContain('not known');
  });
});
