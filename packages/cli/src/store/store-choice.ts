import type { KassaError, KeptStorage } from '@cloud-kassa/cloud-kassa';
import type { Either } from 'fp-ts/Either';

/** Where a call finds its events, and what of it lies on this machine. */
export interface StoreChoice {
  /** What people are told: the folder, or the address of a database without user, password and options. */
  readonly name: string;
  /** Folder of this machine: the store itself, or what belongs beside a database. */
  readonly directory: string;
  /** The options by which another call finds the same store; without user and password. */
  readonly options: ReadonlyArray<string>;
  /** @param isMade whether a store may begin; otherwise one that is not there is an error, for a slip in its name must not make one. */
  readonly storage: (isMade: boolean) => Either<KassaError, KeptStorage>;
  /** A store of the same kind that has nothing to do with this one. */
  readonly apart: (name: string) => StoreChoice;
}
