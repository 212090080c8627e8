import {
  unwrapIndexKey,
  unwrapKey,
  wrapIndexKey,
  wrapKey,
  type DataKey,
  type KeyRecord,
  type KeyRingError,
  type WrappedKey,
} from '@cloud-kassa/event-store';
import type { Connection, Row } from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';

/** The keys of a file, under a key-encryption key. All of it throws what SQLite reports. */
export interface KeyRows {
  readonly inForce: (connection: Connection, keyId: string) => Either<KeyRingError, DataKey> | undefined;
  readonly find: (
    connection: Connection,
    kids: ReadonlyArray<string>,
  ) => Either<KeyRingError, ReadonlyMap<string, DataKey | 'erased'>>;
  readonly add: (connection: Connection, keyId: string, key: DataKey) => void;
  /** At most so many keys from a number on, oldest first, and the number to go on from. */
  readonly page: (connection: Connection, after: number, limit: number) => Either<KeyRingError, KeyPage>;
  /** Takes over a key of another ring; one that is here stays, one that is erased on either side is erased. */
  readonly adopt: (connection: Connection, record: KeyRecord) => void;
}

export interface KeyPage {
  readonly records: ReadonlyArray<KeyRecord>;
  readonly last: number;
}

type Entropy = (length: number) => Uint8Array;

export const keyRows = (keyEncryptionKey: Uint8Array, entropy: Entropy): KeyRows => {
  const opened = (row: Row): Either<KeyRingError, DataKey> => unwrapped(keyEncryptionKey, wrappedKey(row));
  return {
    inForce: (connection, keyId) => {
      const row = connection
        .prepare(`${SELECT} WHERE key_id = ? AND erased = 0 ORDER BY number DESC LIMIT 1`)
        .get(keyId);
      return row === undefined ? undefined : opened(row);
    },
    find: (connection, kids) => {
      const byName = connection.prepare(`${SELECT} WHERE kid = ?`);
      const found = new Map<string, DataKey | 'erased'>();
      for (const kid of kids) {
        const row = byName.get(kid);
        if (row === undefined) continue;
        if (row['erased'] === 1) {
          found.set(kid, 'erased');
          continue;
        }
        const key = opened(row);
        if (E.isLeft(key)) return key;
        found.set(kid, key.right);
      }
      return E.right(found);
    },
    add: (connection, keyId, { kid, secret }) => {
      const { iv, ct, tag } = wrapped(keyEncryptionKey, { keyId, kid, secret }, entropy);
      insertKey(connection, { keyId, kid, erased: 0 }, { iv, ct, tag });
    },
    page: (connection, after, limit) => {
      const rows = connection.prepare(`${SELECT} WHERE number > ? ORDER BY number LIMIT ?`);
      const records: KeyRecord[] = [];
      let last = after;
      for (const row of rows.iterate(after, limit)) {
        last = Number(row['number']);
        const key =
          row['erased'] === 1 ? E.right(namesOf(row)) : unwrapKey(keyEncryptionKey, wrappedKey(row));
        if (E.isLeft(key)) return key;
        records.push(key.right);
      }
      return E.right({ records, last });
    },
    adopt: (connection, { keyId, kid, secret }) => {
      const known = connection.prepare(`${SELECT} WHERE kid = ?`).get(kid);
      if (secret !== undefined) {
        if (known !== undefined) return;
        const { iv, ct, tag } = wrapped(keyEncryptionKey, { keyId, kid, secret }, entropy);
        insertKey(connection, { keyId, kid, erased: 0 }, { iv, ct, tag });
      } else if (known === undefined) insertKey(connection, { keyId, kid, erased: 1 }, NOTHING);
      else connection.prepare(`${OVERWRITE} WHERE kid = ? AND erased = 0`).run(kid);
    },
  };
};

/** Overwrites what was wrapped, character by character, and answers how many keys there were. */
export const eraseKeys = (connection: Connection, keyId: string): number => {
  connection.prepare(`${OVERWRITE} WHERE key_id = ? AND erased = 0`).run(keyId);
  return Number(connection.prepare('SELECT changes() AS erased').get()?.['erased'] ?? 0);
};

/** The index key of a file, or `undefined` in one that has none yet. */
export const indexKeyOf = (
  connection: Connection,
  keyEncryptionKey: Uint8Array,
): Either<KeyRingError, Uint8Array> | undefined => {
  const row = connection.prepare('SELECT iv, ct, tag FROM index_key').get();
  if (row === undefined) return undefined;
  const key = unwrapIndexKey(keyEncryptionKey, partsOf(row));
  return key === undefined
    ? E.left({ _tag: 'KeyRingCorrupt', why: 'the index key does not open under this key-encryption key' })
    : E.right(key);
};

export const putIndexKey = (
  connection: Connection,
  keyEncryptionKey: Uint8Array,
  secret: Uint8Array,
  entropy: Entropy,
): void => {
  const { iv, ct, tag } = wrapIndexKey(keyEncryptionKey, secret, entropy);
  connection
    .prepare(
      `INSERT INTO index_key (one, iv, ct, tag) VALUES (1, ?, ?, ?)
       ON CONFLICT (one) DO UPDATE SET iv = excluded.iv, ct = excluded.ct, tag = excluded.tag`,
    )
    .run(iv, ct, tag);
};

/** Wraps everything anew and answers how many keys of persons there were; nothing is changed when one does not open. */
export const rewrapAll = (
  connection: Connection,
  from: Uint8Array,
  to: Uint8Array,
  entropy: Entropy,
): Either<KeyRingError, number> => {
  const index = indexKeyOf(connection, from);
  if (index === undefined) return E.left({ _tag: 'KeyRingCorrupt', why: 'the index key is missing' });
  if (E.isLeft(index)) return index;
  const keys: Array<Required<WrappedKey>> = [];
  for (const row of connection.prepare(`${SELECT} WHERE erased = 0`).iterate()) {
    const old = wrappedKey(row);
    const key = unwrapped(from, old);
    if (E.isLeft(key)) return key;
    keys.push({ ...old, wrapped: wrapped(to, { ...old, secret: key.right.secret }, entropy) });
  }
  const change = connection.prepare('UPDATE person_keys SET iv = ?, ct = ?, tag = ? WHERE kid = ?');
  for (const {
    kid,
    wrapped: { iv, ct, tag },
  } of keys)
    change.run(iv, ct, tag, kid);
  putIndexKey(connection, to, index.right, entropy);
  return E.right(keys.length);
};

const SELECT = 'SELECT number, key_id, kid, erased, iv, ct, tag FROM person_keys';

/** As many zeros as a column has characters. */
const ZEROS = (column: string): string => `substr('${'0'.repeat(256)}', 1, length(${column}))`;

const OVERWRITE = `UPDATE person_keys SET erased = 1, iv = ${ZEROS('iv')}, ct = ${ZEROS('ct')}, tag = ${ZEROS('tag')}`;

const NOTHING: Parts = { iv: '', ct: '', tag: '' };

const insertKey = (
  connection: Connection,
  { keyId, kid, erased }: { readonly keyId: string; readonly kid: string; readonly erased: 0 | 1 },
  { iv, ct, tag }: Parts,
): void => {
  connection
    .prepare('INSERT INTO person_keys (key_id, kid, erased, iv, ct, tag) VALUES (?, ?, ?, ?, ?, ?)')
    .run(keyId, kid, erased, iv, ct, tag);
};

type Parts = NonNullable<WrappedKey['wrapped']>;

const partsOf = (row: Row): Parts => ({
  iv: String(row['iv']),
  ct: String(row['ct']),
  tag: String(row['tag']),
});

const namesOf = (row: Row): Pick<KeyRecord, 'keyId' | 'kid'> => ({
  keyId: String(row['key_id']),
  kid: String(row['kid']),
});

const wrappedKey = (row: Row): WrappedKey => ({
  ...namesOf(row),
  wrapped: partsOf(row),
});

const unwrapped = (keyEncryptionKey: Uint8Array, key: WrappedKey): Either<KeyRingError, DataKey> =>
  E.chain(({ kid, secret }: KeyRecord): Either<KeyRingError, DataKey> =>
    secret === undefined
      ? E.left({ _tag: 'KeyRingCorrupt', why: 'a key that was not erased has no secret' })
      : E.right({ kid, secret }),
  )(unwrapKey(keyEncryptionKey, key));

const wrapped = (keyEncryptionKey: Uint8Array, key: Required<KeyRecord>, entropy: Entropy): Parts => {
  const made = wrapKey(keyEncryptionKey, key, entropy).wrapped;
  if (made === undefined) throw new TypeError('A key that is there leaves wrapped.');
  return made;
};
