import * as TE from 'fp-ts/TaskEither';
import type { CheckpointStore } from './checkpoint-store';
import { checkpointStoreConformance, leaseStoreConformance, type TestApi } from './conformance/index';
import type { Lease, LeaseStore } from './lease-store';
import { memoryCheckpointStore } from './memory-checkpoint-store';
import { memoryLeaseStore } from './memory-lease-store';

const twice = <A>(
  store: A,
): Promise<{ readonly stores: readonly [A, A]; readonly close: () => Promise<void> }> =>
  Promise.resolve({ stores: [store, store], close: () => Promise.resolve() });

leaseStoreConformance({ name: 'memory', open: () => twice(memoryLeaseStore()) });
checkpointStoreConformance({ name: 'memory', open: () => twice(memoryCheckpointStore()) });

/** The names of the tests of a suite that fail. */
const failing = async (register: (api: TestApi) => void): Promise<ReadonlyArray<string>> => {
  const tests = new Map<string, () => Promise<void>>();
  register({
    describe: (_, body) => body(),
    it: Object.assign((name: string, body: () => Promise<void>) => void tests.set(name, body), {
      skip: () => undefined,
    }),
  });
  const names: string[] = [];
  for (const [name, body] of tests) await body().catch(() => names.push(name));
  return names;
};

/** Leases in memory that are written where `valid` says so. */
const leasesWhere = (
  valid: (current: Lease | undefined, seen: Lease | undefined) => boolean,
  next: (current: Lease | undefined) => number = (current) => (current?.beat ?? 0) + 1,
): LeaseStore => {
  const leases = new Map<number, Lease>();
  return {
    read: () => TE.fromIO(() => [...leases.values()]),
    beat: (beats, owner) =>
      TE.fromIO(() =>
        beats.flatMap(({ shard, seen }) => {
          const current = leases.get(shard);
          if (!valid(current, seen)) return [];
          leases.set(shard, { shard, owner, beat: next(current) });
          return [shard];
        }),
      ),
  };
};

describe('the suite for leases finds a store that', () => {
  const isAsSeen = (current: Lease | undefined, seen: Lease | undefined): boolean =>
    current?.owner === seen?.owner && current?.beat === seen?.beat;
  it.each<readonly [string, string, () => LeaseStore]>([
    ['asks nobody', 'lets one of several owners win who have seen the same', () => leasesWhere(() => true)],
    [
      'looks at the owner alone',
      'writes nothing where the lease is not as it was seen',
      () => leasesWhere((current, seen) => current?.owner === seen?.owner),
    ],
    [
      'looks at the beat alone',
      'writes nothing where the lease is not as it was seen',
      () => leasesWhere((current, seen) => current?.beat === seen?.beat),
    ],
    ['does not count', 'lets the beat grow with every sign of life', () => leasesWhere(isAsSeen, () => 1)],
    [
      'writes only where there was none',
      'lets a shard be taken over, and the one who had it find out',
      () => leasesWhere((current) => current === undefined),
    ],
  ])('%s', async (_, name, store) => {
    expect(
      await failing((api) => leaseStoreConformance({ name: 'broken', open: () => twice(store()) }, api)),
    ).toContain(name);
  });

  it('keeps leases apart for each who asks', async () => {
    const open = async () => ({
      stores: [memoryLeaseStore(), memoryLeaseStore()] as const,
      close: () => Promise.resolve(),
    });
    expect(await failing((api) => leaseStoreConformance({ name: 'broken', open }, api))).toContain(
      'writes a beat for a shard without a lease, for all to see',
    );
  });
});

describe('the suite for checkpoints finds a store that', () => {
  const kept = (key: (name: string) => string, moves: (from: string | undefined, to: string) => boolean) => {
    const positions = new Map<string, string>();
    const store: CheckpointStore = {
      load: (name) => TE.fromIO(() => positions.get(key(name))),
      save: (name, position) =>
        TE.fromIO(() => {
          if (moves(positions.get(key(name)), position)) positions.set(key(name), position);
        }),
    };
    return store;
  };
  it.each<readonly [string, string, () => CheckpointStore]>([
    [
      'keeps one for all',
      'has no checkpoint under a name before one was saved',
      () =>
        kept(
          () => '',
          () => true,
        ),
    ],
    [
      'changes names',
      'keeps names and positions as they are',
      () =>
        kept(
          (name) => name.toLowerCase(),
          () => true,
        ),
    ],
    [
      'keeps the first',
      'gives the position that was saved last, whoever saved it',
      () =>
        kept(
          (name) => name,
          (from) => from === undefined,
        ),
    ],
    [
      'lets none go back',
      'compares nothing: who begins anew saves a position further back',
      () =>
        kept(
          (name) => name,
          (from, to) => from === undefined || Number(from) < Number(to),
        ),
    ],
  ])('%s', async (_, name, store) => {
    expect(
      await failing((api) => checkpointStoreConformance({ name: 'broken', open: () => twice(store()) }, api)),
    ).toContain(name);
  });
});
