import assert from 'node:assert/strict';
import * as E from 'fp-ts/Either';
import type { Beat, Lease, LeaseStore } from '../lease-store';
import { globalTestApi, type TestApi } from './test-api';

/** Two ways to the same leases, as two processes have them, and how they are closed. */
export interface OpenedLeaseStores {
  readonly stores: readonly [LeaseStore, LeaseStore];
  readonly close: () => Promise<void>;
}

export interface LeaseStoreUnderTest {
  readonly name: string;
  /** A new place without leases. Each test has one of its own and closes it. */
  readonly open: () => Promise<OpenedLeaseStores>;
}

/** Registers the tests that every implementation of `LeaseStore` must pass. */
export const leaseStoreConformance = (
  { name, open }: LeaseStoreUnderTest,
  { describe, it }: TestApi = globalTestApi(),
): void => {
  const test = (title: string, body: (one: LeaseStore, other: LeaseStore) => Promise<void>): void =>
    void it(title, async () => {
      const { stores, close } = await open();
      try {
        await body(...stores);
      } finally {
        await close();
      }
    });

  describe(`${name} as a store of leases`, () => {
    test('has no leases at first', async (one, other) => {
      assert.deepEqual(await read(one), []);
      assert.deepEqual(await read(other), []);
    });

    test('writes a beat for a shard without a lease, for all to see', async (one, other) => {
      assert.deepEqual(await beat(one, 'a', [{ shard: 5, seen: undefined }]), [5]);
      const lease = await leaseOf(one, 5);
      assert.equal(lease.owner, 'a');
      assert.deepEqual(await read(other), [lease]);
    });

    test('lets the beat grow with every sign of life', async (one) => {
      await beat(one, 'a', [{ shard: 0, seen: undefined }]);
      for (let count = 0; count < 5; count += 1) {
        const seen = await leaseOf(one, 0);
        assert.deepEqual(await beat(one, 'a', [{ shard: 0, seen }]), [0]);
        assert.ok((await leaseOf(one, 0)).beat > seen.beat);
      }
    });

    test('writes nothing where the lease is not as it was seen', async (one, other) => {
      await beat(one, 'a', [{ shard: 1, seen: undefined }]);
      const old = await leaseOf(one, 1);
      await beat(one, 'a', [{ shard: 1, seen: old }]);
      const lease = await leaseOf(one, 1);
      const stale: ReadonlyArray<Lease | undefined> = [
        undefined,
        old,
        { ...lease, owner: 'b' },
        { ...lease, beat: lease.beat + 1 },
      ];
      for (const seen of stale) assert.deepEqual(await beat(other, 'b', [{ shard: 1, seen }]), []);
      assert.deepEqual(await beat(other, 'b', [{ shard: 2, seen: { ...lease, shard: 2 } }]), []);
      assert.deepEqual(await read(one), [lease]);
    });

    test('writes those of several beats that are valid, and answers their shards', async (one, other) => {
      assert.deepEqual(await beat(one, 'a', []), []);
      await beat(other, 'b', [{ shard: 2, seen: undefined }]);
      const shards = [1, 2, 3, 63];
      const written = await beat(
        one,
        'a',
        shards.map((shard) => ({ shard, seen: undefined })),
      );
      assert.deepEqual(written.toSorted(ascending), [1, 3, 63]);
      const owners = (await read(other)).map(({ shard, owner }) => `${shard} ${owner}`);
      assert.deepEqual(owners.toSorted(), ['1 a', '2 b', '3 a', '63 a']);
    });

    test('lets a shard be taken over, and the one who had it find out', async (one, other) => {
      await beat(one, 'a', [{ shard: 7, seen: undefined }]);
      const seen = await leaseOf(one, 7);
      assert.deepEqual(await beat(other, 'b', [{ shard: 7, seen }]), [7]);
      assert.deepEqual(await beat(one, 'a', [{ shard: 7, seen }]), []);
      assert.equal((await leaseOf(one, 7)).owner, 'b');
      // Taken back, the lease is none that was seen before.
      await beat(one, 'a', [{ shard: 7, seen: await leaseOf(one, 7) }]);
      assert.deepEqual(await beat(other, 'b', [{ shard: 7, seen }]), []);
    });

    test('lets one of several owners win who have seen the same', async (one, other) => {
      for (let round = 0; round < 5; round += 1) {
        const [seen] = await read(one);
        const answers = await Promise.all(
          Array.from({ length: 8 }, (_, owner) =>
            beat(owner % 2 === 0 ? one : other, `owner-${owner}`, [{ shard: 0, seen }]),
          ),
        );
        const winners = answers.flatMap((shards, owner) => shards.map(() => `owner-${owner}`));
        assert.deepEqual(winners, [(await leaseOf(other, 0)).owner]);
      }
    });
  });
};

const ascending = (a: number, b: number): number => a - b;

const read = async (store: LeaseStore): Promise<ReadonlyArray<Lease>> => {
  const leases = await store.read()();
  if (E.isLeft(leases)) assert.fail(leases.left.why);
  return leases.right;
};

const leaseOf = async (store: LeaseStore, shard: number): Promise<Lease> =>
  (await read(store)).find((lease) => lease.shard === shard) ?? assert.fail(`Shard ${shard} has no lease.`);

const beat = async (
  store: LeaseStore,
  owner: string,
  beats: ReadonlyArray<Beat>,
): Promise<ReadonlyArray<number>> => {
  const written = await store.beat(beats, owner)();
  if (E.isLeft(written)) assert.fail(written.left.why);
  return written.right;
};
