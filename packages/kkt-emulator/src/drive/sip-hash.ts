/** A SipHash key: four words of 32 bits, little-endian order. */
export type SipKey = readonly [number, number, number, number];

/** A SipHash value: low and high word of 32 bits, unsigned. */
export type SipValue = readonly [low: number, high: number];

const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) |
  ((bytes[at + 1] ?? 0) << 8) |
  ((bytes[at + 2] ?? 0) << 16) |
  ((bytes[at + 3] ?? 0) << 24);

/**
 * SipHash-2-4, a keyed checksum of 64 bits (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012).
 * It stands for the drive's secret cryptography: the same key and bytes always give the same sign, another document another one.
 */
export const sipHash = (key: SipKey, bytes: Uint8Array): SipValue => {
  let v0l = key[0] ^ 0x70736575;
  let v0h = key[1] ^ 0x736f6d65;
  let v1l = key[2] ^ 0x6e646f6d;
  let v1h = key[3] ^ 0x646f7261;
  let v2l = key[0] ^ 0x6e657261;
  let v2h = key[1] ^ 0x6c796765;
  let v3l = key[2] ^ 0x79746573;
  let v3h = key[3] ^ 0x74656462;

  const round = (): void => {
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
  };

  const absorb = (low: number, high: number): void => {
    v3l ^= low;
    v3h ^= high;
    round();
    round();
    v0l ^= low;
    v0h ^= high;
  };

  const tail = bytes.length & ~7;
  for (let at = 0; at < tail; at += 8) absorb(word(bytes, at), word(bytes, at + 4));
  absorb(word(bytes, tail), (word(bytes, tail + 4) & 0x00ffffff) | ((bytes.length & 0xff) << 24));
  v2l ^= 0xff;
  for (let finish = 0; finish < 4; finish += 1) round();
  return [(v0l ^ v1l ^ v2l ^ v3l) >>> 0, (v0h ^ v1h ^ v2h ^ v3h) >>> 0];
};

/** The eight bytes of a value, little-endian as the authors print it. */
export const sipBytes = ([low, high]: SipValue): Uint8Array => {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, low, true);
  view.setUint32(4, high, true);
  return bytes;
};

const ascii = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

/** A key of its own for every seed and purpose. */
export const sipKey = (seed: string, purpose: string): SipKey => {
  const [first, second] = sipHash([1, 2, 3, 4], ascii(`${purpose}\n${seed}`));
  const [third, fourth] = sipHash([5, 6, 7, 8], ascii(`${seed}\n${purpose}`));
  return [first, second, third, fourth];
};
