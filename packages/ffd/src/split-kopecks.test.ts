import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import type { Kopecks } from './money';
import { kopecks, MAX_KOPECKS } from './money';
import { splitByShares } from './split-kopecks';

const money = (amount: number): Kopecks => {
  const result = kopecks(amount);
  if (E.isLeft(result)) throw new Error(result.left.rule);
  return result.right;
};
const split = (amount: number, weights: ReadonlyArray<number>) =>
  splitByShares(money(amount), weights.map(money));
const parts = (result: ReturnType<typeof split>): ReadonlyArray<number> => {
  if (E.isLeft(result)) throw new Error(result.left.rule);
  return result.right;
};

describe('splitting a prepayment over the items it is offset against (largest remainders)', () => {
  it('gives the odd kopeck to the largest remainder', () => {
    expect(split(100, [1, 1, 1])).toEqual(E.right([34, 33, 33]));
    expect(split(100, [7, 1, 3])).toEqual(E.right([64, 9, 27]));
    expect(split(30000, [99900, 100, 50000])).toEqual(E.right([19980, 20, 10000]));
  });

  it('prefers the earlier line when remainders are equal', () => {
    expect(split(100, [1, 1, 4])).toEqual(E.right([17, 17, 66]));
    expect(split(1, [1, 1])).toEqual(E.right([1, 0]));
  });

  it('gives nothing to a line of no weight and everything to the only one', () => {
    expect(split(101, [0, 7, 0])).toEqual(E.right([0, 101, 0]));
  });

  it('splits nothing into nothings', () => {
    expect(split(0, [5, 0])).toEqual(E.right([0, 0]));
    expect(split(0, [])).toEqual(E.right([]));
  });

  it('refuses an amount that has nowhere to go', () => {
    const refusal = E.left({ _tag: 'NotSplit', rule: 'no-weight' });
    expect(split(1, [])).toEqual(refusal);
    expect(split(1, [0, 0])).toEqual(refusal);
  });

  const weights = fc
    .array(fc.oneof(fc.integer({ min: 0, max: MAX_KOPECKS }), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 12,
    })
    .filter((list) => list.some((weight) => weight > 0));
  const amounts = fc.oneof(fc.integer({ min: 0, max: MAX_KOPECKS }), fc.integer({ min: 0, max: 100 }));

  property.prop([amounts, weights])(
    'adds up exactly, each part within a kopeck of its exact share',
    (amount, list) => {
      const result = parts(split(amount, list));
      const whole = list.reduce((sum, weight) => sum + BigInt(weight), 0n);
      expect(result.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(amount));
      result.forEach((part, index) => {
        const error = BigInt(part) * whole - BigInt(amount) * BigInt(list[index] ?? 0);
        expect(error > -whole && error < whole).toBe(true);
      });
    },
  );

  property.prop([amounts, weights])(
    'a raised part never had a smaller remainder than one that was not',
    (amount, list) => {
      const whole = list.reduce((sum, weight) => sum + BigInt(weight), 0n);
      const shares = parts(split(amount, list)).map((part, index) => {
        const product = BigInt(amount) * BigInt(list[index] ?? 0);
        return { raised: BigInt(part) > product / whole, remainder: product % whole };
      });
      const lowestRaised = shares.filter(({ raised }) => raised).map(({ remainder }) => remainder);
      const others = shares.filter(({ raised }) => !raised).map(({ remainder }) => remainder);
      for (const remainder of lowestRaised) expect(others.every((other) => other <= remainder)).toBe(true);
    },
  );

  property.prop([weights, fc.double({ min: 0, max: 1, noNaN: true })])(
    'no item is offset beyond its sum',
    (list, share) => {
      const whole = list.reduce((sum, weight) => sum + BigInt(weight), 0n);
      const amount = Math.min(MAX_KOPECKS, Math.floor(Number(whole) * share));
      fc.pre(BigInt(amount) <= whole);
      parts(split(amount, list)).forEach((part, index) => expect(part).toBeLessThanOrEqual(list[index] ?? 0));
    },
  );
});
