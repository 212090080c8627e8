import assert from 'node:assert/strict';
import { seededRandom } from '@cloud-kassa/runtime';
import { copyKeys } from '../copying/copy-keys';
import type { DataKey } from '../key-ring';
import type { KeptKeyRing } from '../key-ring-home';
import type { KeyRecord } from '../key-wrapping';
import { foundIn, keyOf, recordsOf, right, tagOf } from './key-ring-dealings';
import { keyRingHistory } from './key-ring-history';
import { globalTestApi, type TestApi } from './test-api';

/** A key ring as two processes have it open, and how it is closed for both. */
export interface OpenedKeyRings {
  /** Twice the same where a ring is open but once. */
  readonly rings: readonly [KeptKeyRing, KeptKeyRing];
  readonly close: () => Promise<void>;
}

export interface KeptKeyRingUnderTest {
  readonly name: string;
  /** A new ring without keys, with the index key that is given. Each test has some of its own and closes them. */
  readonly open: (indexKey?: Uint8Array) => Promise<OpenedKeyRings>;
}

/** Registers the tests that every `KeptKeyRing` must pass. */
export const keptKeyRingConformance = (
  { name, open }: KeptKeyRingUnderTest,
  { describe, it }: TestApi = globalTestApi(),
): void => {
  const test = (title: string, body: (one: KeptKeyRing, other: KeptKeyRing) => Promise<void>): void =>
    void it(title, async () => {
      const { rings, close } = await open();
      try {
        await body(...rings);
      } finally {
        await close();
      }
    });

  /** Two rings, of which the second goes on from the first. */
  const carried = (title: string, body: (from: KeptKeyRing, to: KeptKeyRing) => Promise<void>): void =>
    void it(title, async () => {
      const source = await open();
      const target = await open(source.rings[0].indexKey());
      try {
        await body(source.rings[0], target.rings[1]);
      } finally {
        await target.close();
        await source.close();
      }
    });

  describe(`${name} as a key ring`, () => {
    void it('knows a person by HMAC-SHA-256 of the contact under the index key', async () => {
      const { rings, close } = await open(new Uint8Array(32).fill(1));
      for (const ring of rings) {
        assert.deepEqual(ring.indexKey(), new Uint8Array(32).fill(1));
        // echo -n '+79990000001' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0101…01
        const id = '200619f9425a2a88f5aa6aa5265f239d9d46d0359dddf6f257426f54e09aafba';
        assert.equal(await right(ring.keyIdFor('+79990000001')), id);
        ring.indexKey().fill(0);
        assert.equal(await right(ring.keyIdFor('+79990000001')), id);
      }
      await close();
    });

    test('makes one key for a person, whoever asks, however many at once', async (one, other) => {
      const keys = await Promise.all(
        Array.from({ length: 12 }, (_, index) => keyOf(index % 2 === 0 ? one : other, 'person')),
      );
      assert.equal(keys[0]?.secret.length, 32);
      for (const key of keys) assert.deepEqual(key, keys[0]);
      const another = await keyOf(one, 'another');
      assert.notEqual(another.kid, keys[0]?.kid);
      assert.notDeepEqual(another.secret, keys[0]?.secret);
    });

    test('keeps persons apart, whatever their key ids are', async (one, other) => {
      const keyIds = ['a', 'A', 'a ', 'a/b', 'a.2fb', '__proto__', 'покупатель', ''];
      const kids = new Set<string>();
      for (const keyId of keyIds) kids.add((await keyOf(one, keyId)).kid);
      assert.equal(kids.size, keyIds.length);
      assert.equal(await right(other.erase('a')), 1);
      assert.equal([...(await foundIn(one, [...kids])).values()].filter((key) => key === 'erased').length, 1);
    });

    test('finds keys by their names, and does not know those that never were', async (one, other) => {
      const [first, second] = [await keyOf(one, 'first'), await keyOf(other, 'second')];
      const found = await foundIn(other, [first.kid, second.kid, 'never', 'никогда', first.kid]);
      assert.deepEqual(found, new Map([first, second].map((key) => [key.kid, key])));
      assert.deepEqual(await foundIn(one, []), new Map());
    });

    test('erases a person for all who have the ring open, at once and for ever', async (one, other) => {
      const [key, kept] = [await keyOf(one, 'person'), await keyOf(one, 'another')];
      const handedOut = await right(one.keyFor('person'));
      assert.equal(await right(other.erase('person')), 1);
      assert.deepEqual(
        await foundIn(one, [key.kid, kept.kid]),
        new Map<string, DataKey | 'erased'>([
          [key.kid, 'erased'],
          [kept.kid, kept],
        ]),
      );
      // Who is sealing at this moment must not be left with zeros.
      assert.deepEqual(Uint8Array.from(handedOut.secret), key.secret);
      assert.equal(await right(one.erase('person')), 0);
      assert.equal(await right(one.erase('nobody')), 0);
      const next = await keyOf(one, 'person');
      assert.notEqual(next.kid, key.kid);
      assert.deepEqual(await keyOf(other, 'person'), next);
      assert.equal(await right(one.erase('person')), 1);
      assert.deepEqual(
        await foundIn(other, [key.kid, next.kid]),
        new Map([key, next].map(({ kid }) => [kid, 'erased'])),
      );
    });

    test('never has the key of somebody who was erased meanwhile in force again', async (one, other) => {
      const first = await keyOf(one, 'person');
      const [, key] = await Promise.all([right(other.erase('person')), right(one.keyFor('person'))]);
      const inForce = await keyOf(one, 'person');
      assert.notEqual(inForce.kid, first.kid);
      if (key.kid !== first.kid) assert.deepEqual(inForce, key);
    });

    test('gives all its keys, oldest first, those that were erased by their names alone', async (one, other) => {
      assert.deepEqual(await recordsOf(one), []);
      const keys: KeyRecord[] = [];
      for (let number = 0; number < 20; number += 1) {
        const keyId = `person-${number}`;
        const { kid, secret } = await keyOf(number % 2 === 0 ? one : other, keyId);
        keys.push(number === 7 ? { keyId, kid } : { keyId, kid, secret });
      }
      await right(one.erase('person-7'));
      assert.deepEqual(await recordsOf(other), keys);
    });

    test('hands out bytes that nobody else has', async (one) => {
      const made = await right(one.keyFor('person'));
      const key = await keyOf(one, 'person');
      const found = (await right(one.find([key.kid]))).get(key.kid);
      const given = [made.secret, found === 'erased' ? undefined : found?.secret];
      for await (const page of one.records())
        if (page._tag === 'Records') given.push(...page.records.map(({ secret }) => secret));
      assert.equal(given.length, 3);
      for (const secret of given) {
        secret?.fill(0);
        assert.deepEqual(await keyOf(one, 'person'), key);
      }
    });

    test('answers nothing any more when it is closed, and settles what was asked before', async (one, other) => {
      const { kid } = await keyOf(one, 'person');
      const before = one.find([kid])();
      await one.close();
      assert.equal((await before)._tag, 'Right');
      const record = { keyId: 'person', kid: 'kid' };
      const tasks = [one.keyFor('person'), one.find([kid]), one.erase('person'), one.adopt([record])];
      for (const task of tasks)
        assert.equal(await tagOf<{ readonly _tag: string }>(task), 'KeyRingUnavailable');
      const items = [];
      for await (const item of one.records()) items.push(item);
      assert.deepEqual(
        items.map((item) => (item._tag === 'Failed' ? item.error._tag : item._tag)),
        ['KeyRingUnavailable'],
      );
      await one.close();
      if (other !== one) assert.equal((await keyOf(other, 'person')).kid, kid);
    });
  });

  describe(`${name} as the target of another key ring`, () => {
    carried(
      'has all its keys, in force and erased, in their order; repeated, nothing more',
      async (from, to) => {
        const [first, second] = [await keyOf(from, 'first'), await keyOf(from, 'second')];
        await right(from.erase('second'));
        for (let number = 0; number < 20; number += 1) await keyOf(from, `person-${number}`);
        for (let times = 0; times < 2; times += 1) {
          const counts: number[] = [];
          assert.equal(await right(copyKeys(from, to, (keys) => void counts.push(keys))), 22);
          assert.equal(counts.at(-1), 22);
          assert.deepEqual(await recordsOf(to), await recordsOf(from));
          assert.deepEqual(await keyOf(to, 'first'), first);
          assert.deepEqual(await foundIn(to, [second.kid]), new Map([[second.kid, 'erased']]));
          assert.equal(await right(to.keyIdFor('a')), await right(from.keyIdFor('a')));
        }
      },
    );

    carried(
      'erases what was erased there since, and gives nothing back that it has erased',
      async (from, to) => {
        const [first, second] = [await keyOf(from, 'first'), await keyOf(from, 'second')];
        await right(copyKeys(from, to));
        await right(from.erase('first'));
        await right(to.erase('second'));
        await right(copyKeys(from, to));
        assert.deepEqual(
          await foundIn(to, [first.kid, second.kid]),
          new Map([first, second].map(({ kid }) => [kid, 'erased'])),
        );
      },
    );

    carried(
      'keeps a key of its own beside that of the same person there, and erases both',
      async (from, to) => {
        const [theirs, own] = [await keyOf(from, 'person'), await keyOf(to, 'person')];
        await right(copyKeys(from, to));
        assert.deepEqual(
          await foundIn(to, [theirs.kid, own.kid]),
          new Map([theirs, own].map((key) => [key.kid, key])),
        );
        assert.ok([theirs.kid, own.kid].includes((await keyOf(to, 'person')).kid));
        assert.equal(await right(to.erase('person')), 2);
      },
    );

    carried('keeps its key of a person of whom an erased one comes', async (from, to) => {
      const own = await keyOf(to, 'person');
      const gone = await keyOf(from, 'person');
      await right(from.erase('person'));
      await right(copyKeys(from, to));
      assert.deepEqual(await keyOf(to, 'person'), own);
      assert.deepEqual(await foundIn(to, [gone.kid]), new Map([[gone.kid, 'erased']]));
    });

    carried('takes names as they are, and a key that is told twice once', async (_, to) => {
      const kids = ['Kid', 'kid', 'a/b', 'a.2fb', '__proto__', 'ключ'];
      const keys = kids.map((kid, index) => ({ keyId: 'p/1', kid, secret: new Uint8Array(32).fill(index) }));
      await right(to.adopt([]));
      await right(to.adopt([...keys, ...keys]));
      assert.deepEqual(await recordsOf(to), keys);
      assert.deepEqual(
        await foundIn(to, kids),
        new Map(keys.map(({ kid, secret }) => [kid, { kid, secret }])),
      );
      assert.equal(await right(to.erase('p/1')), kids.length);
    });

    for (const seed of ['a', 'b', 'c'])
      void it(`goes with it through any history as a list of keys would (${seed})`, async () => {
        const first = await open();
        const second = await open(first.rings[0].indexKey());
        try {
          await keyRingHistory([first.rings, second.rings], seededRandom(seed));
        } finally {
          await second.close();
          await first.close();
        }
      });
  });
};
