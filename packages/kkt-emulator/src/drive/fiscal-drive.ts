import * as E from 'fp-ts/Either';
import type { LocalSeconds } from '../arithmetic/calendar';
import { SECONDS_OF_DAY } from '../arithmetic/calendar';
import { deviceRefusal } from '../refusal';
import type { DeviceRefusal } from '../refusal';
import { count, NO_COUNTERS, overflows } from './counters';
import type { CountedReceipt, Counters } from './counters';
import { DRIVE_CAPACITY, keyLifeDays } from './drive-model';
import type { DriveModel, DriveUse } from './drive-model';
import { isBlocked, isOverdue } from './ofd-queue';
import type { OfdQueue } from './ofd-queue';
import { sipKey } from './sip-hash';
import type { SipKey } from './sip-hash';

/**
 * Phase of life of a drive: 0 factory, 1 ready for registration, 3 fiscal mode, 7 archive closed and documents still being sent,
 * 15 archive closed and all sent. Source: fiscal drive protocol.
 */
export type DrivePhase = 0 | 1 | 3 | 7 | 15;

/** A fiscal drive (фискальный накопитель, ФН) as plain data. */
export interface FiscalDrive {
  /** 1041: 16 digits; a simulated drive begins with 9999. */
  readonly serial: string;
  readonly model: DriveModel;
  readonly phase: DrivePhase;
  /** How many documents it can sign. */
  readonly capacity: number;
  /** Stands for the secret key of the fiscal sign. */
  readonly key: SipKey;
  /** Registration number and INN, written once. */
  readonly owner: { readonly registrationNumber: string; readonly inn: string } | null;
  readonly registeredAt: LocalSeconds | null;
  /** Life of the key in days, known from the registration on. */
  readonly keyDays: number;
  /** In the offline mode nothing is sent to an OFD. */
  readonly offline: boolean;
  /** Number of the last document (1040): they are numbered from 1 without gaps. */
  readonly documents: number;
  /** Moment of the last document. */
  readonly lastAt: LocalSeconds;
  /** Счетчики итогов ФН (1157). */
  readonly counters: Counters;
  readonly queue: OfdQueue;
}

const SIMULATED = /^9999\d{12}$/u;

/**
 * A new drive in phase 1. The serial must be 16 digits beginning with 9999, so that nothing it signs is ever taken for real;
 * `Left` names the field otherwise. `capacity` may be lowered for tests and faults, never raised.
 */
export const newDrive = (
  serial: string,
  model: DriveModel,
  seed: string,
  capacity: number = DRIVE_CAPACITY,
): E.Either<DeviceRefusal, FiscalDrive> => {
  if (!SIMULATED.test(serial)) return E.left(deviceRefusal('registration-invalid', 'drive.serial'));
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > DRIVE_CAPACITY) {
    return E.left(deviceRefusal('registration-invalid', 'drive.capacity'));
  }
  return E.right({
    serial,
    model,
    phase: 1,
    capacity,
    key: sipKey(seed, `fiscal drive ${serial}`),
    owner: null,
    registeredAt: null,
    keyDays: 0,
    offline: false,
    documents: 0,
    lastAt: 0,
    counters: NO_COUNTERS,
    queue: { confirmed: 0, firstAt: null, confirmedCounters: NO_COUNTERS },
  });
};

/** The drive as its registration report (form 1 or 11) puts it into fiscal mode; the key's life is never prolonged by a later report. */
export const registered = (
  drive: FiscalDrive,
  owner: { readonly registrationNumber: string; readonly inn: string },
  use: DriveUse,
  at: LocalSeconds,
): FiscalDrive => {
  const days = keyLifeDays(drive.model.months, use);
  return {
    ...drive,
    phase: 3,
    owner,
    offline: use.offline,
    registeredAt: drive.registeredAt ?? at,
    keyDays: drive.registeredAt === null ? days : Math.min(days, drive.keyDays),
  };
};

/** Days of key life that are left (ресурс ключей ФП, 1213). */
export const keyDaysLeft = (drive: FiscalDrive, at: LocalSeconds): number =>
  drive.registeredAt === null
    ? drive.keyDays
    : Math.max(0, drive.keyDays - Math.floor((at - drive.registeredAt) / SECONDS_OF_DAY));

/** Warnings of the drive: 1050 less than 30 days of key, 1051 less than 3, 1052 memory above 99 %, 1053 no answer of the OFD for 2 days. */
export interface DriveFlags {
  readonly exhaustion: boolean;
  readonly replacement: boolean;
  readonly memory: boolean;
  readonly ofdTimeout: boolean;
}

export const driveFlags = (drive: FiscalDrive, at: LocalSeconds): DriveFlags => ({
  exhaustion: keyDaysLeft(drive, at) < 30,
  replacement: keyDaysLeft(drive, at) < 3,
  memory: drive.documents * 100 > drive.capacity * 99,
  ofdTimeout: isOverdue(drive.queue, at),
});

/**
 * Places kept free behind a document, so that a full drive can still close its shift (form 5) and itself (form 6); that they are
 * kept is a choice of the emulator, the limit is that of every drive.
 */
const reserve = (form: number): number => (form === 6 ? 0 : form === 5 ? 1 : 2);

/**
 * Why the drive would not sign a document of this form at this moment, or `undefined`: time back, OFD queue blocked, key over,
 * memory full. A drive whose key is over still closes its shift and itself (unconfirmed).
 */
export const signingRefusal = (
  drive: FiscalDrive,
  form: number,
  at: LocalSeconds,
): DeviceRefusal | undefined => {
  if (at < drive.lastAt) return deviceRefusal('time-went-back');
  if (isBlocked(drive.queue, at)) return deviceRefusal('ofd-queue-blocked');
  const closing = form === 5 || form === 6;
  if (!closing && drive.registeredAt !== null && keyDaysLeft(drive, at) === 0)
    return deviceRefusal('key-expired');
  return drive.documents + 1 + reserve(form) > drive.capacity ? deviceRefusal('memory-full') : undefined;
};

/** The drive after one more document; `Left` when a receipt would overflow a counter. */
export const withDocument = (
  drive: FiscalDrive,
  at: LocalSeconds,
  receipt: CountedReceipt | undefined,
): E.Either<DeviceRefusal, FiscalDrive> => {
  const counters = receipt === undefined ? drive.counters : count(drive.counters, receipt);
  if (receipt !== undefined && overflows(counters)) return E.left(deviceRefusal('counter-overflow'));
  const documents = drive.documents + 1;
  return E.right({
    ...drive,
    documents,
    lastAt: at,
    counters,
    queue: drive.offline
      ? { confirmed: documents, firstAt: null, confirmedCounters: counters }
      : { ...drive.queue, firstAt: drive.queue.firstAt ?? at },
  });
};

/** The drive after its closing report (form 6): phase 7 while documents wait for the OFD, else 15. */
export const closed = (drive: FiscalDrive): FiscalDrive => ({
  ...drive,
  phase: drive.queue.firstAt === null ? 15 : 7,
});

/**
 * The drive after the OFD confirmed its first waiting document. `receipt` is that document when it was counted, `nextAt` the
 * moment of the document behind it. `Left` when nothing waits.
 */
export const confirmed = (
  drive: FiscalDrive,
  receipt: CountedReceipt | undefined,
  nextAt: LocalSeconds | undefined,
): E.Either<DeviceRefusal, FiscalDrive> => {
  if (drive.queue.firstAt === null) return E.left(deviceRefusal('nothing-to-confirm'));
  const { confirmedCounters } = drive.queue;
  const last = drive.queue.confirmed + 1 === drive.documents;
  return E.right({
    ...drive,
    phase: last && drive.phase === 7 ? 15 : drive.phase,
    queue: {
      confirmed: drive.queue.confirmed + 1,
      firstAt: last ? null : (nextAt ?? drive.queue.firstAt),
      confirmedCounters: receipt === undefined ? confirmedCounters : count(confirmedCounters, receipt),
    },
  });
};
