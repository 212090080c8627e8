import { verifyChain, type StoredEvent } from '@cloud-kassa/event-store';
import { seededRandom } from '@cloud-kassa/runtime';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import { eventsOf, given, openStore } from './dealings.testing';
import type { SqliteStore } from './sqlite-store';
import type { Acknowledged } from './writer-process.testing';
import { writerProcesses, type StartWriter } from './writer-processes.testing';

const folder = temporaryFolder();
let start: StartWriter;
beforeAll(() => {
  start = writerProcesses(folder.path('writer.cjs'));
});
afterAll(folder.remove);

const APPENDS = 60;

/** Follows a store until it has reached a row. */
const follow = async (store: SqliteStore, until: () => number): Promise<ReadonlyArray<StoredEvent>> => {
  const seen: StoredEvent[] = [];
  for await (const item of store.subscribeAll()) {
    if (item._tag === 'Failed') throw new Error(item.error.why);
    if (item._tag === 'Events') seen.push(...item.events);
    if (item._tag === 'CaughtUp' && Number(item.position) >= until()) return seen;
  }
  return seen;
};

const places = (events: ReadonlyArray<StoredEvent>): ReadonlyArray<string> =>
  events.map(({ position, stream, revision }) => `${position} ${stream} ${revision}`);

/** What was acknowledged and is not there. */
const missing = (
  events: ReadonlyArray<StoredEvent>,
  acknowledged: ReadonlyArray<Acknowledged>,
): ReadonlyArray<Acknowledged> => {
  const hashes = new Map(events.map(({ stream, revision, hash }) => [`${stream} ${revision}`, hash]));
  return acknowledged.filter(({ stream, revision, hash }) => hashes.get(`${stream} ${revision}`) !== hash);
};

describe('several processes on one file', () => {
  it('append to the same streams without gap, loss or double, and a follower in another process sees the order of commits', async () => {
    const file = folder.path('shared.db');
    const store = await openStore(file, { pollMilliseconds: 2 });
    let last = Number.POSITIVE_INFINITY;
    const following = follow(store, () => last);
    const ends = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => start({ file, name, appends: APPENDS })),
    );
    for (const { errors, code } of ends) expect({ errors, code }).toEqual({ errors: '', code: 0 });
    const acknowledged = ends.flatMap((end) => end.acknowledged);
    expect(acknowledged).toHaveLength(4 * APPENDS);

    const events = await eventsOf(store.readAll());
    expect(events).toHaveLength(acknowledged.reduce((sum, { size }) => sum + size, 0));
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
    // verifyChain finds every gap in the revisions.
    expect((await given(verifyChain(store.readAll()))).size).toBe(5);
    expect(missing(events, acknowledged)).toEqual([]);
    expect(events.map(({ position }) => Number(position))).toEqual(events.map((_, index) => index + 1));

    // A follower that waits at the head learns of the commit of another process.
    last = events.length + 1;
    expect((await start({ file, name: 'e', appends: 1 })).acknowledged).toHaveLength(1);
    expect(places(await following)).toEqual(places(await eventsOf(store.readAll())));
    await store.close();
  });

  it('lose nothing that was acknowledged when they are killed, and leave a sound file', async () => {
    const file = folder.path('killed.db');
    const random = seededRandom('kill');
    const acknowledged: Acknowledged[] = [];
    for (let cycle = 0; cycle < 10; cycle += 1) {
      const ends = await Promise.all(
        // One at a point between two statements, one wherever it is, be it in the middle of a commit.
        [{ killAt: 1 + random.integer(600) }, { killAfter: 1 + random.integer(20) }].map((kill, lane) =>
          start({ file, name: `${cycle}.${lane}`, appends: 1000, ...kill }),
        ),
      );
      for (const end of ends) {
        expect(end).toMatchObject({ signal: 'SIGKILL', errors: '' });
        acknowledged.push(...end.acknowledged);
      }
      const store = await openStore(file);
      expect(await given(store.integrityCheck())).toEqual([]);
      const events = await eventsOf(store.readAll());
      await given(verifyChain(store.readAll()));
      expect(missing(events, acknowledged)).toEqual([]);
      await store.close();
    }
    expect(acknowledged.length).toBeGreaterThan(50);
  });
});
