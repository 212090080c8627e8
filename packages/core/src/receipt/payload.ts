import * as E from 'fp-ts/Either';
import type { Json, NotCanonical } from '../canonical-json';
import { canonicalJson } from '../canonical-json';
import type { ReceiptContent } from './content';

/** The content with the buyer's personal data left out: the key id stands for the person. */
export const impersonal = (content: ReceiptContent): Json => {
  const { buyer, ...rest } = content;
  return {
    ...(rest as unknown as { readonly [key: string]: Json }),
    ...(buyer === undefined ? {} : { buyer: { keyId: buyer.keyId } }),
  };
};

/**
 * The text a payload hash is taken over (SHA-256, computed by the caller): the canonical content with the buyer's contact replaced by
 * the id of its key, so that the hash betrays no contact and stays the same after the key is erased. `Left` where a text of the content
 * is not well-formed.
 */
export const payloadText = (content: ReceiptContent): E.Either<NotCanonical, string> =>
  canonicalJson(impersonal(content));

/** The fields at the top of two contents that differ, by name; the buyer is compared by key. */
export const differingFields = (a: ReceiptContent, b: ReceiptContent): ReadonlyArray<string> => {
  const left = fieldsOf(a);
  const right = fieldsOf(b);
  return [...new Set([...left.keys(), ...right.keys()])]
    .toSorted()
    .filter((key) => left.get(key) !== right.get(key));
};

/** Whether two contents would be the same fiscal document. */
export const sameContent = (a: ReceiptContent, b: ReceiptContent): boolean =>
  differingFields(a, b).length === 0;

const fieldsOf = (content: ReceiptContent): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(impersonal(content)).map(([key, value]) => {
      const text = canonicalJson(value);
      return [key, E.isRight(text) ? text.right : text.left.rule];
    }),
  );
