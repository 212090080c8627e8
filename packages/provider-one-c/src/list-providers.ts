import * as E from 'fp-ts/Either';
import type { AddressRule, JsonRead } from '@cloud-kassa/provider';
import { deadlinesOf, httpClient, readJson, readText } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import { at, textAt } from './answer/wire-answer';
import type { AuthenticationType } from './connection/authentication-type';
import { authenticationTypeOf } from './connection/authentication-type';
import { ONE_C_GATEWAY } from './connection/connection-form';

/** A provider of cloud registers as the gateway of 1C lists it. */
export interface ListedProvider {
  readonly id: string;
  readonly name: string;
  /** Whether it can be used now. */
  readonly enabled: boolean;
  readonly authentication: AuthenticationType;
  /** The provider's cabinet, where the credentials come from (S18); only web addresses are taken. */
  readonly cabinet?: string;
}

/** Why there is no list. */
export interface NoProviderList {
  readonly _tag: 'NoProviderList';
  readonly why: 'not-reached' | 'no-answer' | 'refused' | 'unreadable';
}

export interface ListProvidersOptions {
  readonly runtime: Runtime;
  /** Default: the gateway of 1C. */
  readonly gatewayUrl?: string;
  readonly timeoutMs?: number;
  readonly addressRule?: AddressRule;
}

const TIMEOUT_MS = 30_000;

const no = (why: NoProviderList['why']): E.Either<NoProviderList, never> =>
  E.left({ _tag: 'NoProviderList', why });

const cabinetOf = (entry: JsonRead): { readonly cabinet?: string } => {
  const url = textAt(entry, 'personalPageUrl') ?? '';
  return /^https?:\/\//.test(url) && URL.canParse(url) ? { cabinet: url } : {};
};

/** Entries that can not be read are left out: a new kind of provider must not hide the others. */
const listed = (entry: JsonRead): ReadonlyArray<ListedProvider> => {
  const given = at(entry, 'id');
  const id = typeof given === 'number' ? String(given) : given;
  const authentication = authenticationTypeOf(textAt(entry, 'authorizationType') ?? '');
  if (typeof id !== 'string' || id === '' || authentication === undefined) return [];
  return [
    {
      id,
      name: textAt(entry, 'name') ?? id,
      enabled: at(entry, 'integrationEnabled') === true,
      authentication,
      ...cabinetOf(entry),
    },
  ];
};

/** `GET /public/providers` of the gateway: which providers there are and how they know their clients. Needs no authorisation. Never rejects. */
export const listOneCProviders = async (
  {
    runtime,
    gatewayUrl = ONE_C_GATEWAY,
    timeoutMs = TIMEOUT_MS,
    addressRule = 'public',
  }: ListProvidersOptions,
  signal?: AbortSignal,
): Promise<E.Either<NoProviderList, ReadonlyArray<ListedProvider>>> => {
  if (!/^https?:/i.test(gatewayUrl) || !URL.canParse(gatewayUrl)) return no('not-reached');
  const { origin, pathname } = new URL(gatewayUrl);
  const each = deadlinesOf(timeoutMs);
  const http = httpClient({
    origin,
    runtime,
    addressRule,
    deadlines: { send: each, ask: each, token: each },
  });
  const outcome = await http.request(
    'ask',
    {
      method: 'GET',
      path: `${pathname.replace(/\/+$/, '')}/public/providers`,
      headers: { accept: 'application/json', 'X-Correlation-ID': runtime.ids.next() },
    },
    { signal },
  );
  http.close();
  if (outcome._tag !== 'Answered') return no(outcome._tag === 'NotSent' ? 'not-reached' : 'no-answer');
  if (outcome.status !== 200) return no('refused');
  const body = E.chainW(readJson)(readText(outcome));
  if (E.isLeft(body) || !Array.isArray(body.right)) return no('unreadable');
  return E.right((body.right as ReadonlyArray<JsonRead>).flatMap(listed));
};
