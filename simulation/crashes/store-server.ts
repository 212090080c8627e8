import type { Child } from './child';
import type { Standstill, StoreFault } from './store-fault';

/** The server of a store: a process that is killed and begun again like the others. */
export interface StoreServer {
  /** How many calls were struck by faults so far, as far as it lived to tell. */
  readonly struck: () => number;
  /** Begins it on its files. The faults that were set are set again. */
  readonly begin: () => Child;
  /** Puts these faults in the place of all that were set. */
  readonly setFaults: (faults: ReadonlyArray<StoreFault>) => void;
  /** Resolves when so many calls stand still, or when the signal is aborted. They go on when other faults are set. */
  readonly standing: (calls: Standstill, signal: AbortSignal) => Promise<void>;
}
