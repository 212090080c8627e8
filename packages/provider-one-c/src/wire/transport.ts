import * as E from 'fp-ts/Either';
import type {
  HttpClient,
  HttpOutcome,
  HttpRequest,
  Purpose,
  RequestLimits,
  Secret,
} from '@cloud-kassa/provider';
import { isJsonType, mediaTypeOf, readJson, readText, retryAfterMs, writeJson } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import type { JudgedAnswer, WireAnswer } from '../answer/wire-answer';
import { at } from '../answer/wire-answer';
import type { OneCConnection } from '../connection/one-c-connection';
import type { ProgramNames } from '../settings';
import type { OneCCall } from './call';
import { filledPath } from './call';

/** The authorisations of one call: at the provider, and at the portal of 1C where the call goes through its gateway. */
export interface Authorisations {
  readonly provider?: Secret | undefined;
  readonly portal?: Secret | undefined;
}

/** Brings one call to the provider and its answer back. One call is one request. Never rejects. */
export type OneCTransport = (
  purpose: Purpose,
  call: OneCCall,
  authorisations: Authorisations,
  limits?: RequestLimits,
) => Promise<WireAnswer>;

export interface TransportOptions {
  readonly connection: OneCConnection;
  readonly http: HttpClient;
  readonly runtime: Runtime;
  readonly program: ProgramNames;
}

type Headers = Readonly<Record<string, string>>;

const JSON_TYPE = 'application/json';
const CORRELATION = 'X-Correlation-ID';

const answered = (
  outcome: Extract<HttpOutcome, { _tag: 'Answered' }>,
  from: JudgedAnswer['from'],
  now: string,
): JudgedAnswer => {
  const text = readText(outcome);
  const body = E.isRight(text) ? readJson(text.right) : text;
  const pause = retryAfterMs(outcome.headers['retry-after'], now);
  return {
    _tag: 'Answer',
    status: outcome.status,
    ...(E.isRight(body) ? { body: body.right } : {}),
    text: E.isRight(text) ? text.right : '',
    saysJson: isJsonType(mediaTypeOf(outcome.headers['content-type'])),
    from,
    ...(pause === undefined ? {} : { retryAfterMs: pause }),
  };
};

const requestOf = (
  method: HttpRequest['method'],
  path: string,
  headers: Headers,
  body?: string,
): HttpRequest => ({
  method,
  path,
  headers: { ...headers, accept: JSON_TYPE, ...(body === undefined ? {} : { 'content-type': JSON_TYPE }) },
  ...(body === undefined ? {} : { body: Buffer.from(body, 'utf8') }),
});

const authorisation = (given: Secret | undefined): Headers =>
  given === undefined ? {} : { Authorization: given.reveal() };

/** Straight to the provider. */
const direct =
  ({ connection, http, runtime }: TransportOptions): OneCTransport =>
  async (purpose, call, { provider }, limits) => {
    const headers = { [CORRELATION]: runtime.ids.next(), ...authorisation(provider) };
    const body = call.body === undefined ? undefined : writeJson(call.body);
    const path = connection.basePath + filledPath(call);
    const outcome = await http.request(purpose, requestOf(call.method, path, headers, body), limits);
    return outcome._tag === 'Answered' ? answered(outcome, 'provider', runtime.wall()) : outcome;
  };

const programHeaders = (program: ProgramNames): Headers => {
  const given: ReadonlyArray<readonly [name: string, value: string | undefined]> = [
    ['X-Program-Nick', program.nick],
    // Headers hold no Cyrillic: 1C's client writes these two as in an address.
    ['X-Configuration-Name', program.configurationName && encodeURIComponent(program.configurationName)],
    ['X-Configuration-Version', program.configurationVersion],
    ['X-IB-Id', program.baseId],
    ['X-IB-User-Name', program.userName && encodeURIComponent(program.userName)],
  ];
  return Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
};

/**
 * The provider's answer out of the envelope `{responseStatus, responseBodyJsonObject}`: the status that counts is inside. An answer that is
 * no envelope is the gateway's own, and under 200 none at all.
 */
const unwrapped = (outer: JudgedAnswer): JudgedAnswer => {
  if (outer.status !== 200) return outer;
  const { body: _, ...rest } = outer;
  const status = at(outer.body, 'responseStatus');
  if (typeof status !== 'number' || !Number.isInteger(status)) return rest;
  const body = at(outer.body, 'responseBodyJsonObject');
  return {
    ...rest,
    status,
    from: 'provider',
    ...(body === undefined || body === null ? { text: '' } : { body, text: JSON.stringify(body) }),
  };
};

/** Through the integration service of 1C: every call is a POST with the call inside. */
const throughGateway =
  ({ connection, http, runtime, program }: TransportOptions, providerId: string): OneCTransport =>
  async (purpose, call, { provider, portal }, limits) => {
    const correlation = { [CORRELATION]: runtime.ids.next() };
    const body = writeJson({
      method: call.method,
      path: call.path,
      requestHeaders: { ...authorisation(provider), ...correlation },
      uriVariables: call.variables,
      queryParams: {},
      requestBodyJsonObject: call.body,
    });
    const path = `${connection.basePath}/private/providers/${encodeURIComponent(providerId)}/calls/execute-rest-operation-call`;
    const headers = { ...programHeaders(program), ...correlation, ...authorisation(portal) };
    const outcome = await http.request(purpose, requestOf('POST', path, headers, body), limits);
    return outcome._tag === 'Answered' ? unwrapped(answered(outcome, 'gateway', runtime.wall())) : outcome;
  };

export const oneCTransport = (options: TransportOptions): OneCTransport => {
  const { access } = options.connection;
  return access.by === 'gateway' ? throughGateway(options, access.providerId) : direct(options);
};
