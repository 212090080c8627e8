import type { LeaseStore } from '@cloud-kassa/event-store';
import { memoryLeaseStore } from '@cloud-kassa/event-store';
import { seededRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { leaseLoop } from './lease-loop';
import { SHARDS } from './shard';

const LEASE_MS = 60_000;

const loopOn = (leases: LeaseStore) => {
  const runtime = seededRuntime('leases');
  const changes = { count: 0 };
  const loop = leaseLoop({
    leases,
    runtime,
    owner: 'worker/1',
    leaseMs: LEASE_MS,
    changed: () => {
      changes.count += 1;
    },
  });
  return { loop, changes, wait: (ms: number) => runtime.kernel.run({ until: runtime.kernel.now() + ms }) };
};

describe('the leases of a process', () => {
  it('are told of when they come, and when they go on after they had run out though nobody else took them', async () => {
    const { loop, changes, wait } = loopOn(memoryLeaseStore());
    await loop.round();
    expect(loop.owned()).toHaveLength(SHARDS);
    expect(changes.count).toBe(1);
    await wait(LEASE_MS - 1);
    await loop.round();
    expect(changes.count).toBe(1);
    await wait(LEASE_MS);
    expect(loop.owned()).toEqual([]);
    await loop.round();
    expect(loop.owned()).toHaveLength(SHARDS);
    expect(changes.count).toBe(2);
  });

  it('are told of when another one takes them', async () => {
    const leases = memoryLeaseStore();
    const { loop, changes } = loopOn(leases);
    await loop.round();
    const read = await leases.read()();
    if (E.isLeft(read)) throw new Error(read.left.why);
    await leases.beat(
      read.right.map((seen) => ({ shard: seen.shard, seen })),
      'other/1',
    )();
    await loop.round();
    expect(loop.owned()).toEqual([]);
    expect(changes.count).toBe(2);
  });

  it('stay for their time while the store throws, and no round rejects', async () => {
    const leases = memoryLeaseStore();
    const fault = { isOn: false };
    const thrower = (): never => {
      throw new TypeError('of a file');
    };
    const { loop, wait } = loopOn({
      read: () => (fault.isOn ? thrower : leases.read()),
      beat: (beats, owner) => (fault.isOn ? thrower : leases.beat(beats, owner)),
    });
    await loop.round();
    fault.isOn = true;
    await wait(LEASE_MS / 2);
    await loop.round();
    expect(loop.owned()).toHaveLength(SHARDS);
    await loop.release();
    expect(loop.owned()).toEqual([]);
    fault.isOn = false;
    await loop.round();
    expect(loop.owned()).toHaveLength(SHARDS);
  });
});
