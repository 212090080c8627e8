import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadItem } from '@cloud-kassa/event-store';
import type {
  Certificate,
  EsdbTestServer,
  EsdbTestServerOptions,
} from '@cloud-kassa/event-store-esdb-testserver';
import { jsonEvent } from '@eventstore/db-client';
import { batch, write } from './appended.testing';
import { CLIENT, EXPIRED, SERVER } from './connection/certificates.testing';
import { ESDB_ERRORS, type DocumentedError } from './documented-errors';
import { openEsdbStore, type EsdbStore, type EsdbStoreOptions } from './esdb-store';
import { failure, openOn, runtime, startServer, STRANGER, strangerOn } from './test-server.testing';

const folder = mkdtempSync(join(tmpdir(), 'esdb-errors-'));
const ending: Array<() => unknown> = [() => rmSync(folder, { recursive: true })];
afterAll(async () => {
  for (const end of ending.toReversed()) await end();
});
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return encodeURIComponent(path);
};
const PASSWORD = 'hunter-2';
const ca = `tlsCAFile=${file('ca.pem', SERVER.certificate)}`;
const own = (name: string, { certificate, key }: Certificate): string =>
  `userCertFile=${file(`${name}.pem`, certificate)}&userKeyFile=${file(`${name}.key`, key)}`;

const started = async (options: Partial<EsdbTestServerOptions> = {}): Promise<EsdbTestServer> => {
  const server = await startServer(options);
  ending.push(server.close);
  return server;
};

/** What does not open. */
const opening = (connectionString: string, options: Partial<EsdbStoreOptions> = {}): Promise<unknown> =>
  failure(openEsdbStore({ connectionString, runtime, settings: { opening: 400 }, ...options }));

/** A port where something else listens. */
const listening = (server: Server): Promise<number> => {
  ending.push(() => server.close());
  server.on('connection', (socket) => ending.push(() => socket.destroy()));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
};

const opened = async (options: Partial<EsdbTestServerOptions> = {}): Promise<[EsdbStore, EsdbTestServer]> => {
  const server = await started(options);
  const store = await openOn(server, { deadline: 400, attempt: 150 });
  ending.push(store.close);
  return [store, server];
};

const append = (store: EsdbStore, label = 'again'): Promise<unknown> =>
  failure(store.append('receipt-1', 'no-stream', batch('receipt-1', { label, padding: 200 }).events));

type Name = {
  readonly [Moment in keyof typeof ESDB_ERRORS]: keyof (typeof ESDB_ERRORS)[Moment];
}[keyof typeof ESDB_ERRORS];

/** How each error is brought about that has no connection string of its own. */
const SCENARIOS: Partial<Record<Name, () => Promise<unknown>>> = {
  settings: () => opening('esdb://h', { settings: { namespace: 'a-b' } }),
  fileMissing: () => opening(`esdb://h?tlsCAFile=${encodeURIComponent(join(folder, 'none.pem'))}`),
  fileWrong: () => opening(`esdb://h?tlsCAFile=${file('bad.pem', 'no certificate')}`),
  keyOfAnother: () => opening(`esdb://h?${own('other', { ...CLIENT, key: SERVER.key })}`),

  absent: async () => {
    const server = await startServer();
    await server.close();
    return opening(server.connectionString);
  },
  unknownName: () => opening('esdb://nowhere.invalid?tls=false'),
  silent: async () => opening(`esdb://127.0.0.1:${await listening(createServer())}?tls=false`),
  otherServer: async () =>
    opening(
      `esdb://127.0.0.1:${await listening(createHttpServer((_, answer) => void answer.end('hello')))}?tls=false`,
    ),
  notReady: async () => {
    const server = await started();
    server.faults.set({ on: 'any', times: 'all', fault: { do: 'refuse', as: 'not-ready' } });
    return opening(server.connectionString);
  },
  noLeader: async () => {
    const { host, port, setMembers } = await started();
    setMembers([]);
    return opening(`esdb+discover://${host}:${port}?tls=false&maxDiscoverAttempts=1`);
  },
  speaksTls: async () => opening(`esdb://127.0.0.1:${(await started({ tls: SERVER })).port}?tls=false`),
  speaksPlain: async () => opening(`esdb://admin:${PASSWORD}@127.0.0.1:${(await started()).port}`),
  authority: async () =>
    opening(`esdb://admin:${PASSWORD}@localhost:${(await started({ tls: SERVER })).port}`),
  expired: async () => {
    const expired = `tlsCAFile=${file('expired.pem', EXPIRED.certificate)}`;
    return opening(`esdb://admin:${PASSWORD}@localhost:${(await started({ tls: EXPIRED })).port}?${expired}`);
  },
  otherName: async () => {
    const { port } = await started({ tls: SERVER, host: '127.0.0.2' });
    return opening(`esdb://admin:${PASSWORD}@127.0.0.2:${port}?${ca}`);
  },
  wantsCertificate: async () => {
    const { port } = await started({ tls: { ...SERVER, clientAuthority: CLIENT.certificate } });
    return opening(`esdb://admin:${PASSWORD}@localhost:${port}?${ca}`);
  },
  otherCertificate: async () => {
    const { port } = await started({ tls: { ...SERVER, clientAuthority: SERVER.certificate } });
    return opening(`esdb://localhost:${port}?${ca}&${own('client', CLIENT)}`);
  },
  password: async () => {
    const { port } = await started({ tls: SERVER, users: { admin: 'another' } });
    return opening(`esdb://admin:${PASSWORD}@localhost:${port}?${ca}`);
  },
  version: async () => opening((await started({ version: '21.10.9' })).connectionString),

  away: async () => {
    const [store, server] = await opened();
    await server.close();
    return failure(store.head());
  },
  lostAnswer: async () => {
    const [store, server] = await opened();
    server.faults.set({ on: 'append', times: 'all', fault: { do: 'drop', at: 'after' } });
    return append(store);
  },
  notLeader: async () => {
    const [store, server] = await opened();
    const { host, port } = server;
    server.faults.set({ on: 'append', times: 'all', fault: { do: 'not-leader', host, port } });
    return append(store);
  },
  mayNot: async () => {
    const [store, server] = await opened();
    server.faults.set({ on: 'append', times: 'all', fault: { do: 'refuse', as: 'access-denied' } });
    return append(store);
  },
  tooLarge: async () => {
    const [store] = await opened({ maxAppendSize: 100 });
    return append(store);
  },
  tombstoned: async () => {
    const [store, server] = await opened();
    await write(store, 'receipt-1');
    const stranger = strangerOn(server);
    await stranger.tombstoneStream('receipt-1');
    await stranger.dispose();
    return append(store);
  },
  deleted: async () => {
    const [store, server] = await opened();
    await write(store, 'receipt-1');
    const stranger = strangerOn(server);
    await stranger.deleteStream('receipt-1');
    await stranger.dispose();
    return append(store);
  },
  foreign: async () => {
    const [store, server] = await opened();
    const stranger = strangerOn(server);
    await stranger.appendToStream('receipt-1', jsonEvent({ type: 'Foreign', data: {} }), STRANGER);
    await stranger.dispose();
    const items: ReadItem[] = [];
    for await (const item of store.readStream('receipt-1')) items.push(item);
    const [item] = items;
    return item?._tag === 'Failed' ? item.error : item;
  },
};

/** `…` stands for anything. */
const pattern = (told: string): RegExp =>
  new RegExp(
    `^${told
      .split('…')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*')}$`,
  );

const rows = Object.values(ESDB_ERRORS).flatMap((errors) => Object.entries<DocumentedError>(errors));

describe('what goes wrong with EventStoreDB', () => {
  it.each(rows)('is told by name and cause, without a secret: %s', async (name, documented) => {
    const { connectionString, error, told } = documented;
    const scenario = Object.entries(SCENARIOS).find(([each]) => each === name)?.[1];
    const happened = connectionString === undefined ? await scenario?.() : await opening(connectionString);
    const [tag, rule] = error.split(' ');
    expect(happened).toMatchObject({
      _tag: tag,
      ...(rule === undefined ? {} : { rule }),
      why: expect.stringMatching(pattern(told)),
    });
    const words = JSON.stringify(happened);
    for (const secret of [PASSWORD, 'pass:word', 'password@']) expect(words).not.toContain(secret);
  });
});
