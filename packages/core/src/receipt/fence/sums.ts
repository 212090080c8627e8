import type { Kopecks, PaymentKind } from '@cloud-kassa/ffd';
import { PAYMENT_KINDS } from '@cloud-kassa/ffd';

/** Amounts added up as plain numbers: sums of what is reserved are differences and may pass beyond six bytes. */
export const sumOf = (amounts: ReadonlyArray<number>): number =>
  amounts.reduce((sum, amount) => sum + amount, 0);

/** The five payment sums as plain numbers. */
export type Sums = Readonly<Record<PaymentKind, number>>;

/** All that is given back, of every kind. */
export const totalOf = (sums: Sums): number => sumOf(PAYMENT_KINDS.map((kind) => sums[kind]));

/** Payment sums added up kind by kind. */
export const addSums = (list: ReadonlyArray<Readonly<Record<PaymentKind, Kopecks>>>): Sums => {
  const of = (kind: PaymentKind): number => sumOf(list.map((sums) => sums[kind]));
  return {
    cash: of('cash'),
    cashless: of('cashless'),
    prepaid: of('prepaid'),
    credit: of('credit'),
    provision: of('provision'),
  };
};
