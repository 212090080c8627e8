import * as TE from 'fp-ts/TaskEither';
import type { Lease, LeaseStore } from './lease-store';

/** Leases of several workers in one process. */
export const memoryLeaseStore = (): LeaseStore => {
  const leases = new Map<number, Lease>();
  return {
    read: () => TE.fromIO(() => [...leases.values()]),
    beat: (beats, owner) =>
      TE.fromIO(() => {
        const written: number[] = [];
        for (const { shard, seen } of beats) {
          const current = leases.get(shard);
          if (current?.owner !== seen?.owner || current?.beat !== seen?.beat) continue;
          leases.set(shard, { shard, owner, beat: (current?.beat ?? 0) + 1 });
          written.push(shard);
        }
        return written;
      }),
  };
};
