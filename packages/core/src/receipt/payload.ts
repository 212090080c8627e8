import type { Either } from 'fp-ts/Either';
import type { NotCanonical } from '../canonical-json';
import { canonicalJson } from '../canonical-json';
import { differingKeys } from '../same-value';
import type { ReceiptContent } from './content';

/** The content with the buyer's personal data left out: the key id stands for the person. */
const impersonal = ({ buyer, ...rest }: ReceiptContent): object => ({
  ...rest,
  ...(buyer === undefined ? {} : { buyer: { keyId: buyer.keyId } }),
});

/**
 * The text a payload hash is taken over (SHA-256, computed by the caller): the canonical content with the buyer's contact replaced by
 * the id of its key, so that the hash betrays no contact and stays the same after the key is erased. `Left` where a text of the content
 * is not well-formed.
 */
export const payloadText = (content: ReceiptContent): Either<NotCanonical, string> =>
  canonicalJson(impersonal(content));

/** The fields at the top of two contents that differ, by name; the buyer is compared by key. */
export const differingFields = (a: ReceiptContent, b: ReceiptContent): ReadonlyArray<string> =>
  differingKeys(impersonal(a), impersonal(b));

/** Whether two contents would be the same fiscal document. */
export const sameContent = (a: ReceiptContent, b: ReceiptContent): boolean =>
  differingFields(a, b).length === 0;
