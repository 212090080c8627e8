import assert from 'node:assert/strict';
import type { KeyRingHome } from '../key-ring-home';
import { foundIn, keyOf, right, tagOf } from './key-ring-dealings';
import { keptKeyRingConformance } from './key-rings';
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

/** Registers the tests that every `KeyRingHome`, and the key rings in it, must pass. */
export const keyRingConformance = (
  { name, open }: KeyRingUnderTest,
  api: TestApi = globalTestApi(),
): void => {
  const test = (title: string, body: (one: KeyRingHome, other: KeyRingHome) => Promise<void>): void =>
    void api.it(title, async () => {
      const { homes, close } = await open();
      try {
        await body(...homes);
      } finally {
        await close();
      }
    });

  api.describe(`${name} as a place of a key ring`, () => {
    test('has no ring before one was opened', async (one, other) => {
      assert.equal(await right(one.exists()), false);
      const ring = await right(other.open(KEY));
      assert.equal(await right(one.exists()), true);
      await ring.close();
      assert.equal(await right(one.exists()), true);
    });

    test('gives all openers the same index of persons, also when they come at once', async (one, other) => {
      const rings = await Promise.all([one, other, one].map((home) => right(home.open(KEY))));
      for (const ring of rings) assert.deepEqual(ring.indexKey(), rings[0]?.indexKey());
      const ids = await Promise.all(rings.map((ring) => right(ring.keyIdFor('+79990000001'))));
      assert.equal(new Set(ids).size, 1);
      for (const ring of rings) await ring.close();
    });

    test('draws an index of its own for every new ring', async (one) => {
      const elsewhere = await open();
      const rings = [await right(one.open(KEY)), await right(elsewhere.homes[0].open(KEY))];
      const ids = await Promise.all(rings.map((ring) => right(ring.keyIdFor('+79990000001'))));
      assert.equal(new Set(ids).size, 2);
      for (const ring of rings) await ring.close();
      await elsewhere.close();
    });

    test('goes on with the index key of another ring, and with no other one later', async (one, other) => {
      const indexKey = new Uint8Array(32).fill(7);
      const ring = await right(one.open(KEY, indexKey));
      assert.deepEqual(ring.indexKey(), indexKey);
      await ring.close();
      assert.equal(await tagOf(other.open(KEY, new Uint8Array(32).fill(8))), 'OtherIndexKey');
      await (await right(other.open(KEY, indexKey))).close();
    });

    test('opens under its own key-encryption key alone, and refuses keys of a wrong length', async (one, other) => {
      assert.equal(await tagOf(other.open(new Uint8Array(31))), 'KeyLength');
      assert.equal(await tagOf(other.open(KEY, new Uint8Array(31))), 'KeyLength');
      assert.equal(await right(one.exists()), false);
      await (await right(one.open(KEY))).close();
      assert.equal(await tagOf(other.open(OTHER_KEY)), 'WrongKeyEncryptionKey');
      await (await right(other.open(KEY))).close();
    });

    test('has everything again when it is opened again', async (one, other) => {
      const ring = await right(one.open(KEY));
      const [key, gone] = [await keyOf(ring, 'person'), await keyOf(ring, 'gone')];
      const keyId = await right(ring.keyIdFor('+79990000001'));
      await right(ring.erase('gone'));
      await ring.close();
      for (const home of [one, other]) {
        const again = await right(home.open(KEY));
        assert.deepEqual(await keyOf(again, 'person'), key);
        assert.equal((await foundIn(again, [gone.kid])).get(gone.kid), 'erased');
        assert.equal(await right(again.keyIdFor('+79990000001')), keyId);
        await again.close();
      }
    });
  });

  keptKeyRingConformance(
    {
      name,
      open: async (indexKey) => {
        const { homes, close } = await open();
        const keyEncryptionKey = indexKey === undefined ? KEY : OTHER_KEY;
        const rings = [
          await right(homes[0].open(keyEncryptionKey, indexKey)),
          await right(homes[1].open(keyEncryptionKey)),
        ] as const;
        return {
          rings,
          close: async () => {
            for (const ring of rings) await ring.close();
            await close();
          },
        };
      },
    },
    api,
  );
};

const KEY = new Uint8Array(32).fill(2);
const OTHER_KEY = new Uint8Array(32).fill(3);
