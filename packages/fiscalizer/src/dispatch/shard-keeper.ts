import type { Lease } from '@cloud-kassa/event-store';
import { SHARDS } from './shard';

/** What one process has seen of a lease: the beat, and when it last moved on this process's own monotonic clock. */
interface Seen {
  readonly lease: Lease;
  readonly movedAt: number;
}

/** A process's view of all shards. Pure data; the dispatcher reads and writes the lease store around it. */
export interface ShardView {
  readonly owner: string;
  readonly seen: ReadonlyMap<number, Seen>;
}

export const emptyShardView = (owner: string): ShardView => ({ owner, seen: new Map() });

/** Takes in what was read. A beat that moved counts from now; one that did not keeps its age. */
export const observe = (view: ShardView, leases: ReadonlyArray<Lease>, now: number): ShardView => {
  const seen = new Map<number, Seen>();
  for (const lease of leases) {
    const before = view.seen.get(lease.shard);
    const moved =
      before === undefined || before.lease.beat !== lease.beat || before.lease.owner !== lease.owner;
    seen.set(lease.shard, { lease, movedAt: moved ? now : before.movedAt });
  }
  return { ...view, seen };
};

/** The shards this process beats for and may take up work of. */
export const ownedShards = (view: ShardView): ReadonlyArray<number> =>
  [...view.seen.values()].filter(({ lease }) => lease.owner === view.owner).map(({ lease }) => lease.shard);

export const seenLease = (view: ShardView, shard: number): Lease | undefined => view.seen.get(shard)?.lease;

/** Owner of a lease that was given back: nobody beats for it, and nobody has to wait. */
export const NOBODY = '-';

/** The name of a process stays over restarts; what follows the slash is one life of it. */
const nameOf = (owner: string): string => owner.slice(0, owner.lastIndexOf('/') + 1);

/** A lease of an earlier life of this very process: it died, so nobody beats for it any more. */
const isOwnPredecessor = (view: ShardView, lease: Lease): boolean =>
  lease.owner !== view.owner && nameOf(lease.owner) === nameOf(view.owner);

/** Owners whose beat moved within the lease, this process included. */
const liveOwners = (view: ShardView, leaseMs: number, now: number): ReadonlySet<string> => {
  const live = new Set([view.owner]);
  for (const { lease, movedAt } of view.seen.values()) {
    const beats = lease.owner !== NOBODY && now - movedAt < leaseMs;
    if (beats && !isOwnPredecessor(view, lease)) live.add(lease.owner);
  }
  return live;
};

/** What a process does with its share: shards to take up and shards to let go, so that live processes hold about equally many. */
export interface ShardPlan {
  readonly take: ReadonlyArray<number>;
  readonly keep: ReadonlyArray<number>;
  readonly release: ReadonlyArray<number>;
}

const isFree = (view: ShardView, lease: Lease): boolean =>
  lease.owner === NOBODY || isOwnPredecessor(view, lease);

/**
 * Shards nobody has, shards of an earlier life of this process, and shards whose beat has not moved for a lease are taken while this process holds less than its share; what it
 * holds above its share is no longer beaten for and falls to others when its lease runs out. A process that finds itself alone takes all.
 */
export const planShards = (view: ShardView, leaseMs: number, now: number): ShardPlan => {
  const share = Math.ceil(SHARDS / liveOwners(view, leaseMs, now).size);
  const owned = ownedShards(view);
  const keep = owned.slice(0, share);
  const take: number[] = [];
  for (let shard = 0; shard < SHARDS && keep.length + take.length < share; shard += 1) {
    const seen = view.seen.get(shard);
    if (seen?.lease.owner === view.owner) continue;
    if (seen === undefined || isFree(view, seen.lease) || now - seen.movedAt >= leaseMs) take.push(shard);
  }
  return { take, keep, release: owned.slice(share) };
};
