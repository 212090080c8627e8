import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Runtime } from '@cloud-kassa/runtime';
import { LATE, within } from '../within';
import type { Certificates } from './certificates';
import type { EsdbAddress, Host } from './connection-string';

/**
 * What a look at the nodes has shown, past the client, which tells of a connection that it did not come about and rarely why.
 *
 * - `Fine`: one of them speaks as it should.
 * - `NotThere`: nothing listens, or something else.
 * - `NotTrusted`: there is a server, but TLS with it does not come about.
 */
export type Probed =
  | { readonly _tag: 'Fine' }
  | { readonly _tag: 'NotThere'; readonly why: string }
  | { readonly _tag: 'NotTrusted'; readonly why: string };

export interface Probing {
  readonly address: EsdbAddress;
  readonly certificates: Certificates;
  readonly runtime: Runtime;
}

const FINE: Probed = { _tag: 'Fine' };
const notThere = (why: string): Probed => ({ _tag: 'NotThere', why });
const notTrusted = (why: string): Probed => ({ _tag: 'NotTrusted', why });

/** Looks at all nodes side by side. @param patience for so many milliseconds at most. */
export const probe = async (probing: Probing, patience: number): Promise<Probed> => {
  const probed = await Promise.all(probing.address.hosts.map((host) => probeHost(probing, host, patience)));
  const of = (tag: Probed['_tag']): Probed | undefined => probed.find(({ _tag }) => _tag === tag);
  return of('Fine') ?? of('NotTrusted') ?? of('NotThere') ?? FINE;
};

const probeHost = async (probing: Probing, host: Host, patience: number): Promise<Probed> => {
  const { address, certificates, runtime } = probing;
  if (address.tls) {
    const heard = await hear(runtime, patience, () => tlsTo(host, certificates));
    return judgeTls(host, heard, certificates.userCertFile !== undefined);
  }
  const heard = await hear(runtime, patience, () => connectPlain({ host: host.address, port: host.port }));
  const isSilent = heard._tag === 'Ended' || (heard._tag === 'Data' && heard.isTls);
  if (isSilent && (await speaksTls(runtime, host, patience)))
    return notTrusted('it speaks TLS: leave tls=false out');
  return judge(host, heard);
};

const tlsTo = (host: Host, { rootCertificate, userCertFile, userKeyFile }: Certificates): Socket =>
  connectTls({
    host: host.address,
    port: host.port,
    ALPNProtocols: ['h2'],
    ...(isIP(host.address) === 0 ? { servername: host.address } : {}),
    ...(rootCertificate === undefined ? {} : { ca: rootCertificate }),
    ...(userCertFile === undefined ? {} : { cert: userCertFile }),
    ...(userKeyFile === undefined ? {} : { key: userKeyFile }),
  });

/** What a node said to the beginning of a conversation. */
type Heard =
  | { readonly _tag: 'Data'; readonly isHttp2: boolean; readonly isTls: boolean }
  | { readonly _tag: 'Error'; readonly code: string }
  /** It ended the connection without a word. */
  | { readonly _tag: 'Ended' }
  | { readonly _tag: 'Silence' };

/** How every conversation in HTTP/2 begins, with settings that change nothing. */
const HELLO = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1');
const SETTINGS_FRAME = 4;
const TLS_ALERT = 0x15;

const hear = async (runtime: Runtime, patience: number, connect: () => Socket): Promise<Heard> => {
  const socket = connect();
  try {
    const heard = await within(
      runtime,
      patience,
      new Promise<Heard>((resolve) => {
        socket.on('error', (error) => resolve({ _tag: 'Error', code: codeOf(error) }));
        socket.on('close', () => resolve({ _tag: 'Ended' }));
        socket.on('data', (data) =>
          resolve({
            _tag: 'Data',
            isHttp2: data[3] === SETTINGS_FRAME,
            isTls: data[0] === TLS_ALERT,
          }),
        );
        socket.write(HELLO);
      }),
    );
    return heard === LATE ? { _tag: 'Silence' } : heard;
  } finally {
    socket.destroy();
  }
};

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';

/** Whether a node answers a handshake at all; whom it trusts is not asked. */
const speaksTls = (runtime: Runtime, host: Host, patience: number): Promise<boolean> => {
  const socket = connectTls({ host: host.address, port: host.port, rejectUnauthorized: false });
  const spoken = new Promise<boolean>((resolve) => {
    socket.on('secureConnect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
  return within(runtime, patience, spoken)
    .then((answer) => answer === true)
    .finally(() => socket.destroy());
};

const judge = ({ address, port }: Host, heard: Heard): Probed => {
  const place = `${address}:${port}`;
  switch (heard._tag) {
    case 'Data':
      return heard.isHttp2 ? FINE : notThere(`what listens at ${place} is no EventStoreDB`);
    case 'Ended':
      return notThere(`what listens at ${place} ends every connection at once`);
    case 'Silence':
      return notThere(`${place} does not answer`);
    case 'Error':
      return notThere(
        ABSENCES[heard.code]?.(address, place) ?? `${place} is not to be reached: ${heard.code}`,
      );
  }
};

const unknownName = (address: string): string => `the name ${address} is not known here`;
const ABSENCES: Readonly<Record<string, (address: string, place: string) => string>> = {
  ENOTFOUND: unknownName,
  EAI_AGAIN: unknownName,
  ECONNREFUSED: (_, place) => `nobody listens at ${place}`,
  ECONNRESET: (_, place) => `what listens at ${place} ends every connection at once`,
};

const judgeTls = (host: Host, heard: Heard, hasOwn: boolean): Probed => {
  if (heard._tag === 'Ended' && hasOwn) return notTrusted(REFUSED_OWN);
  if (heard._tag !== 'Error') return judge(host, heard);
  const { code } = heard;
  if (/^ERR_SSL_.*CERTIFICATE_REQUIRED|^ERR_SSL_.*HANDSHAKE_FAILURE/.test(code))
    return notTrusted(hasOwn ? REFUSED_OWN : WANTS_OWN);
  if (/^ERR_SSL_.*ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE|UNSUPPORTED_CERTIFICATE)/.test(code))
    return notTrusted(REFUSED_OWN);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return notTrusted(`its certificate is not for the name ${host.address}`);
  const known = DISTRUST[code];
  if (known !== undefined) return notTrusted(known);
  return code.startsWith('ERR_SSL_') || code.includes('CERT') ? notTrusted(code) : judge(host, heard);
};

const WANTS_OWN = 'it wants a certificate of this process: name it by userCertFile and userKeyFile';
const REFUSED_OWN = 'it does not take the certificate of userCertFile';
const UNKNOWN_AUTHORITY =
  'its certificate is of no authority that is trusted here: name the authority by tlsCAFile';
const NO_TLS = 'it speaks without TLS: write tls=false, or give it a certificate';

const DISTRUST: Readonly<Record<string, string>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  CERT_SIGNATURE_FAILURE: UNKNOWN_AUTHORITY,
  CERT_HAS_EXPIRED: 'its certificate has expired, or the clock of this machine is wrong',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or the clock of this machine is wrong',
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  EPROTO: NO_TLS,
};
