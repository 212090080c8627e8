import type { Instant, LocalDate, ZoneCode } from '@cloud-kassa/ffd';
import {
  dateOf,
  instantFromMilliseconds,
  instantToLocal,
  millisecondsOf,
  zoneOffsetHours,
} from '@cloud-kassa/ffd';
import type { LegalGround } from '../receipt/facts';
import type { ProductionCalendar } from './production-calendar';
import { nextWorkingDay } from './production-calendar';

/** Until when the receipt must exist. */
export type DeadlineRule = 'at-settlement' | 'end-of-settlement-day' | 'end-of-next-working-day';

export type DeadlineRules = Readonly<Record<LegalGround, DeadlineRule>>;

/**
 * The term of each kind of settlement. Cashless over the Internet: at the settlement, which is the confirmed payment (54-FZ art. 1.2
 * cl. 5). Bank transfer: not later than the working day after the day of settlement (cl. 5.4). All others: at the settlement (cl. 1).
 *
 * Unconfirmed, hence settings: that in passenger transport the same day is enough (cl. 5.9; the strict reading is the default), and
 * which day is the day of settlement of a bank transfer (debit or credit): the caller gives it.
 */
export const DEADLINE_RULES: DeadlineRules = {
  'internet-cashless': 'at-settlement',
  'bank-transfer': 'end-of-next-working-day',
  'remote-courier': 'at-settlement',
  'remote-services': 'at-settlement',
  transport: 'at-settlement',
  vending: 'at-settlement',
};

export interface DeadlineOptions {
  /** When the goods were handed over, if they were: a bank transfer's receipt may not come later than that (cl. 5.4). */
  readonly handedOverAt?: Instant;
  readonly rules?: DeadlineRules;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The last millisecond of a date in a zone. */
const endOfDay = (date: LocalDate, zone: ZoneCode): Instant =>
  instantFromMilliseconds(Date.parse(`${date}T00:00:00Z`) - zoneOffsetHours(zone) * HOUR_MS + DAY_MS - 1);

/**
 * When the law wants the fiscal document of a settlement to exist at the latest.
 *
 * Days are counted in the zone of the register (tag 1011), working days by the production calendar. Goods handed over after the payment
 * but before the end of the term bring it forward; goods handed over before the payment are sold on credit and bring nothing forward.
 */
export const legalDeadline = (
  kind: LegalGround,
  settledAt: Instant,
  zone: ZoneCode,
  calendar: ProductionCalendar,
  options: DeadlineOptions = {},
): Instant => {
  const rule = (options.rules ?? DEADLINE_RULES)[kind];
  if (rule === 'at-settlement') return settledAt;
  const settledOn = dateOf(instantToLocal(settledAt, zone));
  if (rule === 'end-of-settlement-day') return endOfDay(settledOn, zone);
  const end = endOfDay(nextWorkingDay(calendar, settledOn), zone);
  const { handedOverAt } = options;
  return handedOverAt !== undefined && handedOverAt >= settledAt && handedOverAt < end ? handedOverAt : end;
};

/** How long after the settlement a receipt due at once may take before people are alarmed. A technical setting, no rule of law. */
export const TECHNICAL_GRACE_MS = 600_000;

/** The deadline alarms are counted to: the legal one, or the settlement plus the technical grace where that is later. */
export const alarmDeadline = (
  settledAt: Instant,
  legal: Instant,
  graceMs: number = TECHNICAL_GRACE_MS,
): Instant => {
  const afterGrace = instantFromMilliseconds(millisecondsOf(settledAt) + graceMs);
  return afterGrace > legal ? afterGrace : legal;
};
