import { codeOf, sameSecret } from '../../wire/secrets';

/** A token that was read: whose it is, which one, and until when. */
export interface ReadToken {
  readonly group: string;
  readonly id: string;
  readonly until: number;
}

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');
const decode = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

/**
 * A token bears its group and its end and is signed with the shop's secret, so that it outlives a restart without being stored and dies
 * with a change of the secret.
 */
export const writeToken = (token: ReadToken, secret: string): string => {
  const text = `${encode(token.group)}.${token.id}.${token.until}`;
  return `${text}.${codeOf(secret, text)}`;
};

const TOKEN = /^([\w-]{1,200})\.([\w-]{1,64})\.(\d{1,16})\.([\w-]{43})$/u;

/** The group a token speaks of, unchecked. */
export const groupOfToken = (text: string): string | undefined => {
  const match = TOKEN.exec(text);
  return match === null ? undefined : decode(match[1] ?? '');
};

/** Reads a token signed with this secret; `undefined` for any other text. */
export const readToken = (text: string, secret: string): ReadToken | undefined => {
  const match = TOKEN.exec(text);
  if (match === null) return undefined;
  const [, group = '', id = '', until = '', code = ''] = match;
  return sameSecret(code, codeOf(secret, `${group}.${id}.${until}`))
    ? { group: decode(group), id, until: Number(until) }
    : undefined;
};
