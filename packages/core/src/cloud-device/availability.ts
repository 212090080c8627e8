import { literalCodec } from '@cloud-kassa/ffd';

/**
 * What an ask for the state of a group ended in: the provider says that it can fiscalise (`FISCALIZATION_AVAILABLE` in the protocol of
 * 1С-Облачная касса), says that it can not, does not answer, or refuses the credentials.
 */
export type Availability = 'available' | 'unavailable' | 'unreachable' | 'unauthorised';

export const AvailabilityCodec = literalCodec<Availability>(
  ['available', 'unavailable', 'unreachable', 'unauthorised'],
  'Availability',
);
