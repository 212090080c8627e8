import type { Position } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import { compareValues } from './compare-values';
import { draftOf, keyOf, placeOf, type Draft } from './draft';
import type { LastEvent } from './event-mark';
import {
  checkedQuery,
  conditionsOf,
  pageOf,
  testOf,
  type AnyQuery,
  type CheckedQuery,
  type Test,
} from './query';
import type { Batch, Description, Generation, Ledger, Parked, ReadModels, View } from './read-models';
import { notReadable } from './readable';
import { shapesOf, type AnyRow, type AnyTable } from './table';

interface Kept {
  readonly generation: number;
  readonly version: number;
  readonly shape: string;
  status: Generation['status'];
  position: Position | undefined;
  lastEvent: LastEvent;
  /** By the name of the table. */
  readonly tables: Map<string, Map<string | number, AnyRow>>;
  parked: ReadonlyMap<string, Parked>;
}

/** Read models in memory: the reference for others, for tests, and for programs that keep no file. */
export const memoryReadModels = (): ReadModels => {
  const projections = new Map<string, Kept[]>();
  let lastGeneration = 0;
  let closed = false;

  const keptOf = (projection: string): Kept[] => {
    const kept = projections.get(projection) ?? [];
    projections.set(projection, kept);
    return kept;
  };

  return {
    read: (description, look) => async () => {
      if (closed) return E.left({ _tag: 'Closed' });
      const live = keptOf(description.name).find(({ status }) => status === 'live');
      const refusal = notReadable(description, live);
      if (refusal !== undefined) return E.left(refusal);
      return live === undefined ? E.left({ _tag: 'Closed' }) : E.right(look(viewOf(live)));
    },

    write: (description, generation, work) => async () => {
      if (closed) return E.left({ _tag: 'Closed' });
      const kept = keptOf(description.name).find((one) => one.generation === generation);
      if (kept?.version !== description.version || kept.status === 'retired') return E.right('gone');
      const writing = batchOn(kept, description);
      const done = work(writing.batch);
      writing.commit();
      return E.right(done);
    },

    survey: (projection, look) => async () =>
      closed ? E.left({ _tag: 'Closed' }) : E.right(look(ledgerOf(keptOf(projection), () => lastGeneration))),

    administer: (projection, work) => async () =>
      closed
        ? E.left({ _tag: 'Closed' })
        : E.right(work(ledgerOf(keptOf(projection), () => (lastGeneration += 1)))),

    close: () => {
      closed = true;
      return Promise.resolve();
    },
  };
};

const stateOf = ({ generation, version, shape, status, position, lastEvent }: Kept): Generation => ({
  generation,
  version,
  shape,
  status,
  ...(position === undefined ? {} : { position }),
  ...(lastEvent === undefined ? {} : { lastEvent }),
});

const batchOn = (
  kept: Kept,
  { tables }: Description,
): { readonly batch: Batch; readonly commit: () => void } => {
  const draft = draftOf(tables, (table, key) => kept.tables.get(table.name)?.get(placeOf(key)));
  const parked = new Map(kept.parked);
  let { position, lastEvent } = kept;
  const batch: Batch = {
    generation: stateOf(kept),
    rows: draft.rows,
    parked,
    apply: draft.apply,
    isBroken: draft.isBroken,
    park: (one) => {
      parked.set(one.stream, one);
    },
    release: (stream) => {
      parked.delete(stream);
    },
    moveTo: (to, last) => {
      position = to;
      lastEvent = last;
    },
  };
  return {
    batch,
    commit: () => {
      keep(draft, kept.tables);
      kept.parked = parked;
      kept.position = position;
      kept.lastEvent = lastEvent;
    },
  };
};

const keep = (draft: Draft, tables: Kept['tables']): void => {
  for (const { table, key, row } of draft.changed()) {
    const rows = tables.get(table.name);
    if (row === undefined) rows?.delete(placeOf(key));
    else rows?.set(placeOf(key), rowOf(table, row));
  }
};

/** The columns of the table and nothing else. */
const rowOf = ({ columns }: AnyTable, row: AnyRow): AnyRow =>
  Object.fromEntries(
    Object.keys(columns).flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]] as const])),
  );

/** @param next gives a number that no generation ever had. */
const ledgerOf = (kept: Kept[], next: () => number): Ledger => ({
  generations: () => kept.map(stateOf),
  create: ({ version, tables }, status) => {
    const generation = next();
    kept.push({
      generation,
      version,
      shape: shapesOf(tables),
      status,
      position: undefined,
      lastEvent: undefined,
      tables: new Map(tables.map(({ name }) => [name, new Map()])),
      parked: new Map(),
    });
    return generation;
  },
  parked: (generation) => parkedOf(kept.find((one) => one.generation === generation)?.parked ?? new Map()),
  setStatus: (generation, status) => {
    const found = kept.find((one) => one.generation === generation);
    if (found !== undefined) found.status = status;
  },
  clear: (generation) => {
    const index = kept.findIndex((one) => one.generation === generation && one.status === 'retired');
    if (index >= 0) kept.splice(index, 1);
    return true;
  },
});

const parkedOf = (parked: ReadonlyMap<string, Parked>): ReadonlyArray<Parked> =>
  [...parked.values()].toSorted((a, b) => compareValues(a.stream, b.stream));

const viewOf = ({ position, version, tables, parked }: Kept): View => {
  const rowsOf = ({ name }: AnyTable): ReadonlyMap<string | number, AnyRow> => tables.get(name) ?? new Map();
  const matching = (table: AnyTable, where: CheckedQuery['where']): ReadonlyArray<AnyRow> => {
    const tests = where.map(([column, condition]) => [column, testOf(condition)] as const);
    return [...rowsOf(table).values()].filter((row) =>
      tests.every(([column, test]) => passes(test, row[column])),
    );
  };
  const view = {
    position,
    version,
    get: (table: AnyTable, key: AnyRow) => rowsOf(table).get(placeOf(keyOf(table, key))),
    list: (table: AnyTable, query: AnyQuery) =>
      E.map((checked: CheckedQuery) => pageOf(ordered(matching(table, checked.where), checked), checked))(
        checkedQuery(table, query),
      ),
    count: (table: AnyTable, where?: object) => matching(table, conditionsOf(where)).length,
    parked: () => parkedOf(parked),
  };
  // What is kept under a table has the columns of that table.
  return view as View;
};

const ordered = (
  rows: ReadonlyArray<AnyRow>,
  { order, descending, after, limit }: CheckedQuery,
): ReadonlyArray<AnyRow> => {
  const compare = (row: AnyRow, valueAt: (column: string, index: number) => unknown): number => {
    for (const [index, column] of order.entries()) {
      const found = compareValues(row[column], valueAt(column, index));
      if (found !== 0) return descending ? -found : found;
    }
    return 0;
  };
  return rows
    .filter((row) => after === undefined || compare(row, (_, index) => after[index]) > 0)
    .toSorted((a, b) => compare(a, (column) => b[column]))
    .slice(0, limit + 1);
};

const passes = (test: Test, value: unknown): boolean => {
  if (test._tag === 'Present') return (value !== undefined) === test.present;
  if (value === undefined) return false;
  switch (test._tag) {
    case 'Equals':
      return value === test.value;
    case 'OneOf':
      return test.values.includes(value);
    case 'Contains':
      return typeof value === 'string' && value.includes(test.part);
    case 'Within':
      return test.bounds.every(([bound, limit]) => {
        const found = compareValues(value, limit);
        return bound === 'from'
          ? found >= 0
          : bound === 'to'
            ? found <= 0
            : bound === 'above'
              ? found > 0
              : found < 0;
      });
  }
};
