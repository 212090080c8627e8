import type { EventStore, Position, StoreError } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import {
  checkpointOf,
  groupCommit,
  integrityOf,
  newsOf,
  nodeDriver,
  openDatabase,
  readerOf,
  turnsOn,
  type Checkpoint,
  type CommitFailure,
  type Connection,
  type Driver,
  type OpenError,
} from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { prepareAppend, writeAppend } from './append';
import { lastRow } from './event-pages';
import { eventSchema } from './event-schema';
import { comparePositions, positionOf } from './position';
import { CLOSED, readAll, readFailure, readStream, rejected, type Reading } from './reading';
import { subscription } from './subscription';
import { statisticsOf, type StoreStatistics } from './upkeep';

export interface SqliteStoreOptions {
  /** Path of the database file. Made with permissions 0600 if it is not there; its directory must be. */
  readonly file: string;
  readonly runtime: Runtime;
  /** Events in a page of a read at most; a page also ends at about 1 MiB. Default 256. */
  readonly pageSize?: number;
  /** Bytes of canonical text in an append at most. Default 16 MiB. */
  readonly maxAppendBytes?: number;
  /** Appends in one transaction at most. Default 256. */
  readonly groupSize?: number;
  /** How long an append waits for others to share its transaction. Default 0: only those that come at the same time do. */
  readonly collectMilliseconds?: number;
  /** How long a lock that another process holds is waited for before the answer is `Unavailable`. Default 5,000. */
  readonly busyMilliseconds?: number;
  /** How often subscriptions that wait look for commits of other processes. Default 50. */
  readonly pollMilliseconds?: number;
  /**
   * With less room left on the disk nothing is written (`Unavailable`, `full`), so that a full disk is a clear answer and not an
   * unknown outcome. Default 16 MiB; 0 leaves it to the disk.
   */
  readonly minimumFreeBytes?: number;
}

/** An event store in a database file of SQLite. */
export interface SqliteStore extends EventStore {
  /** Brings the write-ahead log into the database file and cuts it, as far as other processes let it. */
  readonly checkpoint: () => TaskEither<StoreError, Checkpoint>;
  /**
   * What SQLite finds wrong with the file, nothing if it is sound. Reads all of it and holds the event loop meanwhile: for tools,
   * not for a process that serves others. It knows nothing of chains; `verifyChain` does.
   */
  readonly integrityCheck: () => TaskEither<StoreError, ReadonlyArray<string>>;
  readonly statistics: () => TaskEither<StoreError, StoreStatistics>;
}

/**
 * Opens the event store of a file. Several stores, also of several processes of one machine, may have one file open.
 *
 * What was acknowledged is on the disk (`synchronous=FULL`), as far as the disk is when it says so.
 */
export const openSqliteStore = (options: SqliteStoreOptions): TaskEither<OpenError, SqliteStore> =>
  openSqliteStoreOn(nodeDriver, options);

const MIB = 1024 * 1024;

export const openSqliteStoreOn =
  (driver: Driver, options: SqliteStoreOptions): TaskEither<OpenError, SqliteStore> =>
  async () => {
    const { runtime, busyMilliseconds = 5_000, maxAppendBytes = 16 * MIB } = options;
    const database = await openDatabase({
      driver,
      runtime,
      file: options.file,
      schema: eventSchema,
      busyMilliseconds,
      minimumFreeBytes: options.minimumFreeBytes ?? 16 * MIB,
    });
    if (E.isLeft(database)) return database;
    const turns = turnsOn(runtime);
    const reader = readerOf({ database: database.right, runtime, turns, busyMilliseconds });
    const news = newsOf(reader, runtime, options.pollMilliseconds ?? 50);
    const writer = groupCommit({
      database: database.right,
      runtime,
      turns,
      groupSize: options.groupSize ?? 256,
      groupBytes: 2 * MIB,
      collectMilliseconds: options.collectMilliseconds ?? 0,
      busyMilliseconds,
      committed: news.committed,
    });
    let closed = false;
    const reading: Reading = {
      reader,
      size: { events: options.pageSize ?? 256, bytes: MIB },
      closed: () => closed,
    };

    const whenOpen =
      <A>(task: TaskEither<StoreError, A>): TaskEither<StoreError, A> =>
      () =>
        closed ? Promise.resolve(E.left(CLOSED)) : task();

    const lookUp = <A>(look: (connection: Connection) => A): TaskEither<StoreError, A> =>
      whenOpen(async () => E.mapLeft(readFailure)(await reader.read(look)));

    const store: SqliteStore = {
      append: (stream, expected, events) =>
        whenOpen(async () => {
          const prepared = prepareAppend(stream, expected, events, maxAppendBytes);
          if (E.isLeft(prepared)) return prepared;
          const append = prepared.right;
          const outcome = await writer.commit(append.bytes, (connection) => writeAppend(connection, append));
          return E.isLeft(outcome) ? E.left(storeError(outcome.left, stream)) : outcome.right;
        }),
      readStream: (stream, how = {}) => readStream(reading, stream, how),
      readAll: (how = {}) => readAll(reading, how),
      subscribeAll: (how = {}) => subscription(reading, news, how),
      head: () => lookUp(head),
      comparePositions,
      close: async () => {
        closed = true;
        news.close();
        await writer.close();
        reader.close();
      },
      checkpoint: () =>
        whenOpen(async () => {
          const done = await writer.between(checkpointOf);
          return E.mapLeft((failure: CommitFailure) => storeError(failure, '$all'))(done);
        }),
      integrityCheck: () => lookUp(integrityOf),
      statistics: () => lookUp((connection) => statisticsOf(connection, driver, database.right, writer)),
    };
    return E.right(store);
  };

const head = (connection: Connection): Position | undefined => {
  const row = lastRow(connection);
  return row === 0 ? undefined : positionOf(row);
};

const storeError = (failure: CommitFailure, stream: string): StoreError => {
  switch (failure._tag) {
    case 'NotWritten':
      return { _tag: 'Unavailable', why: failure.why, ...(failure.full ? { full: true } : {}) };
    case 'Unknown':
      return { _tag: 'OutcomeUnknown', why: failure.why };
    case 'Refused':
      return rejected('event-id', 'An event of this id stands at another revision of the stream.');
    case 'Damaged':
      return { _tag: 'Corrupt', stream, why: failure.why };
    case 'Closed':
      return CLOSED;
  }
};
