import type { Connection, Value } from '@cloud-kassa/sqlite';
import { testOf, type Bound, type CheckedQuery } from './query';
import { quoted, toSql, type SqlTable } from './sqlite-tables';
import type { AnyRow, AnyTable, ColumnKind } from './table';

interface Clause {
  readonly sql: string;
  readonly values: ReadonlyArray<Value>;
}

/** One row more than the page has, if there are so many. */
export const selectRows = (
  connection: Connection,
  table: AnyTable,
  sql: SqlTable,
  { where, order, descending, after, limit }: CheckedQuery,
): ReadonlyArray<AnyRow> => {
  const names = order.map(quoted);
  const direction = descending ? 'DESC' : 'ASC';
  const place: ReadonlyArray<Clause> =
    after === undefined
      ? []
      : [
          {
            sql: `(${names.join(', ')}) ${descending ? '<' : '>'} (${after.map(() => '?').join(', ')})`,
            values: after,
          },
        ];
  const clauses = [...where.map(([column, condition]) => clauseOf(table, column, condition)), ...place];
  const ordering = names.map((name) => `${name} ${direction}`).join(', ');
  const found = connection
    .prepare(`SELECT ${sql.columns} FROM ${sql.name}${whereOf(clauses)} ORDER BY ${ordering} LIMIT ?`)
    .iterate(...clauses.flatMap(({ values }) => values), limit + 1);
  return Array.from(found, sql.rowOf);
};

export const countRows = (
  connection: Connection,
  table: AnyTable,
  sql: SqlTable,
  where: CheckedQuery['where'],
): number => {
  const clauses = where.map(([column, condition]) => clauseOf(table, column, condition));
  const found = connection
    .prepare(`SELECT count(*) AS rows FROM ${sql.name}${whereOf(clauses)}`)
    .get(...clauses.flatMap(({ values }) => values));
  return Number(found?.['rows'] ?? 0);
};

const whereOf = (clauses: ReadonlyArray<Clause>): string =>
  clauses.length === 0 ? '' : ` WHERE ${clauses.map(({ sql }) => sql).join(' AND ')}`;

const OPERATORS: Readonly<Record<Bound, string>> = { from: '>=', to: '<=', above: '>', below: '<' };

const clauseOf = (table: AnyTable, column: string, condition: unknown): Clause => {
  const kind: ColumnKind = table.columns[column]?.kind ?? 'text';
  const name = quoted(column);
  const test = testOf(condition);
  switch (test._tag) {
    case 'Equals':
      return { sql: `${name} = ?`, values: [toSql(kind, test.value)] };
    case 'OneOf':
      // One text for lists of any length, so that the statement is compiled once.
      return {
        sql: `${name} IN (SELECT value FROM json_each(?))`,
        values: [JSON.stringify(test.values.map((value) => toSql(kind, value)))],
      };
    case 'Contains':
      return { sql: `instr(${name}, ?) > 0`, values: [test.part] };
    case 'Present':
      return { sql: `${name} IS ${test.present ? 'NOT NULL' : 'NULL'}`, values: [] };
    case 'Within':
      return test.bounds.length === 0
        ? { sql: `${name} IS NOT NULL`, values: [] }
        : {
            sql: test.bounds.map(([bound]) => `${name} ${OPERATORS[bound]} ?`).join(' AND '),
            values: test.bounds.map(([, value]) => toSql(kind, value)),
          };
  }
};
