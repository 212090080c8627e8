import type { Credentials } from '@eventstore/db-client';
import type { EsdbAddress } from './connection-string';

/**
 * The credentials of every call. The client prints what it is called with when it debugs; what can not be enumerated is not printed.
 */
export const callCredentials = ({ credentials }: EsdbAddress): Credentials | undefined => {
  if (credentials === undefined) return undefined;
  const { username, password } = credentials;
  const hidden = { username: '', password: '' };
  Object.defineProperty(hidden, 'username', { value: username, enumerable: false });
  Object.defineProperty(hidden, 'password', { value: password, enumerable: false });
  return hidden;
};
