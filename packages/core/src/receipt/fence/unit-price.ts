import * as E from 'fp-ts/Either';
import type { Kopecks, Quantity } from '@cloud-kassa/ffd';
import { kopecks, quantityToMillionths } from '@cloud-kassa/ffd';

const MILLION = 1_000_000n;

const ceilingOf = (dividend: bigint, divisor: bigint): bigint =>
  dividend <= 0n ? 0n : (dividend + divisor - 1n) / divisor;

/**
 * The price of one unit (tag 1079) that times the quantity (tag 1023) gives exactly this sum (tag 1043), rounded half up: of several the one
 * nearest to `near`, `undefined` if there is none. Up to a quantity of 1 there always is one; above it a kopeck more of price is more than a
 * kopeck more of sum.
 */
export const unitPriceFor = (sum: Kopecks, quantity: Quantity, near: Kopecks): Kopecks | undefined => {
  const millionths = BigInt(quantityToMillionths(quantity));
  const doubled = 2n * BigInt(sum) * MILLION;
  const lowest = ceilingOf(doubled - MILLION, 2n * millionths);
  const highest = ceilingOf(doubled + MILLION, 2n * millionths) - 1n;
  if (lowest > highest) return undefined;
  const wished = BigInt(near);
  const price = kopecks(Number(wished < lowest ? lowest : wished > highest ? highest : wished));
  return E.isRight(price) ? price.right : undefined;
};
