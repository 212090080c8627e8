import { DatabaseSync, type StatementSync } from 'node:sqlite';

export type Value = string | number | null;
export type Row = Readonly<Record<string, unknown>>;

export interface Statement {
  /** Answers with the rowid of the row that was last inserted. */
  readonly run: (...values: ReadonlyArray<Value>) => number;
  readonly get: (...values: ReadonlyArray<Value>) => Row | undefined;
  readonly iterate: (...values: ReadonlyArray<Value>) => Iterable<Row>;
}

/** A connection to a database file. All of it throws what SQLite reports, with the result code in `errcode`. */
export interface Connection {
  readonly exec: (sql: string) => void;
  /** The statement of this text, compiled once. */
  readonly prepare: (sql: string) => Statement;
  readonly close: () => void;
}

/** The seam to SQLite, narrow enough for tests to put faults into it. */
export interface Driver {
  /** The version of SQLite: `3.53.4`. */
  readonly version: string;
  readonly connect: (file: string) => Connection;
}

/** Queries with filters come in many forms; those in use are compiled again when so many are kept. */
const MOST_STATEMENTS = 100;

/** SQLite as Node carries it. */
export const nodeDriver: Driver = {
  version: process.versions['sqlite'] ?? '0.0.0',
  connect: (file) => {
    const database = new DatabaseSync(file, {
      enableForeignKeyConstraints: true,
      enableDoubleQuotedStringLiterals: false,
      allowExtension: false,
    });
    const statements = new Map<string, Statement>();
    return {
      exec: (sql) => database.exec(sql),
      prepare: (sql) => {
        const known = statements.get(sql);
        if (known !== undefined) return known;
        const made = statementOf(database.prepare(sql));
        if (statements.size === MOST_STATEMENTS) statements.clear();
        statements.set(sql, made);
        return made;
      },
      close: () => {
        statements.clear();
        database.close();
      },
    };
  },
};

const statementOf = (statement: StatementSync): Statement => ({
  run: (...values) => Number(statement.run(...values).lastInsertRowid),
  get: (...values) => statement.get(...values),
  iterate: (...values) => statement.iterate(...values),
});
