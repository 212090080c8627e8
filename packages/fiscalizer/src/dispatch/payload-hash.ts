import { createHash } from 'node:crypto';
import * as E from 'fp-ts/Either';
import type { NotCanonical, ReceiptContent } from '@cloud-kassa/core';
import { payloadText } from '@cloud-kassa/core';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const TRACE_TAG_LENGTH = 16;

/** Lowercase hex SHA-256 of the content with the buyer's contact replaced by its key id. */
export const payloadHashOf = (content: ReceiptContent): E.Either<NotCanonical, string> =>
  E.map((text: string) => createHash('sha256').update(text, 'utf8').digest('hex'))(payloadText(content));

/**
 * 16 characters of the base32 SHA-256 of the receipt id: the same for every key and domain. It stands in tag 1192 where protocol and
 * format leave it free, so that a document found later names its receipt.
 */
export const traceTagOf = (receiptId: string): string => {
  const digest = createHash('sha256').update(receiptId, 'utf8').digest();
  let tag = '';
  let bits = 0;
  let held = 0;
  for (const byte of digest) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && tag.length < TRACE_TAG_LENGTH) {
      bits -= 5;
      tag += BASE32.charAt((held >>> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return tag;
};
