import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { fieldCodec } from '../../codec/field-codec';
import { objectCodec } from '../../codec/object-codec';
import { firstRefusal } from '../../codec/refusal';
import { blockedUntil } from '../../emulator/accounts';
import type { Machine } from '../../emulator/machine';
import type { JsonTree } from '../../json/json-tree';
import { isJsonObject } from '../../json/json-tree';
import type { NotJson } from '../../json/read-json';
import { sameSecret } from '../../wire/secrets';
import type { WireOutcome, WireRequest } from '../../wire/wire';
import { authorizationOf, blocked } from './authenticate';
import type { Authorization } from './authenticate';
import { GATEWAY_BAD_CREDENTIALS } from './gateway-settings';
import type { GatewayProvider, GatewaySettings, GatewayUser } from './gateway-settings';
import { problem } from './problems';
import type { OneCAnswer } from './problems';
import type { ProviderCall } from './provider';

const text = fieldCodec('not-a-text', (input) => (typeof input === 'string' ? input : undefined));
const texts = fieldCodec('not-an-object', (input) => (isJsonObject(input) ? input : undefined));

/** `{method, path, requestHeaders, uriVariables, queryParams, requestBodyJsonObject?}`. */
const envelopeCodec = objectCodec(
  { method: text, path: text },
  {
    requestHeaders: texts,
    uriVariables: texts,
    queryParams: texts,
    requestBodyJsonObject: texts,
  },
  'tolerant',
);

type Envelope = t.TypeOf<typeof envelopeCodec>;

const CALL = /^\/private\/providers\/([^/]{1,200})\/calls\/execute-rest-operation-call$/u;

const memberOf = (object: JsonTree | undefined, name: string): string | undefined => {
  if (!isJsonObject(object)) return undefined;
  const found = Object.entries(object).find(([given]) => given.toLowerCase() === name)?.[1];
  return typeof found === 'string' ? found : undefined;
};

/** The path with its variables: `/kkts/receipts/{receiptId}`. A variable that is not given stays as it is. */
const pathOf = ({ path, uriVariables }: Envelope): string =>
  path.replace(/\{([^{}]{1,100})\}/gu, (variable, name: string) => {
    const value = uriVariables?.[name];
    return typeof value === 'string' ? encodeURIComponent(value) : variable;
  });

const callOf = (envelope: Envelope): ProviderCall => {
  const { requestBodyJsonObject } = envelope;
  return {
    method: envelope.method.toUpperCase(),
    path: pathOf(envelope),
    authorization: memberOf(envelope.requestHeaders, 'authorization'),
    body: requestBodyJsonObject === undefined ? undefined : E.right(requestBodyJsonObject),
  };
};

const userOf = (
  { users }: GatewaySettings,
  authorization: Authorization | undefined,
): { readonly user: GatewayUser; readonly right: boolean } | undefined => {
  if (authorization?.scheme === 'bearer') {
    const user = users.find(({ ticket }) => ticket !== undefined && sameSecret(ticket, authorization.token));
    return user === undefined ? undefined : { user, right: true };
  }
  const user = users.find(({ login }) => login === authorization?.login);
  return user === undefined || authorization === undefined
    ? undefined
    : { user, right: sameSecret(user.password, authorization.password) };
};

/** The outer authentication, by login of the portal or ticket: 401, 402, 403 or 429 when it fails. */
const judgeUser = (
  settings: GatewaySettings,
  header: string | undefined,
  machine: Machine,
  instance: string,
): OneCAnswer | undefined => {
  const found = userOf(settings, authorizationOf(header));
  const wrong = problem('USER_AUTHENTICATION_EXCEPTION_1C', 'login or ticket not accepted', instance);
  if (found === undefined) return wrong;
  const { user, right } = found;
  const account = `portal ${user.login}`;
  const now = machine.now();
  const until = blockedUntil(machine.accounts(), account, now);
  if (until !== undefined) return blocked('TOO_MANY_REQUESTS_1C', until, now, instance);
  if (!right) {
    const limit = settings.badCredentials ?? GATEWAY_BAD_CREDENTIALS;
    machine.credentials({ kind: 'wrong-credentials', account, limit });
    return wrong;
  }
  if (machine.accounts().states.has(account)) machine.credentials({ kind: 'right-credentials', account });
  if (user.access === 'no-tariff') return problem('NO_TARIFF_FOUND', 'no tariff', instance);
  return user.access === 'forbidden'
    ? problem('USER_AUTHORISATION_EXCEPTION_1С', 'no access to the service', instance)
    : undefined;
};

const judgeProvider = (
  provider: GatewayProvider | undefined,
  request: WireRequest,
): OneCAnswer | undefined => {
  if (provider === undefined) return problem('NOT_FOUND', 'no such provider', request.path);
  if (!provider.integrationEnabled) return problem('PROVIDER_DISABLED', 'integration disabled', request.path);
  const { configurations } = provider;
  const configuration = request.headers['x-configuration-name'] ?? '';
  const supported =
    configurations === undefined ||
    configurations.some((name) => name === configuration || encodeURIComponent(name) === configuration);
  return supported
    ? undefined
    : problem('INTEGRATION_IS_NOT_SUPPORTED_1C', 'configuration not supported', request.path);
};

/** What a request to the gateway is: refused or, for the list of providers, answered by itself, or a call to pass on. */
export type GatewayStep =
  | { readonly _tag: 'answered'; readonly answer: OneCAnswer }
  | { readonly _tag: 'providers'; readonly answer: OneCAnswer }
  | { readonly _tag: 'pass-on'; readonly call: ProviderCall };

const answered = (answer: OneCAnswer): GatewayStep => ({ _tag: 'answered', answer });

/** A provider as it is listed. */
const listed = ({
  id,
  integrationEnabled,
  name,
  authorizationType,
  personalPageUrl,
}: GatewayProvider): object => ({
  id,
  integrationEnabled,
  name,
  authorizationType,
  personalPageUrl,
});

/** Opens a request to the gateway; `path` is without the base path. */
export const openEnvelope = (
  settings: GatewaySettings,
  path: string,
  request: WireRequest,
  body: E.Either<NotJson, JsonTree>,
  machine: Machine,
): GatewayStep => {
  if (request.method === 'GET' && path === '/public/providers') {
    return { _tag: 'providers', answer: { status: 200, body: settings.providers.map(listed) } };
  }
  const match = CALL.exec(path);
  if (request.method !== 'POST' || match === null)
    return answered(problem('NOT_FOUND', 'no such operation', request.path));
  const refused =
    judgeUser(settings, request.headers['authorization'], machine, request.path) ??
    judgeProvider(
      settings.providers.find(({ id }) => id === match[1]),
      request,
    );
  if (refused !== undefined) return answered(refused);
  if (E.isLeft(body)) return answered(problem('BAD_REQUEST_1C', `not-json: ${body.left.rule}`, request.path));
  const envelope = envelopeCodec.decode(body.right);
  if (E.isLeft(envelope)) {
    const { field, rule } = firstRefusal(envelope.left);
    return answered(problem('BAD_REQUEST_1C', `${field}: ${rule}`, request.path));
  }
  return { _tag: 'pass-on', call: callOf(envelope.right) };
};

const bodyOf = (body: string): E.Either<undefined, unknown> => {
  if (body === '') return E.right(undefined);
  return E.tryCatch(
    (): unknown => JSON.parse(body),
    () => undefined,
  );
};

/** The answer when the provider could not be reached or did not answer in time. */
export const backendSilent = (settings: GatewaySettings, instance: string): OneCAnswer => {
  const answer = problem('BACKEND_CONNECTION_ERROR', 'no answer of the provider', instance);
  return settings.backendErrors === 'envelope'
    ? { status: 200, body: { responseStatus: answer.status, responseBodyJsonObject: answer.body } }
    : answer;
};

/** Puts what came of a call into the gateway's answer: 200 with the provider's status inside, whatever it is. */
export const closeEnvelope = (
  settings: GatewaySettings,
  outcome: WireOutcome,
  instance: string,
): OneCAnswer => {
  if (outcome._tag !== 'answered') return backendSilent(settings, instance);
  const body = bodyOf(outcome.body);
  if (E.isLeft(body))
    return problem('UNKNOWN_EXCEPTION_1С', 'answer of the provider not understood', instance);
  return {
    status: 200,
    body: {
      responseStatus: outcome.status,
      ...(body.right === undefined ? {} : { responseBodyJsonObject: body.right }),
    },
  };
};
