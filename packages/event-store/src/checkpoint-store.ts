import type { TaskEither } from 'fp-ts/TaskEither';
import type { LeaseStore } from './lease-store';
import type { Position } from './store';

/**
 * How far those who follow all events have come, by name. What they do has to be harmless when it is repeated: a checkpoint may be
 * older than what was done, and may be lost. Implementations pass `checkpointStoreConformance` of
 * `@cloud-kassa/event-store/conformance`.
 */
export interface CheckpointStore {
  /** The position that was saved last under a name, or `undefined`: then begin at the start. */
  readonly load: (name: string) => TaskEither<WorkUnavailable, Position | undefined>;
  /** The last save counts, also one that lies further back. On `Left` the position may have been saved. */
  readonly save: (name: string, position: Position) => TaskEither<WorkUnavailable, void>;
}

/** The store gave no answer. */
export interface WorkUnavailable {
  readonly _tag: 'WorkUnavailable';
  readonly why: string;
}

/** What processes remember of their work beside the events. Losing it is harmless: it is found again from the events. */
export interface WorkStore {
  readonly leases: LeaseStore;
  readonly checkpoints: CheckpointStore;
  /** Settles what was asked before, then lets go of what is held. Later calls answer that the store is unavailable. */
  readonly close: () => Promise<void>;
}
