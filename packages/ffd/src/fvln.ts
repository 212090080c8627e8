import { leastLength, readUnsigned } from './little-endian';

/** A decimal and its number of decimals on the wire. */
export type ScaledDecimal = { readonly text: string; readonly scale: number };

const MAX_SCALE = 20;

const plainDecimal = (digits: string, scale: number): string => {
  const padded = digits.padStart(scale + 1, '0');
  const whole = padded.slice(0, padded.length - scale);
  const fraction = padded.slice(padded.length - scale).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
};

/**
 * FVLN (число переменной длины с точкой): one byte with the number of decimals, then an unsigned little-endian integer without the
 * point. `undefined` where there is no such byte, where it exceeds 20, or where the integer exceeds 2^53 - 1.
 */
export const readFvln = (bytes: Uint8Array, start: number, end: number): ScaledDecimal | undefined => {
  const scale = bytes[start];
  if (start >= end || scale === undefined || scale > MAX_SCALE) return undefined;
  const integer = readUnsigned(bytes, start + 1, end);
  return integer === undefined ? undefined : { text: plainDecimal(String(integer), scale), scale };
};

/** The integer without the point, for a plain decimal with at most `scale` decimals; `undefined` where it cannot be exact. */
export const fvlnInteger = (text: string, scale: number): number | undefined => {
  const [, whole, fraction = ''] = /^(0|[1-9]\d*)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || !Number.isInteger(scale) || scale < 0 || scale > MAX_SCALE) return undefined;
  if (fraction.length > scale) return undefined;
  const integer = Number(whole + fraction.padEnd(scale, '0'));
  return Number.isSafeInteger(integer) ? integer : undefined;
};

/** Length of the shortest FVLN with this integer. */
export const fvlnLength = (integer: number): number => 1 + leastLength(integer);
