import * as t from 'io-ts';
import type { FfdVersion, Inn, Taxation, ZoneCode } from '@cloud-kassa/ffd';
import {
  FfdVersionCodec,
  InnCodec,
  isRegistrationNumber,
  recordCodec,
  TaxationCodec,
  ZoneCodeCodec,
} from '@cloud-kassa/ffd';
import type { CloudDeviceRefusal } from './rejections';
import { refusal } from './rejections';

/** What the units of a provider group are registered for with the tax authority, as the user states it. One taxpayer per group. */
export interface Registration {
  /** Taxpayer number of the user of the register (ИНН пользователя, tag 1018). */
  readonly organisation: Inn;
  /** Registration number (РНМ, tag 1037), where the group has one unit. */
  readonly registrationNumber?: string;
  /** Serial number of that unit (заводской номер, tag 1013). */
  readonly serial?: string;
  /** Tag 1062. */
  readonly taxations: ReadonlyArray<Taxation>;
  /** Tag 1209. */
  readonly ffd: FfdVersion;
  /** For settlements in the Internet only (tag 1108, bit 5 of 1290). */
  readonly internetOnly: boolean;
  /** Zone of the place of settlement (tag 1011). */
  readonly zone: ZoneCode;
}

export const RegistrationCodec: t.Type<Registration, unknown> = recordCodec(
  'Registration',
  {
    organisation: InnCodec,
    taxations: t.readonlyArray(TaxationCodec),
    ffd: FfdVersionCodec,
    internetOnly: t.boolean,
    zone: ZoneCodeCodec,
  },
  { registrationNumber: t.string, serial: t.string },
);

const SIXTEEN_DIGITS = /^\d{16}$/;

/** Without the serial number only the shape of a registration number can be checked. */
export const registrationNumberFits = (
  number: string,
  organisation: Inn,
  serial: string | undefined,
): boolean =>
  serial === undefined ? SIXTEEN_DIGITS.test(number) : isRegistrationNumber(number, organisation, serial);

export const registrationProblem = (registration: Registration): CloudDeviceRefusal | undefined => {
  const { taxations, registrationNumber, organisation, serial } = registration;
  if (taxations.length === 0 || new Set(taxations).size !== taxations.length)
    return refusal('taxations', 'registration.taxations');
  return registrationNumber === undefined || registrationNumberFits(registrationNumber, organisation, serial)
    ? undefined
    : refusal('registration-number', 'registration.registrationNumber');
};
