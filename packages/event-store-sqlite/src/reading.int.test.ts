import type { ReadItem, StreamFilter } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import { nodeDriver, type Connection } from '@cloud-kassa/sqlite';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import { eventsOf, given, openStore, runtime } from './dealings.testing';
import { allPage, WINDOW, type Span } from './event-pages';
import { fillWithEvents } from './many-events.testing';
import type { SqliteStore } from './sqlite-store';

const COUNT = 100_000;

const folder = temporaryFolder();
const file = folder.path('store.db');
afterAll(folder.remove);

/** A runtime that counts how often the turn of the event loop is left. */
const counting = (): { readonly runtime: Runtime; readonly left: () => number } => {
  let left = 0;
  return {
    runtime: {
      ...runtime,
      // The number of pieces alone decides, not how fast this machine is.
      monotonic: () => 0,
      sleep: (milliseconds, signal) => {
        left += 1;
        return runtime.sleep(milliseconds, signal);
      },
    },
    left: () => left,
  };
};

beforeAll(async () => {
  await (await openStore(file)).close();
  fillWithEvents(file, COUNT);
});

/** Categories that are not there. */
const noneOf = (count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => `none${index}-`);

const withStore = async <A>(work: (store: SqliteStore, left: () => number) => Promise<A>): Promise<A> => {
  const counted = counting();
  const store = await openStore(file, { runtime: counted.runtime });
  try {
    return await work(store, counted.left);
  } finally {
    await store.close();
  }
};

describe('reading 100,000 events', () => {
  it('leaves the turn of the event loop every 16 pages of at most 256 events', () =>
    withStore(async (store, left) => {
      let [read, sinceLeft, longest, turn] = [0, 0, 0, 0];
      for await (const item of store.readAll()) {
        if (item._tag !== 'Events') throw new Error(item._tag);
        read += item.events.length;
        sinceLeft = left() === turn ? sinceLeft + item.events.length : item.events.length;
        turn = left();
        longest = Math.max(longest, sinceLeft);
      }
      expect(read).toBe(COUNT);
      expect(longest).toBe(16 * 256);
      expect(left()).toBe(Math.floor(Math.ceil(COUNT / 256) / 16));
    }));

  it('finds the few of a category without looking at the others', () =>
    withStore(async (store, left) => {
      const rare = await eventsOf(store.readAll({ filter: { prefixes: ['rare-'] } }));
      expect(rare.map(({ position }) => Number(position))).toEqual(
        Array.from({ length: 100 }, (_, index) => index * 1000 + 1),
      );
      expect(left()).toBe(0);
    }));

  it('looks at a window of rows at a time where no index leads to those that match', () =>
    withStore(async (store, left) => {
      const windows = Math.ceil(COUNT / WINDOW);
      expect(await eventsOf(store.readAll({ filter: { prefixes: ['often-x'] } }))).toEqual([]);
      expect(left()).toBe(Math.floor(windows / 16));
      expect(await eventsOf(store.readAll({ filter: { prefixes: noneOf(20) } }))).toEqual([]);
      expect(left()).toBe(Math.floor((2 * windows) / 16));
    }));

  it('gives the same by every way to the events, in both directions', () =>
    withStore(async (store) => {
      const all = await eventsOf(store.readAll({ after: '99000' }));
      const many = noneOf(20);
      const filters: ReadonlyArray<StreamFilter> = [
        { prefixes: ['rare-', 'often-'] },
        { prefixes: ['r', 'o'] },
        { prefixes: ['often-99', 'rare-9'] },
        { prefixes: [...many, 'rare-', 'often-991'] },
        { prefixes: ['often-99', 'often-', 'of'] },
        { prefixes: many },
      ];
      for (const filter of filters) {
        const matching = all
          .filter(({ stream }) => filter.prefixes.some((prefix) => stream.startsWith(prefix)))
          .map(({ position }) => position);
        const there = await eventsOf(store.readAll({ after: '99000', filter }));
        const limit = matching.length;
        const back = await eventsOf(store.readAll({ direction: 'backwards', filter, limit }));
        expect(there.map(({ position }) => position)).toEqual(matching);
        expect(back.map(({ position }) => position)).toEqual(matching.toReversed());
      }
    }));

  it('keeps no read open between two pages, so that the log can be cut', () =>
    withStore(async (store) => {
      const left: AsyncIterator<ReadItem>[] = [];
      for (const items of [store.readAll(), store.readStream('often-1'), store.subscribeAll()]) {
        const iterator = items[Symbol.asyncIterator]();
        await iterator.next();
        left.push(iterator);
      }
      expect(await given(store.checkpoint())).toEqual({ complete: true });
      for (const iterator of left) await iterator.return?.();
    }));
});

describe('a page of events', () => {
  const connected = (work: (connection: Connection) => void): void => {
    const connection = nodeDriver.connect(file);
    try {
      work(connection);
    } finally {
      connection.close();
    }
  };
  const whole: Span = { first: 1, last: COUNT, direction: 'forwards' };

  it.each([
    ['of all streams', undefined],
    ['of one category', ['often-']],
    ['of several categories', ['often-', 'rare-']],
    ['of parts of categories', ['often-9', 'rare-1', 'rare-2']],
  ])('%s comes in order by an index, without sorting', (_, prefixes) =>
    connected((connection) => {
      const plan: string[] = [];
      const explaining: Connection = {
        ...connection,
        prepare: (sql) => {
          const statement = connection.prepare(sql);
          const iterate: typeof statement.iterate = (...values) => {
            for (const { detail } of connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).iterate(...values))
              plan.push(String(detail));
            return statement.iterate(...values);
          };
          return { ...statement, iterate };
        },
      };
      const filter = prefixes === undefined ? undefined : { prefixes };
      const page = allPage(explaining, whole, filter, { events: 10, bytes: 1e6 });
      expect(page.events).toHaveLength(10);
      expect(plan.join('\n')).toMatch(/SEARCH events USING (?:INTEGER PRIMARY KEY|INDEX events_by_category)/);
      expect(plan.join('\n')).not.toMatch(/TEMP B-TREE|SCAN/);
    }),
  );

  it('ends when it has so many bytes, and says up to where it looked', () =>
    connected((connection) => {
      const page = allPage(connection, whole, undefined, { events: 256, bytes: 1_000 });
      expect(page.events.length).toBeLessThan(10);
      expect(page.examined).toBe(page.events.length);
      const rest = allPage(connection, { ...whole, first: page.examined + 1 }, undefined, {
        events: 1,
        bytes: 1,
      });
      expect(rest.events[0]?.position).toBe(String(page.examined + 1));
    }));
});
