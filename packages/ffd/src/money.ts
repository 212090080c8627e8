import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { guardedCodec } from './guarded-codec';

interface KopecksBrand {
  readonly Kopecks: unique symbol;
}

/** An amount of money in whole kopecks, 0 to 281 474 976 710 655: what a VLN of six bytes holds (tags 1020, 1043, 1079, …). */
export type Kopecks = t.Branded<number, KopecksBrand>;

/** Why something is not an amount of money. The refused value is left out on purpose. */
export interface NotKopecks {
  readonly _tag: 'NotKopecks';
  readonly rule: 'whole-kopecks' | 'not-negative' | 'at-most-six-bytes' | 'rouble-text';
}

/** The largest amount the format can hold: 2 814 749 767 106.55 roubles. */
export const MAX_KOPECKS = 281_474_976_710_655;

const ROUBLE_TEXT = /^(0|[1-9]\d{0,12})(?:\.(\d{1,2}))?$/;

const notKopecks = (rule: NotKopecks['rule']): E.Either<NotKopecks, never> =>
  E.left({ _tag: 'NotKopecks', rule });

const isKopecks = (input: unknown): input is Kopecks =>
  Number.isSafeInteger(input) &&
  typeof input === 'number' &&
  input >= 0 &&
  input <= MAX_KOPECKS &&
  !Object.is(input, -0);

/** Brands the result of arithmetic that is proven to stay in range. Inside this package only. */
export const provenKopecks = (amount: number): Kopecks => amount as Kopecks;

/** An amount of money from a number of kopecks. Refuses fractions, NaN, negative numbers (negative zero too) and more than {@link MAX_KOPECKS}. */
export const kopecks = (amount: number): E.Either<NotKopecks, Kopecks> => {
  if (isKopecks(amount)) return E.right(amount);
  if (amount < 0 || Object.is(amount, -0)) return notKopecks('not-negative');
  return notKopecks(Number.isInteger(amount) ? 'at-most-six-bytes' : 'whole-kopecks');
};

/** No money. */
export const ZERO_KOPECKS: Kopecks = provenKopecks(0);

/** {@link Kopecks} in stored and transferred data: an integer JSON number. */
export const KopecksCodec: t.Type<Kopecks, number> = guardedCodec<Kopecks, number>('Kopecks', isKopecks);

/** The exact sum; refuses a sum above {@link MAX_KOPECKS}. The sum of an empty list is zero. */
export const sumKopecks = (amounts: ReadonlyArray<Kopecks>): E.Either<NotKopecks, Kopecks> => {
  let sum = 0;
  for (const amount of amounts) {
    sum += amount;
    if (sum > MAX_KOPECKS) return notKopecks('at-most-six-bytes');
  }
  return E.right(provenKopecks(sum));
};

/** `from` less `amount`; refuses a negative difference. */
export const subtractKopecks = (from: Kopecks, amount: Kopecks): E.Either<NotKopecks, Kopecks> =>
  kopecks(from - amount);

/** Roubles with a point and exactly two decimals, no grouping: `807.30`, as in the QR text of a receipt. */
export const formatRoubles = (amount: Kopecks): string => {
  const fraction = amount % 100;
  return `${(amount - fraction) / 100}.${String(fraction).padStart(2, '0')}`;
};

/**
 * Reads roubles written with a point and at most two decimals: `807.30`, `807.3`, `807`.
 *
 * Refuses everything that would need a guess: a comma, signs, exponents, spaces, leading zeros, an empty whole or fractional part.
 */
export const parseRoubles = (text: string): E.Either<NotKopecks, Kopecks> => {
  const match = ROUBLE_TEXT.exec(text);
  if (match === null) return notKopecks('rouble-text');
  const [, whole = '', fraction = ''] = match;
  return kopecks(Number(whole) * 100 + Number(fraction.padEnd(2, '0')));
};
