import type { AdmittedReceipt } from '../admission/admit';
import type { LocalSeconds } from '../arithmetic/calendar';
import type { Counters } from '../drive/counters';
import type { DriveFlags } from '../drive/fiscal-drive';
import type { UnsentDocuments } from '../drive/ofd-queue';
import type { FfdVersion, Registration } from '../kkt/registration';
import type { Cashier } from '../request';

/** Forms that a fiscal drive signs: 1, 11 registration, 2 shift opening, 21 state, 3, 31, 4, 41 receipts, 5 shift closing, 6 drive closing. */
export type SignedForm = 1 | 11 | 2 | 21 | 3 | 31 | 4 | 41 | 5 | 6;

/** What only the document's own form says. */
export type DocumentContent =
  | {
      readonly kind: 'registration';
      readonly registration: Registration;
      /** 1013 and 1188. */
      readonly kkt: { readonly serial: string; readonly version: string };
      /** 1205, bit mask; 0 in the first report. */
      readonly reasons: number;
      readonly keyDays: number;
      readonly driveCounters: Counters;
    }
  | {
      readonly kind: 'shift-opening';
      readonly shift: number;
      readonly kktVersion: string;
      readonly cashier: Cashier;
      readonly flags: DriveFlags;
    }
  | {
      readonly kind: 'receipt';
      readonly shift: number;
      /** 1042. */
      readonly numberInShift: number;
      readonly receipt: AdmittedReceipt;
    }
  | {
      readonly kind: 'shift-closing';
      readonly shift: number;
      readonly cashier: Cashier;
      readonly flags: DriveFlags;
      /** 1111. */
      readonly documents: number;
      /** 1118. */
      readonly receipts: number;
      readonly unsent: UnsentDocuments;
      readonly shiftCounters: Counters;
      readonly driveCounters: Counters;
      readonly keyDays: number;
    }
  | {
      readonly kind: 'current-state';
      readonly shift: number | null;
      readonly offline: boolean;
      readonly unsent: UnsentDocuments;
      readonly driveCounters: Counters;
      readonly keyDays: number;
    }
  | {
      readonly kind: 'drive-closing';
      readonly shift: number;
      readonly cashier: Cashier;
      readonly driveCounters: Counters;
    };

/** What every document bears. */
export interface DocumentHead {
  readonly form: SignedForm;
  readonly ffd: FfdVersion;
  /** 1041. */
  readonly fn: string;
  /** 1040. */
  readonly fd: number;
  /** 1012. */
  readonly at: LocalSeconds;
  /** Time zone code (1011) of `at`. */
  readonly zone: number;
  /** 1018. */
  readonly inn: string;
  /** 1037. */
  readonly registrationNumber: string;
  /** Number of the registration report in force on the same drive; its own in a registration report. */
  readonly registrationFd: number;
}

/** A fiscal document as plain data: signed, numbered, and complete enough to be written as TLV again. */
export interface FiscalDocument extends DocumentHead {
  /** 1077 as a number. */
  readonly fp: number;
  /** Sign of the message for the OFD, hexadecimal. */
  readonly messageSign: string;
  readonly content: DocumentContent;
}

/** Подтверждение оператора (form 7). */
export interface OperatorConfirmation {
  readonly fn: string;
  readonly fd: number;
  readonly at: LocalSeconds;
  readonly ffd: FfdVersion;
  /** 1017. */
  readonly ofdInn: string;
  /** 1078, hexadecimal. */
  readonly sign: string;
}
