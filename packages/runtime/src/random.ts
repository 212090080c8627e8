import { createHash } from 'node:crypto';
import type { Random } from './runtime';

const TWO_32 = 2 ** 32;

/**
 * Random numbers that depend on the seed only: sfc32 (Chris Doty-Humphrey, PractRand) started from SHA-256 of the seed.
 *
 * A split depends on the seed and the label, not on what was drawn before: the same label gives the same source again.
 */
export const seededRandom = (seed: string | Uint8Array): Random => fromDigest(digest(seed));

const digest = (...parts: ReadonlyArray<string | Uint8Array>): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const fromDigest = (seed: Buffer): Random => {
  const draw = sfc32(seed);
  const next = (): number => ((draw() >>> 5) * 2 ** 26 + (draw() >>> 6)) / 2 ** 53;
  return {
    next,
    integer: (below) => {
      if (!Number.isSafeInteger(below) || below < 1)
        throw new RangeError('A random integer lies below a positive integer.');
      return below <= TWO_32 ? evenly(draw, below) : Math.floor(next() * below);
    },
    split: (label) => fromDigest(digest(seed, label)),
  };
};

/** Draws above the largest multiple of `below` are thrown away: the remainder would favour small numbers. */
const evenly = (draw: () => number, below: number): number => {
  const limit = TWO_32 - (TWO_32 % below);
  let drawn = draw();
  while (drawn >= limit) drawn = draw();
  return drawn % below;
};

const sfc32 = (seed: Buffer): (() => number) => {
  let a = seed.readInt32LE(0);
  let b = seed.readInt32LE(4);
  let c = seed.readInt32LE(8);
  let counter = 1;
  const draw = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  for (let round = 0; round < 15; round += 1) draw();
  return draw;
};

/** Bytes from a source of random numbers: for simulations only. */
export const bytesOf =
  (random: Random) =>
  (length: number): Uint8Array => {
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index += 1) bytes[index] = random.integer(256);
    return bytes;
  };
