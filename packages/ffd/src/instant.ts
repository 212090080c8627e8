import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { guardedCodec } from './guarded-codec';
import { LocalDateCodec } from './local-date';
import { localToUnix, type LocalDateTime } from './local-date-time';
import { zoneOffsetHours, type ZoneCode } from './zone';

interface InstantBrand {
  readonly Instant: unique symbol;
}

/**
 * A moment on the one clock of the world, UTC with milliseconds: `YYYY-MM-DDTHH:mm:ss.sssZ`, in the years 1970 to 2105. Instants
 * compare as texts. A document's own time is a {@link LocalDateTime} with a zone code, never an instant.
 */
export type Instant = t.Branded<string, InstantBrand>;

/** Why something is not an instant. The refused value is left out on purpose. */
export interface NotInstant {
  readonly _tag: 'NotInstant';
  readonly rule: 'instant-text' | 'real-moment';
}

const LAST_MILLISECONDS = Date.UTC(2105, 11, 31, 23, 59, 59, 999);
const HOUR_SECONDS = 3600;

const INSTANT_TEXT = /^\d{4}-\d{2}-\d{2}T(\d{2}):(\d{2}):(\d{2})\.\d{3}Z$/;

const problemOf = (text: string): NotInstant['rule'] | undefined => {
  const match = INSTANT_TEXT.exec(text);
  if (match === null) return 'instant-text';
  const [, hour = 24, minute = 60, second = 60] = match.map(Number);
  const real = hour < 24 && minute < 60 && second < 60 && LocalDateCodec.is(text.slice(0, 10));
  return real && Date.parse(text) <= LAST_MILLISECONDS ? undefined : 'real-moment';
};

/** An instant from its only form, `YYYY-MM-DDTHH:mm:ss.sssZ`; other zones and precisions are refused, as is what no calendar has. */
export const instant = (text: string): E.Either<NotInstant, Instant> => {
  const rule = problemOf(text);
  return rule === undefined ? E.right(text as Instant) : E.left({ _tag: 'NotInstant', rule });
};

/** {@link Instant} in stored and transferred data. */
export const InstantCodec: t.Type<Instant, string> = guardedCodec<Instant, string>(
  'Instant',
  (input): input is Instant => typeof input === 'string' && problemOf(input) === undefined,
);

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const millisecondsOf = (moment: Instant): number => Date.parse(moment);

/** The instant so many milliseconds after 1970-01-01T00:00:00Z, fractions dropped; beyond the years 1970 to 2105 the nearest end of them. */
export const instantFromMilliseconds = (milliseconds: number): Instant => {
  const inRange = milliseconds > 0 ? Math.min(milliseconds, LAST_MILLISECONDS) : 0;
  return new Date(inRange).toISOString() as Instant;
};

/** The wall time in a zone (tag 1011) at an instant, fractions of a second dropped. The zone of the machine plays no part. */
export const instantToLocal = (moment: Instant, zone: ZoneCode): LocalDateTime => {
  const seconds = Math.floor(millisecondsOf(moment) / 1000) + zoneOffsetHours(zone) * HOUR_SECONDS;
  return new Date(seconds * 1000).toISOString().slice(0, 19) as LocalDateTime;
};

/** The instant at which a zone (tag 1011) has this wall time; in the first hours of 1970 and after 2105 the nearest end of the range. */
export const localToInstant = (local: LocalDateTime, zone: ZoneCode): Instant =>
  instantFromMilliseconds((localToUnix(local) - zoneOffsetHours(zone) * HOUR_SECONDS) * 1000);
