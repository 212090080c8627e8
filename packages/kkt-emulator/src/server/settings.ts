import { GATEWAY_BASE_PATH } from '../dialects/one-c/gateway-settings';
import type { GatewaySettings } from '../dialects/one-c/gateway-settings';
import type { OneCGroup } from '../dialects/one-c/access';
import type { InputRefusal } from '../codec/refusal';

/** What an emulated service is: groups of registers and the ways to them. */
export interface EmulatorSettings {
  /** Groups of one or of several organisations, served over the 1C provider API. */
  readonly groups: ReadonlyArray<OneCGroup>;
  /** Path in front of `/auth/tokens` and `/kkts`; none when absent. */
  readonly basePath?: string;
  /** 1C's gateway in front of the same groups; absent = there is none. */
  readonly gateway?: GatewaySettings;
  /** The administration under `/admin`; absent = there is none. The token is sent as Bearer. */
  readonly admin?: { readonly token: string };
}

/** Where the administration is. */
export const ADMIN_PATH = '/admin';

/** The shortest secret that opens the administration. */
const SHORTEST_TOKEN = 16;

const twice = (texts: ReadonlyArray<string>): number =>
  texts.findIndex((text, index) => texts.indexOf(text) < index);

const NAME = /^[\w.-]{1,100}$/u;
/** What an Authorization header holds behind its scheme. */
const TOKEN = /^[\u0021-\u007e]{1,1000}$/u;
const PATH = /^(?:\/[\w.~-]+)*$/u;

const refusal = (field: string, rule: string): InputRefusal => ({ field, rule });

/** RFC 7617: a login has no colon. An empty secret would let everybody in. */
const loginProblem = (login: string, password: string, field: string): InputRefusal | undefined => {
  if (login === '' || login.includes(':')) return refusal(`${field}.login`, 'not-a-login');
  return password === '' ? refusal(`${field}.password`, 'empty') : undefined;
};

const accessProblem = ({ access }: OneCGroup, index: number): InputRefusal | undefined => {
  const field = `groups[${index}].access`;
  if (access.kind === 'basic') return loginProblem(access.login, access.password, field);
  if (access.kind === 'bearer')
    return TOKEN.test(access.token) ? undefined : refusal(`${field}.token`, 'not-a-token');
  return access.shopSecret === '' ? refusal(`${field}.shopSecret`, 'empty') : undefined;
};

const groupsProblem = (groups: ReadonlyArray<OneCGroup>): InputRefusal | undefined => {
  const sameId = twice(groups.map(({ id }) => id));
  if (sameId >= 0) return refusal(`groups[${sameId}].id`, 'twice');
  const unnamed = groups.findIndex(({ id }) => !NAME.test(id));
  if (unnamed >= 0) return refusal(`groups[${unnamed}].id`, 'not-a-name');
  const callers = groups.map(({ id, access }) => {
    if (access.kind === 'basic') return `basic ${access.login}`;
    return access.kind === 'bearer' ? `bearer ${access.token}` : `group ${id}`;
  });
  const sameCaller = twice(callers);
  if (sameCaller >= 0) return refusal(`groups[${sameCaller}].access`, 'twice');
  return groups.map(accessProblem).find((problem) => problem !== undefined);
};

const gatewayProblem = ({ providers, users }: GatewaySettings): InputRefusal | undefined => {
  const sameProvider = twice(providers.map(({ id }) => id));
  if (sameProvider >= 0) return refusal(`gateway.providers[${sameProvider}].id`, 'twice');
  const unnamed = providers.findIndex(({ id }) => !NAME.test(id));
  if (unnamed >= 0) return refusal(`gateway.providers[${unnamed}].id`, 'not-a-name');
  const sameUser = twice(users.map(({ login }) => login));
  if (sameUser >= 0) return refusal(`gateway.users[${sameUser}].login`, 'twice');
  const sameTicket = twice(users.flatMap(({ ticket }) => (ticket === undefined ? [] : [ticket])));
  if (sameTicket >= 0) return refusal('gateway.users', 'ticket-twice');
  return users
    .map(({ login, password, ticket }, index) => {
      const field = `gateway.users[${index}]`;
      const wrong = loginProblem(login, password, field);
      if (wrong !== undefined || ticket === undefined) return wrong;
      return TOKEN.test(ticket) ? undefined : refusal(`${field}.ticket`, 'not-a-token');
    })
    .find((problem) => problem !== undefined);
};

const isTaken = (path: string): boolean => path === ADMIN_PATH || path.startsWith(`${ADMIN_PATH}/`);

const pathsProblem = ({ basePath = '', gateway }: EmulatorSettings): InputRefusal | undefined => {
  const ofGateway = gateway?.basePath ?? GATEWAY_BASE_PATH;
  if (!PATH.test(basePath)) return refusal('basePath', 'not-a-path');
  if (isTaken(basePath)) return refusal('basePath', 'taken-by-the-administration');
  if (gateway === undefined) return undefined;
  if (!PATH.test(ofGateway)) return refusal('gateway.basePath', 'not-a-path');
  if (isTaken(ofGateway)) return refusal('gateway.basePath', 'taken-by-the-administration');
  return ofGateway === basePath ? refusal('gateway.basePath', 'twice') : undefined;
};

/**
 * The first thing wrong with settings, or `undefined`: ids and credentials by which callers are told apart must differ, secrets are not
 * empty, paths do not lie on each other.
 */
export const settingsProblem = (settings: EmulatorSettings): InputRefusal | undefined => {
  const { groups, gateway, admin } = settings;
  return (
    groupsProblem(groups) ??
    (gateway === undefined ? undefined : gatewayProblem(gateway)) ??
    pathsProblem(settings) ??
    (admin !== undefined && admin.token.length < SHORTEST_TOKEN
      ? refusal('admin.token', 'shorter-than-16-characters')
      : undefined)
  );
};
