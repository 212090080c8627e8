import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { optionsOf, type AddressOptions } from './connection-options';
import { wrong, type WrongConnectionString } from './wrong-connection-string';

export interface Host {
  readonly address: string;
  readonly port: number;
}

/** Who this process is to the server. They are sent over TLS only. */
export interface UserCredentials {
  readonly username: string;
  readonly password: string;
}

/** Where a database is and how it is spoken to, as a connection string says it. Holds the password: it is for no log. */
export interface EsdbAddress extends AddressOptions {
  /** One node; several of which any knows the leader; or one name behind which the nodes are found. */
  readonly kind: 'single' | 'gossip' | 'discover';
  readonly hosts: readonly [Host, ...ReadonlyArray<Host>];
  readonly credentials?: UserCredentials;
}

const SCHEME = /^(esdb|esdb\+discover):\/\/(.+)$/;
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;
const DEFAULT_PORT = 2113;

/**
 * Reads `esdb://[user:password@]host[:port][,host[:port]…][?option=value&…]` or `esdb+discover://…` with one name. Port 2113 is the
 * default, TLS is on unless `tls=false`. The client never sees the string: it would ignore what it does not know, cut a password at a
 * colon, drop credentials without TLS, and print all of it when it debugs.
 */
export const parseConnectionString = (text: string): Either<WrongConnectionString, EsdbAddress> => {
  const [, scheme, rest = ''] = SCHEME.exec(text.trim()) ?? [];
  if (scheme === undefined)
    return wrong('scheme', 'A connection string begins with esdb:// or esdb+discover://.');
  const [authority = '', query, ...more] = rest.split('?');
  if (more.length > 0) return wrong('option', `There is more than one question mark. ${ENCODE}`);
  const at = authority.lastIndexOf('@');
  const credentials = at < 0 ? E.right(undefined) : credentialsOf(authority.slice(0, at));
  if (E.isLeft(credentials)) return credentials;
  const hosts = hostsOf(authority.slice(at + 1).replace(/\/$/, ''));
  if (E.isLeft(hosts)) return hosts;
  const options = optionsOf(query ?? '');
  if (E.isLeft(options)) return options;
  if (credentials.right !== undefined && !options.right.tls)
    return wrong(
      'credentials-without-tls',
      'User and password are sent over TLS only: leave them out, or leave tls=false out.',
    );
  if (scheme === 'esdb+discover' && hosts.right.length > 1)
    return wrong('several-hosts', 'esdb+discover takes one name; several nodes are given with esdb://.');
  return E.right({
    ...options.right,
    kind: scheme === 'esdb+discover' ? 'discover' : hosts.right.length > 1 ? 'gossip' : 'single',
    hosts: hosts.right,
    ...(credentials.right === undefined ? {} : { credentials: credentials.right }),
  });
};

/** Hosts and ports, for logs and errors: no user, no password, no options. */
export const describeAddress = ({ kind, hosts }: EsdbAddress): string =>
  `${kind === 'discover' ? 'esdb+discover' : 'esdb'}://${hosts.map(({ address, port }) => `${address}:${port}`).join(',')}`;

const ENCODE = 'Write the special characters of user and password percent-encoded.';

const credentialsOf = (text: string): Either<WrongConnectionString, UserCredentials> => {
  const [username, password, ...more] = text.split(':').map(decoded);
  if (more.length > 0 || text.includes('@') || text.includes('/'))
    return wrong('credentials', `There are too many separators before the host. ${ENCODE}`);
  if (username === undefined || password === undefined || username === '' || password === '')
    return wrong('credentials', `Before the @ stand user and password, user:password. ${ENCODE}`);
  return E.right({ username, password });
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

const hostsOf = (text: string): Either<WrongConnectionString, EsdbAddress['hosts']> => {
  const hosts: Host[] = [];
  for (const part of text.split(',')) {
    const [address = '', port, ...more] = part.split(':');
    if (more.length > 0)
      return wrong('host', 'A host is a name or an IPv4 address; an IPv6 address needs a name.');
    if (!HOST.test(address))
      return wrong('host', `A host is a name or an IPv4 address, with :port if it is not 2113. ${ENCODE}`);
    const number = port === undefined ? DEFAULT_PORT : /^\d{1,5}$/.test(port) ? Number(port) : 0;
    if (number < 1 || number > 65_535) return wrong('port', 'A port is a number from 1 to 65535.');
    hosts.push({ address, port: number });
  }
  const [first, ...others] = hosts;
  return first === undefined ? wrong('host', 'There is no host.') : E.right([first, ...others]);
};
