import type { Connection, Row, Value } from '@cloud-kassa/sqlite';
import type { KeyValues } from './draft';
import type { AnyRow, AnyTable, Column, ColumnKind } from './table';

/** How rows of one table of one generation go into SQLite and come out again. */
export interface SqlTable {
  readonly load: (connection: Connection, key: KeyValues) => AnyRow | undefined;
  readonly put: (connection: Connection, row: AnyRow) => void;
  readonly remove: (connection: Connection, key: KeyValues) => void;
  /** The columns, for a SELECT. */
  readonly columns: string;
  /** The quoted name. */
  readonly name: string;
  readonly rowOf: (row: Row) => AnyRow;
}

export const quoted = (name: string): string => `"${name}"`;

/** The name of a table in the file. */
export const tableName = (projection: string, generation: number, table: string): string =>
  `${projection}_${generation}_${table}`;

const TYPES: Readonly<Record<ColumnKind, string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  flag: 'INTEGER',
  json: 'TEXT',
};

/** The statements that make a table with its indexes. */
export const creationOf = (projection: string, generation: number, table: AnyTable): string => {
  const name = tableName(projection, generation, table.name);
  const columns = Object.entries(table.columns).map(
    ([column, { kind, optional }]) => `${quoted(column)} ${TYPES[kind]}${optional ? '' : ' NOT NULL'}`,
  );
  const key = `PRIMARY KEY (${table.key.map(quoted).join(', ')})`;
  const indexes = table.indexes.map(
    (index, number) =>
      `CREATE INDEX ${quoted(`${name}_by_${number}`)} ON ${quoted(name)} (${index.map(quoted).join(', ')});`,
  );
  return [`CREATE TABLE ${quoted(name)} (${[...columns, key].join(', ')}) STRICT;`, ...indexes].join('\n');
};

export const sqlTable = (projection: string, generation: number, table: AnyTable): SqlTable => {
  const name = quoted(tableName(projection, generation, table.name));
  const columns = Object.entries(table.columns);
  const all = columns.map(([column]) => quoted(column)).join(', ');
  const key = table.key.map(quoted);
  const isKey = key.map((column) => `${column} = ?`).join(' AND ');
  const others = columns.filter(([column]) => !table.key.includes(column)).map(([column]) => quoted(column));
  const update =
    others.length === 0
      ? 'NOTHING'
      : `UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  const select = `SELECT ${all} FROM ${name} WHERE ${isKey}`;
  const upsert = `INSERT INTO ${name} (${all}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT (${key.join(', ')}) DO ${update}`;
  const deletion = `DELETE FROM ${name} WHERE ${isKey}`;

  // Objects that grow name by name become slow ones; a copy of one that has all names does not.
  const empty: Readonly<Record<string, unknown>> = JSON.parse(
    JSON.stringify(Object.fromEntries(columns.map(([column]) => [column, null]))),
  );

  const rowOf = (row: Row): AnyRow => {
    const made: Record<string, unknown> = { ...empty };
    for (const [column, { kind }] of columns) {
      const value = row[column];
      made[column] = value === null ? undefined : fromSql(kind, value);
    }
    return made;
  };

  return {
    name,
    columns: all,
    rowOf,
    load: (connection, values) => {
      const row = connection.prepare(select).get(...values);
      return row === undefined ? undefined : rowOf(row);
    },
    put: (connection, row) => {
      connection.prepare(upsert).run(...columns.map(([column, { kind }]) => toSql(kind, row[column])));
    },
    remove: (connection, values) => {
      connection.prepare(deletion).run(...values);
    },
  };
};

/** A value that fits its column, as SQLite keeps it. */
export const toSql = (kind: Column['kind'], value: unknown): Value => {
  if (value === undefined) return null;
  if (kind === 'json') return JSON.stringify(value);
  if (kind === 'flag') return value === true ? 1 : 0;
  // What is neither can only be a condition that no row fulfils.
  return typeof value === 'number' || typeof value === 'string' ? value : null;
};

const fromSql = (kind: ColumnKind, value: unknown): unknown => {
  if (kind === 'json') return typeof value === 'string' ? JSON.parse(value) : undefined;
  return kind === 'flag' ? value === 1 : value;
};
