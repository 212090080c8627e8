import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { localDate } from './local-date';
import type { Kopecks } from './money';
import { formatRoubles, kopecks, MAX_KOPECKS, parseRoubles } from './money';
import type { VatCode } from './vat-code';
import { VAT_CODE_LIST, VAT_CODES, VatCodeCodec, vatOf } from './vat-code';

const right = (result: E.Either<unknown, Kopecks>): Kopecks => {
  if (E.isLeft(result)) throw new Error('not an amount');
  return result.right;
};
const vat = (amount: string, code: VatCode): string =>
  formatRoubles(vatOf(right(parseRoubles(amount)), code));

describe('VAT inside an amount: S x n / (100 + n), half up to a kopeck', () => {
  it.each([
    ['E02', '999.99', 3, '166.67', 'computed'],
    ['E03', '999.99', 12, '180.33', 'computed'],
    ['E08', '1285.21', 2, '116.84', 'receipt of 17.09.2024'],
    ['E09', '807.30', 11, '145.58', 'receipt of 08.10.2026'],
    ['E10', '227.90', 1, '37.98', 'question to a driver vendor'],
    ['E11', '501.75', 1, '83.63', 'published receipt, an exact half of 83.625'],
    ['E11', '254.20', 1, '42.37', 'published receipt'],
    ['E12', '60.00', 3, '10.00', 'published receipt'],
    ['E13', '1000.00', 1, '166.67', 'computed'],
    ['E13', '1000.00', 11, '180.33', 'computed'],
    ['E13', '1000.00', 2, '90.91', 'computed'],
    ['E13', '1000.00', 7, '47.62', 'computed'],
    ['E13', '1000.00', 8, '65.42', 'computed'],
    ['E14', '100.00', 1, '16.67', 'computed'],
    ['E14', '100.00', 11, '18.03', 'computed'],
    ['E14', '100.00', 2, '9.09', 'computed'],
    ['E14', '100.00', 7, '4.76', 'computed'],
    ['E14', '100.00', 8, '6.54', 'computed'],
    ['E15', '0.03', 1, '0.01', 'computed, an exact half'],
    ['E15', '0.03', 11, '0.01', 'computed'],
    ['E15', '0.03', 2, '0.00', 'computed'],
    ['E16', '122.00', 11, '22.00', 'computed'],
    ['E16', '120.00', 1, '20.00', 'computed'],
    ['E20', '99999999.99', 1, '16666666.67', 'computed, beyond floats'],
    ['E20', '99999999.99', 11, '18032786.88', 'computed, beyond floats'],
    ['E68', '1200.00', 3, '200.00', 'prepayment of 2025, FNS letter АБ-4-20/11248@'],
    ['E68', '1200.00', 11, '216.39', 'its shipment in 2026, FNS letter АБ-4-20/11248@'],
  ] as const)('%s: %s with code %s holds %s (%s)', (_example, amount, code, expected, _source) => {
    expect(vat(amount, code)).toBe(expected);
  });

  it.each(VAT_CODE_LIST)('E15: 0.01 with code %s holds nothing', (code) => {
    expect(vat('0.01', code)).toBe('0.00');
  });

  it.each([5, 6] as const)('code %s (0 %% or no VAT) holds no VAT', (code) => {
    expect(vat('1000.00', code)).toBe('0.00');
  });

  const rates: Readonly<Record<VatCode, bigint>> = {
    1: 20n,
    2: 10n,
    3: 20n,
    4: 10n,
    5: 0n,
    6: 0n,
    7: 5n,
    8: 7n,
    9: 5n,
    10: 7n,
    11: 22n,
    12: 22n,
  };

  property.prop([
    fc.oneof(fc.integer({ min: 0, max: MAX_KOPECKS }), fc.integer({ min: 0, max: 10_000_000 })),
    fc.constantFrom(...VAT_CODE_LIST),
  ])(
    'equals the exact fraction rounded half up, for the plain and the calculated rate alike',
    (amount, code) => {
      const n = rates[code];
      const exact = (2n * BigInt(amount) * n + (100n + n)) / (2n * (100n + n));
      expect(vatOf(right(kopecks(amount)), code)).toBe(Number(exact));
    },
  );
});

describe('VAT rate codes (tag 1199)', () => {
  it('22 % has codes of its own and goes into 1115, never into 1102 (driver vendor; receipt of 08.10.2026)', () => {
    expect(VAT_CODES[11]).toMatchObject({ rate: 22, calculated: false, receiptTag: 1115 });
    expect(VAT_CODES[12]).toMatchObject({ rate: 22, calculated: true, receiptTag: 1115 });
    expect(VAT_CODES[1]).toMatchObject({ rate: 20, receiptTag: 1102 });
  });

  it('codes from 7 on go into the block 1115, the others into tags of their own', () => {
    expect(VAT_CODE_LIST.map((code) => VAT_CODES[code].receiptTag)).toEqual([
      1102, 1103, 1106, 1107, 1104, 1105, 1115, 1115, 1115, 1115, 1115, 1115,
    ]);
  });

  it('0 % and no VAT carry the turnover, all others the VAT', () => {
    expect(VAT_CODE_LIST.filter((code) => VAT_CODES[code].carries === 'turnover')).toEqual([5, 6]);
  });

  it('every plain rate with VAT has a calculated twin of the same rate and validity', () => {
    const twins = VAT_CODE_LIST.map((code) => VAT_CODES[code].calculatedTwin);
    expect(twins).toEqual([
      3,
      4,
      undefined,
      undefined,
      undefined,
      undefined,
      9,
      10,
      undefined,
      undefined,
      12,
      undefined,
    ]);
    for (const code of VAT_CODE_LIST) {
      const { calculatedTwin, calculated, rate, validFrom, validTo } = VAT_CODES[code];
      if (calculatedTwin === undefined) continue;
      const twin = VAT_CODES[calculatedTwin];
      expect([calculated, twin.calculated]).toEqual([false, true]);
      expect([twin.rate, twin.validFrom, twin.validTo]).toEqual([rate, validFrom, validTo]);
    }
  });

  it('dates of validity are real dates', () => {
    const dates = VAT_CODE_LIST.flatMap((code) =>
      [VAT_CODES[code].validFrom ?? [], VAT_CODES[code].validTo ?? []].flat(),
    );
    expect(dates).toHaveLength(8);
    for (const date of dates) expect(localDate(date)).toEqual(E.right(date));
  });

  it('are 1 to 12', () => {
    for (const code of VAT_CODE_LIST) expect(VatCodeCodec.decode(code)).toEqual(E.right(code));
    for (const input of [0, 13, -0, 1.5, '1', null, undefined]) expect(VatCodeCodec.is(input)).toBe(false);
  });
});
