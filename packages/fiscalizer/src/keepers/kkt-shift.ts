import type { KktUnit, ObservedKktShift, ObserveKktShift, OpenBookShift } from '@cloud-kassa/core';
import { shiftStream } from '@cloud-kassa/core';
import { eventIdOf } from '@cloud-kassa/event-store';
import type { Instant } from '@cloud-kassa/ffd';

export const isObserved = ({ kktShifts }: OpenBookShift, shown: ObservedKktShift): boolean =>
  kktShifts.some(
    ({ registrationNumber, drive, kktShift }) =>
      registrationNumber === shown.registrationNumber && drive === shown.drive && kktShift === shown.kktShift,
  );

/** The shifts that units are in, as far as they tell. */
export const shownKktShifts = (units: ReadonlyArray<KktUnit>): ReadonlyArray<ObservedKktShift> =>
  units.flatMap(({ registrationNumber, drive, shift }) =>
    shift?.open === true
      ? [
          {
            registrationNumber,
            kktShift: shift.number,
            ...(drive === undefined ? {} : { drive: drive.serial }),
          },
        ]
      : [],
  );

export const observeKktShift = (shown: ObservedKktShift, now: Instant): ObserveKktShift => ({
  type: 'ObserveKktShift',
  data: { now, ...shown },
});

/** An id that a keeper makes for a register, of a shift or of a command: computed, so that several keepers and later lives make the same. */
export const keeperId = (registerId: string, ...what: ReadonlyArray<string | number>): string =>
  eventIdOf(shiftStream(registerId), ['keeper', ...what].join(' '), 0);

export const observationId = (
  registerId: string,
  { shiftId }: OpenBookShift,
  { registrationNumber, drive = '-', kktShift }: ObservedKktShift,
): string => keeperId(registerId, 'observes', shiftId, registrationNumber, drive, kktShift);
