import { createHmac } from 'node:crypto';
import * as TE from 'fp-ts/TaskEither';
import type { DataKey, KeyRing } from './key-ring';
import { wrapKey, type KeyRecord, type WrappedKey } from './key-wrapping';

export interface MemoryKeyRingOptions {
  /** The key of the index of persons: 32 bytes or more. With another one every person becomes a stranger. */
  readonly indexKey: Uint8Array;
  /** Where keys come from: the `entropy` of the runtime. */
  readonly entropy: (length: number) => Uint8Array;
  /** Keys to begin with, oldest first: what `exported` gave, unwrapped. */
  readonly keys?: ReadonlyArray<KeyRecord>;
}

export interface MemoryKeyRing extends KeyRing {
  /** All keys, oldest first, wrapped under a key-encryption key of 32 bytes. */
  readonly exported: (keyEncryptionKey: Uint8Array) => ReadonlyArray<WrappedKey>;
}

/** A key ring that forgets everything with the process: for tests, and for those who keep the exported keys themselves. */
export const memoryKeyRing = ({ indexKey, entropy, keys = [] }: MemoryKeyRingOptions): MemoryKeyRing => {
  if (indexKey.length < 32) throw new RangeError('The index key has at least 32 bytes.');
  const index = Uint8Array.from(indexKey);
  const records = new Map(keys.map((record) => [record.kid, record]));
  const inForce = new Map<string, DataKey>();
  for (const { keyId, kid, secret } of keys) {
    if (secret !== undefined) inForce.set(keyId, { kid, secret });
  }

  const keyFor = (keyId: string): DataKey => {
    const known = inForce.get(keyId);
    if (known !== undefined) return copyOf(known);
    const made = { kid: Buffer.from(entropy(16)).toString('base64url'), secret: entropy(32) };
    records.set(made.kid, { keyId, ...made });
    inForce.set(keyId, made);
    return copyOf(made);
  };

  const find = (kids: ReadonlyArray<string>): ReadonlyMap<string, DataKey | 'erased'> => {
    const found = new Map<string, DataKey | 'erased'>();
    for (const kid of kids) {
      const record = records.get(kid);
      if (record !== undefined)
        found.set(kid, record.secret === undefined ? 'erased' : copyOf({ kid, secret: record.secret }));
    }
    return found;
  };

  const erase = (keyId: string): number => {
    let erased = 0;
    inForce.delete(keyId);
    for (const record of records.values()) {
      if (record.keyId !== keyId || record.secret === undefined) continue;
      record.secret.fill(0);
      records.set(record.kid, { keyId, kid: record.kid });
      erased += 1;
    }
    return erased;
  };

  return {
    keyIdFor: (contact) => TE.fromIO(() => createHmac('sha256', index).update(contact).digest('hex')),
    keyFor: (keyId) => TE.fromIO(() => keyFor(keyId)),
    find: (kids) => TE.fromIO(() => find(kids)),
    erase: (keyId) => TE.fromIO(() => erase(keyId)),
    exported: (keyEncryptionKey) =>
      Array.from(records.values(), (record) => wrapKey(keyEncryptionKey, record, entropy)),
  };
};

// Nobody outside holds the bytes that are wiped: who seals just then must not seal under zeros.
const copyOf = ({ kid, secret }: DataKey): DataKey => ({ kid, secret: Uint8Array.from(secret) });
