import type { Metadata } from '@grpc/grpc-js';
import type { Refusal } from './refusal';
import { accessDenied, unauthenticated } from './refusal';

/** Names and passwords. `undefined`: everybody may do everything, as on a server that was started insecure. */
export type Users = Readonly<Record<string, string>> | undefined;

/**
 * Whether the caller may. There is one right, to everything: known users have it, nobody else. Without credentials a call is
 * denied; with wrong ones it is unauthenticated, as the real server answers them.
 */
export const refusedCaller = (users: Users, metadata: Metadata): Refusal | undefined => {
  if (users === undefined) return undefined;
  const [given] = metadata.get('authorization');
  if (given === undefined) return accessDenied();
  const credentials = basic(String(given));
  if (credentials === undefined) return unauthenticated();
  const [name, password] = credentials;
  return Object.hasOwn(users, name) && users[name] === password ? undefined : unauthenticated();
};

/** The name alone, for lists of connections. */
export const callerName = (metadata: Metadata): string => {
  const [given] = metadata.get('authorization');
  return (given === undefined ? undefined : basic(String(given)))?.[0] ?? 'anonymous';
};

const basic = (header: string): readonly [name: string, password: string] | undefined => {
  const encoded = /^Basic\s+(\S+)$/iu.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : [text.slice(0, colon), text.slice(colon + 1)];
};
