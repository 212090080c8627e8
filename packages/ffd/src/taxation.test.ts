import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { localDate, type LocalDate } from './local-date';
import {
  TAXATION_LIST,
  TaxationCodec,
  taxationExistsOn,
  taxationMask,
  TAXATIONS,
  taxationsIn,
} from './taxation';

const day = (text: string): LocalDate => {
  const date = localDate(text);
  if (E.isLeft(date)) throw new Error(date.left.rule);
  return date.right;
};

describe('taxation systems (tags 1055 and 1062)', () => {
  it('E59: general, simplified on income and patent are 35', () => {
    expect(taxationMask([1, 2, 32])).toBe(35);
    expect(taxationsIn(35)).toEqual([1, 2, 32]);
  });

  it('a receipt carries exactly one bit', () => {
    for (const input of [0, 3, 35, 64, -1, '1']) expect(TaxationCodec.is(input)).toBe(false);
    for (const taxation of TAXATION_LIST) expect(TaxationCodec.is(taxation)).toBe(true);
  });

  it('imputed income was abolished on 2021-01-01', () => {
    expect(taxationExistsOn(8, day('2020-12-31'))).toBe(true);
    expect(taxationExistsOn(8, day('2021-01-01'))).toBe(false);
    expect(TAXATION_LIST.filter((taxation) => !taxationExistsOn(taxation, day('2026-01-01')))).toEqual([8]);
    expect(localDate(TAXATIONS[8].validTo ?? '')).toEqual(E.right('2020-12-31'));
  });

  property.prop([fc.subarray([...TAXATION_LIST])])('a mask holds the systems it was made of', (taxations) => {
    expect(taxationsIn(taxationMask([...taxations, ...taxations]))).toEqual(taxations);
  });

  it('bits without a meaning are passed over', () => {
    expect(taxationsIn(64 + 1)).toEqual([1]);
    expect(taxationsIn(0)).toEqual([]);
  });
});
