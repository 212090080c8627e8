import type { BaseOptions } from '@eventstore/db-client';
import type { EsdbAddress } from './connection-string';

/**
 * With the credentials that every call carries. The client prints what it is called with when it debugs; what can not be enumerated is
 * not printed.
 */
export const callOptions = ({ credentials }: EsdbAddress): BaseOptions => {
  if (credentials === undefined) return {};
  const { username, password } = credentials;
  const hidden = { username: '', password: '' };
  Object.defineProperty(hidden, 'username', { value: username, enumerable: false });
  Object.defineProperty(hidden, 'password', { value: password, enumerable: false });
  return { credentials: hidden };
};
