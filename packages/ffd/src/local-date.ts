import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { guardedCodec } from './guarded-codec';

interface LocalDateBrand {
  readonly LocalDate: unique symbol;
}

/**
 * A calendar date at the place of settlement, `YYYY-MM-DD`, from 1970-01-01 to 2106-02-07: the days the four bytes of tags 1012 and
 * 1178 can hold. Dates compare as texts.
 */
export type LocalDate = t.Branded<string, LocalDateBrand>;

/** Why something is not a date. The refused value is left out on purpose. */
export interface NotLocalDate {
  readonly _tag: 'NotLocalDate';
  readonly rule: 'date-text' | 'real-date' | 'in-range';
}

/** The first date the format can hold, 1970-01-01. */
export const FIRST_DATE = '1970-01-01' as LocalDate;
/** The last date the format can hold, 2106-02-07. */
export const LAST_DATE = '2106-02-07' as LocalDate;

const DAY = 86_400_000;
const DATE_TEXT = /^(\d{4})-(\d{2})-(\d{2})$/;

const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

const problemOf = (text: string): NotLocalDate['rule'] | undefined => {
  const match = DATE_TEXT.exec(text);
  if (match === null) return 'date-text';
  const [, year, month, day] = match.map(Number);
  if (year === undefined || month === undefined || day === undefined) return 'date-text';
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return 'real-date';
  return text < FIRST_DATE || text > LAST_DATE ? 'in-range' : undefined;
};

/** Brands a date written in a table of this package. Inside this package only; a test reads every such date back. */
export const lawDate = (text: `${number}-${number}-${number}`): LocalDate => text as string as LocalDate;

/** A date from `YYYY-MM-DD`; refuses days no calendar has and dates outside 1970-01-01 to 2106-02-07. */
export const localDate = (text: string): E.Either<NotLocalDate, LocalDate> => {
  const rule = problemOf(text);
  return rule === undefined ? E.right(text as LocalDate) : E.left({ _tag: 'NotLocalDate', rule });
};

/** {@link LocalDate} in stored and transferred data. */
export const LocalDateCodec: t.Type<LocalDate, string> = guardedCodec<LocalDate, string>(
  'LocalDate',
  (input): input is LocalDate => typeof input === 'string' && problemOf(input) === undefined,
);

const startOf = (date: LocalDate): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));

const FIRST_START = startOf(FIRST_DATE);
const LAST_START = startOf(LAST_DATE);

/** The date `days` calendar days later (earlier when negative). Beyond the ends of the format's range it is the nearest end. */
export const addDays = (date: LocalDate, days: number): LocalDate => {
  const start = startOf(date) + Math.trunc(days) * DAY;
  if (!(start > FIRST_START)) return FIRST_DATE;
  return start >= LAST_START ? LAST_DATE : (new Date(start).toISOString().slice(0, 10) as LocalDate);
};
