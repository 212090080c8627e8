import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import {
  bitString,
  boolean,
  context,
  contextBytes,
  generalizedTime,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  utf8String,
} from './der';

/** A certificate and its private key, both in PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

export interface SelfSignedOptions {
  /** Names and IPv4 addresses that it is for. Default `localhost` and `127.0.0.1`. */
  readonly hosts?: ReadonlyArray<string>;
  /** UTC, ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
}

const ECDSA_SHA256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));

/**
 * A certificate that is its own authority (X.509 v3, RFC 5280; P-256), for tests of connections with TLS: a client that is given
 * `certificate` as its authority trusts a server that was started with both.
 */
export const selfSignedCertificate = ({
  hosts = ['localhost', '127.0.0.1'],
  notBefore,
  notAfter,
}: SelfSignedOptions): Certificate => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(hosts[0] ?? 'localhost'))));
  const alternativeNames = hosts.map((host) =>
    isIPv4(host)
      ? contextBytes(7, Buffer.from(host.split('.').map(Number)))
      : contextBytes(2, Buffer.from(host, 'latin1')),
  );
  const body = sequence(
    context(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_SHA256,
    name,
    sequence(generalizedTime(notBefore), generalizedTime(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    context(
      3,
      sequence(
        sequence(objectIdentifier('2.5.29.19'), boolean(true), octetString(sequence(boolean(true)))),
        sequence(objectIdentifier('2.5.29.17'), octetString(sequence(...alternativeNames))),
      ),
    ),
  );
  const signature = sign('sha256', body, privateKey);
  return {
    certificate: pem('CERTIFICATE', sequence(body, ECDSA_SHA256, bitString(signature))),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};

const pem = (label: string, bytes: Buffer): string => {
  const lines = bytes.toString('base64').match(/.{1,64}/gu) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
};
