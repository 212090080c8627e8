import * as E from 'fp-ts/Either';
import { memoryLog, type MemoryLog } from '../memory-log';
import { memoryStore } from '../memory-store';
import type { EventStore, ReadItem } from '../store';
import { eventStoreConformance, type TestApi } from './index';

type Bodies = ReadonlyMap<string, () => Promise<void>>;

/** The tests that the suite registers for a store, by name. */
const testsOf = (
  open: (log: MemoryLog) => EventStore,
): { readonly tests: Bodies; readonly skipped: ReadonlyArray<string> } => {
  const tests = new Map<string, () => Promise<void>>();
  const skipped: string[] = [];
  const api: TestApi = {
    describe: (_, body) => body(),
    it: Object.assign((name: string, body: () => Promise<void>) => void tests.set(name, body), {
      skip: (name: string) => void skipped.push(name),
    }),
  };
  eventStoreConformance({ name: 'a store', open: () => Promise.resolve(open(memoryLog())) }, api);
  return { tests, skipped };
};

const good = (log: MemoryLog): EventStore => memoryStore({ log, pageSize: 4 });

/** Changes what a read gives. */
const through = (change: (item: ReadItem, count: number) => ReadItem) =>
  async function* (items: AsyncIterable<ReadItem>): AsyncGenerator<ReadItem> {
    let count = 0;
    for await (const item of items) {
      count += 1;
      yield change(item, count);
    }
  };

const thawed = through((item) =>
  item._tag === 'Events' ? { _tag: 'Events', events: JSON.parse(JSON.stringify(item.events)) } : item,
);

const shared = new Map<string, unknown>();

/** Stores with one fault each, and the test that must find it. */
const broken: ReadonlyArray<readonly [string, string, (log: MemoryLog) => EventStore]> = [
  [
    'lets two first writers win',
    'lets one of several first writers win, and tells the others',
    (log) => ({
      ...good(log),
      append: (stream, _, events) => () =>
        Promise.resolve(log.write(stream, log.stream(stream).at(-1)?.revision ?? 'no-stream', events)),
    }),
  ],
  [
    'lets an id stand twice in a stream',
    'is rejected when an id stands at another revision of the stream, and writes no part of it',
    (log) => {
      const store = good(log);
      return {
        ...store,
        append: (stream, expected, events) => {
          const revision = log.stream(stream).at(-1)?.revision ?? 'no-stream';
          const fresh = events.map((event) =>
            log.events.some(({ eventId }) => eventId === event.eventId)
              ? { ...event, eventId: event.eventId.replace(/^.{8}/, 'ffffffff') }
              : event,
          );
          return store.append(stream, expected, expected === revision ? fresh : events);
        },
      };
    },
  ],
  [
    'answers a repeated append with the head of the stream',
    'answers as the first time and writes nothing',
    (log) => {
      const store = good(log);
      return {
        ...store,
        append:
          (...args) =>
          async () => {
            const answer = await store.append(...args)();
            const last = log.stream(args[0]).at(-1);
            return E.isRight(answer) && answer.right._tag === 'Appended' && last !== undefined
              ? E.right({ ...answer.right, revision: last.revision, position: last.position })
              : answer;
          },
      };
    },
  ],
  [
    'knows a repeated append by ids only',
    'is a conflict when another process made other bytes of the same command',
    (log) => {
      const store = good(log);
      return {
        ...store,
        append: (stream, expected, events) => {
          const there = log.stream(stream);
          const from = expected === 'no-stream' ? 0 : expected + 1;
          const same = events.map((event, index) => {
            const kept = there[from + index];
            return kept?.eventId === event.eventId ? kept : event;
          });
          return store.append(stream, expected, same);
        },
      };
    },
  ],
  [
    'makes a stream for a conflict',
    'answers with a conflict where a stream is expected that does not exist, and does not make it',
    (log) => {
      const store = good(log);
      return {
        ...store,
        append: (stream, expected, events) =>
          store.append(stream, expected === 0 ? 'no-stream' : expected, events),
      };
    },
  ],
  [
    'shares data with its callers',
    'does not let anyone change what is stored through what was passed in or handed out',
    (log) => {
      const store = good(log);
      return {
        ...store,
        append: (stream, expected, events) => {
          for (const { eventId, data } of events) shared.set(eventId, data);
          return store.append(stream, expected, events);
        },
        readStream: (...args) =>
          through((item) =>
            item._tag === 'Events'
              ? {
                  _tag: 'Events',
                  events: item.events.map((event) => ({
                    ...event,
                    data: shared.get(event.eventId) as string,
                  })),
                }
              : item,
          )(store.readStream(...args)),
      };
    },
  ],
  [
    'reads backwards from the wrong end',
    'gives the events from a revision on, that one included, in either direction and as many as asked',
    (log) => {
      const store = good(log);
      return {
        ...store,
        readStream: (stream, { from, ...rest } = {}) =>
          store.readStream(
            stream,
            rest.direction === 'backwards' ? rest : { ...rest, ...(from === undefined ? {} : { from }) },
          ),
      };
    },
  ],
  [
    'takes a prefix for a pattern',
    'gives the streams whose names begin with one of the prefixes; none for no prefix',
    (log) => {
      const store = good(log);
      return {
        ...store,
        readAll: ({ filter, ...rest } = {}) =>
          store.readAll(
            filter === undefined
              ? rest
              : { ...rest, filter: { prefixes: filter.prefixes.includes('.*') ? [''] : filter.prefixes } },
          ),
      };
    },
  ],
  [
    'gives an event twice after it was resumed',
    'goes on after a position, that one excluded, be it of an event or of a caught-up mark',
    (log) => {
      const store = good(log);
      return {
        ...store,
        subscribeAll: ({ after, ...rest } = {}) =>
          store.subscribeAll(after === undefined ? rest : { ...rest, after: String(BigInt(after) - 1n) }),
      };
    },
  ],
  [
    'skips an event of a page now and then',
    'never skips and never repeats an event, whoever writes and wherever it is resumed',
    (log) => {
      const store = good(log);
      const skipping = through((item, count) =>
        item._tag === 'Events' && count % 3 === 0 ? { ...item, events: item.events.slice(1) } : item,
      );
      return { ...store, subscribeAll: (options) => skipping(store.subscribeAll(options)) };
    },
  ],
  [
    'marks the head with a position too far back',
    'gives what there is, says that it has caught up, and gives what comes',
    (log) => {
      const store = good(log);
      const lagging = through((item) =>
        item._tag === 'CaughtUp' ? { ...item, position: String(BigInt(item.position) - 1n) } : item,
      );
      return { ...store, subscribeAll: (options) => lagging(store.subscribeAll(options)) };
    },
  ],
  [
    'compares positions as texts',
    'grow with every event and are compared by the store',
    (log) => ({ ...good(log), comparePositions: (a, b) => (a < b ? -1 : a > b ? 1 : 0) }),
  ],
  [
    'goes on after it was closed',
    'rejects every later call by name, and may be repeated',
    (log) => ({ ...good(log), close: () => Promise.resolve() }),
  ],
  [
    'hides who gave a command',
    'gives events back as they were written, each with stream, revision and position',
    (log) => {
      const store = good(log);
      const hiding = through((item) =>
        item._tag === 'Events'
          ? {
              ...item,
              events: item.events.map((event) => ({ ...event, metadata: { ...event.metadata, actor: '' } })),
            }
          : item,
      );
      return { ...store, readStream: (...args) => hiding(store.readStream(...args)) };
    },
  ],
];

describe('the conformance suite', () => {
  it.each(broken)('finds a store that %s', async (_, name, open) => {
    const test = testsOf(open).tests.get(name);
    expect(test).toBeDefined();
    await expect(test?.()).rejects.toMatchObject({ code: 'ERR_ASSERTION' });
  });

  it('says by name what it can not ask of a store that forgets', () => {
    const { skipped } = testsOf(good);
    expect(skipped.length).toBeGreaterThan(2);
    for (const name of skipped) expect(name).toContain('this store forgets everything');
  });

  it('takes a store that gives copies as well as one that gives frozen events', async () => {
    const test = testsOf((log) => {
      const store = good(log);
      return { ...store, readStream: (...args) => thawed(store.readStream(...args)) };
    }).tests.get('does not let anyone change what is stored through what was passed in or handed out');
    await expect(test?.()).resolves.toBeUndefined();
  });
});
