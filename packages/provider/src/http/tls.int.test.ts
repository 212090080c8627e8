import { createServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import { secret } from '../secret';
import {
  AUTHORITY,
  CLIENT_CERTIFICATE,
  CLIENT_KEY,
  EXPIRED_CERTIFICATE,
  SERVER_CERTIFICATE,
  SERVER_KEY,
} from './certificates.testing';
import type { HttpClientOptions } from './http-client';
import type { Bench, Wire } from './wire.testing';
import { POST, answering, http, short, workshop } from './wire.testing';

const { wireOf, bench, tidyUp } = workshop();
afterEach(tidyUp);

const loopback = { resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) };
const trusted = { ...loopback, tls: { ca: AUTHORITY } };

const secureWire = (options: TlsOptions = {}): Promise<Wire> =>
  wireOf(answering(http(200, 'ok')), (listener) =>
    createServer({ key: SERVER_KEY, cert: SERVER_CERTIFICATE, ...options }, listener),
  );

const over = (wire: Wire, options: Partial<HttpClientOptions>, host = 'kassa.example'): Bench =>
  bench(`https://${host}:${wire.port}`, options);

describe('TLS', () => {
  it('speaks with a server whose authority is pinned', async () => {
    const wire = await secureWire();
    expect(short(await over(wire, trusted).client.request('send', POST))).toBe('Answered 200');
  });

  it('sends nothing to a server of an unknown authority, and sounds an alarm', async () => {
    const wire = await secureWire();
    const { client, logged } = over(wire, loopback);
    expect(short(await client.request('send', POST))).toBe('NotSent tls');
    expect(logged.join()).toContain('"tls"');
    expect(wire.received()).toBe('');
  });

  it('sends nothing to a server whose certificate has expired, or names another host', async () => {
    const expired = await secureWire({ cert: EXPIRED_CERTIFICATE });
    expect(short(await over(expired, trusted).client.request('send', POST))).toBe('NotSent tls');
    const other = await secureWire();
    expect(short(await over(other, trusted, 'other.example').client.request('send', POST))).toBe(
      'NotSent tls',
    );
    expect(expired.received() + other.received()).toBe('');
  });

  it('sends nothing to a server that speaks no TLS, or hangs up in the handshake', async () => {
    const plain = await wireOf((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(short(await over(plain, trusted).client.request('send', POST))).toBe('NotSent tls');
    const rude = await wireOf((socket) => socket.destroy());
    expect(short(await over(rude, trusted).client.request('send', POST))).toBe('NotSent tls');
    expect(plain.received() + rude.received()).not.toContain('POST');
  });

  it('shows its client certificate', async () => {
    const wire = await secureWire({ ca: AUTHORITY, requestCert: true, rejectUnauthorized: true });
    const tls = { ca: AUTHORITY, certificate: CLIENT_CERTIFICATE, key: secret(CLIENT_KEY) };
    expect(short(await over(wire, { ...loopback, tls }).client.request('send', POST))).toBe('Answered 200');
    expect((await over(wire, trusted).client.request('send', POST))._tag).not.toBe('Answered');
  });

  it('sends nothing with a key that is none', async () => {
    const wire = await secureWire();
    const tls = { ca: AUTHORITY, certificate: CLIENT_CERTIFICATE, key: secret('no key') };
    expect(short(await over(wire, { ...loopback, tls }).client.request('send', POST))).toBe('NotSent tls');
  });
});
