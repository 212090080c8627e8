import { selfSignedCertificate } from '@cloud-kassa/event-store-esdb-testserver';

const FOR_LONG = { notBefore: '2020-01-01T00:00:00Z', notAfter: '2120-01-01T00:00:00Z' };

/** Each is its own authority. The server is localhost and 127.0.0.1. */
export const SERVER = selfSignedCertificate(FOR_LONG);
export const EXPIRED = selfSignedCertificate({ ...FOR_LONG, notAfter: '2021-01-01T00:00:00Z' });
export const CLIENT = selfSignedCertificate({ ...FOR_LONG, hosts: ['client'] });
