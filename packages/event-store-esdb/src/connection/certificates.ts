import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { EsdbAddress } from './connection-string';

/** The contents of the files that a connection string names. */
export interface Certificates {
  readonly rootCertificate?: Buffer;
  readonly userCertFile?: Buffer;
  readonly userKeyFile?: Buffer;
}

/** A file that a connection string names can not be used. `why` has the path and the reason, never the content. */
export interface CertificateUnusable {
  readonly _tag: 'CertificateUnusable';
  readonly option: 'tlsCAFile' | 'userCertFile' | 'userKeyFile';
  readonly why: string;
}

const BEGIN = '-----BEGIN CERTIFICATE-----';

/** Every certificate of a file is read, or the first bad one would be told by a failing connection only. */
const isCertificates = (content: Buffer): void => {
  const [, ...parts] = content.toString('latin1').split(BEGIN);
  if (parts.length === 0) throw new TypeError('none');
  for (const part of parts) void new X509Certificate(`${BEGIN}${part}`);
};

const FILES = [
  { option: 'tlsCAFile', field: 'rootCertificate', check: isCertificates, holds: 'certificates' },
  { option: 'userCertFile', field: 'userCertFile', check: isCertificates, holds: 'a certificate' },
  { option: 'userKeyFile', field: 'userKeyFile', check: createPrivateKey, holds: 'a private key' },
] as const;

export const readCertificates = async (
  address: EsdbAddress,
): Promise<Either<CertificateUnusable, Certificates>> => {
  const contents: { -readonly [Field in keyof Certificates]: Certificates[Field] } = {};
  for (const { option, field, check, holds } of FILES) {
    const path = address[option];
    if (path === undefined) continue;
    const unusable = (why: string): Either<CertificateUnusable, never> =>
      E.left({ _tag: 'CertificateUnusable', option, why: `${option} ${path} ${why}` });
    try {
      contents[field] = await readFile(path);
    } catch (error) {
      return unusable(`can not be read: ${codeOf(error)}`);
    }
    try {
      check(contents[field]);
    } catch {
      return unusable(`does not hold ${holds} in PEM form`);
    }
  }
  const { userCertFile, userKeyFile } = contents;
  if (userCertFile !== undefined && userKeyFile !== undefined && !belongs(userCertFile, userKeyFile))
    return E.left({
      _tag: 'CertificateUnusable',
      option: 'userKeyFile',
      why: `userKeyFile ${address.userKeyFile} does not belong to the certificate of userCertFile`,
    });
  return E.right(contents);
};

const belongs = (certificate: Buffer, key: Buffer): boolean =>
  new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown error';
