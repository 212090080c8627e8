import { createHash } from 'node:crypto';
import * as E from 'fp-ts/Either';
import { payloadHashOf, traceTagOf } from './payload-hash';
import { registered } from '../receipt.testing';

describe('hash of what is sent', () => {
  const { content } = registered();

  it('stays the same when the buyer’s data are erased, and changes with the key id', () => {
    const erased = { ...content, buyer: { keyId: 'buyer-1', person: { erased: true as const } } };
    const other = { ...content, buyer: { keyId: 'buyer-2', person: { email: 'buyer@example.com' } } };
    expect(payloadHashOf(erased)).toEqual(payloadHashOf(content));
    expect(payloadHashOf(other)).not.toEqual(payloadHashOf(content));
  });

  it('is refused where a text is not well-formed', () => {
    expect(E.isLeft(payloadHashOf({ ...content, senderEmail: '\uD800' }))).toBe(true);
  });
});

describe('trace tag (tag 1192 holds 16 characters)', () => {
  it('is the first 80 bits of the SHA-256 of the receipt id in base32', () => {
    const id = '6f3a7c52-2d0e-5c1b-9a64-54f0c1a5d001';
    const bits = [...createHash('sha256').update(id).digest()]
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('');
    const expected = Array.from(
      { length: 16 },
      (_, index) =>
        'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(bits.slice(5 * index, 5 * index + 5), 2)],
    );
    expect(traceTagOf(id)).toBe(expected.join(''));
  });
});
