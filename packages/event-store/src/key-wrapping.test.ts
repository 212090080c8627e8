import { seededRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { unwrapIndexKey, unwrapKey, wrapIndexKey, wrapKey } from './key-wrapping';

const { entropy } = seededRuntime('wrapping');
const encryptionKey = new Uint8Array(32).fill(2);
const key = { keyId: 'p1', kid: 'k1', secret: entropy(32) };
const corrupt = E.left({ _tag: 'KeyRingCorrupt', why: expect.any(String) });

describe('a wrapped key', () => {
  it('comes back as it was, and shows nothing of the secret', () => {
    const wrapped = wrapKey(encryptionKey, key, entropy);
    expect(unwrapKey(encryptionKey, wrapped)).toEqual(E.right(key));
    expect(JSON.stringify(wrapped)).not.toContain(Buffer.from(key.secret).toString('base64url'));
  });

  it('has its names only when it was erased', () => {
    const names = { keyId: 'p1', kid: 'k1' };
    expect(wrapKey(encryptionKey, names, entropy)).toEqual(names);
    expect(unwrapKey(encryptionKey, names)).toEqual(E.right(names));
  });

  it('does not open under another key-encryption key, under another name, or changed', () => {
    const wrapped = wrapKey(encryptionKey, key, entropy);
    const other = wrapKey(encryptionKey, { ...key, kid: 'k2' }, entropy);
    expect(unwrapKey(new Uint8Array(32).fill(3), wrapped)).toEqual(corrupt);
    expect(unwrapKey(encryptionKey, { ...wrapped, keyId: 'p2' })).toEqual(corrupt);
    expect(unwrapKey(encryptionKey, { ...wrapped, kid: 'k2' })).toEqual(corrupt);
    expect(unwrapKey(encryptionKey, { ...other, keyId: 'p1', kid: 'k1' })).toEqual(corrupt);
  });
});

describe('a wrapped index key', () => {
  it('opens under its own key-encryption key alone, and is no key of a person', () => {
    const indexKey = entropy(48);
    const wrapped = wrapIndexKey(encryptionKey, indexKey, entropy);
    expect(unwrapIndexKey(encryptionKey, wrapped)).toEqual(Uint8Array.from(indexKey));
    expect(unwrapIndexKey(new Uint8Array(32).fill(3), wrapped)).toBeUndefined();
    expect(unwrapKey(encryptionKey, { keyId: 'p1', kid: 'k1', wrapped })).toEqual(corrupt);
  });
});
