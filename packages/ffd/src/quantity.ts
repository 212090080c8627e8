import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { guardedCodec } from './guarded-codec';

interface QuantityBrand {
  readonly Quantity: unique symbol;
}

/**
 * Quantity of an item (количество предмета расчета, tag 1023) as a canonical decimal text: above zero, at most six decimals, no
 * trailing and no leading zeros, at most 281474976.710655 (an FVLN of eight bytes with six decimals). Equal quantities have equal texts.
 */
export type Quantity = t.Branded<string, QuantityBrand>;

/** Why something is not a quantity. The refused value is left out on purpose. */
export interface NotQuantity {
  readonly _tag: 'NotQuantity';
  readonly rule: 'decimal-text' | 'above-zero' | 'at-most-eight-bytes' | 'whole-millionths';
}

/** The largest quantity in millionths: 281474976.710655. */
export const MAX_MILLIONTHS = 281_474_976_710_655;

const DECIMAL_TEXT = /^(0|[1-9]\d{0,8})(?:\.(\d{1,6}))?$/;
const MILLION = 1_000_000;

const notQuantity = (rule: NotQuantity['rule']): E.Either<NotQuantity, never> =>
  E.left({ _tag: 'NotQuantity', rule });

const millionthsOf = (text: string): number | undefined => {
  const match = DECIMAL_TEXT.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  return Number(whole) * MILLION + Number(fraction.padEnd(6, '0'));
};

const textOf = (millionths: number): string => {
  const fraction = millionths % MILLION;
  const whole = String((millionths - fraction) / MILLION);
  return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
};

/** A quantity from a whole number of millionths; refuses zero, negative numbers, fractions and more than {@link MAX_MILLIONTHS}. */
export const quantityFromMillionths = (millionths: number): E.Either<NotQuantity, Quantity> => {
  if (!Number.isInteger(millionths)) return notQuantity('whole-millionths');
  if (millionths <= 0) return notQuantity('above-zero');
  if (millionths > MAX_MILLIONTHS) return notQuantity('at-most-eight-bytes');
  return E.right(textOf(millionths) as Quantity);
};

/**
 * A quantity from a decimal text with a point and one to six decimals, or none; trailing zeros are taken off (`1.500` is `1.5`).
 *
 * Refuses signs, exponents, commas, spaces, leading zeros, more than six decimals, zero, and more than 281474976.710655.
 */
export const quantity = (text: string): E.Either<NotQuantity, Quantity> => {
  const millionths = millionthsOf(text);
  return millionths === undefined ? notQuantity('decimal-text') : quantityFromMillionths(millionths);
};

const isQuantity = (input: unknown): input is Quantity => {
  if (typeof input !== 'string') return false;
  const millionths = millionthsOf(input);
  return (
    millionths !== undefined && millionths > 0 && millionths <= MAX_MILLIONTHS && textOf(millionths) === input
  );
};

/** {@link Quantity} in stored and transferred data: only the canonical text is accepted. */
export const QuantityCodec: t.Type<Quantity, string> = guardedCodec<Quantity, string>('Quantity', isQuantity);

/** The quantity in millionths, an exact integer. */
export const quantityToMillionths = (amount: Quantity): number => {
  const point = amount.indexOf('.');
  return point < 0
    ? Number(amount) * MILLION
    : Number(amount.slice(0, point)) * MILLION + Number(amount.slice(point + 1).padEnd(6, '0'));
};

/** The exact sum; refuses one above 281474976.710655. */
export const addQuantities = (a: Quantity, b: Quantity): E.Either<NotQuantity, Quantity> =>
  quantityFromMillionths(quantityToMillionths(a) + quantityToMillionths(b));

/** What is left of `from` after taking `amount`: `undefined` when nothing is left, a refusal when there was not enough. */
export const subtractQuantities = (
  from: Quantity,
  amount: Quantity,
): E.Either<NotQuantity, Quantity | undefined> => {
  const left = quantityToMillionths(from) - quantityToMillionths(amount);
  return left === 0 ? E.right(undefined) : quantityFromMillionths(left);
};

/** -1, 0 or 1 as `a` is less than, equal to or greater than `b`. */
export const compareQuantities = (a: Quantity, b: Quantity): -1 | 0 | 1 => {
  const difference = quantityToMillionths(a) - quantityToMillionths(b);
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
};
