import { sipHash, sipHex, sipKey } from './sip-hash';

const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index);
const referenceKey = [0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c] as const;

describe('SipHash-2-4', () => {
  test.each([
    [0, '310e0edd47db6f72'],
    [1, 'fd67dc93c539f874'],
    [2, '5a4fa9d909806c0d'],
    [15, 'e545be4961ca29a1'],
  ])('the published vector of %i bytes', (length, expected) => {
    expect(sipHex(sipHash(referenceKey, counting(length)))).toBe(expected);
  });

  test('keys differ by seed and by purpose', () => {
    const keys = [sipKey('a', 'x'), sipKey('b', 'x'), sipKey('a', 'y'), sipKey('x', 'a')].map(String);
    expect(new Set(keys).size).toBe(4);
  });
});
