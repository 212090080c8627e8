import * as fc from 'fast-check';
import { decimalText, scaledDecimal } from './exact-decimal';

test.each([
  ['0', 2, 0n],
  ['12.30', 2, 1230n],
  ['12.300', 2, 1230n],
  ['12.345', 2, undefined],
  ['-0.01', 2, -1n],
  ['1e2', 2, 10_000n],
  ['1.5E-1', 2, 15n],
  ['1e-3', 2, undefined],
  ['0.1', 0, undefined],
  ['9007199254740993.01', 2, 900719925474099301n],
  ['12,30', 2, undefined],
  ['', 2, undefined],
  ['1e999', 2, undefined],
])('%s in units of 10^-%s is %s', (text, places, units) => {
  expect(scaledDecimal(text, places)).toBe(units);
});

test('a decimal goes out and comes back', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 30n), fc.integer({ min: 0, max: 6 }), (units, places) => {
      const text = decimalText(units, places);
      expect(scaledDecimal(text, places)).toBe(units);
      expect(text).toMatch(/^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/u);
    }),
  );
});
