import type { RECEIPT } from '@cloud-kassa/core';
import type { EventStore } from '@cloud-kassa/event-store';
import type { FiscalizerSettings, Receipts } from '@cloud-kassa/fiscalizer';
import type { FiscalProvider } from '@cloud-kassa/provider';
import type { FaultPlan } from './faults';

/** Hooks by which a mistake is planted into the real parts. */
export interface Sabotage {
  readonly decider?: (real: typeof RECEIPT) => typeof RECEIPT;
  readonly provider?: (real: FiscalProvider) => FiscalProvider;
  readonly store?: (real: EventStore) => EventStore;
  readonly receipts?: (real: Receipts) => Receipts;
  readonly settings?: Partial<FiscalizerSettings>;
  /** An operator who amends content although sends are unaccounted for. */
  readonly recklessOperator?: boolean;
  /** Faults that the mistake needs to show itself, where they are rare otherwise. */
  readonly plan?: Partial<FaultPlan>;
}
