import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import * as E from 'fp-ts/Either';
import { systemRuntime } from '@cloud-kassa/runtime';
import { selfSignedCertificate } from '../tls/self-signed-certificate';
import { clusterInfo, supportedMethods } from '../wire/server-messages';
import { rawCalls } from './raw-calls.testing';
import { CLASSIC, clientOf, started } from './server.testing';
import { startEsdbTestServer } from './start-server';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'esdb-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const event = () => jsonEvent({ type: 'T', data: {} });

describe('limits', () => {
  test('a connection has 100 calls at a time: the next does not even begin', async () => {
    const server = await started();
    const client = clientOf(server);
    await client.appendToStream('s-1', event(), CLASSIC);
    const subscriptions = Array.from({ length: 100 }, () => client.subscribeToAll());
    await server.calls.until(({ of }) => of('subscribe-all').open === 100);
    const waiting = client.readStream('s-1');
    waiting.on('data', () => undefined);
    // Another connection is not in the least held up.
    const raw = rawCalls(server);
    await raw.unary('gossip.Gossip/Read', Buffer.alloc(0));
    raw.close();
    expect(server.calls.of('read-stream').started).toBe(0);
    await waiting.cancel();
    await subscriptions[0]?.unsubscribe();
    await server.calls.until(({ of }) => of('subscribe-all').open === 99);
    for await (const { event: stored } of client.readStream('s-1')) expect(stored?.revision).toBe(0n);
    for (const subscription of subscriptions) await subscription.unsubscribe();
    await client.dispose();
    await server.close();
  });

  test('reads that are left early stay open until they are cancelled, and the counts tell', async () => {
    const server = await started();
    const client = clientOf(server);
    const many = Array.from({ length: 200 }, event);
    await client.appendToStream('s-1', many, CLASSIC);
    const left = [];
    for (let n = 0; n < 10; n += 1) {
      const read = client.readStream('s-1', {}, { highWaterMark: 1 });
      for await (const { event: stored } of read) if (stored?.revision === 0n) break;
      left.push(read);
    }
    for (const read of left) await read.cancel();
    await server.calls.until(({ of }) => of('read-stream').open === 0);
    expect(server.calls.of('read-stream').started).toBe(10);
    await client.dispose();
    await server.close();
  });

  test('the largest append can be set', async () => {
    const server = await started({ maxAppendSize: 100 });
    const client = clientOf(server);
    await expect(
      client.appendToStream('s-1', jsonEvent({ type: 'T', data: { text: 'x'.repeat(100) } }), CLASSIC),
    ).rejects.toMatchObject({ maxAppendSize: 100 });
    await client.dispose();
    await server.close();
  });
});

describe('who may', () => {
  const validity = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2099-01-01T00:00:00.000Z' };
  const tls = selfSignedCertificate(validity);
  const secure = (host: string, port: number, login: string): EventStoreDBClient => {
    const file = join(directory, 'ca.pem');
    writeFileSync(file, tls.certificate);
    const at = login === '' ? '' : `${login}@`;
    return EventStoreDBClient.connectionString(`esdb://${at}${host}:${port}?tls=true&tlsCAFile=${file}`);
  };

  test('known users may; wrong passwords, unknown users and callers without a name may not', async () => {
    const server = await started({ host: 'localhost', tls, users: { admin: 'changeit', ops: 'x' } });
    expect(server.connectionString).toMatch(/^esdb:\/\/localhost:\d+\?tls=true$/u);
    const denied = { type: 'access-denied' };
    for (const [login, expected] of [
      ['ops:x', { success: true }],
      ['ops:y', denied],
      ['toString:x', denied],
      ['', denied],
    ] as const) {
      const client = secure(server.host, server.port, login);
      const outcome = await client.appendToStream('s-1', event()).catch((error: unknown) => error);
      expect(outcome).toMatchObject(expected);
      await client.dispose();
    }
    const client = secure(server.host, server.port, '');
    const credentials = { username: 'admin', password: 'changeit' };
    await client.appendToStream('s-1', event(), { credentials });
    const reading = (async () => {
      for await (const { event: stored } of client.readStream('s-1')) void stored;
    })();
    await expect(reading).rejects.toMatchObject(denied);
    const denials = [
      () => client.deleteStream('s-1'),
      () => client.listAllPersistentSubscriptions(),
      () => client.appendToStream('s-1', event(), { credentials: { username: 'admin', password: 'wrong' } }),
    ];
    for (const call of denials) await expect(call()).rejects.toMatchObject(denied);
    expect(server.count()).toBe(2);
    await client.dispose();
    await server.close();
  });

  test('a client that does not trust the certificate does not get in', async () => {
    const server = await started({ host: 'localhost', tls });
    const client = EventStoreDBClient.connectionString(`${server.connectionString}&defaultDeadline=2000`);
    await expect(client.appendToStream('s-1', event(), CLASSIC)).rejects.toMatchObject({ code: 14 });
    await client.dispose();
    await server.close();
  });

  test('with an authority for clients only a client with a certificate gets in', async () => {
    const own = selfSignedCertificate({ ...validity, hosts: ['client'] });
    const server = await started({ host: 'localhost', tls: { ...tls, clientAuthority: own.certificate } });
    const without = secure(server.host, server.port, '');
    await expect(without.appendToStream('s-1', event())).rejects.toMatchObject({ code: 14 });
    const [certificate, key] = [join(directory, 'user.crt'), join(directory, 'user.key')];
    writeFileSync(certificate, own.certificate);
    writeFileSync(key, own.key);
    const client = EventStoreDBClient.connectionString(
      `${server.connectionString}&tlsCAFile=${join(directory, 'ca.pem')}&userCertFile=${certificate}&userKeyFile=${key}`,
    );
    await client.appendToStream('s-1', event());
    await without.dispose();
    await client.dispose();
    await server.close();
  });
});

describe('what it says of itself', () => {
  test('its version and methods; without batch appends the client takes the classic path', async () => {
    const server = await started({ version: '20.10.2', announcement: 'without-batch' });
    const raw = rawCalls(server);
    const answer = await raw.unary('server_features.ServerFeatures/GetSupportedMethods', Buffer.alloc(0));
    const { version, methods = [] } = supportedMethods.decode(answer);
    expect(version).toBe('20.10.2');
    expect(methods.map(({ methodName }) => methodName)).not.toContain('batchappend');
    const fault = server.faults.set({
      on: 'append',
      path: 'classic',
      times: 'all',
      fault: { do: 'wait', milliseconds: 0 },
    });
    const client = clientOf(server);
    await client.appendToStream('s-1', event());
    expect(fault.struck()).toBe(1);
    raw.close();
    await client.dispose();
    await server.close();
  });

  test('gossip: itself as the leader, or whatever cluster it is told to be', async () => {
    const [one, two] = [await started(), await started()];
    const discover = (port: number) =>
      EventStoreDBClient.connectionString(`esdb+discover://127.0.0.1:${port}?tls=false`);
    const alone = discover(one.port);
    await alone.appendToStream('s-1', event());
    one.setMembers([
      { host: one.host, port: one.port, state: 'follower' },
      { host: two.host, port: two.port, state: 'leader' },
      { host: '10.0.0.1', port: 1, state: 'leader', alive: false },
    ]);
    const raw = rawCalls(one);
    const told = clusterInfo.decode(await raw.unary('gossip.Gossip/Read', Buffer.alloc(0))).members ?? [];
    expect(told.map(({ state, isAlive, httpEndPoint }) => [state, isAlive, httpEndPoint?.port])).toEqual([
      [6, true, one.port],
      [8, true, two.port],
      [8, false, 1],
    ]);
    const cluster = discover(one.port);
    await cluster.appendToStream('s-1', event());
    expect([one.count(), two.count()]).toEqual([1, 1]);
    raw.close();
    for (const client of [alone, cluster]) await client.dispose();
    for (const server of [one, two]) await server.close();
  });

  test('a message that cannot be read is INVALID_ARGUMENT', async () => {
    const server = await started();
    const raw = rawCalls(server);
    await expect(raw.unary('streams.Streams/Delete', Buffer.from([0xff]))).rejects.toMatchObject({ code: 3 });
    raw.close();
    await server.close();
  });
});

describe('it does not start', () => {
  test('on a port that somebody has', async () => {
    const server = await started();
    const second = await startEsdbTestServer({ runtime: systemRuntime(), port: server.port })();
    expect(second).toEqual(E.left({ _tag: 'NotListening', code: 'EADDRINUSE' }));
    await server.close();
  });

  test('in a directory that somebody has, or that is a file', async () => {
    const log = join(directory, 'taken');
    const server = await started({ directory: log });
    const second = await startEsdbTestServer({ runtime: systemRuntime(), directory: log })();
    expect(second).toEqual(E.left({ _tag: 'NotOpened', code: 'ERR_SQLITE_ERROR' }));
    await server.close();
    writeFileSync(join(directory, 'file'), '');
    const third = await startEsdbTestServer({
      runtime: systemRuntime(),
      directory: join(directory, 'file'),
    })();
    expect(third).toEqual(E.left({ _tag: 'NotOpened', code: 'EEXIST' }));
  });
});

test('told to go away, a client takes a new connection; what is open goes on', async () => {
  const server = await started();
  const client = clientOf(server);
  const numbers: Array<bigint | undefined> = [];
  const subscription = client.subscribeToStream('s-1');
  const second = new Promise((resolve) =>
    subscription.on(
      'data',
      ({ event: stored }) => numbers.push(stored?.revision) === 2 && resolve(undefined),
    ),
  );
  await client.appendToStream('s-1', event(), CLASSIC);
  expect(server.connections.open()).toBe(1);
  server.goAway(600_000);
  await client.appendToStream('s-1', event(), CLASSIC);
  await second;
  expect([numbers, server.connections.open()]).toEqual([[0n, 1n], 2]);
  await subscription.unsubscribe();
  await client.dispose();
  await server.close();
});

test('it does not start with a certificate that is none', async () => {
  const tls = { certificate: 'none', key: 'none' };
  const refused = await startEsdbTestServer({ runtime: systemRuntime(), tls })();
  expect(refused).toMatchObject(E.left({ _tag: 'NotSecured', code: expect.stringMatching(/^ERR_OSSL/u) }));
});

test('it is killed: calls break at once, and it can be closed as often as one likes', async () => {
  const server = await started({ directory: join(directory, 'killed') });
  const client = clientOf(server);
  const failed = new Promise((resolve) => client.subscribeToAll().on('error', resolve));
  await server.calls.until(({ open }) => open() === 1);
  await server.kill();
  await expect(failed).resolves.toMatchObject({ type: 'unavailable' });
  await server.close();
  await client.dispose();
});

test('it starts later on the port that the client knows', async () => {
  const first = await started();
  const { port } = first;
  const client = clientOf(first);
  await client.appendToStream('s-1', event(), CLASSIC);
  await first.close();
  await expect(client.appendToStream('s-1', event(), CLASSIC)).rejects.toMatchObject({ type: 'unavailable' });
  const second = await started({ port });
  await client.appendToStream('s-1', event(), CLASSIC);
  expect(second.count()).toBe(1);
  await client.dispose();
  await second.close();
});

test('closing it ends open calls of every kind', async () => {
  const server = await started();
  const client = clientOf(server);
  const failed = [client.subscribeToAll(), client.subscribeToStream('s-1')].map(
    (subscription) => new Promise((resolve) => subscription.on('error', resolve)),
  );
  server.faults.set({ on: 'append', fault: { do: 'hold' } });
  const held = client.appendToStream('s-1', event(), CLASSIC);
  await server.calls.until(({ open }) => open() === 3);
  const closed = server.close();
  await expect(held).rejects.toMatchObject({ type: 'unavailable' });
  await closed;
  for (const error of failed) await expect(error).resolves.toMatchObject({ type: 'unavailable' });
  await client.dispose();
});
