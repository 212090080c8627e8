import { appendRules } from './append-rules';
import { appending } from './appending';
import { closing } from './closing';
import { reading } from './reading';
import { repeating } from './repeating';
import type { StoreUnderTest } from './subject';
import { subscribing } from './subscribing';
import { globalTestApi, type TestApi } from './test-api';

export {
  checkpointStoreConformance,
  type CheckpointStoreUnderTest,
  type OpenedCheckpointStores,
} from './checkpoints';
export { keyRingConformance, type KeyRingUnderTest, type OpenedKeyRingHomes } from './key-ring-homes';
export { keptKeyRingConformance, type KeptKeyRingUnderTest, type OpenedKeyRings } from './key-rings';
export { leaseStoreConformance, type LeaseStoreUnderTest, type OpenedLeaseStores } from './leases';
export type { StoreCapabilities, StoreUnderTest } from './subject';
export type { TestApi } from './test-api';

/**
 * Registers the tests that every implementation of `EventStore` must pass, by the functions of the test framework. The names of
 * the tests state the contract; what a store can not be asked is skipped by name.
 */
export const eventStoreConformance = (subject: StoreUnderTest, api: TestApi = globalTestApi()): void => {
  api.describe(`${subject.name} as an event store`, () => {
    for (const part of [appending, repeating, appendRules, reading, subscribing, closing]) part(subject, api);
  });
};
