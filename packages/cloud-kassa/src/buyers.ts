import { contactIdentity, normaliseContact } from '@cloud-kassa/core';
import type { KeyRing } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Handlers } from './handlers';
import { readInput } from './input';
import { ofLoad, refused } from './kassa-error';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';

/** Personal data of buyers (152-FZ). */
export interface Buyers {
  /** The name under which a buyer is known to the events; the contact can not be found from it. */
  readonly keyIdOf: (contact: string) => Promise<Outcome<{ readonly keyId: string }>>;
  /**
   * Erases the keys of a buyer: telephone, e-mail and name can not be read any more in any copy of the events. Receipts, sums, documents and
   * the chain of hashes stay. Answers how many keys there were; 0 where the buyer was not known or was erased before.
   */
  readonly erase: (
    buyer: { readonly contact: string } | { readonly keyId: string },
  ) => Promise<Outcome<{ readonly keyId: string; readonly keys: number }>>;
}

export const buyersOn = (keys: KeyRing, handlers: Handlers): Buyers => {
  const keyIdOf: Buyers['keyIdOf'] = async (contact) => {
    const text = readInput(t.string, contact, 'contact');
    if (E.isLeft(text)) return failed(text.left);
    const normal = normaliseContact(text.right, 'contact');
    if (E.isLeft(normal)) return failed(refused(normal.left));
    const { right } = normal;
    const keyId = await keys.keyIdFor(contactIdentity(right.kind === 'phone' ? right.phone : right.email))();
    return E.isLeft(keyId) ? failed(ofLoad(keyId.left)) : done({ keyId: keyId.right });
  };
  return {
    keyIdOf,
    erase: async (buyer) => {
      const known = 'keyId' in buyer ? done({ keyId: buyer.keyId }) : await keyIdOf(buyer.contact);
      if (!known.ok) return known;
      const { keyId } = known.value;
      const erased = await keys.erase(keyId)();
      if (E.isLeft(erased)) return failed(ofLoad(erased.left));
      // What is held in memory was read before the erasure.
      handlers.receipts.forget();
      handlers.payments.forget();
      return done({ keyId, keys: erased.right });
    },
  };
};
