import type { ShiftTotals, SignTotals } from '@cloud-kassa/core';
import {
  PAYMENT_KINDS,
  sumKopecks,
  type Kopecks,
  type Payments,
  type SettlementSign,
} from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { DocumentContent } from './document-tables';

const PARTS: Readonly<Record<SettlementSign, Exclude<keyof ShiftTotals, 'corrections'>>> = {
  1: 'sale',
  2: 'saleRefund',
  3: 'purchase',
  4: 'purchaseRefund',
};

/** @throws RangeError beyond what can be told exactly, some 90,000 milliard roubles. */
const plus = (a: Kopecks, b: Kopecks): Kopecks => {
  const sum = sumKopecks([a, b]);
  if (E.isLeft(sum)) throw new RangeError('The total of a shift can not be told exactly.');
  return sum.right;
};

const paymentsPlus = (a: Payments, b: Payments): Payments => {
  const sums = { ...a };
  for (const kind of PAYMENT_KINDS) sums[kind] = plus(a[kind], b[kind]);
  return sums;
};

/** The totals of a shift with one more document in it. Corrections (forms 31 and 41) count under their sign and apart. */
export const addToTotals = (totals: ShiftTotals, content: DocumentContent): ShiftTotals => {
  const part = PARTS[content.sign];
  const before = totals[part];
  const after: SignTotals = {
    receipts: before.receipts + 1,
    total: plus(before.total, content.total),
    payments: paymentsPlus(before.payments, content.payments),
  };
  const corrections = totals.corrections + (content.kind === 'correction' ? 1 : 0);
  return { ...totals, [part]: after, corrections };
};
