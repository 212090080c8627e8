import type { CardPolicy, Connection, InstalledDrive, RegisterCard, Registration } from '@cloud-kassa/core';
import {
  ConnectionCodec,
  LegalGroundCodec,
  RegisterCardCodec,
  RegisterPolicyCodec,
  RegistrationCodec,
} from '@cloud-kassa/core';
import { exactRecordCodec, FiscalDriveModelCodec, LocalDateCodec, VatRuleCodec } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';

/** The codec of a stored record, with the keys it has: stored records keep keys they do not know, input must not have them. */
const exactly = <A>(codec: t.Type<A, unknown>, keys: Readonly<Record<keyof A, true>>): t.Type<A, unknown> => {
  const shape = exactRecordCodec(
    codec.name,
    {},
    Object.fromEntries(Object.keys(keys).map((key) => [key, t.unknown])),
  );
  return new t.Type<A, unknown>(
    codec.name,
    codec.is,
    (input, context) => {
      const known = shape.validate(input, context);
      return E.isLeft(known) ? known : codec.validate(input, context);
    },
    codec.encode,
  );
};

export const ConnectionInputCodec = exactly<Connection>(ConnectionCodec, {
  provider: true,
  environment: true,
  baseUrl: true,
  parameters: true,
  secretRef: true,
});

export const RegistrationInputCodec = exactly<Registration>(RegistrationCodec, {
  organisation: true,
  registrationNumber: true,
  serial: true,
  taxations: true,
  ffd: true,
  internetOnly: true,
  zone: true,
});

export const RegisterCardInputCodec = exactly<RegisterCard>(RegisterCardCodec, {
  registerId: true,
  name: true,
  type: true,
  ownership: true,
  policy: true,
  legalGround: true,
  vatRule: true,
  zone: true,
});

export const PolicyChangeCodec: t.Type<Partial<CardPolicy>, unknown> = exactRecordCodec(
  'CardPolicy',
  {},
  { policy: RegisterPolicyCodec, legalGround: LegalGroundCodec, vatRule: VatRuleCodec },
);

export const InstalledDriveCodec: t.Type<InstalledDrive, unknown> = exactRecordCodec(
  'InstalledDrive',
  { serial: t.string, keyExpiresOn: LocalDateCodec },
  { model: FiscalDriveModelCodec },
);
