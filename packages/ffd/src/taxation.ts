import { literalCodec } from './guarded-codec';
import { lawDate, type LocalDate } from './local-date';

/** Taxation systems in ascending order of their bit. */
export const TAXATION_LIST = [1, 2, 4, 8, 16, 32] as const;

/** Taxation system of a receipt (применяемая система налогообложения, tag 1055), exactly one bit. */
export type Taxation = (typeof TAXATION_LIST)[number];

/** {@link Taxation} in stored and transferred data: a value of the list and nothing else. */
export const TaxationCodec = literalCodec<Taxation>(TAXATION_LIST, 'Taxation');

/** A taxation system in words. */
export interface TaxationMeaning {
  readonly name:
    | 'general'
    | 'simplified-income'
    | 'simplified-income-less-expenses'
    | 'imputed'
    | 'agricultural'
    | 'patent';
  readonly short: string;
  readonly russian: string;
  /** The last day the system existed. */
  readonly validTo?: LocalDate;
}

/** The bits of tags 1055 and 1062 (order ЕД-7-20/662@). The imputed-income tax was abolished on 2021-01-01. */
export const TAXATIONS: Readonly<Record<Taxation, TaxationMeaning>> = {
  1: { name: 'general', short: 'ОСН', russian: 'общая' },
  2: { name: 'simplified-income', short: 'УСН доход', russian: 'упрощённая (доход)' },
  4: {
    name: 'simplified-income-less-expenses',
    short: 'УСН доход - расход',
    russian: 'упрощённая (доход минус расход)',
  },
  8: {
    name: 'imputed',
    short: 'ЕНВД',
    russian: 'единый налог на вменённый доход',
    validTo: lawDate('2020-12-31'),
  },
  16: { name: 'agricultural', short: 'ЕСХН', russian: 'единый сельскохозяйственный налог' },
  32: { name: 'patent', short: 'ПСН', russian: 'патентная' },
};

/** Did the system exist on this date? */
export const taxationExistsOn = (taxation: Taxation, date: LocalDate): boolean => {
  const { validTo } = TAXATIONS[taxation];
  return validTo === undefined || date <= validTo;
};

/** The systems of a register as the sum of their bits (системы налогообложения, tag 1062), 0 for none; a system named twice counts once. */
export const taxationMask = (taxations: ReadonlyArray<Taxation>): number =>
  taxations.reduce((mask: number, taxation) => mask | taxation, 0);

/** The systems whose bits are set in tag 1062, ascending. Bits without a meaning are passed over. */
export const taxationsIn = (mask: number): ReadonlyArray<Taxation> =>
  TAXATION_LIST.filter((taxation) => (mask & taxation) !== 0);
