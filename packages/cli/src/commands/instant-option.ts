import type { Instant } from '@cloud-kassa/ffd';
import { instant, instantFromMilliseconds, millisecondsOf } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { CommandResult } from '../command/command-result';
import { wrongUse } from '../command/command-result';

const MOMENT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,3}))?(?:Z|([+-])(\d{2}):(\d{2}))$/;

const MINUTE_MS = 60_000;

/** Milliseconds that the wall time of an offset is ahead of UTC; no zone is more than 14 hours ahead or behind. */
const aheadBy = (sign: string | undefined, hours: string, minutes: string): number | undefined => {
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  const ahead = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return sign === '-' ? -ahead : ahead;
};

/** A moment as people write it: ISO 8601 to the second or finer, in UTC or with its offset. Without a zone it is none. */
export const readMoment = (text: string): Instant | undefined => {
  const [whole, second, fraction = '', sign, hours = '00', minutes = '00'] = MOMENT.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const wall = instant(`${second}.${fraction.padEnd(3, '0')}Z`);
  const ahead = aheadBy(sign, hours, minutes);
  if (E.isLeft(wall) || ahead === undefined) return undefined;
  return instantFromMilliseconds(millisecondsOf(wall.right) - ahead);
};

/** The moment of `--at`, where it is given. */
export const momentOf = (given: string | undefined): E.Either<CommandResult, Instant | undefined> => {
  const moment = given === undefined ? undefined : readMoment(given);
  return given !== undefined && moment === undefined
    ? E.left(
        wrongUse('at', 'instant', {
          english: 'A time is ISO 8601 with its zone: 2026-11-27T09:00:00Z or 2026-11-27T12:00:00+03:00.',
          russian: 'Время — по ISO 8601 с поясом: 2026-11-27T09:00:00Z или 2026-11-27T12:00:00+03:00.',
        }),
      )
    : E.right(moment);
};
