import { floor } from './fraction';

const wholeRoubles = (kopecks: bigint): bigint => floor({ numerator: kopecks, denominator: 100n });

/**
 * Whether a total (сумма расчета, FFD tag 1020) may stand over lines of this sum: equal to it, or rounded down inside the same
 * whole rouble. Source: note 5 to table 19 of order ММВ-7-20/229@; only the total may be rounded, never a line.
 */
export const totalFits = (total: bigint, linesSum: bigint): boolean =>
  total <= linesSum && wholeRoubles(total) === wholeRoubles(linesSum);
