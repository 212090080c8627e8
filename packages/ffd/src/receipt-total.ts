import type { Kopecks } from './money';
import type { Payments } from './payment-kind';
import { PAYMENT_KINDS } from './payment-kind';

const wholeRoubles = (amount: Kopecks): number => (amount - (amount % 100)) / 100;

/**
 * May a receipt over items that sum up to `itemsSum` (tags 1043) be for `total` (tag 1020)?
 *
 * The total is the sum of the items. Only the total may be rounded, and only so that its whole roubles stay those of the sum: downward,
 * by at most 99 kopecks. (Note 5 to table 19 of order ММВ-7-20/229@, kept in order ЕД-7-20/662@.)
 */
export const totalAllowed = (itemsSum: Kopecks, total: Kopecks): boolean =>
  total <= itemsSum && wholeRoubles(total) === wholeRoubles(itemsSum);

/**
 * Do the five payment sums (tags 1031, 1081, 1215, 1216, 1217) equal the total (tag 1020)? Neither an underpaid nor an overpaid receipt
 * is formed; cash is what was kept after change.
 */
export const paymentsMatch = (payments: Payments, total: Kopecks): boolean =>
  PAYMENT_KINDS.reduce((sum, kind) => sum + payments[kind], 0) === total;
