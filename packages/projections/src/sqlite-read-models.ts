import type { Runtime } from '@cloud-kassa/runtime';
import {
  groupCommit,
  nodeDriver,
  openDatabase,
  readerOf,
  turnsOn,
  type CommitFailure,
  type Connection,
  type Database,
  type Driver,
  type OpenError,
  type SqliteFault,
} from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { keyOf } from './draft';
import { checkedQuery, conditionsOf, pageOf, type AnyQuery, type CheckedQuery } from './query';
import type { Description, Generation, NotReadable, ReadModelError, ReadModels, View } from './read-models';
import { notReadable } from './readable';
import { sqliteBatch } from './sqlite-batch';
import { generationIn, ledgerOn, liveIn, parkedIn, surveyOn } from './sqlite-ledger';
import { countRows, selectRows } from './sqlite-query';
import { readModelSchema } from './sqlite-schema';
import { sqlTable, type SqlTable } from './sqlite-tables';
import type { AnyRow, AnyTable } from './table';

export interface SqliteReadModelsOptions {
  /** Path of the database file. Made with permissions 0600 if it is not there; its directory must be. */
  readonly file: string;
  readonly runtime: Runtime;
  /** How long a lock that another process holds is waited for before the answer is `Unavailable`. Default 5,000. */
  readonly busyMilliseconds?: number;
  /** With less room left on the disk nothing is written (`Unavailable`, `full`). Default 16 MiB; 0 leaves it to the disk. */
  readonly minimumFreeBytes?: number;
}

/**
 * Read models in a database file of SQLite. Several processes of one machine may have it open.
 *
 * When the machine loses power the last transactions may be gone, rows and position together; they are made again. A file that is lost
 * or damaged is deleted and built anew.
 */
export type SqliteReadModels = ReadModels;

export const openSqliteReadModels = (
  options: SqliteReadModelsOptions,
): TaskEither<OpenError, SqliteReadModels> => openSqliteReadModelsOn(nodeDriver, options);

const MIB = 1024 * 1024;

/** Much of a read model is looked for in no order, so more of it is held than SQLite's default of 2 MB; and it is checkpointed less often. */
const SETTINGS = 'PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000;';

/** What one transaction is taken to write, for the look at the room on the disk. */
const BYTES_OF_A_BATCH = MIB;

const MOST_GENERATIONS = 16;

export const openSqliteReadModelsOn =
  (driver: Driver, options: SqliteReadModelsOptions): TaskEither<OpenError, SqliteReadModels> =>
  async () => {
    const { file, runtime, busyMilliseconds = 5_000, minimumFreeBytes = 16 * MIB } = options;
    const opened = await openDatabase({
      driver,
      runtime,
      file,
      schema: readModelSchema,
      busyMilliseconds,
      minimumFreeBytes,
      durability: 'normal',
    });
    if (E.isLeft(opened)) return opened;
    opened.right.first.exec(SETTINGS);
    const database: Database = {
      ...opened.right,
      connect: (use) => {
        const connection = opened.right.connect(use);
        connection.exec(SETTINGS);
        return connection;
      },
    };
    const turns = turnsOn(runtime);
    const reader = readerOf({ database, runtime, turns, busyMilliseconds });
    const writer = groupCommit({
      database,
      runtime,
      turns,
      groupSize: 64,
      groupBytes: 4 * MIB,
      collectMilliseconds: 0,
      busyMilliseconds,
      committed: () => undefined,
    });
    let closed = false;

    const compiled = new Map<number, Map<AnyTable, SqlTable>>();
    const sqlOf = (projection: string, generation: number) => {
      if (compiled.size > MOST_GENERATIONS) compiled.clear();
      const tables = compiled.get(generation) ?? new Map<AnyTable, SqlTable>();
      compiled.set(generation, tables);
      return (table: AnyTable): SqlTable => {
        const known = tables.get(table);
        if (known !== undefined) return known;
        const made = sqlTable(projection, generation, table);
        tables.set(table, made);
        return made;
      };
    };

    const lookUp = async <A>(look: (connection: Connection) => A): Promise<Either<ReadModelError, A>> => {
      if (closed) return E.left(CLOSED);
      // A fault of the caller must not leave the transaction of the reader open.
      let fault: { readonly thrown: unknown } | undefined;
      const read = await reader.read((connection) => {
        fault = undefined;
        try {
          return E.right(look(connection));
        } catch (thrown) {
          if (isOfSqlite(thrown)) throw thrown;
          fault = { thrown };
          return E.left(CLOSED);
        }
      });
      if (fault !== undefined) throw fault.thrown;
      return E.isLeft(read) ? E.left(closed ? CLOSED : readFailure(read.left)) : read.right;
    };

    const commit = async <A>(work: (connection: Connection) => A): Promise<Either<ReadModelError, A>> =>
      E.mapLeft(writeFailure)(await writer.commit(BYTES_OF_A_BATCH, work));

    const viewOf = (connection: Connection, description: Description, live: Generation): View => {
      const sqlFor = sqlOf(description.name, live.generation);
      const view = {
        position: live.position,
        version: live.version,
        get: (table: AnyTable, key: AnyRow) => sqlFor(table).load(connection, keyOf(table, key)),
        list: (table: AnyTable, query: AnyQuery) =>
          E.map((checked: CheckedQuery) =>
            pageOf(selectRows(connection, table, sqlFor(table), checked), checked),
          )(checkedQuery(table, query)),
        count: (table: AnyTable, where?: object) =>
          countRows(connection, table, sqlFor(table), conditionsOf(where)),
        parked: () => parkedIn(connection, live.generation),
      };
      // What is read under a table has the columns of that table.
      return view as View;
    };

    return E.right({
      read:
        <A>(description: Description, look: (view: View) => A) =>
        async () => {
          const read = await lookUp((connection): Either<NotReadable, A> => {
            const live = liveIn(connection, description.name);
            const refusal = notReadable(description, live);
            return refusal !== undefined || live === undefined
              ? E.left(refusal ?? { _tag: 'NotBuilt', projection: description.name })
              : E.right(look(viewOf(connection, description, live)));
          });
          return E.isLeft(read) ? read : read.right;
        },

      write: (description, generation, work) => () =>
        commit((connection) => {
          const own = generationIn(connection, description.name, generation);
          if (own?.version !== description.version || own.status === 'retired') return 'gone';
          const { batch, finish } = sqliteBatch(
            connection,
            description,
            own,
            sqlOf(description.name, generation),
          );
          const done = work(batch);
          finish();
          return done;
        }),

      survey: (projection, look) => () => lookUp((connection) => look(surveyOn(connection, projection))),

      administer: (projection, work) => () => commit((connection) => work(ledgerOn(connection, projection))),

      close: async () => {
        closed = true;
        await writer.close();
        reader.close();
      },
    });
  };

const CLOSED: ReadModelError = { _tag: 'Closed' };

const isOfSqlite = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && 'errcode' in thrown;

const readFailure = ({ kind, name }: SqliteFault): ReadModelError =>
  kind === 'damaged'
    ? { _tag: 'Damaged', why: `the database reported ${name}` }
    : { _tag: 'Unavailable', why: `the database reported ${name}` };

const writeFailure = (failure: CommitFailure): ReadModelError => {
  switch (failure._tag) {
    case 'NotWritten':
      return { _tag: 'Unavailable', why: failure.why, ...(failure.full ? { full: true } : {}) };
    case 'Unknown':
      return { _tag: 'Unavailable', why: failure.why };
    case 'Refused':
      return { _tag: 'Unavailable', why: 'a rule of the schema was broken' };
    case 'Damaged':
      return { _tag: 'Damaged', why: failure.why };
    case 'Closed':
      return CLOSED;
  }
};
