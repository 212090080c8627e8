import { verifyChain, type AppendedEvent, type EventStore } from '@cloud-kassa/event-store';
import type { LogLevel } from '@cloud-kassa/runtime';
import { nodeDriver } from '@cloud-kassa/sqlite';
import { failingOnce, temporaryFolder } from '@cloud-kassa/sqlite/testing';
import * as E from 'fp-ts/Either';
import { appended, eventsOf, failure, given, openStore, runtime } from './dealings.testing';
import { batch, type Batch } from './samples.testing';
import type { SqliteStore, SqliteStoreOptions } from './sqlite-store';

const folder = temporaryFolder();
afterAll(folder.remove);

const newFile = (): string => folder.path(`${runtime.ids.next()}.db`);
const first = (stream: string): Batch => batch(stream, { label: 'first', size: 2 });
const streams = (count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => `sample-${index}`);

const appendFirst = (store: EventStore, stream: string) =>
  store.append(stream, 'no-stream', first(stream).events)();

/** A store whose driver can be told to fail. */
const faulty = async (options: Partial<SqliteStoreOptions> = {}) => {
  const faults = failingOnce(nodeDriver);
  const logged: Array<readonly [LogLevel, string]> = [];
  const log = { write: (level: LogLevel, message: string) => void logged.push([level, message]) };
  const store = await openStore(newFile(), { runtime: { ...runtime, log }, ...options }, faults.driver);
  return { store, fail: faults.fail, logged };
};

const countOf = async (store: EventStore): Promise<number> => (await eventsOf(store.readAll())).length;

const soundAfter = async (store: SqliteStore): Promise<void> => {
  expect(await given(store.integrityCheck())).toEqual([]);
  await given(verifyChain(store.readAll()));
  await store.close();
};

describe('appends that come at the same time', () => {
  it('share a transaction, up to a number', async () => {
    const store = await openStore(newFile(), { groupSize: 40 });
    await Promise.all(streams(100).map((stream) => appendFirst(store, stream)));
    expect(await given(store.statistics())).toMatchObject({ groups: 3, committed: 100, largestGroup: 40 });
    expect(await countOf(store)).toBe(200);
    await soundAfter(store);
  });

  it('share a transaction also when their callers come back by several promises', async () => {
    const store = await openStore(newFile());
    const caller = async (stream: string, hops: number): Promise<void> => {
      let head = first(stream).head;
      await appendFirst(store, stream);
      for (let round = 0; round < 4; round += 1) {
        for (let hop = 0; hop < hops; hop += 1) await Promise.resolve();
        const next = batch(stream, { label: String(round), after: head });
        await appended(store, stream, head.revision, next.events);
        ({ head } = next);
      }
    };
    await Promise.all(streams(20).map((stream, index) => caller(stream, index % 7)));
    expect(await given(store.statistics())).toMatchObject({ groups: 5, committed: 100 });
    await store.close();
  });

  it('share a transaction with those that come while a delay that was asked for runs', async () => {
    const store = await openStore(newFile(), { collectMilliseconds: 50 });
    const one = appendFirst(store, 'sample-0');
    await runtime.sleep(1);
    await Promise.all([one, appendFirst(store, 'sample-1')]);
    expect(await given(store.statistics())).toMatchObject({ groups: 1, committed: 2 });
    await store.close();
  });

  it('are divided where they are large', async () => {
    const store = await openStore(newFile());
    const large = streams(6).map((stream) => batch(stream, { label: 'large', padding: 500_000 }));
    await Promise.all(
      streams(6).map((stream, index) => appended(store, stream, 'no-stream', large[index]?.events ?? [])),
    );
    expect(await given(store.statistics())).toMatchObject({ groups: 2, committed: 6, largestGroup: 4 });
    await store.close();
  });

  it('fail alone: a conflict, or an id that the stream has already, leaves the others of the group alone', async () => {
    const store = await openStore(newFile());
    const base = first('sample-0');
    await appended(store, 'sample-0', 'no-stream', base.events);
    const fresh = batch('sample-0', { label: 'fresh', after: base.head });
    const again = batch('sample-0', { label: 'first', after: fresh.head, size: 1 });
    const other = batch('sample-0', { label: 'other', after: fresh.head, size: 2 });
    const answers = await Promise.all([
      store.append('sample-0', 0, batch('sample-0', { label: 'late' }).events)(),
      store.append('sample-0', 1, fresh.events)(),
      store.append('sample-0', 2, [...other.events.slice(0, 1), ...again.events.map(withoutText)])(),
      store.append('sample-0', 2, again.events)(),
      store.append('sample-0', 2, other.events)(),
      appendFirst(store, 'sample-1'),
    ]);
    expect(answers.map((answer) => (E.isRight(answer) ? answer.right._tag : answer.left))).toEqual([
      'Conflict',
      'Appended',
      expect.objectContaining({ _tag: 'Rejected', rule: 'event-id' }),
      expect.objectContaining({ _tag: 'Rejected', rule: 'event-id' }),
      'Appended',
      'Appended',
    ]);
    expect(await given(store.statistics())).toMatchObject({ groups: 2 });
    expect(await countOf(store)).toBe(7);
    await soundAfter(store);
  });

  it('are not written where their text is not that of their place: they could not be read back', async () => {
    const store = await openStore(newFile());
    const [event] = first('sample-0').events;
    if (event === undefined) throw new Error('There is no event.');
    const changed = { ...event, data: { total: 1 } };
    const fraction = { ...event, data: { total: 0.5 } };
    for (const unfit of [changed, fraction])
      expect(await failure(store.append('sample-0', 'no-stream', [unfit]))).toMatchObject({
        _tag: 'Corrupt',
        stream: 'sample-0',
        revision: 0,
      });
    await appended(store, 'sample-0', 'no-stream', [withoutText(event)]);
    const [stored] = await eventsOf(store.readAll());
    expect(stored?.canonicalText).toBe(event.canonicalText);
    await soundAfter(store);
  });
});

describe('an error that SQLite reports', () => {
  it.each([
    ['a commit that failed on the disk but was written', 'COMMIT', { afterwards: 1034 }, 4],
    ['a commit that failed on the disk', 'COMMIT', { instead: 1034 }, 2],
    ['a commit for which there was no room', 'COMMIT', { instead: 13 }, 2],
    ['a commit that was refused a lock', 'COMMIT', { instead: 5 }, 2],
    ['an error of the disk while an event was written', 'INSERT', { instead: 778 }, 2],
    ['an error of the disk before anything was written', 'BEGIN IMMEDIATE', { instead: 266 }, 2],
  ] as const)('leaves the outcome unknown: %s', async (_, statement, fault, there) => {
    const { store, fail, logged } = await faulty();
    await appendFirst(store, 'sample-0');
    fail(statement, fault);
    const answers = await Promise.all([appendFirst(store, 'sample-1'), appendFirst(store, 'sample-0')]);
    for (const answer of answers) expect(answer).toMatchObject(E.left({ _tag: 'OutcomeUnknown' }));
    expect(await countOf(store)).toBe(there);
    // The repeated append answers as the first time would have, whether it was written or not.
    expect(await appendFirst(store, 'sample-1')).toMatchObject(E.right({ revision: 1, position: '4' }));
    expect(await countOf(store)).toBe(4);
    expect(await given(store.statistics())).toMatchObject({ reconnected: 1 });
    expect(logged).toEqual([['error', 'a transaction failed; the connection is opened anew']]);
    await soundAfter(store);
  });

  it.each([
    ['no room while an event was written', 'INSERT', 13, { _tag: 'Unavailable', full: true }],
    ['a file that became read-only', 'BEGIN IMMEDIATE', 8, { _tag: 'Unavailable' }],
    ['no memory', 'SELECT revision', 7, { _tag: 'Unavailable' }],
    ['a damaged page', 'SELECT revision', 11, { _tag: 'Corrupt', stream: 'sample-1' }],
  ] as const)(
    'before the commit means that nothing was written: %s',
    async (_, statement, code, expected) => {
      const { store, fail } = await faulty();
      fail(statement, { instead: code });
      const answers = await Promise.all([appendFirst(store, 'sample-1'), appendFirst(store, 'sample-1')]);
      for (const answer of answers) expect(answer).toEqual(E.left({ why: expect.any(String), ...expected }));
      expect(await countOf(store)).toBe(0);
      expect(await appendFirst(store, 'sample-1')).toMatchObject(E.right({ _tag: 'Appended' }));
      await soundAfter(store);
    },
  );

  it('of which none tells what was to be stored', async () => {
    const { store, fail } = await faulty();
    for (const code of [13, 11, 10]) {
      fail('INSERT', { instead: code });
      const answer = await failure(store.append('sample-secret', 'no-stream', first('sample-secret').events));
      expect(JSON.stringify({ ...answer, stream: '' })).not.toContain('secret');
    }
    await store.close();
  });
});

describe('a fault of the program', () => {
  it('reaches the one who made it, and the store goes on', async () => {
    const store = await openStore(newFile());
    const hashless = first('sample-0').events.map((event) => ({ ...event, hash: undefined as never }));
    await expect(store.append('sample-0', 'no-stream', hashless)()).rejects.toThrow('cannot be bound');
    expect(await appendFirst(store, 'sample-0')).toMatchObject(E.right({ _tag: 'Appended' }));
    await soundAfter(store);
  });
});

describe('a lock that another process holds', () => {
  const locked = async (options: Partial<SqliteStoreOptions>) => {
    const file = newFile();
    let turns = 0;
    const sleep: typeof runtime.sleep = (milliseconds, signal) => {
      turns += 1;
      return runtime.sleep(milliseconds, signal);
    };
    const store = await openStore(file, { runtime: { ...runtime, sleep }, ...options });
    const other = nodeDriver.connect(file);
    other.exec('BEGIN IMMEDIATE');
    return { store, other, turns: () => turns };
  };

  it('is waited for without holding the event loop, and the group grows meanwhile', async () => {
    const { store, other, turns } = await locked({});
    const waiting = [appendFirst(store, 'sample-0')];
    while (turns() < 3) await runtime.sleep(1);
    waiting.push(appendFirst(store, 'sample-1'));
    // Reading goes on.
    expect(await countOf(store)).toBe(0);
    while (turns() < 5) await runtime.sleep(1);
    other.exec('ROLLBACK');
    other.close();
    for (const answer of await Promise.all(waiting))
      expect(answer).toMatchObject(E.right({ _tag: 'Appended' }));
    const { groups, busy } = await given(store.statistics());
    expect(groups).toBe(1);
    expect(busy).toBeGreaterThanOrEqual(3);
    await store.close();
  });

  it('is not waited for longer than was said', async () => {
    const { store, other } = await locked({ busyMilliseconds: 20 });
    expect(await appendFirst(store, 'sample-0')).toEqual(
      E.left({ _tag: 'Unavailable', why: 'other connections held the lock' }),
    );
    other.exec('ROLLBACK');
    other.close();
    expect(await appendFirst(store, 'sample-0')).toMatchObject(E.right({ _tag: 'Appended' }));
    await store.close();
  });
});

describe('closing a store', () => {
  it('settles what was given before', async () => {
    const file = newFile();
    const store = await openStore(file, { groupSize: 3 });
    const waiting = streams(10).map((stream) => appendFirst(store, stream));
    await store.close();
    for (const answer of await Promise.all(waiting))
      expect(answer).toMatchObject(E.right({ _tag: 'Appended' }));
    for (const task of [store.checkpoint(), store.integrityCheck(), store.statistics()])
      expect(await failure<unknown, unknown>(task)).toMatchObject({ _tag: 'Rejected', rule: 'closed' });
    const again = await openStore(file);
    expect(await countOf(again)).toBe(20);
    await again.close();
  });
});

describe('upkeep', () => {
  it('brings the log into the file, unless another process reads', async () => {
    const file = newFile();
    const store = await openStore(file);
    await appendFirst(store, 'sample-0');
    const other = nodeDriver.connect(file);
    other.exec('BEGIN');
    other.prepare('SELECT count(*) FROM events').get();
    await appendFirst(store, 'sample-1');
    expect(await given(store.checkpoint())).toEqual({ complete: false });
    other.exec('COMMIT');
    other.close();
    expect(await given(store.checkpoint())).toEqual({ complete: true });
    expect(await given(store.statistics())).toMatchObject({ logBytes: 0, head: '4' });
    await store.close();
  });
});

const withoutText = ({ canonicalText: _canonicalText, ...event }: AppendedEvent): AppendedEvent => event;
