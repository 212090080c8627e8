import { fc, test as property } from '@fast-check/jest';
import { pipe } from 'fp-ts/function';
import * as E from 'fp-ts/Either';

import { lineSum } from './line-sum';
import { formatRoubles, kopecks, MAX_KOPECKS, parseRoubles } from './money';
import { MAX_MILLIONTHS, quantity, quantityFromMillionths } from './quantity';

const sumOf = (price: string, amount: string) =>
  pipe(
    E.Do,
    E.bindW('price', () => parseRoubles(price)),
    E.bindW('amount', () => quantity(amount)),
    E.chainW((line) => lineSum(line.price, line.amount)),
    E.map(formatRoubles),
  );

describe('cost of an item (tag 1043): price times quantity, half up to a kopeck', () => {
  it.each([
    ['E01', '333.33', '3', '999.99', 'computed'],
    ['E04', '99.99', '2.474', '247.38', 'receipt of 17.09.2024'],
    ['E05', '34.99', '7.445', '260.50', 'receipt of 17.09.2024'],
    ['E06', '34.99', '8.21', '287.27', 'receipt of 17.09.2024'],
    ['E07', '129.99', '1.018', '132.33', 'receipt of 17.09.2024'],
    ['E07', '129.99', '0.748', '97.23', 'receipt of 17.09.2024'],
    ['E09', '269.10', '3', '807.30', 'receipt of 08.10.2026'],
    ['E11', '2.23', '225', '501.75', 'published receipt'],
    ['E11', '4.10', '62', '254.20', 'published receipt'],
    ['E18', '100.05', '0.1', '10.01', 'an exact half goes up, computed'],
    ['E18', '10.01', '0.5', '5.01', 'an exact half goes up, computed'],
    ['E19', '0.01', '0.5', '0.01', 'an exact half goes up, computed'],
    ['E19', '0.01', '0.49', '0.00', 'computed'],
    ['E23', '4.45', '2', '8.90', 'request in the OrangeData protocol'],
  ])('%s: %s x %s is %s (%s)', (_example, price, amount, expected) => {
    expect(sumOf(price, amount)).toEqual(E.right(expected));
  });

  it('keeps a price of zero: a free line is legal (OrangeData protocol)', () => {
    expect(sumOf('0', '1')).toEqual(E.right('0.00'));
  });

  it('refuses what six bytes cannot hold', () => {
    expect(sumOf('2814749767106.55', '1')).toEqual(E.right('2814749767106.55'));
    expect(sumOf('2814749767106.55', '1.000001')).toEqual(
      E.left({ _tag: 'NotKopecks', rule: 'at-most-six-bytes' }),
    );
    expect(sumOf('2814749767106.55', '281474976.710655')).toEqual(
      E.left({ _tag: 'NotKopecks', rule: 'at-most-six-bytes' }),
    );
  });

  const anyPrice = fc.integer({ min: 0, max: MAX_KOPECKS });
  const anyQuantity = fc.integer({ min: 1, max: MAX_MILLIONTHS });
  /** Products above 2^53 whose sums still fit. */
  const beyondFloats = fc.tuple(
    fc.integer({ min: 1_000_000_000, max: 1_000_000_000_000 }),
    fc.integer({ min: 10_000_000, max: 250_000_000 }),
  );
  /** An odd price at n + 1/2 pieces, or at some thousandths: ties and their neighbours. */
  const nearTies = fc.tuple(
    fc.integer({ min: 0, max: 10_000_000 }).map((n) => 2 * n + 1),
    fc
      .tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: -1, max: 1 }))
      .map(([n, by]) => n * 1_000_000 + 500_000 + by),
  );

  property.prop([
    fc.oneof(
      fc.tuple(anyPrice, anyQuantity),
      fc.tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 1, max: 100_000_000 })),
      beyondFloats,
      nearTies,
    ),
  ])('equals the exact fraction rounded half up', ([price, millionths]) => {
    const doubled = 2n * BigInt(price) * BigInt(millionths) + 1_000_000n;
    const exact = doubled / 2_000_000n;
    const result = pipe(
      E.Do,
      E.bindW('price', () => kopecks(price)),
      E.bindW('amount', () => quantityFromMillionths(millionths)),
      E.chainW((line) => lineSum(line.price, line.amount)),
    );
    expect(result).toEqual(
      exact > BigInt(MAX_KOPECKS)
        ? E.left({ _tag: 'NotKopecks', rule: 'at-most-six-bytes' })
        : E.right(Number(exact)),
    );
  });
});
