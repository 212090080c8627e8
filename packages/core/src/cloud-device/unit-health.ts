import type { Instant, LocalDate, ZoneCode } from '@cloud-kassa/ffd';
import {
  addDays,
  dateOf,
  FISCAL_DRIVE_DOCUMENT_LIMIT,
  instantToLocal,
  millisecondsOf,
} from '@cloud-kassa/ffd';
import type { KktUnit } from './kkt-unit';

/** How a unit stands against the limits of its drive and its shift; `unknown` until the provider has told of it. */
export interface UnitHealth {
  /** Life of the key: less than 30 days left (tag 1050), less than 3 (tag 1051), over. */
  readonly key: 'unknown' | 'good' | 'warning' | 'critical' | 'expired';
  /** Documents in the drive: from 90 %, above 99 % (tag 1052), full. */
  readonly documents: 'unknown' | 'good' | 'warning' | 'critical' | 'full';
  /** Age of the oldest unsent document: more than 2 days (tag 1053), from 25 days (no new sends), from 30 days (the drive refuses). */
  readonly unsent: 'unknown' | 'good' | 'warning' | 'stop' | 'blocked';
  /** The unit's own shift is open for more than 24 hours. */
  readonly shift: 'unknown' | 'good' | 'overdue';
}

/** The limits the classes are made of. The law and the drive set all but 90 % and 25 days, which are warnings of this library. */
export interface HealthThresholds {
  readonly keyWarningDays: number;
  readonly keyCriticalDays: number;
  readonly documentLimit: number;
  readonly documentsWarningPercent: number;
  readonly documentsCriticalPercent: number;
  readonly unsentWarningDays: number;
  readonly unsentStopDays: number;
  readonly unsentBlockedDays: number;
  readonly shiftHours: number;
}

/** Tags 1050 to 1053 and the operator delivery term of 30 days (order ЕД-7-20/662@; 54-FZ). */
export const HEALTH_THRESHOLDS: HealthThresholds = {
  keyWarningDays: 30,
  keyCriticalDays: 3,
  documentLimit: FISCAL_DRIVE_DOCUMENT_LIMIT,
  documentsWarningPercent: 90,
  documentsCriticalPercent: 99,
  unsentWarningDays: 2,
  unsentStopDays: 25,
  unsentBlockedDays: 30,
  shiftHours: 24,
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const keyHealth = (
  expiresOn: LocalDate | undefined,
  today: LocalDate,
  limits: HealthThresholds,
): UnitHealth['key'] => {
  if (expiresOn === undefined) return 'unknown';
  if (today > expiresOn) return 'expired';
  if (addDays(today, limits.keyCriticalDays) > expiresOn) return 'critical';
  return addDays(today, limits.keyWarningDays) > expiresOn ? 'warning' : 'good';
};

const documentsHealth = (
  documents: number | undefined,
  limits: HealthThresholds,
): UnitHealth['documents'] => {
  if (documents === undefined) return 'unknown';
  if (documents >= limits.documentLimit) return 'full';
  const share = documents * 100;
  if (share > limits.documentLimit * limits.documentsCriticalPercent) return 'critical';
  return share >= limits.documentLimit * limits.documentsWarningPercent ? 'warning' : 'good';
};

const unsentHealth = (
  unsent: KktUnit['unsent'],
  at: Instant,
  limits: HealthThresholds,
): UnitHealth['unsent'] => {
  if (unsent === undefined) return 'unknown';
  if (unsent.documents === 0) return 'good';
  if (unsent.since === undefined) return 'unknown';
  const age = millisecondsOf(at) - millisecondsOf(unsent.since);
  if (age >= limits.unsentBlockedDays * DAY_MS) return 'blocked';
  if (age >= limits.unsentStopDays * DAY_MS) return 'stop';
  return age > limits.unsentWarningDays * DAY_MS ? 'warning' : 'good';
};

const shiftHealth = (shift: KktUnit['shift'], at: Instant, limits: HealthThresholds): UnitHealth['shift'] => {
  if (shift === undefined) return 'unknown';
  if (!shift.open) return 'good';
  if (shift.openedAt === undefined) return 'unknown';
  return millisecondsOf(at) - millisecondsOf(shift.openedAt) > limits.shiftHours * HOUR_MS
    ? 'overdue'
    : 'good';
};

/** The health classes of a unit at an instant. Days of the key are counted in the zone of the device. */
export const unitHealth = (
  { drive, unsent, shift }: KktUnit,
  at: Instant,
  zone: ZoneCode,
  limits: HealthThresholds = HEALTH_THRESHOLDS,
): UnitHealth => ({
  key: keyHealth(drive?.keyExpiresOn, dateOf(instantToLocal(at, zone)), limits),
  documents: documentsHealth(drive?.documents, limits),
  unsent: unsentHealth(unsent, at, limits),
  shift: shiftHealth(shift, at, limits),
});
