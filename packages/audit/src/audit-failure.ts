import type { KeyRingError, StoreError } from '@cloud-kassa/event-store';
import type { LedgerFailure } from './ledger/ledger';

/** Why there is no verdict: something that has to be read could not be reached. None of the texts carries data of an event or a secret. */
export type AuditFailure = StoreError | KeyRingError | LedgerFailure;
