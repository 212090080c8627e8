import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { markingCode1162 } from './marking-code-1162';

const hex = (gtin: string, serial?: string): string => {
  const code = markingCode1162(gtin, serial);
  if (E.isLeft(code)) throw new Error(code.left.rule);
  return Buffer.from(code.right).toString('hex').toUpperCase();
};
const no = (rule: string) => E.left({ _tag: 'NotMarkingCode', rule });

describe('code of goods in FFD 1.05 (tag 1162)', () => {
  it('E50: GTIN 04601234567890 without a serial (OrangeData vending guide)', () => {
    expect(hex('04601234567890')).toBe('490E042F4EF3B2D2');
  });

  it('E51: GTIN 04600439931256 with the serial JgXJ5. (OrangeData vending guide)', () => {
    expect(hex('04600439931256', 'JgXJ5.')).toBe('444D042F1F9681784A67584A352E');
  });

  it('shorter GTINs are the same numbers', () => {
    expect(hex('4601234567890')).toBe(hex('04601234567890'));
    expect(hex('46012345')).toBe(hex('00000046012345'));
    expect(hex('460123456789')).toBe(hex('00460123456789'));
  });

  it.each(['', '4601234', '460123456', '046012345678901', '0460123456789X', ' 4601234567890'])(
    'GTIN %j is refused',
    (gtin) => {
      expect(markingCode1162(gtin)).toEqual(no('gtin-digits'));
    },
  );

  it('a serial is printable ASCII and the whole at most 32 bytes', () => {
    for (const serial of ['', 'a b', 'ё', '\u001d', 'a\n']) {
      expect(markingCode1162('04601234567890', serial)).toEqual(no('serial-characters'));
    }
    expect(hex('04601234567890', 'x'.repeat(24))).toHaveLength(64);
    expect(markingCode1162('04601234567890', 'x'.repeat(25))).toEqual(no('at-most-32-bytes'));
  });

  property.prop([
    fc.stringMatching(/^[0-9]{14}$/),
    fc.option(fc.stringMatching(/^[!-~]{1,24}$/), { nil: undefined }),
  ])('holds its prefix, the GTIN as a big-endian number and the serial', (gtin, serial) => {
    const goods = BigInt(gtin).toString(16).padStart(12, '0').toUpperCase();
    const tail = serial === undefined ? '' : Buffer.from(serial, 'ascii').toString('hex').toUpperCase();
    expect(hex(gtin, serial)).toBe(`${serial === undefined ? '490E' : '444D'}${goods}${tail}`);
  });
});
