import * as E from 'fp-ts/Either';
import { blockedUntil } from '../../emulator/accounts';
import type { Machine } from '../../emulator/machine';
import { sameSecret } from '../../wire/secrets';
import type { OneCGroup } from './access';
import { problem } from './problems';
import type { OneCAnswer, ProblemType } from './problems';
import type { OneCSettings } from './settings';
import { groupOfToken, readToken, writeToken } from './tokens';

/** A group with everything that is settled about it. */
export interface ServedGroup {
  readonly group: OneCGroup;
  readonly settings: OneCSettings;
}

/** What an Authorization header says. */
export type Authorization =
  | { readonly scheme: 'basic'; readonly login: string; readonly password: string }
  | { readonly scheme: 'bearer'; readonly token: string };

/** Reads an Authorization header (RFC 7617, RFC 6750); `undefined` when there is none that can be read. */
export const authorizationOf = (header: string | undefined): Authorization | undefined => {
  const [scheme, value] = (header ?? '').trim().split(/\s+/u, 2);
  if (scheme === undefined || value === undefined) return undefined;
  if (/^bearer$/iu.test(scheme)) return { scheme: 'bearer', token: value };
  if (!/^basic$/iu.test(scheme)) return undefined;
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0
    ? undefined
    : { scheme: 'basic', login: text.slice(0, colon), password: text.slice(colon + 1) };
};

/** The group that a caller means, before anything is checked. */
export const meantGroup = (
  groups: ReadonlyArray<ServedGroup>,
  authorization: Authorization | undefined,
): ServedGroup | undefined => {
  if (authorization === undefined) return undefined;
  const ofToken = authorization.scheme === 'bearer' ? groupOfToken(authorization.token) : undefined;
  return groups.find(({ group: { id, access } }) => {
    if (access.kind === 'basic')
      return authorization.scheme === 'basic' && access.login === authorization.login;
    if (authorization.scheme !== 'bearer') return false;
    return access.kind === 'bearer' ? sameSecret(access.token, authorization.token) : id === ofToken;
  });
};

/** The answer to a blocked account, with the seconds until it is free. */
export const blocked = (type: ProblemType, until: number, now: number, instance: string): OneCAnswer =>
  problem(type, 'account blocked after wrong credentials', instance, {
    headers: { 'retry-after': String(Math.ceil((until - now) / 1000)) },
  });

const refusal = ({ group }: ServedGroup, instance: string): OneCAnswer | undefined => {
  if (group.account === 'no-tariff') return problem('NO_TARIFF_FOUND', 'no tariff', instance);
  return group.account === 'closed'
    ? problem('AUTHORIZATION_EXCEPTION', 'access closed', instance)
    : undefined;
};

const badCredentials = (instance: string): E.Either<OneCAnswer, never> =>
  E.left(problem('BAD_CREDENTIALS', 'credentials or token not accepted', instance));

/** Judges a secret of an account: counts failures, and refuses while they have blocked it. */
const judgeSecret = (
  served: ServedGroup,
  right: boolean,
  machine: Machine,
  instance: string,
): E.Either<OneCAnswer, ServedGroup> => {
  const account = `group ${served.group.id}`;
  const now = machine.now();
  const until = blockedUntil(machine.accounts(), account, now);
  if (until !== undefined) return E.left(blocked('TOO_MANY_REQUESTS', until, now, instance));
  if (!right) {
    machine.credentials({ kind: 'wrong-credentials', account, limit: served.settings.badCredentials });
    return badCredentials(instance);
  }
  if (machine.accounts().states.has(account)) machine.credentials({ kind: 'right-credentials', account });
  const refused = refusal(served, instance);
  return refused === undefined ? E.right(served) : E.left(refused);
};

const judgeToken = (
  served: ServedGroup,
  token: string,
  secret: string,
  machine: Machine,
  instance: string,
): E.Either<OneCAnswer, ServedGroup> => {
  const read = readToken(token, secret);
  if (read === undefined || read.until <= machine.now() || machine.accounts().revoked.has(read.id))
    return badCredentials(instance);
  const refused = refusal(served, instance);
  return refused === undefined ? E.right(served) : E.left(refused);
};

/**
 * Who calls: the group whose credentials the header bears. `Left` is 401 BAD_CREDENTIALS (unknown, wrong, expired or revoked), 402 or 403
 * as the account says, or 429 while an account with a password is blocked.
 */
export const authenticate = (
  groups: ReadonlyArray<ServedGroup>,
  header: string | undefined,
  machine: Machine,
  instance: string,
): E.Either<OneCAnswer, ServedGroup> => {
  const authorization = authorizationOf(header);
  const served = meantGroup(groups, authorization);
  if (served === undefined || authorization === undefined) return badCredentials(instance);
  const { access } = served.group;
  if (access.kind === 'sales-register-group')
    return authorization.scheme === 'bearer'
      ? judgeToken(served, authorization.token, access.shopSecret, machine, instance)
      : badCredentials(instance);
  const right =
    access.kind === 'bearer' ||
    (authorization.scheme === 'basic' && sameSecret(access.password, authorization.password));
  return judgeSecret(served, right, machine, instance);
};

/** What POST /auth/tokens asks with. */
export interface TokenRequest {
  readonly shopId: string;
  readonly shopSecret: string;
  readonly kktsGroupId: string;
}

/** The answer to POST /auth/tokens: `accessToken`, `tokenType`, `expiresIn` in minutes; refusals as those of {@link authenticate}. */
export const issueToken = (
  groups: ReadonlyArray<ServedGroup>,
  request: TokenRequest,
  machine: Machine,
  newId: () => string,
  instance: string,
): OneCAnswer => {
  const served = groups.find(
    ({ group: { id, access } }) =>
      id === request.kktsGroupId &&
      access.kind === 'sales-register-group' &&
      access.shopId === request.shopId,
  );
  if (served?.group.access.kind !== 'sales-register-group')
    return problem('BAD_CREDENTIALS', 'unknown shop or group', instance);
  const { shopSecret } = served.group.access;
  const judged = judgeSecret(served, sameSecret(shopSecret, request.shopSecret), machine, instance);
  if (E.isLeft(judged)) return judged.left;
  const { tokenMinutes } = served.settings;
  const until = machine.now() + tokenMinutes * 60_000;
  return {
    status: 200,
    body: {
      accessToken: writeToken({ group: served.group.id, id: newId(), until }, shopSecret),
      tokenType: 'Bearer',
      expiresIn: tokenMinutes,
    },
  };
};
