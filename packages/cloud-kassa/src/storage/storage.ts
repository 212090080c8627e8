import type {
  CheckpointStore,
  EventStore,
  KeptKeyRing,
  KeyRing,
  KeyRingHome,
  LeaseStore,
  WorkStore,
} from '@cloud-kassa/event-store';
import type { ReadModels } from '@cloud-kassa/projections';
import type { Runtime } from '@cloud-kassa/runtime';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { KeyEncryptionKey } from './key-encryption-key';
import type { NotOpened } from './opening';

/** Everything that is kept. Other stores than those below are given part by part. */
export interface StorageParts {
  readonly events: EventStore;
  readonly keys: KeyRing;
  /** May be lost at any time without harm. */
  readonly leases: LeaseStore;
  /** May be lost at any time without harm. */
  readonly checkpoints: CheckpointStore;
  /** May be lost at any time: they are built anew from the events. */
  readonly readModels: ReadModels;
  readonly close: () => Promise<void>;
}

/** Parts that outlive the process. */
export interface KeptStorageParts extends StorageParts {
  readonly keys: KeptKeyRing;
}

/** A database that several machines share: `openEsdbStore` of `@cloud-kassa/event-store-esdb` opens one. Closed with the library. */
export interface Database extends EventStore {
  readonly work: WorkStore;
  readonly keyRing: KeyRingHome;
}

/**
 * Where things are kept.
 *
 * - `memory`: nowhere; for tests.
 * - `sqlite`: files in a directory of one machine: `events.db`, `keys/keys.db`, `work.db`, `read-models.db`. Several processes may
 *   have it open. `keyEncryptionKey` opens the keys of persons: 32 bytes, or a file that only its owner may read. Without it a key is
 *   made in `keys/key-encryption-key`: keep that file elsewhere in production, and back it up apart from the rest.
 * - `database`: events, leases, checkpoints and the keys of persons in a database that several machines share, the read models in a
 *   directory of this one. All machines have the same `keyEncryptionKey`: the first may let it be made in the directory, the others get
 *   a copy of the file.
 * - `parts`: stores of one's own.
 */
export type Storage =
  | { readonly kind: 'memory' }
  | {
      readonly kind: 'sqlite';
      readonly directory: string;
      readonly keyEncryptionKey?: KeyEncryptionKey;
    }
  | {
      readonly kind: 'database';
      readonly directory: string;
      readonly keyEncryptionKey?: KeyEncryptionKey;
      readonly open: (runtime: Runtime) => TaskEither<NotOpened, Database>;
    }
  | ({ readonly kind: 'parts' } & StorageParts);
