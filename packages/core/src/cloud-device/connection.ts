import * as t from 'io-ts';
import { literalCodec, recordCodec } from '@cloud-kassa/ffd';
import type { CloudDeviceRefusal } from './rejections';
import { refusal } from './rejections';
import { looksSecret, namesSecret } from './secret-shape';

export type Environment = 'production' | 'test' | 'emulator';

/**
 * How a provider is reached (параметры подключения, S17). The parameters differ by provider and are public; the secret itself is never
 * here, only the reference under which the secret store knows it (`env:KASSA_SECRET`, `file:one-c/main`).
 */
export interface Connection {
  /** Name of the provider's adapter, such as `one-c` or `atol-online`. */
  readonly provider: string;
  readonly environment: Environment;
  readonly baseUrl: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly secretRef: string;
}

export const ConnectionCodec: t.Type<Connection> = recordCodec('Connection', {
  provider: t.string,
  environment: literalCodec<Environment>(['production', 'test', 'emulator'], 'Environment'),
  baseUrl: t.string,
  parameters: t.readonly(t.record(t.string, t.string)),
  secretRef: t.string,
});

const PROVIDER = /^[a-z0-9][a-z0-9-]{0,39}$/;
const BASE_URL =
  /^https?:\/\/(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?(?:\/[\w.~%/+-]*)?$/;
const PARAMETER_NAME = /^[A-Za-z][\w.-]{0,63}$/;
const SECRET_REF = /^[a-z][a-z0-9-]{0,19}:[A-Za-z0-9._/-]{1,120}$/;

const LONGEST_VALUE = 256;
const LONGEST_URL = 512;

const baseUrlProblem = (
  { baseUrl, environment }: Connection,
  field: string,
): CloudDeviceRefusal | undefined => {
  if (looksSecret(baseUrl)) return refusal('secret-in-connection', field);
  if (baseUrl.length > LONGEST_URL || !BASE_URL.test(baseUrl)) return refusal('base-url', field);
  return environment !== 'emulator' && baseUrl.startsWith('http:')
    ? refusal('base-url-insecure', field)
    : undefined;
};

const parameterProblem = (name: string, value: string, field: string): CloudDeviceRefusal | undefined => {
  if (!PARAMETER_NAME.test(name)) return refusal('parameter', field);
  // A name that is itself opaque is not repeated in the refusal.
  if (looksSecret(name)) return refusal('secret-in-connection', field);
  if (value.length > LONGEST_VALUE) return refusal('parameter', `${field}.${name}`);
  return namesSecret(name) || looksSecret(value)
    ? refusal('secret-in-connection', `${field}.${name}`)
    : undefined;
};

/** The first thing that is wrong with a connection, in a fixed order; parameters in the order of their names. */
export const connectionProblem = (connection: Connection): CloudDeviceRefusal | undefined => {
  if (!PROVIDER.test(connection.provider)) return refusal('provider', 'connection.provider');
  const ofUrl = baseUrlProblem(connection, 'connection.baseUrl');
  if (ofUrl !== undefined) return ofUrl;
  for (const [name, value] of Object.entries(connection.parameters).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    const ofParameter = parameterProblem(name, value, 'connection.parameters');
    if (ofParameter !== undefined) return ofParameter;
  }
  const { secretRef } = connection;
  if (!SECRET_REF.test(secretRef)) return refusal('secret-ref', 'connection.secretRef');
  const path = secretRef.slice(secretRef.indexOf(':') + 1);
  return path.split('/').some(looksSecret)
    ? refusal('secret-in-connection', 'connection.secretRef')
    : undefined;
};
