import * as t from 'io-ts';
import { flagField, oneOf, positiveField, textField } from '../../codec/field-codec';
import { objectCodec } from '../../codec/object-codec';
import { badCredentialsField } from './dialect-field';
import { secretField } from './secret-reference';
import type { SecretOf } from './secret-reference';

/** 1C's gateway as a file of settings has it. */
export const gatewayField = (secretOf: SecretOf) => {
  const secret = secretField(secretOf);
  const provider = objectCodec(
    {
      id: textField,
      name: textField,
      integrationEnabled: flagField,
      authorizationType: oneOf('Basic', 'Bearer', 'SalesRegisterGroup'),
      personalPageUrl: textField,
    },
    { configurations: t.array(textField) },
    'strict',
  );
  const user = objectCodec(
    { login: textField, password: secret },
    { ticket: secret, access: oneOf('allowed', 'no-tariff', 'forbidden') },
    'strict',
  );
  return objectCodec(
    { providers: t.array(provider), users: t.array(user) },
    {
      basePath: textField,
      timeout: positiveField,
      backendErrors: oneOf('outer', 'envelope'),
      badCredentials: badCredentialsField,
    },
    'strict',
  );
};
