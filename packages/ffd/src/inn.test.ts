import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { inn, INN_PLACEHOLDER, InnCodec, isInn, isInnOrPlaceholder } from './inn';

const no = (rule: string) => E.left({ _tag: 'NotInn', rule });

/** The check written out in bigints: the weights as one row from the right, as the published rule has it. */
const digit = (digits: string, row: string): string => {
  const weights = row.split(' ').slice(-digits.length).map(BigInt);
  const sum = Array.from(digits).reduce(
    (total, character, index) => total + BigInt(character) * (weights[index] ?? 0n),
    0n,
  );
  return ((sum % 11n) % 10n).toString();
};
const ROW = '3 7 2 4 10 3 5 9 4 6 8';
const digits = (length: number) => fc.stringMatching(new RegExp(`^(0[1-9]|[1-9][0-9])[0-9]{${length - 2}}$`));

describe('taxpayer number (INN)', () => {
  it('E26: ten digits, check digit modulo 11 and 10 (python-stdnum)', () => {
    expect(inn('1234567894')).toEqual(E.right('1234567894'));
    expect(inn('1234567895')).toEqual(no('check-digits'));
  });

  it('E27: twelve digits, two check digits (python-stdnum)', () => {
    expect(inn('123456789047')).toEqual(E.right('123456789047'));
    expect(inn('123456789037')).toEqual(no('check-digits'));
    expect(inn('123456789048')).toEqual(no('check-digits'));
  });

  it.each(['7725327863', '7727401209', '9715225506', '4703148343', '7825706086', '7728699517'])(
    'E28: %s of a real receipt or a protocol is valid',
    (text) => {
      expect(isInn(text)).toBe(true);
    },
  );

  it('E29: a remainder of 10 is the digit 0', () => {
    expect(isInn('7704000000')).toBe(true);
  });

  it.each([
    '',
    '123456789',
    '12345678901',
    '1234567890123',
    ' 1234567894',
    '1234567894 ',
    '1234567894\n',
    '123456789X',
    '١٢٣٤٥٦٧٨٩٤',
  ])('%j has another shape', (text) => {
    expect(inn(text)).toEqual(no('ten-or-twelve-digits'));
  });

  it('never begins with 00 (scheme of the FNS), though the checksum of zeros is right', () => {
    expect(inn('0000000000')).toEqual(no('region'));
    expect(inn(INN_PLACEHOLDER)).toEqual(no('region'));
    expect(inn('001234567890')).toEqual(no('region'));
  });

  it('twelve zeros stand for "none" only where the format has them (tags 1226, 1228)', () => {
    expect(isInnOrPlaceholder(INN_PLACEHOLDER)).toBe(true);
    expect(isInnOrPlaceholder('0000000000')).toBe(false);
    expect(isInnOrPlaceholder('1234567894')).toBe(true);
    expect(isInn(INN_PLACEHOLDER)).toBe(false);
  });

  it('decodes only what its constructor accepts', () => {
    expect(InnCodec.decode('1234567894')).toEqual(E.right('1234567894'));
    for (const input of ['1234567895', INN_PLACEHOLDER, 1_234_567_894, null, undefined])
      expect(InnCodec.is(input)).toBe(false);
  });

  property.prop([digits(9)])('exactly one tenth digit is right', (nine) => {
    const right = nine + digit(nine, ROW);
    expect(Array.from('0123456789').filter((last) => isInn(nine + last))).toEqual([right.slice(-1)]);
  });

  property.prop([digits(10)])('exactly one pair of last digits is right', (ten) => {
    const eleven = ten + digit(ten, ROW);
    const right = eleven + digit(eleven, ROW);
    const accepted = Array.from(
      { length: 100 },
      (_pair, index) => ten + String(index).padStart(2, '0'),
    ).filter(isInn);
    expect(accepted).toEqual([right]);
  });
});
