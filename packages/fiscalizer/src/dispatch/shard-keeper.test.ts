import * as fc from 'fast-check';
import type { Lease } from '@cloud-kassa/event-store';
import { SHARDS, shardOf } from './shard';
import { emptyShardView, NOBODY, observe, ownedShards, planShards } from './shard-keeper';

const LEASE = 60_000;
const leases = (owner: string, beat: number, count = SHARDS): ReadonlyArray<Lease> =>
  Array.from({ length: count }, (_, shard) => ({ shard, owner, beat }));

describe('shard of a stream', () => {
  it('is the same for ever: moving streams between shards would only cost work, but tests must notice', () => {
    expect([shardOf('receipt-1'), shardOf('receipt-2'), shardOf('')]).toEqual([1, 8, 5]);
  });

  it('spreads streams over all shards', () => {
    const used = new Set(Array.from({ length: 2_000 }, (_, number) => shardOf(`receipt-${number}`)));
    expect(used.size).toBe(SHARDS);
  });
});

describe('shards of a process', () => {
  it('a process alone takes all that nobody has', () => {
    expect(planShards(emptyShardView('a/1'), LEASE, 0).take).toHaveLength(SHARDS);
  });

  it('a shard is taken over when its beat has not moved for a lease on the observer’s own clock', () => {
    let view = observe(emptyShardView('b/1'), leases('a/1', 7), 1_000);
    expect(planShards(view, LEASE, 1_000 + LEASE - 1).take).toEqual([]);
    view = observe(view, leases('a/1', 7), 50_000);
    expect(planShards(view, LEASE, 1_000 + LEASE).take).toHaveLength(SHARDS);
  });

  it('a beat that moves keeps its owner, whatever the number says', () => {
    let view = observe(emptyShardView('b/1'), leases('a/1', 7), 0);
    view = observe(view, leases('a/1', 3), 59_000);
    expect(planShards(view, LEASE, 100_000).take).toEqual([]);
  });

  it('the leases of an earlier life of the same process are taken at once', () => {
    const view = observe(emptyShardView('a/2'), leases('a/1', 7), 0);
    expect(planShards(view, LEASE, 0).take).toHaveLength(SHARDS);
  });

  it('leases that were given back are taken at once, and their owner counts as nobody', () => {
    const view = observe(emptyShardView('b/1'), leases(NOBODY, 7), 0);
    expect(planShards(view, LEASE, 0).take).toHaveLength(SHARDS);
  });

  it('lets go what is above its share when another process is alive', () => {
    const mixed = [...leases('a/1', 1, 60), ...leases('b/1', 1).slice(60)];
    const plan = planShards(observe(emptyShardView('a/1'), mixed, 0), LEASE, 0);
    expect(plan.keep).toHaveLength(32);
    expect(plan.release).toHaveLength(28);
    expect(plan.take).toEqual([]);
  });

  it('never takes what it has, and never more than its share', () => {
    const owner = fc.constantFrom('a/1', 'a/2', 'b/1', 'c/1');
    fc.assert(
      fc.property(
        fc.array(fc.record({ owner, beat: fc.nat(5) }), { maxLength: SHARDS }),
        fc.nat(200_000),
        (list, now) => {
          const view = observe(
            emptyShardView('a/2'),
            list.map((lease, shard) => ({ ...lease, shard })),
            0,
          );
          const { keep, take, release } = planShards(view, LEASE, now);
          expect([...keep, ...release].toSorted((a, b) => a - b)).toEqual(
            [...ownedShards(view)].toSorted((a, b) => a - b),
          );
          expect(new Set([...keep, ...take, ...release]).size).toBe(
            keep.length + take.length + release.length,
          );
          expect(keep.length + take.length).toBeLessThanOrEqual(SHARDS);
        },
      ),
    );
  });
});
