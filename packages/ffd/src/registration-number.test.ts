import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { crc16CcittFalse, isRegistrationNumber, registrationNumberFor } from './registration-number';

const no = (rule: string) => E.left({ _tag: 'NotRegistrationNumber', rule });

/** The CRC as the remainder of a polynomial division over bigints; the initial 0xFFFF is added to the first sixteen bits. */
const crcByDivision = (ascii: string): number => {
  let message = 0n;
  for (const character of ascii) message = (message << 8n) | BigInt(character.charCodeAt(0));
  const bits = BigInt(ascii.length) * 8n + 16n;
  let rest = (message << 16n) ^ (0xffffn << (bits - 16n));
  for (let bit = bits - 1n; bit >= 16n; bit -= 1n) {
    if ((rest >> bit) & 1n) rest ^= 0x11021n << (bit - 16n);
  }
  return Number(rest);
};

describe('registration number of a register (tag 1037)', () => {
  it('E33: 0007993537061927 belongs to INN 4703148343 and serial 00106925180632 (receipt of 08.10.2026)', () => {
    expect(isRegistrationNumber('0007993537061927', '4703148343', '00106925180632')).toBe(true);
  });

  it('E34: 0007795807005569 belongs to INN 7825706086 and serial 00105726645591 (receipt of 17.09.2024)', () => {
    expect(isRegistrationNumber('0007795807005569', '7825706086', '00105726645591')).toBe(true);
  });

  it.each([
    ['E42', 400, '7725327863', '0000000000001358', '0000000400037789'],
    ['E43', 1_234_567_890, '7725327863', '0000000000001358', '1234567890046294'],
    ['E44', 1, '7707083893', '0000000000001358', '0000000001000222'],
    ['E45', 1, '500100732259', '00106925180632', '0000000001012519'],
  ])('%s: sequence %s, INN %s, serial %s make %s (computed)', (_example, sequence, inn, serial, expected) => {
    expect(registrationNumberFor(sequence, inn, serial)).toEqual(E.right(expected));
    expect(isRegistrationNumber(expected, inn, serial)).toBe(true);
  });

  it('E46: the CRC of 123456789 is 0x29B1 (standard check value of CRC-16/CCITT-FALSE)', () => {
    expect(crc16CcittFalse('123456789')).toBe(0x29_b1);
    expect(crc16CcittFalse('')).toBe(0xff_ff);
  });

  it('belongs to one INN, one serial, one number', () => {
    expect(isRegistrationNumber('0007993537061927', '7825706086', '00106925180632')).toBe(false);
    expect(isRegistrationNumber('0007993537061927', '4703148343', '00106925180633')).toBe(false);
    expect(isRegistrationNumber('0007993537061928', '4703148343', '00106925180632')).toBe(false);
    expect(isRegistrationNumber('0007993538061927', '4703148343', '00106925180632')).toBe(false);
  });

  it.each(['', '7993537061927', '0007993537061927    ', '00079935370619277', '000799353706192X'])(
    '%j has another shape',
    (text) => {
      expect(isRegistrationNumber(text, '4703148343', '00106925180632')).toBe(false);
    },
  );

  it.each([0, -1, 0.5, 10_000_000_000, Number.NaN])('sequence %p has not up to ten digits', (sequence) => {
    expect(registrationNumberFor(sequence, '4703148343', '1')).toEqual(no('sequence-of-ten-digits'));
  });

  it('needs a valid INN and a serial of 1 to 20 characters', () => {
    expect(registrationNumberFor(1, '4703148344', '1')).toEqual(no('inn'));
    expect(registrationNumberFor(1, '000000000000', '1')).toEqual(no('inn'));
    for (const serial of ['', '1'.repeat(21), '1 ', 'ё']) {
      expect(registrationNumberFor(1, '4703148343', serial)).toEqual(no('serial-of-twenty-characters'));
      expect(isRegistrationNumber('0007993537061927', '4703148343', serial)).toBe(false);
    }
  });

  property.prop([fc.stringMatching(/^[\x20-\x7e]{1,60}$/)])(
    'the CRC is the remainder of the division',
    (ascii) => {
      expect(crc16CcittFalse(ascii)).toBe(crcByDivision(ascii));
    },
  );

  property.prop([
    fc.integer({ min: 1, max: 9_999_999_999 }),
    fc.constantFrom('4703148343', '7825706086', '500100732259'),
    fc.stringMatching(/^[0-9]{1,20}$/),
  ])('what is made is recognised and carries the CRC of its parts', (sequence, inn, serial) => {
    const digits = sequence.toString().padStart(10, '0');
    const crc = crcByDivision(
      digits + '0'.repeat(12 - inn.length) + inn + '0'.repeat(20 - serial.length) + serial,
    );
    const made = registrationNumberFor(sequence, inn, serial);
    expect(made).toEqual(E.right(digits + crc.toString().padStart(6, '0')));
    expect(E.isRight(made) && isRegistrationNumber(made.right, inn, serial)).toBe(true);
  });
});
