import { fc, test as property } from '@fast-check/jest';
import { keyLifeDays } from './drive-model';
import type { DriveUse } from './drive-model';

fc.configureGlobal({ seed: 54 });

const plain: DriveUse = {
  ffd: '1.05',
  offline: false,
  excise: false,
  gambling: false,
  lottery: false,
  pawnshop: false,
  insurance: false,
  goods: false,
  generalTaxation: false,
  agents: false,
};

describe('life of the drive key (decision table of fiscal-drive tooling)', () => {
  test('E66: ФН-36, ОСН, goods, FFD 1.2, no excise: 560 days', () => {
    expect(keyLifeDays(36, { ...plain, ffd: '1.2', goods: true, generalTaxation: true })).toBe(560);
  });
  test('E66: ФН-15, УСН, services: 470 days', () => {
    expect(keyLifeDays(15, plain)).toBe(470);
  });
  test('E66: ФН-36, УСН, services: 1110 days', () => {
    expect(keyLifeDays(36, plain)).toBe(1110);
  });
  test.each<[string, 13 | 15 | 36, Partial<DriveUse>, number]>([
    ['row 1: ФН-15, FFD 1.2, insurance', 15, { ffd: '1.2', insurance: true }, 410],
    ['row 1 needs FFD 1.2', 15, { ffd: '1.1', insurance: true }, 470],
    ['row 1 is not for ФН-36', 36, { ffd: '1.2', lottery: true }, 1110],
    ['row 2: excise, FFD 1.2', 15, { ffd: '1.2', excise: true }, 410],
    ['row 2: excise, ФН-36', 36, { excise: true }, 410],
    ['row 2 is not for ФН-15 under FFD 1.05', 15, { excise: true }, 470],
    ['row 3: offline, ФН-15', 15, { offline: true }, 410],
    [
      'row 3: offline, FFD 1.2, goods, ОСН',
      36,
      { ffd: '1.2', offline: true, goods: true, generalTaxation: true },
      410,
    ],
    ['row 4: offline otherwise', 36, { offline: true }, 560],
    ['row 5: ФН-36, ОСН, agents, FFD 1.2', 36, { ffd: '1.2', generalTaxation: true, agents: true }, 560],
    ['row 5: agents need FFD 1.2', 36, { ffd: '1.1', generalTaxation: true, agents: true }, 1110],
    ['row 6: ФН-13', 13, {}, 410],
  ])('%s', (_, months, use, days) => {
    expect(keyLifeDays(months, { ...plain, ...use })).toBe(days);
  });

  property.prop([
    fc.constantFrom(13, 15, 36),
    fc.record({
      ffd: fc.constantFrom('1.05', '1.1', '1.2'),
      offline: fc.boolean(),
      excise: fc.boolean(),
      gambling: fc.boolean(),
      lottery: fc.boolean(),
      pawnshop: fc.boolean(),
      insurance: fc.boolean(),
      goods: fc.boolean(),
      generalTaxation: fc.boolean(),
      agents: fc.boolean(),
    }),
  ])('no use makes a key live longer than the plain one', (months, use) => {
    const life = keyLifeDays(months, use);
    expect([410, 470, 560, 1110]).toContain(life);
    expect(life).toBeLessThanOrEqual(keyLifeDays(months, plain));
  });
});
