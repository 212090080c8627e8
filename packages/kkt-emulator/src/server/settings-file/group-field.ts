import * as t from 'io-ts';
import { naturalField, oneOf, positiveField, textField } from '../../codec/field-codec';
import { objectCodec } from '../../codec/object-codec';
import type { OneCAccess } from '../../dialects/one-c/access';
import { dialectField } from './dialect-field';
import { conditionsField, driveField, profileField, serviceField } from './register-fields';
import { secretField } from './secret-reference';
import type { SecretOf } from './secret-reference';

const kindField = oneOf('sales-register-group', 'basic', 'bearer');

const exactly = <R extends Record<string, t.Mixed>>(fields: R) => objectCodec(fields, {}, 'strict');

const accessesOf = (secretOf: SecretOf) => {
  const secret = secretField(secretOf);
  return {
    'sales-register-group': exactly({
      kind: oneOf('sales-register-group'),
      shopId: textField,
      shopSecret: secret,
    }),
    basic: exactly({ kind: oneOf('basic'), login: textField, password: secret }),
    bearer: exactly({ kind: oneOf('bearer'), token: secret }),
  };
};

/** How a group is called: `kind` says which other members there are. */
const accessField = (secretOf: SecretOf): t.Type<OneCAccess, object> => {
  const accesses = accessesOf(secretOf);
  return new t.Type<OneCAccess, object>(
    'access',
    (input): input is OneCAccess => Object.values(accesses).some((codec) => codec.is(input)),
    (input, context) => {
      const given: unknown =
        typeof input === 'object' && input !== null && 'kind' in input ? input.kind : undefined;
      return kindField.is(given)
        ? accesses[given].validate(input, context)
        : t.failure(undefined, t.appendContext(context, 'kind', kindField), 'unknown-word');
    },
    (access) => access,
  );
};

/** A group of registers as a file of settings has it. */
export const groupField = (secretOf: SecretOf) =>
  objectCodec(
    { id: textField, inn: textField, name: textField, site: textField, access: accessField(secretOf) },
    {
      seed: textField,
      units: positiveField,
      ffd: oneOf('1.05', '1.1', '1.2'),
      taxation: positiveField,
      conditions: conditionsField,
      agents: positiveField,
      drive: driveField,
      capacity: positiveField,
      pace: naturalField,
      profile: profileField,
      firstNumber: positiveField,
      service: serviceField,
      account: oneOf('active', 'no-tariff', 'closed'),
      dialect: dialectField,
    },
    'strict',
  );

export type GroupInFile = t.TypeOf<ReturnType<typeof groupField>>;
