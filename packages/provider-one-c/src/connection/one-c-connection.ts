import * as E from 'fp-ts/Either';
import type { Connection, Environment } from '@cloud-kassa/core';
import type { ConnectionForm, FilledForm, FormRefusal } from '@cloud-kassa/provider';
import { fillForm } from '@cloud-kassa/provider';
import type { OneCSettings } from '../settings';
import { ONE_C_FORM } from './connection-form';
import type { EnvironmentProblem } from './environment';
import { environmentProblem } from './environment';

/** Who the client is to the provider, without the secret. */
export type OneCAccount =
  | { readonly by: 'basic'; readonly login: string }
  | { readonly by: 'bearer'; readonly account: string }
  | { readonly by: 'register-group'; readonly shopId: string; readonly kktsGroupId: string };

/** Which way requests go. `providerId` is the provider's id at the gateway. */
export type OneCAccess =
  | { readonly by: 'direct'; readonly providerName?: string }
  | { readonly by: 'gateway'; readonly providerId: string; readonly portalLogin: string };

/** A connection to one provider of the 1C provider API. Secrets are told by reference only. */
export interface OneCConnection {
  readonly environment: Environment;
  /** Scheme, host and port. */
  readonly origin: string;
  /** What stands before the paths of the API, without a slash at the end. */
  readonly basePath: string;
  readonly access: OneCAccess;
  readonly account: OneCAccount;
  readonly secretRef: string;
  /** What this provider writes into `receiptNumber`, where the user knows it. */
  readonly receiptNumberMeans?: OneCSettings['receiptNumberMeans'];
}

/** Why a connection can not be used. Values are never told. */
export type NotAOneCConnection =
  | { readonly _tag: 'NotAConnection'; readonly refusals: ReadonlyArray<FormRefusal> }
  | { readonly _tag: 'WrongEnvironment'; readonly rule: EnvironmentProblem };

/** Names of the secrets that a connection needs, as in the form. */
export type OneCSecretName = 'password' | 'token' | 'shopSecret' | 'portalPassword';

const WITHOUT_SECRETS: ConnectionForm = {
  ...ONE_C_FORM,
  fields: ONE_C_FORM.fields.filter(({ kind }) => kind !== 'secret'),
};

const OWN_SECRET: Readonly<Record<OneCAccount['by'], OneCSecretName>> = {
  basic: 'password',
  bearer: 'token',
  'register-group': 'shopSecret',
};

/** The secrets a connection needs, in the order of the form. */
export const secretNames = ({
  access,
  account,
}: Pick<OneCConnection, 'access' | 'account'>): ReadonlyArray<OneCSecretName> => [
  ...(access.by === 'gateway' ? (['portalPassword'] as const) : []),
  OWN_SECRET[account.by],
];

type Values = Readonly<Record<string, string>>;

const accountOf = ({
  authentication,
  login = '',
  account = '',
  shopId = '',
  kktsGroupId = '',
}: Values): OneCAccount => {
  if (authentication === 'basic') return { by: 'basic', login };
  return authentication === 'bearer'
    ? { by: 'bearer', account }
    : { by: 'register-group', shopId, kktsGroupId };
};

const accessOf = ({ access, providerId = '', portalLogin = '', providerName }: Values): OneCAccess =>
  access === 'gateway'
    ? { by: 'gateway', providerId, portalLogin }
    : { by: 'direct', ...(providerName === undefined ? {} : { providerName }) };

const receiptNumberOf = ({ receiptNumber }: Values): Pick<OneCConnection, 'receiptNumberMeans'> =>
  receiptNumber === 'fiscal-document' || receiptNumber === 'number-in-shift'
    ? { receiptNumberMeans: receiptNumber }
    : {};

const addressKey = (parameters: Values): 'baseUrl' | 'gatewayUrl' =>
  parameters['access'] === 'direct' ? 'baseUrl' : 'gatewayUrl';

/** A stored connection of provider `one-c` as the adapter uses it; refused by field and rule where it does not fit the form. */
export const oneCConnection = (connection: Connection): E.Either<NotAOneCConnection, OneCConnection> => {
  const given = { ...connection.parameters, [addressKey(connection.parameters)]: connection.baseUrl };
  const filled = fillForm(WITHOUT_SECRETS, given);
  if (E.isLeft(filled)) return E.left({ _tag: 'NotAConnection', refusals: filled.left });
  const rule = environmentProblem(connection);
  if (rule !== undefined) return E.left({ _tag: 'WrongEnvironment', rule });
  const { origin, pathname } = new URL(connection.baseUrl);
  return E.right({
    environment: connection.environment,
    origin,
    basePath: pathname.replace(/\/+$/, ''),
    access: accessOf(filled.right.parameters),
    account: accountOf(filled.right.parameters),
    secretRef: connection.secretRef,
    ...receiptNumberOf(filled.right.parameters),
  });
};

/** The connection that a filled form describes, to be stored with a device; the secrets of the form go to the secret store. */
export const connectionOfForm = (
  { parameters }: FilledForm,
  environment: Environment,
  secretRef: string,
): Connection => {
  const { baseUrl = '', gatewayUrl = '', ...rest } = parameters;
  return {
    provider: ONE_C_FORM.provider,
    environment,
    baseUrl: addressKey(parameters) === 'baseUrl' ? baseUrl : gatewayUrl,
    parameters: rest,
    secretRef,
  };
};
