import assert from 'node:assert/strict';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { DataKey } from '../key-ring';
import type { KeptKeyRing } from '../key-ring-home';
import type { KeyRecord } from '../key-wrapping';

/** The answer of a task that has to succeed. */
export const right = async <F, A>(task: TaskEither<F, A>): Promise<A> => {
  const answer = await task();
  if (E.isLeft(answer)) assert.fail(JSON.stringify(answer.left));
  return answer.right;
};

/** The tag of a failure, or `done`. */
export const tagOf = async <F extends { readonly _tag: string }>(
  task: TaskEither<F, unknown>,
): Promise<string> => {
  const answer = await task();
  return E.isLeft(answer) ? answer.left._tag : 'done';
};

/** The key in force for a person. What comes as a `Buffer` is compared as bytes, here and below. */
export const keyOf = async (ring: KeptKeyRing, keyId: string): Promise<DataKey> => {
  const { kid, secret } = await right(ring.keyFor(keyId));
  return { kid, secret: Uint8Array.from(secret) };
};

export const foundIn = async (
  ring: KeptKeyRing,
  kids: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, DataKey | 'erased'>> => {
  const found = await right(ring.find(kids));
  return new Map(
    [...found].map(([name, key]) => [
      name,
      key === 'erased' ? key : { ...key, secret: Uint8Array.from(key.secret) },
    ]),
  );
};

/** All keys of a ring, each once. */
export const recordsOf = async (ring: KeptKeyRing): Promise<ReadonlyArray<KeyRecord>> => {
  const all = new Map<string, KeyRecord>();
  for await (const page of ring.records()) {
    if (page._tag === 'Failed') assert.fail(page.error.why);
    assert.notEqual(page.records.length, 0);
    for (const { secret, ...names } of page.records) {
      const record = { ...names, ...(secret === undefined ? {} : { secret: Uint8Array.from(secret) }) };
      const before = all.get(record.kid);
      if (before !== undefined) assert.deepEqual(record, before);
      all.set(record.kid, record);
    }
  }
  return [...all.values()];
};
