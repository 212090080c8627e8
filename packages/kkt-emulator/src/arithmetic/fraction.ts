/**
 * An exact rational number. The denominator is positive; the pair need not be in lowest terms.
 * Everything the emulator computes with money and quantities goes through it, so no float ever decides a kopeck.
 */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A whole number as a fraction. */
export const whole = (value: bigint): Fraction => ({ numerator: value, denominator: 1n });

/** The product of two fractions. */
export const times = (left: Fraction, right: Fraction): Fraction => ({
  numerator: left.numerator * right.numerator,
  denominator: left.denominator * right.denominator,
});

/** The sum of two fractions. */
export const plus = (left: Fraction, right: Fraction): Fraction => ({
  numerator: left.numerator * right.denominator + right.numerator * left.denominator,
  denominator: left.denominator * right.denominator,
});

/** Negative, zero or positive as `left` is below, equal to or above `right`. */
export const compare = (left: Fraction, right: Fraction): number => {
  const difference = left.numerator * right.denominator - right.numerator * left.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** The greatest whole number not above the fraction. */
export const floor = ({ numerator, denominator }: Fraction): bigint => {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
};

/** The nearest whole number; an exact half goes up. */
export const roundHalfUp = (value: Fraction): bigint =>
  floor(plus(value, { numerator: 1n, denominator: 2n }));

const DECIMAL = /^(0|[1-9]\d{0,15})(?:\.(\d{1,6}))?$/u;

/**
 * A non-negative decimal without superfluous leading noughts, at most sixteen digits and six decimals, as an exact fraction;
 * `undefined` for anything else. Six decimals are the limit of a quantity (FFD tag 1023).
 */
export const parseDecimal = (text: string): Fraction | undefined => {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const decimals = match[2] ?? '';
  return { numerator: BigInt(`${match[1] ?? ''}${decimals}`), denominator: 10n ** BigInt(decimals.length) };
};
