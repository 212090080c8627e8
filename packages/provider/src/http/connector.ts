import { lookup as systemLookup } from 'node:dns/promises';
import { connect as connectTcp, isIP } from 'node:net';
import type { LookupFunction, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SecureVersion } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Secret } from '../secret';
import type { AddressRule } from './address-rule';
import { isAllowedAddress } from './address-rule';
import type { NotSentWhy } from './outcome';

/** TLS of a connection. Certificates are PEM texts; the server's certificate is always checked. */
export interface TlsSettings {
  /** Authorities trusted instead of the usual ones: pins a provider's own authority. */
  readonly ca?: string | ReadonlyArray<string>;
  /** The client certificate with its chain, for providers that know their clients by it. */
  readonly certificate?: string;
  readonly key?: Secret;
  readonly passphrase?: Secret;
  /** Name expected in the server's certificate, where it is not the host's. */
  readonly serverName?: string;
  /** Default TLS 1.2. */
  readonly minVersion?: SecureVersion;
}

/** One address of a name. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Finds all addresses of a name. */
export type Resolve = (hostname: string) => Promise<ReadonlyArray<ResolvedAddress>>;

export interface ConnectorOptions {
  readonly addressRule: AddressRule;
  readonly resolve?: Resolve;
  readonly tls?: TlsSettings;
  /** Ends a connection that is being made. */
  readonly signal: AbortSignal;
}

const WHY = Symbol('why no connection was made');

const failure = (why: NotSentWhy): Error => Object.assign(new Error(`not connected: ${why}`), { [WHY]: why });

/** Why a connection was not made, where the error is one of this connector. */
export const connectFailureOf = (error: Error): NotSentWhy | undefined =>
  (error as Error & { readonly [WHY]?: NotSentWhy })[WHY];

const NO_WAY = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'EHOSTDOWN',
  'ENETDOWN',
]);
const NO_DESCRIPTOR = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';

/** The stage that failed. After the TCP connection of an `https` address only the handshake is left. */
const whyOf = (error: Error, isSecure: boolean, connected: boolean): NotSentWhy => {
  const code = codeOf(error);
  if (NO_DESCRIPTOR.has(code)) return 'no-slot';
  if (connected) return isSecure ? 'tls' : 'refused';
  if (NO_WAY.has(code)) return 'unreachable';
  return isSecure && code.startsWith('ERR_') ? 'tls' : 'refused';
};

const systemResolve: Resolve = (hostname) => systemLookup(hostname, { all: true });

/** Every address is judged at the moment of connecting: a name that changes its addresses in between gains nothing. */
const guardedLookup =
  ({ addressRule, resolve = systemResolve }: ConnectorOptions): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) callback(failure('dns'), '', 0);
        else if (!addresses.every(({ address }) => isAllowedAddress(address, addressRule)))
          callback(failure('blocked-address'), '', 0);
        else if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      () => callback(failure('dns'), '', 0),
    );
  };

/**
 * Makes the connections of undici. It tells why a connection could not be made, judges the addresses a name leads to, offers HTTP/1.1
 * only, and keeps no time of its own: its signal ends it.
 */
export const connector = (options: ConnectorOptions): buildConnector.connector => {
  const lookup = guardedLookup(options);
  const { tls = {}, signal } = options;

  const secure = (host: string, port: number, servername: string | undefined): Socket =>
    connectTls({
      host,
      port,
      lookup,
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: true,
      minVersion: tls.minVersion ?? 'TLSv1.2',
      ...(servername === undefined ? {} : { servername }),
      ...(tls.ca === undefined ? {} : { ca: typeof tls.ca === 'string' ? tls.ca : [...tls.ca] }),
      ...(tls.certificate === undefined ? {} : { cert: tls.certificate }),
      ...(tls.key === undefined ? {} : { key: tls.key.reveal() }),
      ...(tls.passphrase === undefined ? {} : { passphrase: tls.passphrase.reveal() }),
    });

  return ({ hostname, protocol, port }, callback) => {
    const isSecure = protocol === 'https:';
    if (isIP(hostname) !== 0 && !isAllowedAddress(hostname, options.addressRule)) {
      callback(failure('blocked-address'), null);
      return;
    }
    const host = isIP(hostname) === 0 ? hostname : undefined;
    let socket: Socket;
    try {
      socket = isSecure
        ? secure(hostname, Number(port || 443), tls.serverName ?? host)
        : connectTcp({ host: hostname, port: Number(port || 80), lookup });
    } catch {
      // Unusable key material is refused before there is a connection.
      callback(failure(isSecure ? 'tls' : 'refused'), null);
      return;
    }
    let connected = false;
    let settled = false;
    const settle = (done: () => void): void => {
      if (settled) return;
      settled = true;
      signal.removeEventListener('abort', onAbort);
      done();
    };
    const fail = (error: Error): void =>
      settle(() => {
        socket.destroy();
        callback(
          connectFailureOf(error) === undefined ? failure(whyOf(error, isSecure, connected)) : error,
          null,
        );
      });
    const onAbort = (): void => fail(failure('unreachable'));
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.once('connect', () => (connected = true));
    socket.once(isSecure ? 'secureConnect' : 'connect', () => settle(() => callback(null, socket)));
    socket.on('error', fail);
    socket.once('close', () => fail(new Error('closed before it was ready')));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  };
};
