import {
  memoryCheckpointStore,
  memoryKeyRing,
  memoryLeaseStore,
  memoryStore,
} from '@cloud-kassa/event-store';
import { memoryReadModels } from '@cloud-kassa/projections';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { KassaError } from '../kassa-error';
import type { Storage, StorageParts } from './storage';
import { storageInDatabase } from './storage-in-database';
import { storageInFiles } from './storage-in-files';

const KEY_BYTES = 32;

const inMemory = (runtime: Runtime): StorageParts => {
  const events = memoryStore();
  return {
    events,
    keys: memoryKeyRing({ entropy: runtime.entropy, indexKey: runtime.entropy(KEY_BYTES) }),
    leases: memoryLeaseStore(),
    checkpoints: memoryCheckpointStore(),
    readModels: memoryReadModels(),
    close: events.close,
  };
};

/** Opens what a storage consists of. `Left` leaves nothing open. */
export const openStorage = async (
  storage: Storage,
  runtime: Runtime,
): Promise<E.Either<KassaError, StorageParts>> => {
  switch (storage.kind) {
    case 'memory':
      return E.right(inMemory(runtime));
    case 'parts': {
      const { kind: _kind, ...parts } = storage;
      return E.right(parts);
    }
    case 'sqlite':
      return storageInFiles(storage, runtime)();
    case 'database':
      return storageInDatabase(storage, runtime)();
  }
};
