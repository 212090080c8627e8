import type { Change } from './change';
import type { Rows } from './projection';
import type { AnyRow, Column, AnyTable } from './table';

/** The values of the key columns of a row, in the order of the table's key. */
export type KeyValues = ReadonlyArray<string | number>;

/** A row that was put, or taken away where `row` is absent. */
export interface Changed {
  readonly table: AnyTable;
  readonly key: KeyValues;
  readonly row: AnyRow | undefined;
}

/** Rows with the changes of one transaction: each is loaded once, and written once at the end. */
export interface Draft {
  readonly rows: Rows;
  readonly apply: (changes: ReadonlyArray<Change>) => 'applied' | 'row-refused';
  readonly changed: () => ReadonlyArray<Changed>;
  /** Loading a row has failed. */
  readonly isBroken: () => boolean;
}

interface Entry {
  readonly table: AnyTable;
  readonly key: KeyValues;
  row: AnyRow | undefined;
  isChanged: boolean;
}

interface Drawer {
  readonly columns: ReadonlyArray<readonly [string, Column]>;
  readonly entries: Map<string | number, Entry>;
}

/** @param load may throw; then the draft is broken. */
export const draftOf = (
  tables: ReadonlyArray<AnyTable>,
  load: (table: AnyTable, key: KeyValues) => AnyRow | undefined,
): Draft => {
  const drawers = new Map<AnyTable, Drawer>(
    tables.map((table) => [table, { columns: Object.entries(table.columns), entries: new Map() }]),
  );
  const changed: Entry[] = [];
  let broken = false;

  const drawerOf = (table: AnyTable): Drawer => {
    const drawer = drawers.get(table);
    if (drawer === undefined) throw new TypeError(`${table.name} is no table of this projection.`);
    return drawer;
  };

  const loaded = (table: AnyTable, key: KeyValues): AnyRow | undefined => {
    try {
      return load(table, key);
    } catch (fault) {
      broken = true;
      throw fault;
    }
  };

  const get = (table: AnyTable, key: AnyRow): AnyRow | undefined => {
    const { entries } = drawerOf(table);
    const values = keyOf(table, key);
    const place = placeOf(values);
    const known = entries.get(place);
    if (known !== undefined) return known.row;
    const row = loaded(table, values);
    entries.set(place, { table, key: values, row, isChanged: false });
    return row;
  };

  const set = (table: AnyTable, key: AnyRow, row: AnyRow | undefined): void => {
    const { entries } = drawerOf(table);
    const values = keyOf(table, key);
    const place = placeOf(values);
    const entry = entries.get(place) ?? { table, key: values, row, isChanged: false };
    entries.set(place, entry);
    entry.row = row;
    if (!entry.isChanged) changed.push(entry);
    entry.isChanged = true;
  };

  const fits = (change: Change): boolean => {
    const drawer = drawers.get(change.table);
    if (drawer === undefined) return false;
    return change._tag === 'Put'
      ? drawer.columns.every(([name, column]) => fitsColumn(column, change.row[name]))
      : change.table.key.every((name) => fitsColumn(change.table.columns[name], change.key[name]));
  };

  return {
    // What is read under a table has the columns of that table.
    rows: { get: get as Rows['get'] },
    apply: (changes) => {
      if (!changes.every(fits)) return 'row-refused';
      for (const change of changes) {
        if (change._tag === 'Put') set(change.table, change.row, change.row);
        else set(change.table, change.key, undefined);
      }
      return 'applied';
    },
    changed: () => changed,
    isBroken: () => broken,
  };
};

export const keyOf = (table: AnyTable, row: AnyRow): KeyValues =>
  // Key columns hold texts and integers.
  table.key.map((name) => row[name]) as ReadonlyArray<unknown> as KeyValues;

export const placeOf = (key: KeyValues): string | number => {
  const [only] = key;
  return key.length === 1 && only !== undefined ? only : JSON.stringify(key);
};

const fitsColumn = (column: Column | undefined, value: unknown): boolean => {
  if (column === undefined) return false;
  if (value === undefined) return column.optional;
  switch (column.kind) {
    case 'text':
      return typeof value === 'string';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'json':
      return value !== null && typeof value !== 'function' && typeof value !== 'symbol';
  }
};
