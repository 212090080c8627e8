import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';

/** What AES-256-GCM makes of a text, each part in base64url. */
export interface Encrypted {
  /** 96 bits, drawn anew for every text. */
  readonly iv: string;
  readonly ct: string;
  /** 128 bits. */
  readonly tag: string;
}

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

// Given plain bytes, Node takes three times as long to find out that they are no key object.

/** @param key 32 bytes. @param additional what the ciphertext is bound to. */
export const encrypt = (
  key: Uint8Array,
  plain: Uint8Array,
  additional: string,
  entropy: (length: number) => Uint8Array,
): Encrypted => {
  const iv = entropy(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, createSecretKey(key), iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(additional));
  const ct = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { iv: text(iv), ct: text(ct), tag: text(cipher.getAuthTag()) };
};

/** `undefined` where it does not open: another key, other additional data, or a changed byte. */
export const decrypt = (
  key: Uint8Array,
  { iv, ct, tag }: Encrypted,
  additional: string,
): Uint8Array | undefined => {
  try {
    const decipher = createDecipheriv(ALGORITHM, createSecretKey(key), bytes(iv), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(additional));
    decipher.setAuthTag(bytes(tag));
    return Buffer.concat([decipher.update(bytes(ct)), decipher.final()]);
  } catch {
    return undefined;
  }
};

const text = (value: Uint8Array): string => Buffer.from(value).toString('base64url');
const bytes = (value: string): Buffer => Buffer.from(value, 'base64url');
