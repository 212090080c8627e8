/** A SipHash key: four words of 32 bits, little-endian order. */
export type SipKey = readonly [number, number, number, number];

/** A SipHash value: low and high word of 32 bits, unsigned. */
export type SipValue = readonly [low: number, high: number];

const ROUNDS_OF_BLOCK = 2;
const LAST_ROUNDS = 4;

/**
 * SipHash-2-4, a keyed checksum of 64 bits (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012).
 * It stands for the drive's secret cryptography: the same key and bytes always give the same sign, another document another one.
 */
export const sipHash = (key: SipKey, bytes: ArrayLike<number>): SipValue => {
  let v0l = key[0] ^ 0x70736575;
  let v0h = key[1] ^ 0x736f6d65;
  let v1l = key[2] ^ 0x6e646f6d;
  let v1h = key[3] ^ 0x646f7261;
  let v2l = key[0] ^ 0x6e657261;
  let v2h = key[1] ^ 0x6c796765;
  let v3l = key[2] ^ 0x79746573;
  let v3h = key[3] ^ 0x74656462;
  let blockLow = 0;
  let blockHigh = 0;

  const { length } = bytes;
  const word = (at: number): number =>
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24);
  const blocks = (length >> 3) + 1;
  const blockRounds = blocks * ROUNDS_OF_BLOCK;

  for (let round = 0; round < blockRounds + LAST_ROUNDS; round += 1) {
    if (round < blockRounds && round % ROUNDS_OF_BLOCK === 0) {
      const at = (round / ROUNDS_OF_BLOCK) * 8;
      blockLow = word(at);
      blockHigh = at + 8 <= length ? word(at + 4) : (word(at + 4) & 0x00ffffff) | ((length & 0xff) << 24);
      v3l ^= blockLow;
      v3h ^= blockHigh;
    }
    if (round === blockRounds) v2l ^= 0xff;

    let low = (v0l >>> 0) + (v1l >>> 0);
    v0h = (v0h + v1h + (low > 0xffffffff ? 1 : 0)) | 0;
    v0l = low | 0;
    let carried = v1l;
    v1l = ((v1l << 13) | (v1h >>> 19)) ^ v0l;
    v1h = ((v1h << 13) | (carried >>> 19)) ^ v0h;
    carried = v0l;
    v0l = v0h;
    v0h = carried;

    low = (v2l >>> 0) + (v3l >>> 0);
    v2h = (v2h + v3h + (low > 0xffffffff ? 1 : 0)) | 0;
    v2l = low | 0;
    carried = v3l;
    v3l = ((v3l << 16) | (v3h >>> 16)) ^ v2l;
    v3h = ((v3h << 16) | (carried >>> 16)) ^ v2h;

    low = (v0l >>> 0) + (v3l >>> 0);
    v0h = (v0h + v3h + (low > 0xffffffff ? 1 : 0)) | 0;
    v0l = low | 0;
    carried = v3l;
    v3l = ((v3l << 21) | (v3h >>> 11)) ^ v0l;
    v3h = ((v3h << 21) | (carried >>> 11)) ^ v0h;

    low = (v2l >>> 0) + (v1l >>> 0);
    v2h = (v2h + v1h + (low > 0xffffffff ? 1 : 0)) | 0;
    v2l = low | 0;
    carried = v1l;
    v1l = ((v1l << 17) | (v1h >>> 15)) ^ v2l;
    v1h = ((v1h << 17) | (carried >>> 15)) ^ v2h;
    carried = v2l;
    v2l = v2h;
    v2h = carried;

    if (round < blockRounds && round % ROUNDS_OF_BLOCK === ROUNDS_OF_BLOCK - 1) {
      v0l ^= blockLow;
      v0h ^= blockHigh;
    }
  }
  return [(v0l ^ v1l ^ v2l ^ v3l) >>> 0, (v0h ^ v1h ^ v2h ^ v3h) >>> 0];
};

const bytesOf = (word: number): ReadonlyArray<number> => [
  word & 0xff,
  (word >>> 8) & 0xff,
  (word >>> 16) & 0xff,
  word >>> 24,
];

/** The eight bytes of a value, little-endian as the authors print it. */
export const sipBytes = ([low, high]: SipValue): ReadonlyArray<number> => [...bytesOf(low), ...bytesOf(high)];

/** The same bytes as sixteen hexadecimal digits. */
export const sipHex = (value: SipValue): string =>
  sipBytes(value).reduce((hex, byte) => hex + (byte < 16 ? '0' : '') + byte.toString(16), '');

const ascii = (text: string): ReadonlyArray<number> =>
  Array.from(text, (character) => character.charCodeAt(0) & 0xff);

/** A key of its own for every seed and purpose. */
export const sipKey = (seed: string, purpose: string): SipKey => {
  const [first, second] = sipHash([1, 2, 3, 4], ascii(`${purpose}\n${seed}`));
  const [third, fourth] = sipHash([5, 6, 7, 8], ascii(`${seed}\n${purpose}`));
  return [first, second, third, fourth];
};
