import type { Parent, PaymentInstrument, Person, ReceiptDraft, SettlementSource } from '@cloud-kassa/core';
import { normaliseContact } from '@cloud-kassa/core';
import type { Instant, Kopecks, LegacyVat, LocalDate, LocalDateTime } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { ImportRefusal } from './import-rules';
import { refuse } from './import-rules';

/** A receipt as a line gives it: all but the time of the settlement and the buyer, who are told apart from it. */
export type SettlementDraft = Omit<ReceiptDraft, 'settledAt' | 'buyer'>;

/** What is set off of an earlier receipt. */
export interface Offset {
  readonly receiptId: string;
  readonly amount: Kopecks;
}

/** One settlement of an import file, ready to be registered as a receipt. */
export interface RegistrationOrder {
  /** INN of the user of the register (tag 1018). */
  readonly organisation: string;
  readonly source: SettlementSource;
  readonly draft: SettlementDraft;
  /** When it was settled: an instant, or local time of the register. */
  readonly settled: Instant | LocalDateTime;
  readonly origin: 'exchange';
  readonly instrument: PaymentInstrument;
  /** The register card that is to take it; absent = routing chooses. */
  readonly registerId?: string;
  /** Earlier receipts that it refunds or corrects, and receipts made elsewhere that it sets off. */
  readonly parents?: ReadonlyArray<Parent>;
  /** Advances and prepayments of receipts registered here that go into tag 1215 of this one. */
  readonly offsets?: ReadonlyArray<Offset>;
  /** The buyer's contact in its one written form, not yet bound to a key of a person. */
  readonly contact?: Person;
  /** The customer whose card may know a contact (S28). */
  readonly customerId?: string;
  /** The date at which dated rules are applied; a rehearsal gives that of the receipt. */
  readonly rulesOn?: LocalDate;
  /** Paths of what the line did not state and an option or its context filled in. */
  readonly assumed?: ReadonlyArray<string>;
  readonly legacyVat?: LegacyVat;
}

type Result = E.Either<ImportRefusal, Person>;

const phoneOf = (text: string | undefined, field: string): Result => {
  if (text === undefined) return E.right({});
  const contact = normaliseContact(text, field);
  if (E.isLeft(contact)) return contact;
  const { right } = contact;
  return right.kind === 'phone' ? E.right({ phone: right.phone }) : E.left(refuse('phone-characters', field));
};

const emailOf = (text: string | undefined, field: string): Result => {
  if (text === undefined) return E.right({});
  const contact = normaliseContact(text, field);
  if (E.isLeft(contact)) return contact;
  const { right } = contact;
  return right.kind === 'email' ? E.right({ email: right.email }) : E.left(refuse('email-shape', field));
};

/** A person with contacts in their one written form; a telephone in the place of an e-mail address, and the reverse, is refused. */
export const writtenContact = (person: Person, field: string): Result => {
  const { phone, email, ...rest } = person;
  const telephone = phoneOf(phone, `${field}.phone`);
  if (E.isLeft(telephone)) return telephone;
  const address = emailOf(email, `${field}.email`);
  return E.isLeft(address) ? address : E.right({ ...rest, ...telephone.right, ...address.right });
};
