import { realpathSync } from 'node:fs';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { databaseFile, type DatabaseFile } from './database-file';
import type { Connection, Driver } from './driver';
import { cannotOpen, openErrorOf, type OpenError } from './open-error';
import { patiently } from './patience';
import { migrate, pragma, schemaVersion, type Schema } from './schema';
import { attempt } from './sqlite-fault';
import { versionRefusal } from './version-gate';

/** A database file of the right schema, in WAL mode, that connections can be made to. */
export interface Database {
  readonly file: DatabaseFile;
  /** The connection by which the file was opened; it is for writing. */
  readonly first: Connection;
  /** Makes another connection. Throws what SQLite reports. */
  readonly connect: (use: 'write' | 'read') => Connection;
}

export interface DatabaseOptions {
  readonly driver: Driver;
  readonly runtime: Runtime;
  readonly file: string;
  readonly schema: Schema;
  readonly busyMilliseconds: number;
  readonly minimumFreeBytes: number;
  /** Default `full`. */
  readonly durability?: Durability;
}

/**
 * - `full`: a commit that was answered is on the disk (`synchronous = FULL`).
 * - `normal`: the file stays sound, but when the machine loses power the last commits may be gone (`synchronous = NORMAL`). For
 *   what can be made again from elsewhere.
 */
export type Durability = 'full' | 'normal';

const SYNCHRONOUS: Readonly<Record<Durability, number>> = { full: 2, normal: 1 };

/**
 * - `busy_timeout = 0`: a wait inside SQLite would hold the event loop.
 * - `fullfsync`: what macOS needs for that what was synchronised is on the disk.
 * - `trusted_schema = OFF`, `cell_size_check = ON`: a file made by a stranger can do less harm.
 * - `secure_delete = ON`: what is overwritten or deleted is gone from the page.
 */
const SETTINGS = `
  PRAGMA busy_timeout = 0;
  PRAGMA foreign_keys = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA secure_delete = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA fullfsync = ON;
  PRAGMA checkpoint_fullfsync = ON;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA wal_autocheckpoint = 1000;
`;

export const openDatabase = async (options: DatabaseOptions): Promise<Either<OpenError, Database>> => {
  const { driver, runtime, schema, busyMilliseconds, durability = 'full' } = options;
  const why = versionRefusal(driver.version);
  if (why !== undefined) return E.left({ _tag: 'SqliteVersionRefused', version: driver.version, why });
  const file = databaseFile(options.file, options.minimumFreeBytes);
  if (E.isLeft(file)) return file;
  const path = realpathSync(file.right.path);

  const connect: Database['connect'] = (use) => {
    const connection = driver.connect(path);
    const set = attempt(() => {
      connection.exec(SETTINGS);
      connection.exec(`PRAGMA synchronous = ${durability}`);
      if (use === 'read') connection.exec('PRAGMA query_only = ON');
    });
    if (E.isRight(set)) return connection;
    attempt(() => connection.close());
    throw Object.assign(new Error(set.left.name), { errcode: set.left.code });
  };

  const first = await patiently(runtime, busyMilliseconds, () =>
    Promise.resolve(attempt(() => firstConnection(connect, schema, durability))),
  );
  if (E.isLeft(first)) return E.left(openErrorOf(first.left));
  return E.map((connection: Connection): Database => ({ file: file.right, first: connection, connect }))(
    first.right,
  );
};

type Connect = Database['connect'];

/** Makes a connection and sees to it that what it is connected with is, or becomes, what is wanted. */
const firstConnection = (
  connect: Connect,
  schema: Schema,
  durability: Durability,
): Either<OpenError, Connection> => {
  const connection = connect('write');
  let ready = false;
  try {
    const prepared = prepare(connection, connect, schema, durability);
    ready = E.isRight(prepared);
    return E.map(() => connection)(prepared);
  } finally {
    if (!ready) attempt(() => connection.close());
  }
};

const prepare = (
  connection: Connection,
  connect: Connect,
  schema: Schema,
  durability: Durability,
): Either<OpenError, void> => {
  // A file of someone else is not even put into another journal mode.
  const version = schemaVersion(connection, schema);
  if (E.isLeft(version)) return version;
  const refusal = settingsRefusal(connection, durability);
  if (refusal !== undefined) return E.left(refusal);
  connection.exec('BEGIN IMMEDIATE');
  const unlocked = lockRefusal(connect);
  const migrated = unlocked === undefined ? migrate(connection, schema) : E.left(unlocked);
  connection.exec(E.isRight(migrated) ? 'COMMIT' : 'ROLLBACK');
  return migrated;
};

const settingsRefusal = (connection: Connection, durability: Durability): OpenError | undefined => {
  const mode = Object.values(connection.prepare('PRAGMA journal_mode = WAL').get() ?? {});
  if (mode[0] !== 'wal') return cannotOpen('the file system does not allow a write-ahead log');
  return pragma(connection, 'synchronous') === SYNCHRONOUS[durability]
    ? undefined
    : cannotOpen('this SQLite does not write synchronously');
};

/** The lock is held by the first connection: that another one does not get it too is what everything rests on. */
const lockRefusal = (connect: Connect): OpenError | undefined => {
  const rival = connect('write');
  const lock = attempt(() => rival.exec('BEGIN IMMEDIATE'));
  attempt(() => rival.close());
  if (E.isLeft(lock)) return lock.left.kind === 'busy' ? undefined : openErrorOf(lock.left);
  const why = 'two connections had the write lock at the same time: the file system does not keep locks';
  return { _tag: 'LocksDoNotHold', why };
};
