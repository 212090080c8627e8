import type { AdmissionProfile } from '../admission/profile';
import { localTime } from '../arithmetic/calendar';
import type { LocalSeconds } from '../arithmetic/calendar';
import type { FiscalDocument } from '../document/fiscal-document';
import { NO_COUNTERS } from '../drive/counters';
import type { Counters } from '../drive/counters';
import type { FiscalDrive } from '../drive/fiscal-drive';
import type { Registration } from './registration';

/** What the register counts in 1111 and 1118 is unconfirmed; usual is everything. */
export interface ShiftQuantities {
  /** 1111 counts the opening and closing reports too. */
  readonly reports: boolean;
  /** 1118 counts corrections too. */
  readonly corrections: boolean;
}

/** How a register behaves, apart from what it is registered for. */
export interface KktSettings {
  /** Заводской номер ККТ (1013), up to 20 characters. */
  readonly serial: string;
  /** Версия ККТ (1188), up to 8 characters. */
  readonly version: string;
  /** Time zone code (1011): hours from UTC are the code + 1. */
  readonly zone: number;
  /** Milliseconds one document takes; a register of a cloud service makes about one a second. */
  readonly pace: number;
  readonly profile: AdmissionProfile;
  readonly shiftQuantities: ShiftQuantities;
}

/** An open shift. */
export interface OpenShift {
  /** 1038. */
  readonly number: number;
  /** Moment of the opening report: the 24 hours run from it. */
  readonly openedAt: LocalSeconds;
  /** Receipts and corrections so far: the last 1042. */
  readonly receipts: number;
  /** Corrections among them. */
  readonly corrections: number;
  /** Documents of any form since the opening report, which is not counted. */
  readonly documents: number;
  /** Счетчики итогов смены (1194). */
  readonly counters: Counters;
}

/** A cash register (ККТ) with its drive, as plain data. */
export interface Kkt {
  readonly settings: KktSettings;
  readonly drive: FiscalDrive | null;
  readonly registration: Registration | null;
  /** Number of the registration report in force on this drive. */
  readonly registrationFd: number;
  /** Number of the last shift on this drive (1038). */
  readonly lastShift: number;
  readonly shift: OpenShift | null;
  /** The instant, in milliseconds, from which the next document may be made. */
  readonly busyUntil: number;
  /** How far its clock is ahead, in milliseconds. */
  readonly clockError: number;
}

/** A register that made a document. */
export interface Issued {
  readonly kkt: Kkt;
  readonly document: FiscalDocument;
}

/** A register without drive and registration. */
export const newKkt = (settings: KktSettings): Kkt => ({
  settings,
  drive: null,
  registration: null,
  registrationFd: 0,
  lastShift: 0,
  shift: null,
  busyUntil: 0,
  clockError: 0,
});

/** The shift right after its opening report. */
export const freshShift = (number: number, openedAt: LocalSeconds): OpenShift => ({
  number,
  openedAt,
  receipts: 0,
  corrections: 0,
  documents: 0,
  counters: NO_COUNTERS,
});

/** Wall time of a register at an instant. */
export const clockOf = (kkt: Kkt, now: number): LocalSeconds =>
  localTime(now + kkt.clockError, kkt.settings.zone);
