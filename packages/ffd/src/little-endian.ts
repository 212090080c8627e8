/** The greatest integer of the wire that is still an exact number: 2^53 - 1. */
const SAFE_TOP_BYTE = 0x1f;

/** Number of bytes up to the last one that is not zero. */
export const significantLength = (bytes: Uint8Array, start: number, end: number): number => {
  let length = end - start;
  while (length > 0 && bytes[start + length - 1] === 0) length -= 1;
  return length;
};

/** Unsigned little-endian integer; `undefined` beyond 2^53 - 1. No bytes at all read as 0. */
export const readUnsigned = (bytes: Uint8Array, start: number, end: number): number | undefined => {
  const length = significantLength(bytes, start, end);
  if (length > 7 || (length === 7 && (bytes[start + 6] ?? 0) > SAFE_TOP_BYTE)) return undefined;
  let value = 0;
  for (let index = length - 1; index >= 0; index -= 1) value = value * 256 + (bytes[start + index] ?? 0);
  return value;
};

/** Least number of bytes that hold the value; 0 takes one byte. */
export const leastLength = (value: number): number => {
  let length = 1;
  for (let rest = Math.floor(value / 256); rest > 0; rest = Math.floor(rest / 256)) length += 1;
  return length;
};
