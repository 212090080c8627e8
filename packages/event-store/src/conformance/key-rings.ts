import assert from 'node:assert/strict';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { copyKeys } from '../copying/copy-keys';
import type { DataKey } from '../key-ring';
import type { KeptKeyRing, KeyRingHome } from '../key-ring-home';
import type { KeyRecord } from '../key-wrapping';
import { globalTestApi, type TestApi } from './test-api';

/** Two ways to the same place of a key ring, as two processes have them, and how they are closed. */
export interface OpenedKeyRingHomes {
  readonly homes: readonly [KeyRingHome, KeyRingHome];
  readonly close: () => Promise<void>;
}

export interface KeyRingUnderTest {
  readonly name: string;
  /** A new place without a key ring. Each test has some of its own and closes them. */
  readonly open: () => Promise<OpenedKeyRingHomes>;
}

const KEY = new Uint8Array(32).fill(2);
const OTHER_KEY = new Uint8Array(32).fill(3);

/** Registers the tests that every `KeyRingHome`, and the key rings in it, must pass. */
export const keyRingConformance = (
  { name, open }: KeyRingUnderTest,
  { describe, it }: TestApi = globalTestApi(),
): void => {
  const inHomes = (title: string, body: (one: KeyRingHome, other: KeyRingHome) => Promise<void>): void =>
    void it(title, async () => {
      const { homes, close } = await open();
      try {
        await body(...homes);
      } finally {
        await close();
      }
    });
  const test = (title: string, body: (one: KeptKeyRing, other: KeptKeyRing) => Promise<void>): void =>
    inHomes(title, async (first, second) => {
      const rings = [await right(first.open(KEY)), await right(second.open(KEY))] as const;
      try {
        await body(...rings);
      } finally {
        for (const ring of rings) await ring.close();
      }
    });

  describe(`${name} as a place of a key ring`, () => {
    inHomes('has no ring before one was opened', async (one, other) => {
      assert.equal(await right(one.exists()), false);
      const ring = await right(other.open(KEY));
      assert.equal(await right(one.exists()), true);
      await ring.close();
      assert.equal(await right(one.exists()), true);
    });

    inHomes(
      'gives all openers the same index of persons, also when they come at once',
      async (one, other) => {
        const rings = await Promise.all([one, other, one].map((home) => right(home.open(KEY))));
        for (const ring of rings) assert.deepEqual(ring.indexKey(), rings[0]?.indexKey());
        const ids = await Promise.all(rings.map((ring) => right(ring.keyIdFor('+79990000001'))));
        assert.match(ids[0] ?? '', /^[0-9a-f]{64}$/);
        assert.equal(new Set(ids).size, 1);
        for (const ring of rings) await ring.close();
      },
    );

    inHomes('goes on with the index key of another ring, and with no other one later', async (one, other) => {
      const indexKey = new Uint8Array(32).fill(7);
      const ring = await right(one.open(KEY, indexKey));
      assert.deepEqual(ring.indexKey(), indexKey);
      await ring.close();
      assert.equal(await tagOf(other.open(KEY, new Uint8Array(32).fill(8))), 'OtherIndexKey');
      await (await right(other.open(KEY, indexKey))).close();
    });

    inHomes(
      'opens under its own key-encryption key alone, and refuses keys of a wrong length',
      async (one, other) => {
        await (await right(one.open(KEY))).close();
        assert.equal(await tagOf(other.open(OTHER_KEY)), 'WrongKeyEncryptionKey');
        assert.equal(await tagOf(other.open(new Uint8Array(31))), 'KeyLength');
        assert.equal(await tagOf(other.open(KEY, new Uint8Array(31))), 'KeyLength');
        await (await right(other.open(KEY))).close();
      },
    );
  });

  describe(`${name} as a key ring`, () => {
    test('makes one key for a person, whoever asks, however many at once', async (one, other) => {
      const keys = await Promise.all(
        Array.from({ length: 12 }, (_, index) => right((index % 2 === 0 ? one : other).keyFor('person'))),
      );
      assert.equal(keys[0]?.secret.length, 32);
      for (const key of keys) assert.deepEqual(key, keys[0]);
      const another = await right(one.keyFor('another'));
      assert.notEqual(another.kid, keys[0]?.kid);
    });

    test('finds keys by their names, and does not know those that never were', async (one, other) => {
      const [first, second] = [await right(one.keyFor('first')), await right(other.keyFor('second'))];
      const found = await right(other.find([first.kid, second.kid, 'never', first.kid]));
      assert.deepEqual(found, new Map([first, second].map((key) => [key.kid, key])));
      assert.deepEqual(await right(one.find([])), new Map());
    });

    test('erases a person for all who have the ring open, at once and for ever', async (one, other) => {
      const [key, kept] = [await right(one.keyFor('person')), await right(one.keyFor('another'))];
      assert.equal(await right(other.erase('person')), 1);
      assert.deepEqual(
        await right(one.find([key.kid, kept.kid])),
        new Map<string, DataKey | 'erased'>([
          [key.kid, 'erased'],
          [kept.kid, kept],
        ]),
      );
      assert.equal(await right(one.erase('person')), 0);
      assert.equal(await right(one.erase('nobody')), 0);
      const next = await right(one.keyFor('person'));
      assert.notEqual(next.kid, key.kid);
      assert.deepEqual(await right(other.keyFor('person')), next);
      assert.equal(await right(one.erase('person')), 1);
      assert.deepEqual(
        await right(other.find([key.kid, next.kid])),
        new Map([key, next].map(({ kid }) => [kid, 'erased'])),
      );
    });

    test('never has the key of somebody who was erased meanwhile in force again', async (one, other) => {
      const first = await right(one.keyFor('person'));
      const [, key] = await Promise.all([right(other.erase('person')), right(one.keyFor('person'))]);
      const inForce = await right(one.keyFor('person'));
      assert.notEqual(inForce.kid, first.kid);
      if (key.kid !== first.kid) assert.deepEqual(inForce, key);
    });

    test('gives all its keys, oldest first, those that were erased by their names alone', async (one, other) => {
      const keys: KeyRecord[] = [];
      for (const keyId of ['a', 'b', 'c']) keys.push({ keyId, ...(await right(one.keyFor(keyId))) });
      await right(one.erase('b'));
      assert.deepEqual(
        await recordsOf(other),
        keys.map(({ keyId, kid, secret }) =>
          keyId === 'b' ? { keyId, kid } : { keyId, kid, ...(secret === undefined ? {} : { secret }) },
        ),
      );
    });

    test('answers nothing any more when it is closed', async (one, other) => {
      const { kid } = await right(one.keyFor('person'));
      await one.close();
      assert.equal(await tagOf(one.keyFor('person')), 'KeyRingUnavailable');
      assert.equal(await tagOf(one.find([kid])), 'KeyRingUnavailable');
      assert.equal(await tagOf(one.erase('person')), 'KeyRingUnavailable');
      assert.equal((await right(other.keyFor('person'))).kid, kid);
    });
  });

  describe(`${name} as the target of another key ring`, () => {
    const carried = carriedBy(open, it);

    carried(
      'has all its keys under a key-encryption key of its own, in force and erased',
      async (from, to) => {
        const [first, second] = [await right(from.keyFor('first')), await right(from.keyFor('second'))];
        await right(from.erase('second'));
        assert.equal(await right(copyKeys(from, to)), 2);
        assert.deepEqual(await right(to.keyFor('first')), first);
        assert.deepEqual(await right(to.find([second.kid])), new Map([[second.kid, 'erased']]));
        assert.equal(await right(to.keyIdFor('a')), await right(from.keyIdFor('a')));
        assert.deepEqual(await recordsOf(to), await recordsOf(from));
        assert.equal(await right(copyKeys(from, to)), 2);
        assert.deepEqual(await recordsOf(to), await recordsOf(from));
      },
    );

    carried(
      'erases what was erased there since, and gives nothing back that it has erased',
      async (from, to) => {
        const [first, second] = [await right(from.keyFor('first')), await right(from.keyFor('second'))];
        await right(copyKeys(from, to));
        await right(from.erase('first'));
        await right(to.erase('second'));
        await right(copyKeys(from, to));
        assert.deepEqual(
          await right(to.find([first.kid, second.kid])),
          new Map([first, second].map(({ kid }) => [kid, 'erased'])),
        );
      },
    );

    carried('keeps a key of its own beside that of the same person there', async (from, to) => {
      const [theirs, own] = [await right(from.keyFor('person')), await right(to.keyFor('person'))];
      await right(copyKeys(from, to));
      assert.deepEqual(
        await right(to.find([theirs.kid, own.kid])),
        new Map([theirs, own].map((key) => [key.kid, key])),
      );
      assert.equal(await right(to.erase('person')), 2);
    });
  });
};

type Carrying = (from: KeptKeyRing, to: KeptKeyRing) => Promise<void>;

/** Tests with two rings, of which the second goes on from the first. */
const carriedBy =
  (open: KeyRingUnderTest['open'], it: TestApi['it']) =>
  (title: string, body: Carrying): void =>
    void it(title, async () => {
      const [source, target] = [await open(), await open()];
      try {
        const from = await right(source.homes[0].open(KEY));
        const to = await right(target.homes[0].open(OTHER_KEY, from.indexKey()));
        await body(from, to);
        await to.close();
        await from.close();
      } finally {
        await source.close();
        await target.close();
      }
    });

const right = async <F, A>(task: TaskEither<F, A>): Promise<A> => {
  const answer = await task();
  if (E.isLeft(answer)) assert.fail(JSON.stringify(answer.left));
  return answer.right;
};

const tagOf = async <F extends { readonly _tag: string }>(task: TaskEither<F, unknown>): Promise<string> => {
  const answer = await task();
  return E.isLeft(answer) ? answer.left._tag : 'done';
};

const recordsOf = async (ring: KeptKeyRing): Promise<ReadonlyArray<KeyRecord>> => {
  const all: KeyRecord[] = [];
  for await (const page of ring.records()) {
    if (page._tag === 'Failed') assert.fail(page.error.why);
    all.push(...page.records);
  }
  return all;
};
