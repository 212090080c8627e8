import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import type { Quantity } from './quantity';
import {
  addQuantities,
  compareQuantities,
  MAX_MILLIONTHS,
  quantity,
  QuantityCodec,
  quantityFromMillionths,
  quantityToMillionths,
  subtractQuantities,
} from './quantity';

const no = (rule: string) => E.left({ _tag: 'NotQuantity', rule });
const right = (result: E.Either<unknown, Quantity>): Quantity => {
  if (E.isLeft(result)) throw new Error('not a quantity');
  return result.right;
};
const millionths = fc.oneof(
  fc.integer({ min: 1, max: MAX_MILLIONTHS }),
  fc.integer({ min: 1, max: 5_000_000 }),
  fc.integer({ min: 1, max: 281_474_976 }).map((whole) => whole * 1_000_000),
);
const quantities = millionths.map((n) => right(quantityFromMillionths(n)));

/** The text by another way: seven or more digits, a point put in, zeros taken off. */
const exactText = (n: number): string => {
  const digits = BigInt(n).toString().padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
};

describe('a quantity (tag 1023)', () => {
  it.each([
    ['1', '1'],
    ['1.500', '1.5'],
    ['1.000', '1'],
    ['100', '100'],
    ['2.474', '2.474'],
    ['0.000001', '0.000001'],
    ['10.10', '10.1'],
    ['281474976.710655', '281474976.710655'],
  ])('%s is read as %s', (text, canonical) => {
    expect(quantity(text)).toEqual(E.right(canonical));
  });

  it.each([
    '',
    '.',
    '1.',
    '.5',
    '01',
    '00.1',
    '-1',
    '+1',
    '1,5',
    '1e3',
    ' 1',
    '1 ',
    '1\n',
    '1.1234567',
    '1.0000000',
    '٣',
    '1234567890',
    'NaN',
  ])('%j is refused', (text) => {
    expect(quantity(text)).toEqual(no('decimal-text'));
  });

  it('is above zero', () => {
    for (const text of ['0', '0.0', '0.000000']) expect(quantity(text)).toEqual(no('above-zero'));
    expect(quantityFromMillionths(0)).toEqual(no('above-zero'));
    expect(quantityFromMillionths(-1)).toEqual(no('above-zero'));
  });

  it('fits into an FVLN of eight bytes with six decimals', () => {
    expect(MAX_MILLIONTHS).toBe(2 ** 48 - 1);
    expect(quantity('281474976.710656')).toEqual(no('at-most-eight-bytes'));
    expect(quantity('999999999')).toEqual(no('at-most-eight-bytes'));
    expect(quantityFromMillionths(MAX_MILLIONTHS + 1)).toEqual(no('at-most-eight-bytes'));
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('has no parts of millionths: %p', (n) => {
    expect(quantityFromMillionths(n)).toEqual(no('whole-millionths'));
  });

  it('is stored in its canonical text only', () => {
    for (const input of ['1', '0.5', '281474976.710655'])
      expect(QuantityCodec.decode(input)).toEqual(E.right(input));
    for (const input of ['1.0', '1.50', '0', '01', '281474976.710656', '', 1, null, undefined, ['1']]) {
      expect(QuantityCodec.is(input)).toBe(false);
      expect(E.isLeft(QuantityCodec.decode(input))).toBe(true);
    }
  });

  property.prop([millionths])('is the same as a text and in millionths', (n) => {
    const text = right(quantityFromMillionths(n));
    expect(text).toBe(exactText(n));
    expect(quantityToMillionths(text)).toBe(n);
    expect(QuantityCodec.is(text)).toBe(true);
    expect(quantity(text)).toEqual(E.right(text));
  });
});

describe('arithmetic of quantities', () => {
  property.prop([quantities, quantities])('a sum is exact or refused', (a, b) => {
    const exact = BigInt(quantityToMillionths(a)) + BigInt(quantityToMillionths(b));
    expect(addQuantities(a, b)).toEqual(
      exact > BigInt(MAX_MILLIONTHS) ? no('at-most-eight-bytes') : E.right(exactText(Number(exact))),
    );
  });

  property.prop([quantities, quantities])('a difference is exact, nothing, or refused', (a, b) => {
    const exact = BigInt(quantityToMillionths(a)) - BigInt(quantityToMillionths(b));
    const expected =
      exact < 0n ? no('above-zero') : exact === 0n ? E.right(undefined) : E.right(exactText(Number(exact)));
    expect(subtractQuantities(a, b)).toEqual(expected);
    expect(compareQuantities(a, b)).toBe(exact < 0n ? -1 : exact > 0n ? 1 : 0);
  });

  property.prop([quantities])('taking all leaves nothing', (a) => {
    expect(subtractQuantities(a, a)).toEqual(E.right(undefined));
    expect(compareQuantities(a, a)).toBe(0);
  });

  it('adds tenths exactly: 0.1 + 0.2 is 0.3', () => {
    expect(addQuantities(right(quantity('0.1')), right(quantity('0.2')))).toEqual(E.right('0.3'));
  });

  it('compares by value, not by text: 10 is more than 9', () => {
    expect(compareQuantities(right(quantity('10')), right(quantity('9')))).toBe(1);
  });
});
