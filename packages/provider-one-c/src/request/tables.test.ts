import {
  AGENT_SIGN_LIST,
  PAYMENT_KINDS,
  SETTLEMENT_SIGN_LIST,
  TAXATION_LIST,
  VAT_CODES,
  VAT_CODE_LIST,
} from '@cloud-kassa/ffd';
import type { LocalDate, VatCode } from '@cloud-kassa/ffd';
import { rowOf } from './code-table';
import { AGENT_TYPES, OPERATION_TYPES, PAYMENT_FIELDS, TAXATION_SYSTEMS } from './codes';
import { VAT_RATES } from './vat-rates';

const on = (date: string): LocalDate => date as LocalDate;

describe('VATRate (receipt request of the 1C provider API)', () => {
  it.each<readonly [VatCode, number | null]>([
    [1, 20],
    [2, 10],
    [3, 120],
    [4, 110],
    [5, 0],
    [6, null],
  ])('VAT code %i is %s, as 1C has it', (code, wire) => {
    expect(rowOf(VAT_RATES, code, on('2024-04-24'))).toEqual({ code, wire });
  });

  it.each<readonly [VatCode, number, string, string]>([
    [7, 5, '2025-01-01', '2024-12-31'],
    [8, 7, '2025-01-01', '2024-12-31'],
    [9, 105, '2025-01-01', '2024-12-31'],
    [10, 107, '2025-01-01', '2024-12-31'],
    [11, 22, '2026-01-01', '2025-12-31'],
    [12, 122, '2026-01-01', '2025-12-31'],
  ])('VAT code %i is %i by analogy, from %s on', (code, wire, from, before) => {
    expect(rowOf(VAT_RATES, code, on(from))).toEqual({ code, wire, validFrom: from, unconfirmed: true });
    expect(rowOf(VAT_RATES, code, on(before))).toBeUndefined();
  });

  it('follows one pattern for every code of the format: the percent, 100 more where it is calculated, null for none', () => {
    expect(VAT_RATES.map(({ code }) => code)).toEqual([...VAT_CODE_LIST]);
    for (const { code, wire, validFrom } of VAT_RATES) {
      const { rate, calculated, ...meaning } = VAT_CODES[code];
      expect(wire).toBe(rate === null ? null : rate + (calculated ? 100 : 0));
      expect(validFrom).toBe(meaning.validFrom);
    }
  });
});

describe('codes of the receipt request', () => {
  it('operationType is tag 1054 (1 sale, 2 its refund, 3 purchase, 4 its refund)', () => {
    expect(OPERATION_TYPES.map(({ code, wire }) => [code, wire])).toEqual(
      SETTLEMENT_SIGN_LIST.map((sign) => [sign, sign]),
    );
  });

  it.each([
    [1, 1, 'ОСН'],
    [2, 2, 'УСН доход'],
    [4, 3, 'УСН доход - расход'],
    [8, 4, 'ЕНВД'],
    [16, 5, 'ЕСХН'],
    [32, 6, 'патент'],
  ] as const)('taxationSystem for bit %i of tag 1055 is %i (%s)', (code, wire, _name) => {
    expect(rowOf(TAXATION_SYSTEMS, code, on('2020-12-31'))?.wire).toBe(wire);
    expect(TAXATION_SYSTEMS.map((row) => row.code)).toEqual([...TAXATION_LIST]);
  });

  it('taxationSystem knows the imputed-income tax to the end of 2020 only', () => {
    expect(rowOf(TAXATION_SYSTEMS, 8, on('2021-01-01'))).toBeUndefined();
  });

  it('agentType is the number of the bit of tags 1057 and 1222, from 0', () => {
    expect(AGENT_TYPES.map(({ code, wire }) => [code, wire])).toEqual(
      AGENT_SIGN_LIST.map((sign) => [sign, Math.log2(sign)]),
    );
  });

  it.each([
    ['cash', 'cash'],
    ['cashless', 'electronic'],
    ['prepaid', 'prePayment'],
    ['credit', 'postPayment'],
    ['provision', 'barter'],
  ] as const)('payments has %s as %s', (code, wire) => {
    expect(rowOf(PAYMENT_FIELDS, code, on('2026-01-01'))?.wire).toBe(wire);
    expect(PAYMENT_FIELDS.map((row) => row.code).toSorted()).toEqual([...PAYMENT_KINDS].toSorted());
  });
});
