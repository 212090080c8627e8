import type { Instant, LocalDateTime, ZoneCode } from '@cloud-kassa/ffd';
import {
  addDays,
  dateOf,
  instantFromMilliseconds,
  instantToLocal,
  localToInstant,
  millisecondsOf,
} from '@cloud-kassa/ffd';
import { SHIFT_LIMIT_HOURS } from '@cloud-kassa/core';
import type { WrongSetting } from '../settings';

/** When book-keeping shifts are opened and closed without a person. */
export interface ShiftPolicy {
  /** `at-first-need`: when a receipt of the register is enqueued or fiscalised and no shift is open. No shift is opened in vain. */
  readonly open: 'at-first-need' | 'by-person';
  /**
   * `end-of-day`: at the last second of the day in the register's zone, or {@link limitMarginMs} before the limit, whichever comes
   * first. `before-limit`: the latter only.
   */
  readonly close: 'end-of-day' | 'before-limit';
  /** So long before the 24 hours of a shift are over it is closed in any case. Default 10 minutes. */
  readonly limitMarginMs: number;
}

export const DEFAULT_SHIFT_POLICY: ShiftPolicy = {
  open: 'at-first-need',
  close: 'end-of-day',
  limitMarginMs: 10 * 60_000,
};

const HOUR_MS = 3_600_000;
const SHIFT_LIMIT_MS = SHIFT_LIMIT_HOURS * HOUR_MS;

/** The contradictions of a policy; empty where there are none. */
export const wrongShiftPolicy = ({ limitMarginMs }: ShiftPolicy): ReadonlyArray<WrongSetting> =>
  limitMarginMs >= 0 && limitMarginMs <= SHIFT_LIMIT_MS / 2
    ? []
    : [{ setting: 'limitMarginMs', rule: 'from 0 to half of 24 hours' }];

const LAST_SECOND = 'T23:59:59';

/** The first last second of a day in the zone after an instant. */
const endOfDay = (after: Instant, zone: ZoneCode): Instant => {
  const today = dateOf(instantToLocal(after, zone));
  // A date of the calendar and a time of the clock make a local time.
  const endOn = (date: string): Instant => localToInstant(`${date}${LAST_SECOND}` as LocalDateTime, zone);
  const end = endOn(today);
  return end > after ? end : endOn(addDays(today, 1));
};

/**
 * When the keeper closes a shift: before the limit of 24 hours (order ЕД-7-20/662@) and, by the policy, with the day in the register's
 * zone. Where the zone is not known the limit alone counts.
 */
export const shiftClosesAt = (
  openedAt: Instant,
  zone: ZoneCode | undefined,
  { close, limitMarginMs }: ShiftPolicy,
): Instant => {
  const limit = instantFromMilliseconds(millisecondsOf(openedAt) + SHIFT_LIMIT_MS - limitMarginMs);
  if (close === 'before-limit' || zone === undefined) return limit;
  const end = endOfDay(openedAt, zone);
  return end < limit ? end : limit;
};
