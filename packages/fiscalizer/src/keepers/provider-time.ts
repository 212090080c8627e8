import * as E from 'fp-ts/Either';
import type { Instant, LocalDate, ZoneCode } from '@cloud-kassa/ffd';
import {
  dateOf,
  instantFromMilliseconds,
  instantToLocal,
  localDate,
  localDateTime,
  localToInstant,
  localToUnix,
} from '@cloud-kassa/ffd';

const TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?:(Z)|([+-])(\d{2}):?(\d{2})?)?)?$/;

const MINUTE_MS = 60_000;

/**
 * A time as a provider writes it, by ISO 8601 with `T` or a space. One without a zone is read in the zone of the device, never in that of
 * this machine; a date alone is its first moment there. `undefined` where the text is no time.
 */
export const providerInstant = (text: string, zone: ZoneCode): Instant | undefined => {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [, date = '', minutes = '00:00', seconds = '00', utc, sign, hours, rest = '00'] = match;
  const local = localDateTime(`${date}T${minutes}:${seconds}`);
  if (E.isLeft(local)) return undefined;
  if (utc === undefined && hours === undefined) return localToInstant(local.right, zone);
  const ahead = hours === undefined ? 0 : Number(`${sign ?? ''}1`) * (Number(hours) * 60 + Number(rest));
  return instantFromMilliseconds(localToUnix(local.right) * 1000 - ahead * MINUTE_MS);
};

/** A day as a provider writes it: a date, or a time whose day in the zone of the device is meant. */
export const providerDate = (text: string, zone: ZoneCode): LocalDate | undefined => {
  const date = localDate(text);
  if (E.isRight(date)) return date.right;
  const moment = providerInstant(text, zone);
  return moment === undefined ? undefined : dateOf(instantToLocal(moment, zone));
};
