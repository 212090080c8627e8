import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childProcess, type StartedProcess } from './child-process.testing';
import { runtime, startServer } from './test-server.testing';

const folder = mkdtempSync(join(tmpdir(), 'esdb-process-'));
let start: (...args: ReadonlyArray<string>) => StartedProcess;
beforeAll(() => {
  start = childProcess('behaving-process.testing.ts', join(folder, 'behaving.cjs'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Does something again and again. */
const setEvery = (work: () => void): { readonly stop: () => void } => {
  const end = new AbortController();
  const run = async (): Promise<void> => {
    while (!end.signal.aborted) {
      work();
      await runtime.sleep(5, end.signal);
    }
  };
  void run();
  return { stop: () => end.abort() };
};

const ALIVE = { code: 0, signal: null, errors: '' };

describe('a process', () => {
  it('pitfall 5: lives on after data that are no JSON, each of which is a typed error', async () => {
    const server = await startServer();
    const { lines, ...end } = await start('bad-data', server.connectionString).end;
    expect(end).toEqual(ALIVE);
    expect(lines).toEqual([...Array.from({ length: 10 }, () => 'Corrupt'), 'exit at once']);
    expect(server.count()).toBe(0);
    await server.close();
  });

  it('pitfall 20: ends less than a second after close, with 70 subscriptions, reads, a consumer and an unanswered append open', async () => {
    const server = await startServer();
    server.faults.set({ on: 'append', stream: 'silent-', times: 'all', fault: { do: 'silence' } });
    const { lines, ...end } = await start('open-calls', server.connectionString).end;
    expect(end).toEqual(ALIVE);
    expect(lines).toEqual(['OutcomeUnknown', 'exit at once']);
    await server.calls.until((calls) => calls.open() === 0);
    await server.close();
  });

  it('pitfall 20: ends when its server is gone for good', async () => {
    const server = await startServer();
    const child = start('server-gone', server.connectionString);
    await child.printed('ready');
    await server.close();
    const { lines, ...end } = await child.end;
    expect(end).toEqual(ALIVE);
    expect(lines).toEqual([
      'ready',
      'Unavailable',
      'Unavailable',
      'Unavailable',
      'not appended',
      'exit at once',
    ]);
  });

  it('pitfall 14: lives on when its cluster can not be found, and finds it again', async () => {
    const server = await startServer();
    const { host, port } = server;
    const cluster = `esdb://${host}:${port},${host}:${port}?tls=false&maxDiscoverAttempts=1&discoveryInterval=1`;
    const child = start('cluster-lost', cluster);
    await child.printed('ready');
    server.setMembers([]);
    const dropping = setEvery(() => server.connections.dropAll());
    await child.printed('lost');
    dropping.stop();
    server.setMembers([{ host, port, state: 'leader' }]);
    const { lines, ...end } = await child.end;
    expect(end).toEqual(ALIVE);
    expect(lines.filter((line) => line !== 'Unavailable')).toEqual([
      'ready',
      'lost',
      'found',
      'exit at once',
    ]);
    await server.close();
  });

  it('ends after ordinary work', async () => {
    const server = await startServer();
    const { lines, ...end } = await start('plain', server.connectionString).end;
    expect(end).toEqual(ALIVE);
    expect(lines).toEqual(['1', 'exit at once']);
    await server.close();
  });
});

describe('the client', () => {
  const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/\.(?:int\.)?test\.ts$|\.testing\.ts$/.test(name),
  );
  const importing = (module: RegExp): ReadonlyArray<string> =>
    sources.filter((name) => module.test(readFileSync(join(__dirname, name), 'utf8')));

  it('is known to one folder only', () => {
    expect(sources.length).toBeGreaterThan(30);
    expect(importing(/from '@eventstore\//).every((name) => name.startsWith('connection'))).toBe(true);
    expect(importing(/from '@eventstore\//)).toContain(join('connection', 'safe-client.ts'));
  });

  it('pitfall 17: is never told to stop a message, which would lose it', () => {
    expect(importing(/\bSTOP\b|'stop'/)).toEqual([]);
  });

  it('pitfalls 21 and 22: is one: that of KurrentDB, which can not live in the same process and ignores an expected revision, is never loaded', () => {
    expect(importing(/kurrent\/|kurrentdb-client/i)).toEqual([]);
    const manifest = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ dependencies: { '@eventstore/db-client': '6.2.1' } });
  });
});
