import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { guardedCodec } from './guarded-codec';
import { localDate, LocalDateCodec, type LocalDate, type NotLocalDate } from './local-date';

interface LocalDateTimeBrand {
  readonly LocalDateTime: unique symbol;
}

/**
 * Wall time at the place of settlement, `YYYY-MM-DDTHH:mm:ss`, without a zone (дата, время; tag 1012), from 1970-01-01T00:00:00 to
 * 2106-02-07T06:28:15: exactly the moments that the four bytes of the tag can hold. Moments compare as texts.
 */
export type LocalDateTime = t.Branded<string, LocalDateTimeBrand>;

/** Why something is not a local date and time. The refused value is left out on purpose. */
export interface NotLocalDateTime {
  readonly _tag: 'NotLocalDateTime';
  readonly rule: NotLocalDate['rule'] | 'date-time-text' | 'real-time' | 'unix-seconds';
}

/** The largest value of a four-byte unsigned time. */
const MAX_UNIX_SECONDS = 0xff_ff_ff_ff;

const LAST_MOMENT = '2106-02-07T06:28:15';
const TIME_TEXT = /^T(\d{2}):(\d{2}):(\d{2})$/;

const notLocalDateTime = (rule: NotLocalDateTime['rule']): E.Either<NotLocalDateTime, never> =>
  E.left({ _tag: 'NotLocalDateTime', rule });

const timeProblemOf = (text: string): NotLocalDateTime['rule'] | undefined => {
  const match = TIME_TEXT.exec(text);
  if (match === null) return 'date-time-text';
  const [, hour = 24, minute = 60, second = 60] = match.map(Number);
  return hour > 23 || minute > 59 || second > 59 ? 'real-time' : undefined;
};

/** Wall time from `YYYY-MM-DDTHH:mm:ss`; refuses moments no calendar or clock has, and what tag 1012 cannot hold. */
export const localDateTime = (text: string): E.Either<NotLocalDateTime, LocalDateTime> => {
  const problem = timeProblemOf(text.slice(10));
  if (problem !== undefined) return notLocalDateTime(problem);
  const date = localDate(text.slice(0, 10));
  if (E.isLeft(date)) return notLocalDateTime(date.left.rule);
  return text > LAST_MOMENT ? notLocalDateTime('in-range') : E.right(text as LocalDateTime);
};

/** {@link LocalDateTime} in stored and transferred data. */
export const LocalDateTimeCodec: t.Type<LocalDateTime, string> = guardedCodec<LocalDateTime, string>(
  'LocalDateTime',
  (input): input is LocalDateTime =>
    typeof input === 'string' &&
    timeProblemOf(input.slice(10)) === undefined &&
    LocalDateCodec.is(input.slice(0, 10)) &&
    input <= LAST_MOMENT,
);

/** The calendar date of a local moment. */
export const dateOf = (local: LocalDateTime): LocalDate => local.slice(0, 10) as LocalDate;

/** Seconds as tag 1012 stores them: the local wall time counted as if it were UTC, 0 to 4 294 967 295. */
export const localToUnix = (local: LocalDateTime): number => Date.parse(`${local}Z`) / 1000;

/** The wall time that a value of tag 1012 means; refuses what is not an unsigned integer of four bytes. */
export const localFromUnix = (seconds: number): E.Either<NotLocalDateTime, LocalDateTime> =>
  Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_UNIX_SECONDS
    ? E.right(new Date(seconds * 1000).toISOString().slice(0, 19) as LocalDateTime)
    : notLocalDateTime('unix-seconds');
