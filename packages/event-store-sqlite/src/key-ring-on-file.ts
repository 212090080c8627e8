import type { DataKey, KeptKeyRing, KeyRecord, KeyRingError, KeyRingRecords } from '@cloud-kassa/event-store';
import { KEY_BYTES, keyIdUnder, newKid } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import { checkpointOf, pause } from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { KeyFileAccess } from './key-file-access';
import { eraseKeys, keyRows, rewrapAll } from './key-rows';

/** A key ring in a database file of SQLite. Several processes of one machine may have it open. */
export interface SqliteKeyRing extends KeptKeyRing {
  /**
   * Wraps all keys under another key-encryption key, in one transaction, and answers how many keys of persons there were. Other
   * processes that have the ring open must be started again with the new one.
   */
  readonly rewrap: (keyEncryptionKey: Uint8Array) => TaskEither<KeyRingError, number>;
}

/** Keys in a page of records. */
const PAGE = 1_000;

export interface KeyRingOnFile {
  readonly files: KeyFileAccess;
  readonly runtime: Runtime;
  readonly keyEncryptionKey: Uint8Array;
  readonly indexKey: Uint8Array;
  readonly busyMilliseconds: number;
}

export const keyRingOn = ({
  files,
  runtime,
  indexKey,
  busyMilliseconds,
  ...given
}: KeyRingOnFile): SqliteKeyRing => {
  const { entropy } = runtime;
  let { keyEncryptionKey } = given;
  let rows = keyRows(keyEncryptionKey, entropy);

  const keyFor = async (keyId: string): Promise<Either<KeyRingError, DataKey>> => {
    const known = await files.read((connection) => rows.inForce(connection, keyId));
    if (E.isLeft(known)) return known;
    if (known.right !== undefined) return known.right;
    const made: DataKey = { kid: newKid(entropy), secret: entropy(KEY_BYTES) };
    const kept = await files.write((connection) => {
      const there = rows.inForce(connection, keyId);
      if (there !== undefined) return there;
      rows.add(connection, keyId, made);
      return E.right(made);
    });
    return E.flatten(kept);
  };

  /** What was overwritten in the file still stands in old pages of the log. */
  const cutLog = async (): Promise<Either<KeyRingError, void>> => {
    const end = runtime.monotonic() + busyMilliseconds;
    for (let refusals = 1; ; refusals += 1) {
      const cut = await files.between(checkpointOf);
      if (E.isLeft(cut)) return cut;
      if (cut.right.complete) return E.right(undefined);
      if (runtime.monotonic() >= end) return E.left(LOG_IN_USE);
      await pause(runtime, refusals);
    }
  };

  const erase = async (keyId: string): Promise<Either<KeyRingError, number>> => {
    const erased = await files.write((connection) => eraseKeys(connection, keyId));
    if (E.isLeft(erased)) return erased;
    return E.map(() => erased.right)(await cutLog());
  };

  const rewrap = async (to: Uint8Array): Promise<Either<KeyRingError, number>> => {
    if (to.length !== KEY_BYTES) return E.left(SHORT_KEY);
    const next = Uint8Array.from(to);
    const done = E.flatten(
      await files.write((connection) => rewrapAll(connection, keyEncryptionKey, next, entropy)),
    );
    if (E.isLeft(done)) return done;
    keyEncryptionKey = next;
    rows = keyRows(next, entropy);
    return E.map(() => done.right)(await cutLog());
  };

  async function* records(): AsyncGenerator<KeyRingRecords> {
    for (let after = 0; ;) {
      const from = after;
      const page = E.flatten(await files.read((connection) => rows.page(connection, from, PAGE)));
      if (E.isLeft(page)) {
        yield { _tag: 'Failed', error: page.left };
        return;
      }
      if (page.right.records.length === 0) return;
      after = page.right.last;
      yield { _tag: 'Records', records: page.right.records };
    }
  }

  const adopt = async (others: ReadonlyArray<KeyRecord>): Promise<Either<KeyRingError, void>> => {
    const adopted = await files.write((connection) => {
      for (const record of others) rows.adopt(connection, record);
    });
    if (E.isLeft(adopted)) return adopted;
    return others.some(({ secret }) => secret === undefined) ? cutLog() : E.right(undefined);
  };

  return {
    indexKey: () => Uint8Array.from(indexKey),
    records,
    adopt: (others) => () => adopt(others),
    keyIdFor: (contact) => TE.fromIO(() => keyIdUnder(indexKey, contact)),
    keyFor: (keyId) => () => keyFor(keyId),
    find: (kids) => async () => E.flatten(await files.read((connection) => rows.find(connection, kids))),
    erase: (keyId) => () => erase(keyId),
    rewrap: (to) => () => rewrap(to),
    close: files.close,
  };
};

const SHORT_KEY: KeyRingError = { _tag: 'KeyRingUnavailable', why: 'a key-encryption key has 32 bytes' };

const LOG_IN_USE: KeyRingError = {
  _tag: 'KeyRingUnavailable',
  why: 'the change is made, but another program reads the file and keeps the old bytes in its log: repeat it later',
};
