import type * as E from 'fp-ts/Either';
import { left } from 'fp-ts/Either';
import { documentTlv } from '../document/document-tlv';
import { admissionRefusal } from '../refusal';
import type { AdmissionRefusal } from '../refusal';
import type { Registration } from '../kkt/registration';
import type { Ledger, LedgerEntry } from './ledger';

/** The registration a document was made under. */
export const registrationOf = (ledger: Ledger, { document }: LedgerEntry): Registration | undefined => {
  const report = ledger.find(document.fn, document.registrationFd)?.document.content;
  return report?.kind === 'registration' ? report.registration : undefined;
};

/** The bytes of a document as its drive signed them, written again from the ledger. `Left` when its registration report is not there. */
export const ledgerTlv = (ledger: Ledger, entry: LedgerEntry): E.Either<AdmissionRefusal, Uint8Array> => {
  const registration = registrationOf(ledger, entry);
  return registration === undefined
    ? left(admissionRefusal('not-encodable', 'registration'))
    : documentTlv(entry.document, registration);
};
