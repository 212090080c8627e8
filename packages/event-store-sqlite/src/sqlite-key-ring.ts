import type { KeyRingError, KeyRingNotOpened } from '@cloud-kassa/event-store';
import { KEY_BYTES, wrongKeyLength } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import {
  groupCommit,
  nodeDriver,
  openDatabase,
  readerOf,
  turnsOn,
  type Driver,
  type OpenError,
} from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { keyFileAccess } from './key-file-access';
import { keyRingOn, type SqliteKeyRing } from './key-ring-on-file';
import { indexKeyOf, putIndexKey } from './key-rows';
import { keySchema } from './key-schema';

export interface SqliteKeyRingOptions {
  /**
   * Path of the key file, apart from the store's, with backups of its own: a backup brings erased keys back. Made with permissions
   * 0600 if it is not there; its directory must be.
   */
  readonly file: string;
  readonly runtime: Runtime;
  /** 32 bytes that open the keys in the file. Without them no person can be read any more. See `readKeyEncryptionKey`. */
  readonly keyEncryptionKey: Uint8Array;
  /**
   * The key of the index of persons, 32 bytes or more, for a ring that goes on from another one. Default: a new ring draws one. It
   * is kept in the file, wrapped as the others; a ring that has another one is not opened.
   */
  readonly indexKey?: Uint8Array;
  /** How long a lock that another process holds is waited for. Default 5,000. */
  readonly busyMilliseconds?: number;
}

export type KeyRingOpenError = OpenError | Exclude<KeyRingNotOpened, KeyRingError>;

/** Opens the key ring of a file, or makes a new one. */
export const openSqliteKeyRing = (
  options: SqliteKeyRingOptions,
): TaskEither<KeyRingOpenError, SqliteKeyRing> => openSqliteKeyRingOn(nodeDriver, options);

export const openSqliteKeyRingOn =
  (driver: Driver, options: SqliteKeyRingOptions): TaskEither<KeyRingOpenError, SqliteKeyRing> =>
  async () => {
    const { runtime, busyMilliseconds = 5_000 } = options;
    const { entropy } = runtime;
    const refusal = wrongKeyLength(options.keyEncryptionKey, options.indexKey);
    if (refusal !== undefined) return E.left(refusal);
    const database = await openDatabase({
      driver,
      runtime,
      file: options.file,
      schema: keySchema,
      busyMilliseconds,
      minimumFreeBytes: 0,
    });
    if (E.isLeft(database)) return database;
    const turns = turnsOn(runtime);
    const reader = readerOf({ database: database.right, runtime, turns, busyMilliseconds });
    const writer = groupCommit({
      database: database.right,
      runtime,
      turns,
      groupSize: 256,
      groupBytes: 1024 * 1024,
      collectMilliseconds: 0,
      busyMilliseconds,
      committed: () => undefined,
    });
    const files = keyFileAccess(reader, writer);
    const keyEncryptionKey = Uint8Array.from(options.keyEncryptionKey);
    const index = await files.write((connection) => {
      const known = indexKeyOf(connection, keyEncryptionKey);
      if (known !== undefined) return known;
      const made = Uint8Array.from(options.indexKey ?? entropy(KEY_BYTES));
      putIndexKey(connection, keyEncryptionKey, made, entropy);
      return E.right(made);
    });
    const indexKey = indexKeyFrom(index, options.indexKey);
    if (E.isLeft(indexKey)) {
      await files.close();
      return indexKey;
    }
    return E.right(
      keyRingOn({ files, runtime, keyEncryptionKey, indexKey: indexKey.right, busyMilliseconds }),
    );
  };

const indexKeyFrom = (
  kept: Either<KeyRingError, Either<KeyRingError, Uint8Array>>,
  given: Uint8Array | undefined,
): Either<KeyRingOpenError, Uint8Array> => {
  if (E.isLeft(kept)) return E.left({ _tag: 'CannotOpen', why: kept.left.why });
  if (E.isLeft(kept.right)) return E.left({ _tag: 'WrongKeyEncryptionKey', why: WRONG_KEY });
  const { right } = kept.right;
  return given === undefined || Buffer.from(right).equals(given)
    ? kept.right
    : E.left({ _tag: 'OtherIndexKey', why: 'the file has another index key' });
};

const WRONG_KEY = 'the keys in the file do not open under this key-encryption key';
