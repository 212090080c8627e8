/** Seconds of local wall time since 1970-01-01 00:00:00 as if it were UTC: the `unixtime` of the format (FFD tag 1012). */
export type LocalSeconds = number;

export const SECONDS_OF_DAY = 86_400;

/** Days since 1970-01-01 of a day of the proleptic Gregorian calendar. */
export const daysFromCivil = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
};

/** A calendar day from days since 1970-01-01. */
export const civilFromDays = (
  days: number,
): { readonly year: number; readonly month: number; readonly day: number } => {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
};

const digits = (value: number, width: number): string => String(value).padStart(width, '0');

/** Days since 1970-01-01 of the day a local moment falls on. */
export const dayOf = (at: LocalSeconds): number => Math.floor(at / SECONDS_OF_DAY);

/** `YYYY-MM-DD` of a day. */
export const formatDay = (days: number): string => {
  const { year, month, day } = civilFromDays(days);
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
};

/** `YYYY-MM-DDTHH:mm:ss` of a local moment. */
export const formatLocal = (at: LocalSeconds): string => {
  const second = at - dayOf(at) * SECONDS_OF_DAY;
  const time = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return `${formatDay(dayOf(at))}T${time.map((part) => digits(part, 2)).join(':')}`;
};

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/u;

/** Days since 1970-01-01 of a `YYYY-MM-DD` that is a day of the calendar; else `undefined`. */
export const parseDay = (text: string): number | undefined => {
  const match = DAY.exec(text);
  if (match === null) return undefined;
  const days = daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3]));
  return formatDay(days) === text ? days : undefined;
};

const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})$/u;

/** Local seconds of a `YYYY-MM-DDTHH:mm:ss` that is a moment of the calendar; else `undefined`. */
export const parseLocal = (text: string): LocalSeconds | undefined => {
  const match = MOMENT.exec(text);
  const days = parseDay(match?.[1] ?? '');
  if (match === null || days === undefined) return undefined;
  const at = days * SECONDS_OF_DAY + Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4]);
  return formatLocal(at) === text ? at : undefined;
};

/** Local wall time of a UTC instant (milliseconds since 1970) in a time zone of the format (FFD tag 1011: hours = code + 1). */
export const localTime = (instant: number, zone: number): LocalSeconds =>
  Math.floor((instant + (zone + 1) * 3_600_000) / 1000);

/** The UTC instant in milliseconds at which a local second begins in a zone. */
export const instantOf = (at: LocalSeconds, zone: number): number => at * 1000 - (zone + 1) * 3_600_000;
