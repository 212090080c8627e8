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

/** The shortest secret that opens the administration. */
const SHORTEST_TOKEN = 16;

const twice = (texts: ReadonlyArray<string>): number =>
  texts.findIndex((text, index) => texts.indexOf(text) < index);

/** The first thing wrong with settings, or `undefined`: ids and credentials by which callers are told apart must differ. */
export const settingsProblem = ({ groups, gateway, admin }: EmulatorSettings): InputRefusal | undefined => {
  const sameId = twice(groups.map(({ id }) => id));
  if (sameId >= 0) return { field: `groups[${sameId}].id`, rule: 'twice' };
  const unnamed = groups.findIndex(({ id }) => !/^[\w.-]{1,100}$/u.test(id));
  if (unnamed >= 0) return { field: `groups[${unnamed}].id`, rule: 'not-a-name' };
  const callers = groups.map(({ id, access }) => {
    if (access.kind === 'basic') return `basic ${access.login}`;
    return access.kind === 'bearer' ? `bearer ${access.token}` : `group ${id}`;
  });
  const sameCaller = twice(callers);
  if (sameCaller >= 0) return { field: `groups[${sameCaller}].access`, rule: 'twice' };
  const sameUser = twice((gateway?.users ?? []).map(({ login }) => login));
  if (sameUser >= 0) return { field: `gateway.users[${sameUser}].login`, rule: 'twice' };
  return admin !== undefined && admin.token.length < SHORTEST_TOKEN
    ? { field: 'admin.token', rule: 'shorter-than-16-characters' }
    : undefined;
};
