import { fc, test as property } from '@fast-check/jest';
import { compare, floor, parseDecimal, plus, roundHalfUp, times, whole } from './fraction';

fc.configureGlobal({ seed: 54 });

describe('fractions', () => {
  test('an exact half goes up, a hair less goes down', () => {
    expect(roundHalfUp({ numerator: 5n, denominator: 2n })).toBe(3n);
    expect(roundHalfUp({ numerator: 7n, denominator: 2n })).toBe(4n);
    expect(roundHalfUp({ numerator: 2_499_999n, denominator: 1_000_000n })).toBe(2n);
  });

  test('a decimal keeps every digit and nothing else is a decimal', () => {
    expect(parseDecimal('2.474')).toEqual({ numerator: 2474n, denominator: 1000n });
    for (const text of [
      '',
      '1,5',
      '1e3',
      '-1',
      '+1',
      ' 1',
      '1.',
      '.5',
      '0.0000001',
      '1'.repeat(17),
      '0x1',
      '１',
    ])
      expect(parseDecimal(text)).toBeUndefined();
  });

  property.prop([fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 6n)])(
    'floor and rounding lie where they must',
    (numerator, denominator) => {
      const value = { numerator, denominator };
      const low = floor(value);
      expect(low * denominator <= numerator && numerator < (low + 1n) * denominator).toBe(true);
      const rounded = roundHalfUp(value);
      const twice = 2n * (numerator - rounded * denominator);
      expect(-denominator <= twice && twice < denominator).toBe(true);
    },
  );

  property.prop([fc.bigInt(0n, 10n ** 9n), fc.bigInt(1n, 10n ** 6n), fc.bigInt(0n, 10n ** 9n)])(
    'adding and multiplying agree with whole numbers',
    (numerator, denominator, count) => {
      const part = { numerator, denominator };
      const sum = plus(times(part, whole(count)), part);
      expect(compare(sum, times(part, whole(count + 1n)))).toBe(0);
      expect(compare(plus(part, whole(1n)), part)).toBeGreaterThan(0);
    },
  );
});
