import { X509Certificate } from 'node:crypto';
import { selfSignedCertificate } from './self-signed-certificate';

const given = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2056-01-01T00:00:00.000Z' };

test('a certificate is its own authority, for the hosts and the time that were asked for', () => {
  const { certificate, key } = selfSignedCertificate({
    ...given,
    hosts: ['db.example', '127.0.0.1', '10.1.2.3'],
  });
  const read = new X509Certificate(certificate);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.ca).toBe(true);
  expect(read.subject).toBe('CN=db.example');
  expect(read.issuer).toBe(read.subject);
  expect(read.subjectAltName).toBe('DNS:db.example, IP Address:127.0.0.1, IP Address:10.1.2.3');
  expect([read.validFrom, read.validTo]).toEqual(['Jan  1 00:00:00 2026 GMT', 'Jan  1 00:00:00 2056 GMT']);
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/u);
});

test('it is for this machine when nothing is asked for', () => {
  const read = new X509Certificate(selfSignedCertificate(given).certificate);
  expect(read.checkHost('localhost')).toBe('localhost');
  expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(read.checkHost('elsewhere')).toBeUndefined();
});
