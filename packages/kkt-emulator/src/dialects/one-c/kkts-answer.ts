import type { UnitStatus } from '../../group/unit-status';
import type { OneCAnswer } from './problems';

const AVAILABLE = 'FISCALIZATION_AVAILABLE';
const UNAVAILABLE = 'FISCALIZATION_UNAVAILABLE';

/**
 * The answer to GET /kkts. 1C reads one member, `kktStatus` of the whole, and takes everything but FISCALIZATION_AVAILABLE for "not ready";
 * the name of the other state and the list of registers are this emulator's own.
 */
export const kktsAnswer = (units: ReadonlyArray<UnitStatus>): OneCAnswer => ({
  status: 200,
  body: {
    kktStatus: units.some(({ able }) => able) ? AVAILABLE : UNAVAILABLE,
    kkts: units.map(({ serial, registration, drive, shift, able }) => ({
      KKTSerialNumber: registration?.registrationNumber ?? serial,
      FNSerialNumber: drive?.serial ?? '',
      kktStatus: able ? AVAILABLE : UNAVAILABLE,
      shiftOpened: shift !== null,
    })),
  },
});
