import { seededRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { KeyRingError } from './key-ring';
import { unwrapKey } from './key-wrapping';
import { memoryKeyRing } from './memory-key-ring';

const { entropy } = seededRuntime('keys');
const indexKey = new Uint8Array(32).fill(1);
const encryptionKey = new Uint8Array(32).fill(2);

const given = async <A>(task: TaskEither<KeyRingError, A>): Promise<A> => {
  const outcome = await task();
  if (E.isLeft(outcome)) throw new Error(outcome.left.why);
  return outcome.right;
};

describe('a key ring', () => {
  it('gives a person the same id for ever: HMAC-SHA-256 of the contact under the index key', async () => {
    const ring = memoryKeyRing({ indexKey, entropy });
    const id = await given(ring.keyIdFor('+79990000001'));
    // echo -n '+79990000001' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0101…01
    expect(id).toBe('200619f9425a2a88f5aa6aa5265f239d9d46d0359dddf6f257426f54e09aafba');
    expect(await given(memoryKeyRing({ indexKey, entropy }).keyIdFor('+79990000001'))).toBe(id);
    const other = memoryKeyRing({ indexKey: new Uint8Array(32).fill(9), entropy });
    expect(await given(other.keyIdFor('+79990000001'))).not.toBe(id);
    expect(() => memoryKeyRing({ indexKey: new Uint8Array(31), entropy })).toThrow(RangeError);
  });

  it('makes one key of 32 bytes for a person, on first use', async () => {
    const ring = memoryKeyRing({ indexKey, entropy });
    const key = await given(ring.keyFor('p1'));
    expect(key.secret).toHaveLength(32);
    expect(await given(ring.keyFor('p1'))).toEqual(key);
    expect(await given(ring.keyFor('p2'))).not.toEqual(key);
    expect(await given(ring.find([key.kid, 'never']))).toEqual(new Map([[key.kid, key]]));
  });

  it('erases a key for ever; who comes back gets another one', async () => {
    const ring = memoryKeyRing({ indexKey, entropy });
    const first = await given(ring.keyFor('p1'));
    const handedOut = Uint8Array.from(first.secret);
    expect(await given(ring.erase('p1'))).toBe(1);
    expect(await given(ring.erase('p1'))).toBe(0);
    expect(await given(ring.find([first.kid]))).toEqual(new Map([[first.kid, 'erased']]));
    const second = await given(ring.keyFor('p1'));
    expect(second.kid).not.toBe(first.kid);
    expect(await given(ring.find([first.kid, second.kid]))).toEqual(
      new Map<string, unknown>([
        [first.kid, 'erased'],
        [second.kid, second],
      ]),
    );
    // Whoever is sealing at this moment must not be left with zeros.
    expect(first.secret).toEqual(handedOut);
  });

  it('leaves only wrapped, and comes back with what was erased', async () => {
    const ring = memoryKeyRing({ indexKey, entropy });
    const gone = await given(ring.keyFor('p1'));
    await given(ring.erase('p1'));
    const [again, other] = [await given(ring.keyFor('p1')), await given(ring.keyFor('p2'))];
    const wrapped = ring.exported(encryptionKey);
    expect(wrapped).toHaveLength(3);
    expect(JSON.stringify(wrapped)).not.toContain(Buffer.from(again.secret).toString('base64url'));
    const keys = wrapped.map((key) => E.getOrElseW(() => never())(unwrapKey(encryptionKey, key)));
    const restored = memoryKeyRing({ indexKey, entropy, keys });
    expect(await given(restored.keyFor('p1'))).toEqual(again);
    expect(await given(restored.keyFor('p2'))).toEqual(other);
    expect(await given(restored.find([gone.kid]))).toEqual(new Map([[gone.kid, 'erased']]));
  });

  it('does not take a wrapped key under another encryption key, under another name, or changed', async () => {
    const ring = memoryKeyRing({ indexKey, entropy });
    await given(ring.keyFor('p1'));
    await given(ring.keyFor('p2'));
    const [one, other] = ring.exported(encryptionKey);
    if (one?.wrapped === undefined || other?.wrapped === undefined) return never();
    const corrupt = E.left({ _tag: 'KeyRingCorrupt', why: expect.any(String) });
    expect(unwrapKey(new Uint8Array(32).fill(3), one)).toEqual(corrupt);
    expect(unwrapKey(encryptionKey, { ...one, keyId: 'p2' })).toEqual(corrupt);
    expect(unwrapKey(encryptionKey, { ...one, kid: other.kid })).toEqual(corrupt);
    expect(unwrapKey(encryptionKey, { ...one, wrapped: other.wrapped })).toEqual(corrupt);
  });
});

const never = (): never => {
  throw new Error('There is no such key.');
};
