import * as t from 'io-ts';
import type { Instant, LocalDate } from '@cloud-kassa/ffd';
import { InstantCodec, LocalDateCodec, recordCodec } from '@cloud-kassa/ffd';
import { CountCodec, isCount } from '../count';

/** A fiscal drive as a provider shows it (фискальный накопитель). */
export interface SeenDrive {
  /** Tag 1041. */
  readonly serial: string;
  /** The day the key of the drive ends (срок действия ключа). */
  readonly keyExpiresOn?: LocalDate;
  /** Documents signed so far (tag 1040 of the last one). */
  readonly documents?: number;
}

/** Documents the operator of fiscal data has not confirmed (tag 1097), and since when the oldest waits (tag 1098). */
export interface UnsentDocuments {
  readonly documents: number;
  readonly since?: Instant;
}

/** The unit's own shift (смена ККТ): its number (tag 1038), whether it is open, since when. */
export interface KktShift {
  readonly number: number;
  readonly open: boolean;
  readonly openedAt?: Instant;
}

/** One unit of a provider group, as far as the provider tells of it. */
export interface KktUnit {
  /** Registration number (РНМ, tag 1037): it names the unit. */
  readonly registrationNumber: string;
  /** Tag 1013. */
  readonly serial?: string;
  readonly drive?: SeenDrive;
  readonly unsent?: UnsentDocuments;
  readonly shift?: KktShift;
}

/** The codecs of what a unit tells of itself, its name apart. */
export const unitFields = {
  serial: t.string,
  drive: recordCodec(
    'SeenDrive',
    { serial: t.string },
    { keyExpiresOn: LocalDateCodec, documents: CountCodec },
  ),
  unsent: recordCodec('UnsentDocuments', { documents: CountCodec }, { since: InstantCodec }),
  shift: recordCodec('KktShift', { number: CountCodec, open: t.boolean }, { openedAt: InstantCodec }),
};

/** Are all counts and numbers of a unit whole and not negative? */
export const countsFit = ({ drive, unsent, shift }: KktUnit): boolean =>
  [drive?.documents, unsent?.documents, shift?.number].every(
    (count) => count === undefined || isCount(count),
  );

/**
 * A unit after something new was heard of it: what is not mentioned is as it was. Another drive begins anew: nothing that was known of
 * the old drive holds for it.
 */
export const mergeUnit = (known: KktUnit | undefined, heard: KktUnit): KktUnit => {
  const before = known === undefined || isReplaced(known, heard) ? undefined : known;
  const serial = heard.serial ?? known?.serial;
  const drive = heard.drive === undefined ? before?.drive : { ...before?.drive, ...heard.drive };
  const unsent = heard.unsent ?? before?.unsent;
  const shift = heard.shift ?? before?.shift;
  return {
    registrationNumber: heard.registrationNumber,
    ...(serial === undefined ? {} : { serial }),
    ...(drive === undefined ? {} : { drive }),
    ...(unsent === undefined ? {} : { unsent }),
    ...(shift === undefined ? {} : { shift }),
  };
};

/** Was the drive of the unit replaced between what was known and what is heard now? */
export const isReplaced = (known: KktUnit, heard: KktUnit): boolean =>
  known.drive !== undefined && heard.drive !== undefined && known.drive.serial !== heard.drive.serial;
