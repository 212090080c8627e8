import * as E from 'fp-ts/Either';
import { provenKopecks, ZERO_KOPECKS, type Kopecks } from './money';

/** An amount above zero cannot be split when nothing has a weight. */
export interface NotSplit {
  readonly _tag: 'NotSplit';
  readonly rule: 'no-weight';
}

/**
 * Splits an amount over lines in proportion to their weights (a prepayment over the items it is offset against) by the method of
 * largest remainders: the parts add up to the amount exactly, each is its exact share rounded down or up, and of equal remainders the
 * earlier line gets the kopeck. No part exceeds its weight as long as the amount does not exceed the sum of the weights.
 *
 * Refuses an amount above zero without any weight above zero.
 */
export const splitByShares = (
  amount: Kopecks,
  weights: ReadonlyArray<Kopecks>,
): E.Either<NotSplit, ReadonlyArray<Kopecks>> => {
  if (amount === 0) return E.right(weights.map(() => ZERO_KOPECKS));
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) return E.left({ _tag: 'NotSplit', rule: 'no-weight' });
  const shares = weights.map((weight, index) => {
    const product = BigInt(amount) * BigInt(weight);
    return { index, floor: Number(product / whole), remainder: product % whole };
  });
  const missing = amount - shares.reduce((sum, share) => sum + share.floor, 0);
  const raised = new Set(
    shares
      .toSorted((a, b) =>
        a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1,
      )
      .slice(0, missing)
      .map((share) => share.index),
  );
  return E.right(shares.map(({ index, floor }) => provenKopecks(raised.has(index) ? floor + 1 : floor)));
};
