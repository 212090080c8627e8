import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogLevel, Runtime } from '@cloud-kassa/runtime';
import { eventsOf, follow, placesOf, write } from './appended.testing';
import { CLIENT, EXPIRED, SERVER } from './connection/certificates.testing';
import { openEsdbStore, type EsdbStoreOptions } from './esdb-store';
import type { OpenError } from './open-error';
import { failure, given, openOn, runtime, startServer } from './test-server.testing';

const folder = mkdtempSync(join(tmpdir(), 'esdb-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const ca = file('ca.pem', SERVER.certificate);
const encoded = encodeURIComponent;

const refused = (connectionString: string, options: Partial<EsdbStoreOptions> = {}): Promise<OpenError> =>
  failure(openEsdbStore({ connectionString, runtime, settings: { opening: 1_500 }, ...options }));

/** A port where nobody listens. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });

describe('opening', () => {
  it('refuses what can not be used before anything is tried', async () => {
    expect(await refused('esdb://h?tls=off')).toMatchObject({
      _tag: 'WrongConnectionString',
      rule: 'option',
    });
    expect(await refused('esdb://h', { settings: { namespace: 'a-b', attempt: 20_000, look: 0 } })).toEqual({
      _tag: 'WrongSettings',
      why: 'look is a whole number from 1 on; namespace has 1 to 40 Latin letters, digits and _; attempt is at most deadline',
    });
    const credentials = { username: 'admin', password: 'hunter2' };
    expect(await refused('esdb://h?tls=false', { credentials })).toMatchObject({ _tag: 'WrongSettings' });
  });

  it.each([
    ['can not be read', 'none.pem', undefined, 'ENOENT'],
    ['does not hold what it should', 'bad.pem', 'no certificate', 'certificates in PEM form'],
    ['is damaged', 'damaged.pem', SERVER.certificate.replaceAll('A', 'B'), 'certificates in PEM form'],
  ])('names a file of certificates that %s', async (_, name, content, why) => {
    const path = content === undefined ? join(folder, name) : file(name, content);
    expect(await refused(`esdb://h?tlsCAFile=${encoded(path)}`)).toEqual({
      _tag: 'CertificateUnusable',
      option: 'tlsCAFile',
      why: expect.stringContaining(why),
    });
  });

  it('refuses a key that is none', async () => {
    const options = `userCertFile=${encoded(file('u.pem', CLIENT.certificate))}&userKeyFile=${encoded(ca)}`;
    expect(await refused(`esdb://h?${options}`)).toMatchObject({
      _tag: 'CertificateUnusable',
      option: 'userKeyFile',
    });
  });

  it('refuses a key that belongs to another certificate', async () => {
    const options = `userCertFile=${encoded(file('u.pem', CLIENT.certificate))}&userKeyFile=${encoded(file('s.key', SERVER.key))}`;
    expect(await refused(`esdb://h?${options}`)).toMatchObject({
      _tag: 'CertificateUnusable',
      why: expect.stringContaining('does not belong'),
    });
  });

  it.each(['esdb', 'esdb+discover'])(
    'pitfall 14: waits for a server that is not there yet (%s)',
    async (scheme) => {
      const port = await freePort();
      const connectionString = `${scheme}://127.0.0.1:${port}?tls=false&maxDiscoverAttempts=1`;
      const opening = openEsdbStore({ connectionString, runtime, settings: { opening: 60_000 } })();
      const absent = await refused(connectionString, { settings: { opening: 300 } });
      expect(absent).toMatchObject({
        _tag: 'Unreachable',
        why: expect.stringContaining(`127.0.0.1:${port}`),
      });
      const server = await startServer({ port });
      const store = await given(() => opening);
      await write(store, 'receipt-1');
      await store.close();
      await server.close();
    },
  );

  it('tells a server that accepts connections and says nothing', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await refused(`esdb://127.0.0.1:${port}?tls=false`, { settings: { opening: 200 } })).toEqual({
      _tag: 'Unreachable',
      why: `esdb://127.0.0.1:${port} did not answer within 200 ms`,
    });
    silent.close();
    for (const socket of sockets) socket.destroy();
  });

  it.each(['features', 'read-all'] as const)(
    'asks again where one question of a server that is there is never answered: %s',
    async (on) => {
      const server = await startServer();
      server.faults.set({ on, nth: 1, fault: { do: 'silence' } });
      const store = await openOn(server, { opening: 8_000, attempt: 200, silence: 200 });
      expect(server.calls.of(on).started).toBeGreaterThan(1);
      await server.calls.until((calls) => calls.of('features').open === 0);
      await store.close();
      await server.close();
    },
  );

  it.each(['22.6.0', '21.10.9', 'unknown'])('tells a server of version %s to be too old', async (version) => {
    const server = await startServer({ version });
    expect(await refused(server.connectionString)).toEqual({
      _tag: 'VersionTooOld',
      version,
      why: `The server is of version ${version}; the oldest that can be used is 22.10.`,
    });
    await server.close();
  });

  it.each(['22.10.0', '24.10.4', '25.1.0-rc.1'])('takes a server of version %s', async (version) => {
    const server = await startServer({ version });
    const store = await openOn(server);
    expect(store.statistics().serverVersion).toBe(version);
    await store.close();
    await server.close();
  });
});

describe('a server with TLS and users', () => {
  const tls = SERVER;
  const users = { admin: 'p@ss:w/rd?' };
  const secret = encoded(users.admin);

  it('takes user and password from the connection string or the options, in every call', async () => {
    const server = await startServer({ tls, users });
    for (const [user, credentials] of [
      [`admin:${secret}@`, undefined],
      ['', { username: 'admin', password: users.admin }],
    ] as const) {
      const connectionString = `esdb://${user}localhost:${server.port}?tlsCAFile=${encoded(ca)}`;
      const store = await given(
        openEsdbStore({
          connectionString,
          runtime,
          settings: { look: 10 },
          ...(credentials === undefined ? {} : { credentials }),
        }),
      );
      const stream = `receipt-${user.length}`;
      await write(store, stream);
      expect(placesOf(await eventsOf(store.readStream(stream)))).toEqual([`${stream}@0`]);
      const follower = follow(store.subscribeAll({ filter: { prefixes: [stream] } }));
      await follower.untilEvents(1);
      await follower.leave();
      expect(
        await given(store.work.leases.beat([{ shard: user.length, seen: undefined }], 'a')),
      ).toHaveLength(1);
      await store.close();
    }
    await server.close();
  });

  it('refuses wrong ones and none, by name', async () => {
    const server = await startServer({ tls, users });
    for (const user of [`admin:wrong@`, `nobody:${secret}@`, '']) {
      const error = await refused(`esdb://${user}localhost:${server.port}?tlsCAFile=${encoded(ca)}`);
      expect(error).toMatchObject({ _tag: 'AccessDenied', why: expect.stringContaining('credentials') });
    }
    await server.close();
  });

  it('is told not to be trusted when its certificate is of another authority, or has ended', async () => {
    const server = await startServer({ tls });
    const expired = await startServer({ tls: EXPIRED });
    for (const connectionString of [
      `esdb://localhost:${server.port}`,
      `esdb://localhost:${expired.port}?tlsCAFile=${encoded(file('expired.pem', EXPIRED.certificate))}`,
    ])
      expect(await refused(connectionString)).toMatchObject({
        _tag: 'NotTrusted',
        why: expect.stringMatching(/certificate/),
      });
    await server.close();
    await expired.close();
  });

  it('gets the certificate of this process where it lets in nobody without one; appends go call by call all the same', async () => {
    const server = await startServer({ tls: { ...tls, clientAuthority: CLIENT.certificate } });
    const batches = server.faults.set({ on: 'append', path: 'batch', times: 'all', fault: { do: 'end' } });
    const own = `userCertFile=${encoded(file('c.pem', CLIENT.certificate))}&userKeyFile=${encoded(file('c.key', CLIENT.key))}`;
    const connectionString = `esdb://localhost:${server.port}?tlsCAFile=${encoded(ca)}&${own}`;
    const store = await given(openEsdbStore({ connectionString, runtime }));
    await write(store, 'receipt-1');
    expect(batches.seen()).toBe(0);
    const follower = follow(store.subscribeAll());
    await follower.untilEvents(1);
    server.connections.dropAll();
    await write(store, 'receipt-2');
    await follower.untilEvents(2);
    await follower.leave();
    expect(await given(store.work.leases.beat([{ shard: 1, seen: undefined }], 'a'))).toEqual([1]);
    await store.close();
    await server.close();
  });

  it('leaves no secret in logs and errors', async () => {
    const lines: string[] = [];
    const log = {
      write: (level: LogLevel, message: string, fields: object = {}) =>
        void lines.push(JSON.stringify({ level, message, fields })),
    };
    const logging: Runtime = { ...runtime, log };
    const server = await startServer({ tls, users });
    const at = `localhost:${server.port}?tlsCAFile=${encoded(ca)}`;
    const store = await given(
      openEsdbStore({
        connectionString: `esdb://admin:${secret}@${at}`,
        runtime: logging,
        settings: { look: 10 },
      }),
    );
    const follower = follow(store.subscribeAll());
    await follower.untilCaughtUp();
    server.connections.dropAll();
    await write(store, 'receipt-1');
    await follower.untilEvents(1);
    await follower.leave();
    await store.close();
    lines.push(JSON.stringify(await refused(`esdb://admin:wr0ng-s3cret@${at}`, { runtime: logging })));
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      expect(line).not.toContain('wr0ng-s3cret');
      expect(line).not.toContain(users.admin);
      expect(line).not.toContain(secret);
    }
    await server.close();
  });
});

describe('a store that is open', () => {
  it('pitfall 14: is unavailable while its server is away, and works again when it is back', async () => {
    const server = await startServer();
    const store = await openOn(server, { deadline: 500, attempt: 200 });
    await write(store, 'receipt-1');
    await server.close();
    const gone = await failure(store.append('receipt-2', 'no-stream', []));
    expect(gone).toMatchObject({ _tag: 'Rejected', rule: 'empty' });
    await expect(write(store, 'receipt-2')).rejects.toThrow(/Unavailable|OutcomeUnknown/);
    expect(await failure(store.head())).toMatchObject({ _tag: 'Unavailable' });
    const back = await startServer({ port: server.port });
    let written = false;
    while (!written)
      written = await write(store, 'receipt-3').then(
        () => true,
        () => false,
      );
    expect(placesOf(await eventsOf(store.readAll()))).toContain('receipt-3@0');
    await store.close();
    await back.close();
  });

  it('pitfall 14: finds its cluster again by gossip when no node could tell for a while', async () => {
    const server = await startServer();
    const { host, port } = server;
    const connectionString = `esdb://${host}:${port},${host}:${port}?tls=false&maxDiscoverAttempts=1`;
    const store = await openOn({ connectionString }, { deadline: 500, attempt: 200 });
    await write(store, 'receipt-1');
    server.setMembers([]);
    server.connections.dropAll();
    await expect(write(store, 'receipt-2')).rejects.toThrow(/Unavailable|OutcomeUnknown/);
    server.setMembers([{ host, port, state: 'leader' }]);
    let written = false;
    while (!written)
      written = await write(store, 'receipt-3').then(
        () => true,
        () => false,
      );
    await store.close();
    await server.close();
  });
});
