import { fc, test as check } from '@fast-check/jest';
import type { JsonWritten } from './write-json';
import { jsonDecimal, writeJson } from './write-json';

describe('writing JSON', () => {
  check.prop([fc.jsonValue({ noUnicodeString: false })])('is read back as what was written', (value) => {
    const text = JSON.stringify(value);
    fc.pre(!/\d\.\d|e[-+]|\d{16}/.test(text) && !text.includes('__proto__'));
    expect(JSON.parse(writeJson(JSON.parse(text) as JsonWritten))).toEqual(JSON.parse(text));
  });

  check.prop([fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.integer({ min: 0, max: 9 })])(
    'writes decimals digit by digit',
    (whole, fraction) => {
      expect(writeJson({ a: jsonDecimal(`${whole}.${fraction}0`) })).toBe(`{"a":${whole}.${fraction}0}`);
    },
  );

  it('keeps the order of keys, leaves out what is undefined and writes no spaces', () => {
    expect(writeJson({ b: 1, a: undefined, c: [true, null, { d: 'я"' }] })).toBe(
      '{"b":1,"c":[true,null,{"d":"я\\""}]}',
    );
  });

  it('takes no floating-point number and no decimal that is none', () => {
    for (const value of [0.1, Number.NaN, 2 ** 53, Infinity])
      expect(() => writeJson(value)).toThrow(TypeError);
    for (const digits of ['', '1.', '.5', '01', '1e5', '1,5', '--1', '1 ', 'NaN'])
      expect(() => jsonDecimal(digits)).toThrow(TypeError);
  });
});
