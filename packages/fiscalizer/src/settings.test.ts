import { DEFAULT_SETTINGS, wrongSettings } from './settings';

describe('settings of the fiscalizer', () => {
  it('the defaults fit together', () => {
    expect(wrongSettings(DEFAULT_SETTINGS)).toEqual([]);
  });

  it.each([
    ['leaseMs', { leaseMs: 59_999 }],
    ['window', { window: 0 }],
    ['poolSize', { poolSize: 0 }],
    ['asksPerDevice', { asksPerDevice: 0 }],
    ['quietMs', { quietMs: -1 }],
  ])('a contradiction names the setting: %s', (setting, change) => {
    expect(wrongSettings({ ...DEFAULT_SETTINGS, ...change }).map((wrong) => wrong.setting)).toEqual([
      setting,
    ]);
  });
});
