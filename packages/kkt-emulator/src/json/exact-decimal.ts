const NUMBER = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/u;

/**
 * A decimal as the whole number of its units of 10^-places: `scaledDecimal('12.30', 2)` is 1230n. `undefined` when the text is not a
 * number, has a part below the unit, or more than forty digits on a side. Exact: nothing is rounded.
 */
export const scaledDecimal = (text: string, places: number): bigint | undefined => {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const decimals = match[3] ?? '';
  const digits = BigInt(`${match[2] ?? ''}${decimals}`);
  const power = places - decimals.length + Number(match[4] ?? 0);
  const divisor = power < 0 ? 10n ** BigInt(-power) : 1n;
  if (digits % divisor !== 0n) return undefined;
  const value = power < 0 ? digits / divisor : digits * 10n ** BigInt(power);
  return match[1] === '-' ? -value : value;
};

/** A whole number of units of 10^-places as the shortest decimal. Not for negative numbers. */
export const decimalText = (units: bigint, places: number): string => {
  const digits = String(units).padStart(places + 1, '0');
  const decimals = digits.slice(digits.length - places).replace(/0+$/u, '');
  const whole = digits.slice(0, digits.length - places);
  return decimals === '' ? whole : `${whole}.${decimals}`;
};
