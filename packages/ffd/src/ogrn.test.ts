import { fc, test as property } from '@fast-check/jest';

import { isKpp } from './kpp';
import { isOgrn, isOgrnip } from './ogrn';

describe('registration numbers of organisations and sole proprietors', () => {
  it('E30: OGRN 1022200525819 is valid, 1022500001328 is not (python-stdnum)', () => {
    expect(isOgrn('1022200525819')).toBe(true);
    expect(isOgrn('1022500001328')).toBe(false);
  });

  it('E31: OGRNIP 385768585948949 is valid (python-stdnum)', () => {
    expect(isOgrnip('385768585948949')).toBe(true);
  });

  it('E32: of a remainder of 10 or more the last digit counts', () => {
    expect([102_770_013_103 % 11, 30_477_460_001_000 % 13]).toEqual([10, 12]);
    expect(isOgrn('1027700131030')).toBe(true);
    expect(isOgrnip('304774600010002')).toBe(true);
  });

  it.each([
    '',
    '0022200525819',
    '102220052581',
    '10222005258190',
    '1022200525819 ',
    '102220052581X',
    '385768585948949',
  ])('%j is no OGRN', (text) => {
    expect(isOgrn(text)).toBe(false);
  });

  it.each(['', '185768585948949', '38576858594894', '3857685859489490', '1022200525819'])(
    '%j is no OGRNIP',
    (text) => {
      expect(isOgrnip(text)).toBe(false);
    },
  );

  property.prop([fc.bigInt({ min: 100_000_000_000n, max: 999_999_999_999n })])(
    'one last digit of an OGRN is right',
    (first) => {
      const right = ((first % 11n) % 10n).toString();
      expect(Array.from('0123456789').filter((last) => isOgrn(`${first}${last}`))).toEqual([right]);
    },
  );

  property.prop([fc.bigInt({ min: 30_000_000_000_000n, max: 49_999_999_999_999n })])(
    'one last digit of an OGRNIP is right',
    (first) => {
      const right = ((first % 13n) % 10n).toString();
      expect(Array.from('0123456789').filter((last) => isOgrnip(`${first}${last}`))).toEqual([right]);
    },
  );
});

describe('registration reason code (KPP)', () => {
  it.each(['770401001', '7704AB001'])('%s has the shape', (text) => {
    expect(isKpp(text)).toBe(true);
  });

  it.each(['', '77040100', '7704010011', '7704ab001', 'A70401001', '770401 01'])('%j has not', (text) => {
    expect(isKpp(text)).toBe(false);
  });
});
