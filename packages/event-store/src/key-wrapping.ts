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

/** @param keyEncryptionKey 32 bytes. */
export const wrapKey = (
  keyEncryptionKey: Uint8Array,
  { keyId, kid, secret }: KeyRecord,
  entropy: (length: number) => Uint8Array,
): WrappedKey =>
  secret === undefined
    ? { keyId, kid }
    : { keyId, kid, wrapped: encrypt(keyEncryptionKey, secret, `${keyId}|${kid}`, entropy) };

/** Refuses (`KeyRingCorrupt`) what was wrapped under another key-encryption key, was changed, or carries another key's name. */
export const unwrapKey = (
  keyEncryptionKey: Uint8Array,
  { keyId, kid, wrapped }: WrappedKey,
): Either<KeyRingError, KeyRecord> => {
  if (wrapped === undefined) return E.right({ keyId, kid });
  const secret = decrypt(keyEncryptionKey, wrapped, `${keyId}|${kid}`);
  return secret === undefined
    ? E.left({ _tag: 'KeyRingCorrupt', why: 'a wrapped key does not open under this key-encryption key' })
    : E.right({ keyId, kid, secret });
};
