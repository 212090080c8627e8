import type * as t from 'io-ts';
import { literalCodec } from './guarded-codec';
import { KopecksCodec, ZERO_KOPECKS, type Kopecks } from './money';
import { exactRecordCodec } from './record-codec';

/** Payment kinds in the order of the format. */
export const PAYMENT_KINDS = ['cash', 'cashless', 'prepaid', 'credit', 'provision'] as const;

/** The five ways in which a receipt is covered. */
export type PaymentKind = (typeof PAYMENT_KINDS)[number];

/** {@link PaymentKind} in stored and transferred data: a value of the list and nothing else. */
export const PaymentKindCodec = literalCodec<PaymentKind>(PAYMENT_KINDS, 'PaymentKind');

/** A payment kind with its tag and its Russian name. */
export interface PaymentKindMeaning {
  readonly tag: 1031 | 1081 | 1215 | 1216 | 1217;
  readonly name: string;
  readonly russian: string;
}

/** The payment sums of a receipt (order ЕД-7-20/662@). All five are always present in the electronic form, zero allowed. */
export const PAYMENT_KIND_MEANINGS: Readonly<Record<PaymentKind, PaymentKindMeaning>> = {
  cash: { tag: 1031, name: 'cash kept after change', russian: 'наличными' },
  cashless: { tag: 1081, name: 'cashless', russian: 'безналичными' },
  prepaid: {
    tag: 1215,
    name: 'offset of advances and earlier payments',
    russian: 'предоплатой (зачетом аванса)',
  },
  credit: { tag: 1216, name: 'to be paid later', russian: 'постоплатой (в кредит)' },
  provision: { tag: 1217, name: 'counter-provision', russian: 'встречным предоставлением' },
};

/** The five payment sums of a receipt, in kopecks; together they equal its total (tag 1020). */
export type Payments = Readonly<Record<PaymentKind, Kopecks>>;

/** All five sums zero. */
export const NO_PAYMENTS: Payments = {
  cash: ZERO_KOPECKS,
  cashless: ZERO_KOPECKS,
  prepaid: ZERO_KOPECKS,
  credit: ZERO_KOPECKS,
  provision: ZERO_KOPECKS,
};

/** {@link Payments} in stored and transferred data: all five keys, no others. */
export const PaymentsCodec: t.Type<Payments, Readonly<Record<PaymentKind, number>>> = exactRecordCodec(
  'Payments',
  {
    cash: KopecksCodec,
    cashless: KopecksCodec,
    prepaid: KopecksCodec,
    credit: KopecksCodec,
    provision: KopecksCodec,
  },
);
