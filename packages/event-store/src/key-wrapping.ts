import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { decrypt, encrypt, type Encrypted } from './encryption';
import type { KeyRingError } from './key-ring';

/** A key of a person as a key ring holds it; without `secret` it was erased. */
export interface KeyRecord {
  readonly keyId: string;
  readonly kid: string;
  readonly secret?: Uint8Array;
}

/** A key as it leaves a key ring: encrypted under the key-encryption key, bound to its names; without `wrapped` it was erased. */
export interface WrappedKey {
  readonly keyId: string;
  readonly kid: string;
  readonly wrapped?: Encrypted;
}

const additionalOf = ({ keyId, kid }: Pick<KeyRecord, 'keyId' | 'kid'>): string => `${keyId}|${kid}`;

/** @param keyEncryptionKey 32 bytes. */
export const wrapKey = (
  keyEncryptionKey: Uint8Array,
  { keyId, kid, secret }: KeyRecord,
  entropy: (length: number) => Uint8Array,
): WrappedKey =>
  secret === undefined
    ? { keyId, kid }
    : { keyId, kid, wrapped: encrypt(keyEncryptionKey, secret, additionalOf({ keyId, kid }), entropy) };

/** Refuses (`KeyRingCorrupt`) what was wrapped under another key-encryption key, was changed, or carries another key's name. */
export const unwrapKey = (
  keyEncryptionKey: Uint8Array,
  { keyId, kid, wrapped }: WrappedKey,
): Either<KeyRingError, KeyRecord> => {
  if (wrapped === undefined) return E.right({ keyId, kid });
  const secret = decrypt(keyEncryptionKey, wrapped, additionalOf({ keyId, kid }));
  return secret === undefined
    ? E.left({ _tag: 'KeyRingCorrupt', why: 'a wrapped key does not open under this key-encryption key' })
    : E.right({ keyId, kid, secret });
};

/** The name that an index key is bound to: no key of a person has it. */
const INDEX_KEY = { keyId: 'index key', kid: 'index key' };

export const wrapIndexKey = (
  keyEncryptionKey: Uint8Array,
  indexKey: Uint8Array,
  entropy: (length: number) => Uint8Array,
): Encrypted => encrypt(keyEncryptionKey, indexKey, additionalOf(INDEX_KEY), entropy);

/** `undefined` where it does not open: most likely it was wrapped under another key-encryption key. */
export const unwrapIndexKey = (keyEncryptionKey: Uint8Array, wrapped: Encrypted): Uint8Array | undefined =>
  decrypt(keyEncryptionKey, wrapped, additionalOf(INDEX_KEY));
