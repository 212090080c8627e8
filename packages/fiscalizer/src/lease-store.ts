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
 * Where leases are kept. They only decide who looks next: losing them all is harmless, because every step of a receipt is a conditional
 * append to its own stream. `Left` means that the store could not be reached, nothing more.
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
