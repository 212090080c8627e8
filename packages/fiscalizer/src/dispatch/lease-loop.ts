import * as E from 'fp-ts/Either';
import type { Runtime } from '@cloud-kassa/runtime';
import type { LeaseStore } from '@cloud-kassa/event-store';
import { errorName } from '../error-name';
import type { ShardView } from './shard-keeper';
import { emptyShardView, NOBODY, observe, ownedShards, planShards, seenLease } from './shard-keeper';

export interface LeaseLoopOptions {
  readonly leases: LeaseStore;
  readonly runtime: Runtime;
  readonly owner: string;
  readonly leaseMs: number;
  /** Shards were gained or lost, if only for a moment: what came due meanwhile was passed over. */
  readonly changed: () => void;
}

/** Keeps this process's share of the shards. */
export interface LeaseLoop {
  /** One round: read, observe, beat. Called about three times a lease. */
  readonly round: () => Promise<void>;
  readonly owns: (shard: number) => boolean;
  /** Monotonic milliseconds for which no other process can have taken the shard over; 0 where this process does not own it. */
  readonly left: (shard: number) => number;
  readonly owned: () => ReadonlyArray<number>;
  /** Gives all shards back, so that others need not wait for the leases to run out. For the end of a process that goes in order. */
  readonly release: () => Promise<void>;
}

export const leaseLoop = ({ leases, runtime, owner, leaseMs, changed }: LeaseLoopOptions): LeaseLoop => {
  let view: ShardView = emptyShardView(owner);
  /** When the last beat of an owned shard was begun. */
  const beatenAt = new Map<number, number>();

  const left = (shard: number): number => {
    const at = beatenAt.get(shard);
    return at === undefined ? 0 : Math.max(0, leaseMs - (runtime.monotonic() - at));
  };

  /** Answers whether this process owns other shards now than a moment before. */
  const beat = async (shards: ReadonlyArray<number>): Promise<boolean> => {
    const begun = runtime.monotonic();
    const beats = shards.map((shard) => ({ shard, seen: seenLease(view, shard) }));
    const beaten = await leases.beat(beats, owner)();
    // Without an answer what was held stays held until its time is over.
    if (E.isLeft(beaten)) return false;
    const written = new Set(beaten.right);
    let isOther = false;
    for (const shard of shards) {
      // A lease that ran out before this beat was written had been lost, though nobody else took it.
      if (written.has(shard) !== left(shard) > 0) isOther = true;
      if (written.has(shard)) beatenAt.set(shard, begun);
      else beatenAt.delete(shard);
    }
    return isOther;
  };

  const round = async (): Promise<void> => {
    const read = await leases.read()();
    if (E.isLeft(read)) return;
    view = observe(view, read.right, runtime.monotonic());
    const before = beatenAt.size;
    const owned = new Set(ownedShards(view));
    for (const shard of beatenAt.keys()) if (!owned.has(shard)) beatenAt.delete(shard);
    const plan = planShards(view, leaseMs, runtime.monotonic());
    for (const shard of plan.release) beatenAt.delete(shard);
    const isLess = beatenAt.size < before;
    const isOther = await beat([...plan.keep, ...plan.take]);
    if (isLess || isOther) changed();
  };

  const release = async (): Promise<void> => {
    beatenAt.clear();
    const read = await leases.read()();
    if (E.isLeft(read)) return;
    const own = read.right.filter((lease) => lease.owner === owner);
    await leases.beat(
      own.map((lease) => ({ shard: lease.shard, seen: lease })),
      NOBODY,
    )();
  };

  /** A store that throws has given no answer. */
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      runtime.log.write('error', 'the store of leases threw', { error: errorName(error) });
    }
  };

  return {
    round: () => guarded(round),
    owns: (shard) => left(shard) > 0,
    left,
    owned: () => [...beatenAt.keys()].filter((shard) => left(shard) > 0),
    release: () => guarded(release),
  };
};
