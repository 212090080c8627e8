import { createHmac } from 'node:crypto';
import type { KeyRingNotOpened } from './key-ring-home';

/** Bytes of every key that is drawn here, and of a key-encryption key. An index key has at least as many. */
export const KEY_BYTES = 32;
const KID_BYTES = 16;

/** HMAC-SHA-256 of the normalised contact under the index key, lowercase hex: what `keyIdFor` of every key ring answers. */
export const keyIdUnder = (indexKey: Uint8Array, normalisedContact: string): string =>
  createHmac('sha256', indexKey).update(normalisedContact).digest('hex');

/** A name that no key had before: 128 bits in base64url. */
export const newKid = (entropy: (length: number) => Uint8Array): string =>
  Buffer.from(entropy(KID_BYTES)).toString('base64url');

/** Why keys of these lengths open no key ring. */
export const wrongKeyLength = (
  keyEncryptionKey: Uint8Array,
  indexKey: Uint8Array | undefined,
): Extract<KeyRingNotOpened, { _tag: 'KeyLength' }> | undefined =>
  keyEncryptionKey.length === KEY_BYTES && (indexKey?.length ?? KEY_BYTES) >= KEY_BYTES
    ? undefined
    : {
        _tag: 'KeyLength',
        why: `a key-encryption key has ${KEY_BYTES} bytes, an index key at least ${KEY_BYTES}`,
      };
