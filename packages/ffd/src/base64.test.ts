import { fc, test as property } from '@fast-check/jest';

import { decodeBase64, encodeBase64 } from './base64';

describe('base64', () => {
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foobar', 'Zm9vYmFy'],
  ])('writes %j as %j (RFC 4648, section 10)', (text, expected) => {
    expect(encodeBase64(new Uint8Array(Buffer.from(text)))).toBe(expected);
  });

  property.prop([fc.uint8Array({ maxLength: 200 })])('agrees with the platform and comes back', (bytes) => {
    const text = encodeBase64(bytes);
    expect(text).toBe(Buffer.from(bytes).toString('base64'));
    expect(decodeBase64(text)).toEqual(bytes);
  });

  it.each(['Zg', 'Zg=', 'Z===', 'Zh==', 'Zm9', 'Zm 9', 'Zm9v\n', '=Zm9'])('refuses %j', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});
