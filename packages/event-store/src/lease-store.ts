import type { TaskEither } from 'fp-ts/TaskEither';

/** Who looks after a shard. The beat grows with every sign of life; what it counts means nothing else. */
export interface Lease {
  readonly shard: number;
  readonly owner: string;
  readonly beat: number;
}

/** A sign of life for a shard, valid if its lease is still as it was seen (`undefined`: there was none). */
export interface Beat {
  readonly shard: number;
  readonly seen: Lease | undefined;
}

/**
 * Where leases are kept. They only decide who looks next: losing them all is harmless, because whoever works on a stream appends to it
 * conditionally. `Left` means that the store gave no answer, nothing more: the beats may have been written. Implementations pass
 * `leaseStoreConformance` of `@cloud-kassa/event-store/conformance`.
 */
export interface LeaseStore {
  readonly read: () => TaskEither<LeasesUnavailable, ReadonlyArray<Lease>>;
  /** Writes the beats whose leases are as they were seen; answers their shards. Where another owner was faster nothing is written. */
  readonly beat: (
    beats: ReadonlyArray<Beat>,
    owner: string,
  ) => TaskEither<LeasesUnavailable, ReadonlyArray<number>>;
}

export interface LeasesUnavailable {
  readonly _tag: 'LeasesUnavailable';
  readonly why: string;
}
