import { literalCodec } from './guarded-codec';

/** Payment subjects in ascending order; 28 and 29 are not defined. */
export const PAYMENT_SUBJECT_LIST = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 30, 31,
  32, 33,
] as const;

/** Payment subject sign of an item (признак предмета расчёта, tag 1212). */
export type PaymentSubject = (typeof PAYMENT_SUBJECT_LIST)[number];

/** {@link PaymentSubject} in stored and transferred data: a value of the list and nothing else. */
export const PaymentSubjectCodec = literalCodec<PaymentSubject>(PAYMENT_SUBJECT_LIST, 'PaymentSubject');

/** A payment subject in words. */
export interface PaymentSubjectMeaning {
  readonly name: string;
  readonly russian: string;
  /** Excise goods, marked or not. */
  readonly excise?: true;
  /** Goods under obligatory marking, as FFD 1.2 tells them apart (30 to 33); `code` says whether the item carries a marking code. */
  readonly marking?: 'code' | 'no-code';
  /** The item name (tag 1030) then holds a code of this range instead of a name. */
  readonly nameHoldsCode?: { readonly from: number; readonly to: number };
}

/**
 * The codes of tag 1212 (order ЕД-7-20/662@ as amended). Codes 30 to 33 exist in FFD 1.2 only; in FFD 1.05 marked goods keep 1 or 2 and
 * carry tag 1162.
 */
export const PAYMENT_SUBJECTS: Readonly<Record<PaymentSubject, PaymentSubjectMeaning>> = {
  1: { name: 'goods', russian: 'товар' },
  2: { name: 'excise goods', russian: 'подакцизный товар', excise: true },
  3: { name: 'work', russian: 'работа' },
  4: { name: 'service', russian: 'услуга' },
  5: { name: 'gambling bet', russian: 'ставка азартной игры' },
  6: { name: 'gambling win', russian: 'выигрыш азартной игры' },
  7: { name: 'lottery ticket', russian: 'лотерейный билет' },
  8: { name: 'lottery win', russian: 'выигрыш лотереи' },
  9: { name: 'use of intellectual property', russian: 'предоставление РИД' },
  10: { name: 'payment', russian: 'платеж' },
  11: { name: 'agent fee', russian: 'агентское вознаграждение' },
  12: { name: 'payout', russian: 'выплата' },
  13: { name: 'other subject', russian: 'иной предмет расчета' },
  14: { name: 'property right', russian: 'имущественное право' },
  15: {
    name: 'non-operating income',
    russian: 'внереализационный доход',
    nameHoldsCode: { from: 1, to: 25 },
  },
  16: {
    name: 'other payments and contributions',
    russian: 'иные платежи и взносы',
    nameHoldsCode: { from: 26, to: 31 },
  },
  17: { name: 'trade levy', russian: 'торговый сбор' },
  18: { name: 'tourist tax', russian: 'туристический налог' },
  19: { name: 'pledge', russian: 'залог' },
  20: { name: 'expense', russian: 'расход' },
  21: { name: "sole proprietor's pension contributions", russian: 'взносы на ОПС ИП' },
  22: { name: 'pension contributions', russian: 'взносы на ОПС' },
  23: { name: "sole proprietor's medical contributions", russian: 'взносы на ОМС ИП' },
  24: { name: 'medical contributions', russian: 'взносы на ОМС' },
  25: { name: 'social insurance contributions', russian: 'взносы на ОСС' },
  26: { name: 'casino payment', russian: 'платеж казино' },
  27: { name: 'cash paid out by a bank agent', russian: 'выдача денежных средств' },
  30: {
    name: 'excise goods subject to marking, without a code',
    russian: 'АТНМ',
    excise: true,
    marking: 'no-code',
  },
  31: { name: 'excise goods subject to marking, with a code', russian: 'АТМ', excise: true, marking: 'code' },
  32: { name: 'goods subject to marking, without a code', russian: 'ТНМ', marking: 'no-code' },
  33: { name: 'goods subject to marking, with a code', russian: 'ТМ', marking: 'code' },
};
