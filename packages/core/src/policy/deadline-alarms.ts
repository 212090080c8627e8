import type { Instant } from '@cloud-kassa/ffd';
import { millisecondsOf } from '@cloud-kassa/ffd';

/** Shares of the term, in percent, at which people are alarmed. After the last the receipt still goes out. */
export const ALARM_PERCENTS = [50, 80, 100] as const;

export type AlarmPercent = (typeof ALARM_PERCENTS)[number];

/** The alarms that are due at `now` for a term that began at `from` and ends at `deadline`. An empty term is used up at its deadline. */
export const alarmsDue = (from: Instant, deadline: Instant, now: Instant): ReadonlyArray<AlarmPercent> => {
  if (now >= deadline) return ALARM_PERCENTS;
  const begin = millisecondsOf(from);
  const term = millisecondsOf(deadline) - begin;
  const used = millisecondsOf(now) - begin;
  return ALARM_PERCENTS.filter((percent) => used * 100 >= term * percent);
};
