import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import type { Kopecks } from './money';
import {
  formatRoubles,
  kopecks,
  KopecksCodec,
  MAX_KOPECKS,
  parseRoubles,
  subtractKopecks,
  sumKopecks,
  ZERO_KOPECKS,
} from './money';

const no = (rule: string) => E.left({ _tag: 'NotKopecks', rule });
const amounts = fc.integer({ min: 0, max: MAX_KOPECKS });
const money = (amount: number): Kopecks => {
  const result = kopecks(amount);
  if (E.isLeft(result)) throw new Error(result.left.rule);
  return result.right;
};

describe('an amount of money', () => {
  it('is a whole number of kopecks that a VLN of six bytes holds (tag 1020)', () => {
    expect(kopecks(80730)).toEqual(E.right(80730));
    expect(kopecks(0)).toEqual(E.right(ZERO_KOPECKS));
    expect(MAX_KOPECKS).toBe(2 ** 48 - 1);
    expect(kopecks(MAX_KOPECKS)).toEqual(E.right(MAX_KOPECKS));
    expect(kopecks(MAX_KOPECKS + 1)).toEqual(no('at-most-six-bytes'));
    expect(kopecks(2 ** 60)).toEqual(no('at-most-six-bytes'));
  });

  it.each([0.5, 1e-9, Number.NaN, Number.POSITIVE_INFINITY])('is not %p', (amount) => {
    expect(kopecks(amount)).toEqual(no('whole-kopecks'));
  });

  it.each([-1, -0, -0.5, Number.NEGATIVE_INFINITY])('is never negative: %p', (amount) => {
    expect(kopecks(amount)).toEqual(no('not-negative'));
  });

  it('decodes only what its constructor accepts', () => {
    for (const input of [0, 1, MAX_KOPECKS]) expect(KopecksCodec.decode(input)).toEqual(E.right(input));
    for (const input of [-0, -1, 0.5, MAX_KOPECKS + 1, Number.NaN, '1', null, undefined, [1], 1n]) {
      expect(E.isLeft(KopecksCodec.decode(input))).toBe(true);
      expect(KopecksCodec.is(input)).toBe(false);
    }
  });
});

describe('roubles as text', () => {
  it('are written with a point and exactly two decimals', () => {
    expect(formatRoubles(money(80730))).toBe('807.30');
    expect(formatRoubles(money(7))).toBe('0.07');
    expect(formatRoubles(ZERO_KOPECKS)).toBe('0.00');
    expect(formatRoubles(money(MAX_KOPECKS))).toBe('2814749767106.55');
  });

  it.each([
    ['807.30', 80730],
    ['807.3', 80730],
    ['807', 80700],
    ['0', 0],
    ['0.01', 1],
    ['2814749767106.55', MAX_KOPECKS],
  ])('%s is read', (text, amount) => {
    expect(parseRoubles(text)).toEqual(E.right(amount));
  });

  it.each([
    '1,50',
    '1e3',
    '-0',
    '-1',
    '+1',
    ' 1',
    '1 ',
    '1\n',
    '01',
    '00',
    '00.10',
    '',
    '.',
    '.5',
    '1.',
    '1.234',
    '1.2.3',
    '0x10',
    '1_000',
    '1 000',
    '٣',
    '١.٥',
    'NaN',
    'Infinity',
    '12345678901234',
    '9'.repeat(400),
  ])('%j is refused', (text) => {
    expect(parseRoubles(text)).toEqual(no('rouble-text'));
  });

  it('above six bytes are refused', () => {
    expect(parseRoubles('2814749767106.56')).toEqual(no('at-most-six-bytes'));
  });

  property.prop([amounts])('come back as they went', (amount) => {
    expect(parseRoubles(formatRoubles(money(amount)))).toEqual(E.right(amount));
  });

  property.prop([amounts])('say what exact fractions say', (amount) => {
    const exact = BigInt(amount);
    const expected = `${exact / 100n}.${(exact % 100n).toString().padStart(2, '0')}`;
    expect(formatRoubles(money(amount))).toBe(expected);
  });
});

describe('sums and differences', () => {
  property.prop([fc.array(amounts, { maxLength: 8 })])('a sum is exact or refused', (list) => {
    const exact = list.reduce((sum, amount) => sum + BigInt(amount), 0n);
    expect(sumKopecks(list.map(money))).toEqual(
      exact > BigInt(MAX_KOPECKS) ? no('at-most-six-bytes') : E.right(Number(exact)),
    );
  });

  it('no amounts sum up to nothing', () => {
    expect(sumKopecks([])).toEqual(E.right(0));
  });

  property.prop([amounts, amounts])('a difference is exact or refused', (a, b) => {
    expect(subtractKopecks(money(a), money(b))).toEqual(
      BigInt(a) < BigInt(b) ? no('not-negative') : E.right(Number(BigInt(a) - BigInt(b))),
    );
  });
});
