import { systemRuntime } from '@cloud-kassa/runtime';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { put } from './change';
import { succeeded } from './jars.testing';
import { memoryReadModels } from './memory-read-models';
import type { Cursor, Query } from './query';
import type { Description, ReadModels, View } from './read-models';
import { openSqliteReadModels } from './sqlite-read-models';
import { flag, integer, json, optional, table, text, type RowOf } from './table';

const THINGS = table({
  name: 'things',
  columns: {
    place: text(),
    number: integer(),
    colour: text<'red' | 'green'>(),
    note: optional(text()),
    size: optional(integer()),
    isLit: flag(),
    details: optional(json<object>()),
  },
  key: ['place', 'number'],
  indexes: [['colour', 'number'], ['size']],
});
type Thing = RowOf<typeof THINGS.columns>;
const description: Description = { name: 'things', version: 1, tables: [THINGS] };

const folder = temporaryFolder();
const runtime = systemRuntime();
let kept: ReadonlyArray<ReadModels>;
beforeAll(async () => {
  kept = [
    memoryReadModels(),
    await succeeded(openSqliteReadModels({ file: folder.path('things.db'), runtime })),
  ];
});
afterAll(async () => {
  for (const one of kept) await one.close();
  folder.remove();
});

const word = fc.constantFrom('', 'a', 'ab', 'Ж', 'ж', '\u{1f36f}', '\uff5e', 'a b%_', '"');
const number = fc.integer({ min: -3, max: 3 });
const thing: fc.Arbitrary<Thing> = fc.record({
  place: word,
  number,
  colour: fc.constantFrom('red' as const, 'green' as const),
  note: fc.option(word, { nil: undefined }),
  size: fc.option(fc.oneof(number, fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER)), {
    nil: undefined,
  }),
  isLit: fc.boolean(),
  details: fc.option(fc.dictionary(fc.constantFrom('x', 'ё'), fc.integer()), { nil: undefined }),
});

const maybe = <A>(some: fc.Arbitrary<A>) => fc.option(some, { nil: undefined });
const bounds = <A>(value: fc.Arbitrary<A>) =>
  fc.record({ from: value, to: value, above: value, below: value }, { requiredKeys: [] });
const condition = <A>(value: fc.Arbitrary<A>) =>
  fc.oneof(
    value,
    fc.record({ oneOf: fc.array(value, { maxLength: 3 }) }),
    bounds(value),
    fc.record({ present: fc.boolean() }),
  );
const query: fc.Arbitrary<Query<typeof THINGS.columns>> = fc.record({
  where: fc.record({
    place: maybe(condition(word)),
    number: maybe(condition(number)),
    colour: maybe(condition(fc.constantFrom('red' as const, 'green' as const))),
    note: maybe(fc.oneof(condition(word), fc.record({ contains: word }))),
    size: maybe(condition(number)),
    isLit: maybe(condition(fc.boolean())),
    details: maybe(fc.record({ present: fc.boolean() })),
  }),
  orderBy: fc.subarray(['colour', 'number', 'place'] as const),
  descending: fc.boolean(),
  limit: fc.integer({ min: 1, max: 4 }),
});

/** A table with these rows and no others. */
const fill = async (readModels: ReadModels, things: ReadonlyArray<Thing>): Promise<void> => {
  const generation = await succeeded(
    readModels.administer('things', (ledger) => {
      for (const { generation: old, status } of ledger.generations()) {
        if (status === 'live') ledger.setStatus(old, 'retired');
        while (!ledger.clear(old, 1_000)) continue;
      }
      return ledger.create(description, 'live');
    }),
  );
  const applied = await succeeded(
    readModels.write(description, generation, (batch) => batch.apply(things.map((one) => put(THINGS, one)))),
  );
  expect(applied).toBe('applied');
};

/** All pages of a query, one after the other. */
const paged = (view: View, asked: Query<typeof THINGS.columns>): ReadonlyArray<ReadonlyArray<Thing>> => {
  const pages: Array<ReadonlyArray<Thing>> = [];
  for (let after: Cursor | undefined; ;) {
    const page = view.list(THINGS, { ...asked, after });
    if (E.isLeft(page)) throw new Error(page.left.rule);
    pages.push(page.right.rows);
    if (page.right.next === undefined) return pages;
    after = page.right.next;
  }
};

const look = <A>(readModels: ReadModels, at: (view: View) => A): Promise<A> =>
  succeeded(readModels.read(description, at));

describe('queries', () => {
  it('give the same in memory and in SQLite, page by page, counted and by key', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(thing, { maxLength: 25 }),
        fc.array(query, { minLength: 1, maxLength: 12 }),
        async (things, queries) => {
          for (const one of kept) await fill(one, things);
          const [memory, sqlite] = await Promise.all(
            kept.map((one) =>
              look(one, (view) => ({
                pages: queries.map((asked) => paged(view, asked)),
                counts: queries.map(({ where = {} }) => view.count(THINGS, where)),
                byKey: things.map((key) => view.get(THINGS, key)),
                none: view.get(THINGS, { place: 'nowhere', number: 0 }),
              })),
            ),
          );
          expect(sqlite).toEqual(memory);
          expect(memory?.pages.map((pages) => pages.flat().length)).toEqual(memory?.counts);
          const last = new Map(things.map((one) => [`${one.place} ${one.number}`, one]));
          expect(memory?.byKey).toEqual(things.map(({ place, number: at }) => last.get(`${place} ${at}`)));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('go on at the same place when rows were added and taken away in between', async () => {
    for (const one of kept) {
      const things = Array.from({ length: 10 }, (_, at): Thing => ({
        place: 'p',
        number: at,
        colour: 'red',
        isLit: false,
      }));
      await fill(
        one,
        things.filter((row) => row.number % 2 === 0),
      );
      const first = await look(one, (view) => view.list(THINGS, { orderBy: ['colour'], limit: 2 }));
      expect(first).toMatchObject(E.right({ rows: [{ number: 0 }, { number: 2 }], next: ['red', 'p', 2] }));
      await fill(
        one,
        things.filter((row) => row.number % 2 === 1),
      );
      const after = E.isRight(first) ? first.right.next : undefined;
      const second = await look(one, (view) => view.list(THINGS, { orderBy: ['colour'], after, limit: 2 }));
      expect(second).toMatchObject(E.right({ rows: [{ number: 3 }, { number: 5 }] }));
    }
  });

  it.each([
    ['limit', { limit: 0 }],
    ['limit', { limit: 1_001 }],
    ['limit', { limit: 1.5 }],
    ['cursor', { after: [] }],
    ['cursor', { after: ['p', 'q'] }],
    ['cursor', { after: [1, 1] }],
    ['cursor', { after: ['p', 0.5] }],
    ['cursor', { after: ['p', 1, 'red'] }],
    ['order', { orderBy: ['size'] }],
    ['order', { orderBy: ['details'] }],
    ['order', { orderBy: ['nothing'] }],
  ] as const)('refuse what does not fit the table (%s): %j', async (rule, asked) => {
    for (const one of kept) {
      await fill(one, []);
      const answer = await look(one, (view) => view.list(THINGS, asked as Query<typeof THINGS.columns>));
      expect(answer).toEqual(E.left({ _tag: 'QueryRefused', rule }));
    }
  });

  it('leave a thrown fault of the caller to the caller, and answer afterwards', async () => {
    for (const one of kept) {
      await fill(one, []);
      const broken = one.read(description, () => {
        throw new RangeError('a fault of the caller');
      });
      await expect(broken()).rejects.toThrow(RangeError);
      expect(await look(one, (view) => view.count(THINGS))).toBe(0);
    }
  });
});
