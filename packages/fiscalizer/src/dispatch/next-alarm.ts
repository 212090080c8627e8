import type { Receipt } from '@cloud-kassa/core';
import { ALARM_PERCENTS, alarmDeadline, alarmsDue } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';

/** An alarm of the legal deadline and after how many milliseconds it is to be raised. */
export interface NextAlarm {
  readonly percent: number;
  readonly afterMs: number;
}

/** What alarms are counted to: the legal deadline, or the technical grace after the registration where the law wants the receipt at once. */
export const alarmDeadlineOf = ({ registeredAt, legalDeadline }: Receipt): Instant =>
  alarmDeadline(registeredAt, legalDeadline);

/** The next alarm of the legal deadline and when it is due. Only the latest threshold is told: earlier ones have been overtaken. */
export const nextAlarm = (receipt: Receipt, now: Instant): NextAlarm | undefined => {
  const raised = receipt.attempt.alarms;
  const deadline = alarmDeadlineOf(receipt);
  const due = alarmsDue(receipt.registeredAt, deadline, now).filter((percent) => !raised.includes(percent));
  const latest = due.at(-1);
  if (latest !== undefined && latest > Math.max(0, ...raised)) return { percent: latest, afterMs: 0 };
  const next = ALARM_PERCENTS.find((percent) => percent > Math.max(0, ...raised, ...due));
  if (next === undefined) return undefined;
  const term = Date.parse(deadline) - Date.parse(receipt.registeredAt);
  return {
    percent: next,
    afterMs: Math.max(1, Date.parse(receipt.registeredAt) + (term * next) / 100 - Date.parse(now)),
  };
};
