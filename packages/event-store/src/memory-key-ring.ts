import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { KEY_BYTES, keyIdUnder, newKid } from './key-material';
import type { DataKey, KeyRingError } from './key-ring';
import type { KeptKeyRing, KeyRingRecords } from './key-ring-home';
import type { KeyRecord } from './key-wrapping';

export interface MemoryKeyRingOptions {
  /** The key of the index of persons: 32 bytes or more. With another one every person becomes a stranger. */
  readonly indexKey: Uint8Array;
  /** Where keys come from: the `entropy` of the runtime. */
  readonly entropy: (length: number) => Uint8Array;
}

export type MemoryKeyRing = KeptKeyRing;

/**
 * A key ring that forgets everything with the process: for tests, and for those who keep its `records` themselves, each wrapped by
 * `wrapKey`, and give them back to `adopt`.
 */
export const memoryKeyRing = ({ indexKey: given, entropy }: MemoryKeyRingOptions): MemoryKeyRing => {
  if (given.length < KEY_BYTES) throw new RangeError(`The index key has at least ${KEY_BYTES} bytes.`);
  const indexKey = Uint8Array.from(given);
  /** Oldest first. */
  const keys = new Map<string, KeyRecord>();
  /** The names of the keys of a person, oldest first. */
  const persons = new Map<string, string[]>();
  let isClosed = false;

  const task =
    <A>(work: () => A): TaskEither<KeyRingError, A> =>
    () =>
      Promise.resolve(isClosed ? E.left(CLOSED) : E.right(work()));

  const add = (record: KeyRecord): void => {
    keys.set(record.kid, record);
    const kids = persons.get(record.keyId);
    if (kids === undefined) persons.set(record.keyId, [record.kid]);
    else kids.push(record.kid);
  };

  const eraseKey = (kid: string): number => {
    const record = keys.get(kid);
    if (record?.secret === undefined) return 0;
    record.secret.fill(0);
    keys.set(kid, { keyId: record.keyId, kid });
    return 1;
  };

  const keyFor = (keyId: string): DataKey => {
    for (const kid of (persons.get(keyId) ?? []).toReversed()) {
      const secret = keys.get(kid)?.secret;
      if (secret !== undefined) return { kid, secret: Uint8Array.from(secret) };
    }
    const made = { kid: newKid(entropy), secret: entropy(KEY_BYTES) };
    add({ keyId, ...made });
    return { kid: made.kid, secret: Uint8Array.from(made.secret) };
  };

  const find = (kids: ReadonlyArray<string>): ReadonlyMap<string, DataKey | 'erased'> => {
    const found = new Map<string, DataKey | 'erased'>();
    for (const kid of kids) {
      const record = keys.get(kid);
      if (record !== undefined)
        found.set(
          kid,
          record.secret === undefined ? 'erased' : { kid, secret: Uint8Array.from(record.secret) },
        );
    }
    return found;
  };

  const adopt = (record: KeyRecord): void => {
    if (!keys.has(record.kid)) add(copyOf(record));
    else if (record.secret === undefined) eraseKey(record.kid);
  };

  async function* records(): AsyncGenerator<KeyRingRecords> {
    for (let from = 0; ; from += PAGE) {
      const page = await task(() => [...keys.values()].slice(from, from + PAGE).map(copyOf))();
      if (E.isLeft(page)) return yield { _tag: 'Failed', error: page.left };
      if (page.right.length === 0) return;
      yield { _tag: 'Records', records: page.right };
    }
  }

  return {
    keyIdFor: (contact) => task(() => keyIdUnder(indexKey, contact)),
    keyFor: (keyId) => task(() => keyFor(keyId)),
    find: (kids) => task(() => find(kids)),
    erase: (keyId) =>
      task(() => (persons.get(keyId) ?? []).reduce((erased, kid) => erased + eraseKey(kid), 0)),
    indexKey: () => Uint8Array.from(indexKey),
    records,
    adopt: (others) => task(() => others.forEach(adopt)),
    close: () => {
      isClosed = true;
      return Promise.resolve();
    },
  };
};

/** Keys in a page of records. */
const PAGE = 1_000;

const CLOSED: KeyRingError = { _tag: 'KeyRingUnavailable', why: 'the key ring is closed' };

// Nobody outside holds the bytes that are wiped: who seals just then must not seal under zeros.
const copyOf = ({ keyId, kid, secret }: KeyRecord): KeyRecord => ({
  keyId,
  kid,
  ...(secret === undefined ? {} : { secret: Uint8Array.from(secret) }),
});
