import type { LocalDate } from '@cloud-kassa/ffd';
import { addDays } from '@cloud-kassa/ffd';

/**
 * The production calendar (производственный календарь) in the register's zone, as far as it departs from "Monday to Friday are working
 * days": weekdays that are days off, and weekend days that are worked. An input, published by the government year by year.
 */
export interface ProductionCalendar {
  readonly daysOff: ReadonlyArray<LocalDate>;
  readonly workingDays: ReadonlyArray<LocalDate>;
}

/** No departures known. Deadlines taken from it are at worst too early. */
export const WEEKDAYS_ONLY: ProductionCalendar = { daysOff: [], workingDays: [] };

/** A calendar without a working day in a whole year is a mistake; the day after then stands for it, the strictest reading. */
const SEARCH_DAYS = 366;

const isWeekday = (date: LocalDate): boolean => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return weekday !== 0 && weekday !== 6;
};

export const isWorkingDay = (calendar: ProductionCalendar, date: LocalDate): boolean =>
  calendar.workingDays.includes(date) || (isWeekday(date) && !calendar.daysOff.includes(date));

/** The first working day after a date, the date itself not counted. */
export const nextWorkingDay = (calendar: ProductionCalendar, after: LocalDate): LocalDate => {
  for (let days = 1; days <= SEARCH_DAYS; days += 1) {
    const date = addDays(after, days);
    if (isWorkingDay(calendar, date)) return date;
  }
  return addDays(after, 1);
};
