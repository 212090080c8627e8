import type { Buyer, Person, Refusal } from '@cloud-kassa/core';
import { contactIdentity, isErased, normaliseContact, receiptContact } from '@cloud-kassa/core';
import type { KeyRing, KeyRingError } from '@cloud-kassa/event-store';
import type { Log } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { errorName } from '../error-name';

/** Asks the shop for the contact of its customer (S28). May reject: then no contact is known for the time being. */
export type FindContact = (customerId: string) => Promise<Person | undefined>;

export interface BuyerSources {
  readonly keyRing: KeyRing;
  readonly log: Log;
  readonly findContact?: FindContact;
}

/** What an order says of its buyer. */
export interface NamedBuyer {
  readonly buyer?: Buyer;
  readonly contact?: Person;
  readonly customerId?: string;
}

export type BuyerError = ({ readonly _tag: 'Refused' } & Refusal) | KeyRingError;

/** Can a receipt be sent to this buyer? */
export const isReachable = ({ person }: Buyer): boolean => !isErased(person) && hasContact(person);

const hasContact = ({ phone, email }: Person): boolean => phone !== undefined || email !== undefined;

/** Contacts in their one written form. `field` is where the person stands in the order. */
const normalised = (person: Person, field: string): E.Either<Refusal, Person> => {
  const { phone, email, ...rest } = person;
  let written: Person = rest;
  if (phone !== undefined) {
    const contact = normaliseContact(phone, `${field}.phone`);
    if (E.isLeft(contact)) return contact;
    if (contact.right.kind !== 'phone') return E.left({ rule: 'phone-characters', field: `${field}.phone` });
    written = { ...written, phone: contact.right.phone };
  }
  if (email !== undefined) {
    const contact = normaliseContact(email, `${field}.email`);
    // What has no @ would be judged as a telephone.
    const isOther = !email.includes('@') && email.trim() !== '';
    if (isOther) return E.left({ rule: 'email-shape', field: `${field}.email` });
    if (E.isLeft(contact)) return contact;
    if (contact.right.kind === 'email') written = { ...written, email: contact.right.email };
  }
  return E.right(written);
};

/**
 * The buyer of an order: the one that is named, unless their data were erased; else the contact as it was given; else what the shop
 * knows of its customer. `undefined` where nobody knows a contact. The key of a person is that of the contact the receipt goes to.
 */
export const buyerOfOrder = ({ keyRing, log, findContact }: BuyerSources) => {
  const made = async (person: Person, field: string): Promise<E.Either<BuyerError, Buyer | undefined>> => {
    const written = normalised(person, field);
    if (E.isLeft(written)) return E.left({ _tag: 'Refused', ...written.left });
    const goesTo = receiptContact(written.right);
    if (goesTo === undefined) return E.right(undefined);
    const keyId = await keyRing.keyIdFor(contactIdentity(goesTo))();
    return E.isLeft(keyId) ? keyId : E.right({ keyId: keyId.right, person: written.right });
  };

  return async ({
    buyer,
    contact,
    customerId,
  }: NamedBuyer): Promise<E.Either<BuyerError, Buyer | undefined>> => {
    const asked = async (): Promise<Person | undefined> => {
      if (findContact === undefined || customerId === undefined) return undefined;
      try {
        return await findContact(customerId);
      } catch (error) {
        log.write('warn', 'the contact of a customer could not be asked for', {
          error: errorName(error),
        });
        return undefined;
      }
    };

    if (buyer !== undefined && isReachable(buyer)) return E.right(buyer);
    if (contact !== undefined && hasContact(contact)) return made(contact, 'contact');
    const found = await asked();
    // What else is known of the person stays; the shop's answer adds the contact.
    const rest = buyer === undefined || isErased(buyer.person) ? {} : buyer.person;
    if (found !== undefined && hasContact(found)) return made({ ...contact, ...rest, ...found }, 'customer');
    // Without a contact there is no key to seal what else is told of the person.
    return contact !== undefined && Object.keys(contact).length > 0
      ? E.left({ _tag: 'Refused', rule: 'contact-empty', field: 'contact' })
      : E.right(buyer);
  };
};
