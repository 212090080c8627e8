import { fiscalDriveLifeDays, type FiscalDriveUse } from './fiscal-drive-life';

const use = (given: Partial<FiscalDriveUse>): FiscalDriveUse => ({
  model: 'FN-36',
  ffd: '1.2',
  generalTaxation: false,
  goods: false,
  excise: false,
  offline: false,
  agent: false,
  gamblingLotteryPawnshopOrInsurance: false,
  ...given,
});

describe('life of the key of a fiscal drive, days (decision table of the fiscal drive)', () => {
  it('E66: FN-36, general taxation, goods, FFD 1.2, no excise: 560', () => {
    expect(fiscalDriveLifeDays(use({ generalTaxation: true, goods: true }))).toBe(560);
  });

  it('E66: FN-15, simplified taxation, services: 470', () => {
    expect(fiscalDriveLifeDays(use({ model: 'FN-15' }))).toBe(470);
  });

  it('E66: FN-36, simplified taxation, services: 1110', () => {
    expect(fiscalDriveLifeDays(use({}))).toBe(1110);
  });

  it.each<readonly [string, Partial<FiscalDriveUse>, number]>([
    [
      '1: gambling and the like in FFD 1.2 on a short drive',
      { model: 'FN-15', gamblingLotteryPawnshopOrInsurance: true },
      410,
    ],
    ['1: not in FFD 1.05', { model: 'FN-15', ffd: '1.05', gamblingLotteryPawnshopOrInsurance: true }, 470],
    ['1: not on a long drive', { gamblingLotteryPawnshopOrInsurance: true }, 1110],
    ['2: excise goods in FFD 1.2', { model: 'FN-15', excise: true }, 410],
    ['2: excise goods on a long drive in any version', { ffd: '1.05', excise: true }, 410],
    [
      '2: excise goods on a short drive in FFD 1.05 do not shorten',
      { model: 'FN-15', ffd: '1.05', excise: true },
      470,
    ],
    ['3: offline on a short drive', { model: 'FN-15', offline: true }, 410],
    [
      '3: offline, goods under general taxation in FFD 1.2',
      { offline: true, goods: true, generalTaxation: true },
      410,
    ],
    ['4: offline otherwise', { offline: true }, 560],
    [
      '4: offline, goods under general taxation in FFD 1.05',
      { ffd: '1.05', offline: true, goods: true, generalTaxation: true },
      560,
    ],
    ['5: a long drive, agent under general taxation in FFD 1.2', { generalTaxation: true, agent: true }, 560],
    ['5: not the agent in FFD 1.05', { ffd: '1.05', generalTaxation: true, agent: true }, 1110],
    ['5: not goods under another system', { goods: true }, 1110],
    ['6: FN-13', { model: 'FN-13' }, 410],
    [
      '7: FN-15 with goods under general taxation',
      { model: 'FN-15', goods: true, generalTaxation: true },
      470,
    ],
  ])('rule %s', (_rule, given, days) => {
    expect(fiscalDriveLifeDays(use(given))).toBe(days);
  });
});
