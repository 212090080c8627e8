import type { Personal } from '../event-family';
import { isErased } from '../event-family';
import type { Person } from '../receipt/buyer';

/**
 * What of a buyer goes into tag 1008: one contact, the e-mail address where both are known (an operator of fiscal data given both writes
 * to the e-mail address only); `undefined` where there is none or the person's data were erased.
 */
export const receiptContact = (person: Personal<Person>): string | undefined =>
  isErased(person) ? undefined : (person.email ?? person.phone);
