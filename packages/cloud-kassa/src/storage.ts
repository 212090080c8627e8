import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckpointStore, EventStore, KeyRing, LeaseStore } from '@cloud-kassa/event-store';
import {
  memoryCheckpointStore,
  memoryKeyRing,
  memoryLeaseStore,
  memoryStore,
} from '@cloud-kassa/event-store';
import {
  openSqliteKeyRing,
  openSqliteStore,
  openWorkStore,
  readKeyEncryptionKey,
} from '@cloud-kassa/event-store-sqlite';
import type { ReadModels } from '@cloud-kassa/projections';
import { memoryReadModels, openSqliteReadModels } from '@cloud-kassa/projections';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { KassaError } from './kassa-error';
import { makePrivateFile } from './private-file';

/** Everything that is kept. Other stores than the two below are given part by part. */
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

/**
 * Where things are kept.
 *
 * - `memory`: nowhere; for tests.
 * - `sqlite`: files in a directory of one machine: `events.db`, `keys/keys.db`, `work.db`, `read-models.db`. Several processes may
 *   have it open. `keyEncryptionKey` opens the keys of persons: 32 bytes, or a file that only its owner may read. Without it a key is
 *   made in `keys/key-encryption-key`: keep that file elsewhere in production, and back it up apart from the rest.
 * - `parts`: stores of one's own.
 */
export type Storage =
  | { readonly kind: 'memory' }
  | {
      readonly kind: 'sqlite';
      readonly directory: string;
      readonly keyEncryptionKey?: Uint8Array | { readonly file: string };
    }
  | ({ readonly kind: 'parts' } & StorageParts);

const KEY_BYTES = 32;

const cannotOpen = (
  part: string,
  { _tag, why }: { readonly _tag: string; readonly why: string },
): KassaError => ({
  code: 'cannot-open',
  part,
  why: _tag,
  message: `${part} was not opened: ${why}.`,
  russian: `${part} не открывается: ${why}.`,
});

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

const PRIVATE_DIRECTORY = 0o700;

const keyEncryptionKeyOf = async (
  directory: string,
  given: Uint8Array | { readonly file: string } | undefined,
  runtime: Runtime,
): Promise<E.Either<KassaError, Uint8Array>> => {
  if (given instanceof Uint8Array) return E.right(given);
  const file = given?.file ?? join(directory, 'keys', 'key-encryption-key');
  // Where there are keys already, a new key could open none of them.
  if (given === undefined && !existsSync(join(directory, 'keys', 'keys.db'))) {
    const made = await makePrivateFile(
      file,
      () => `${Buffer.from(runtime.entropy(KEY_BYTES)).toString('hex')}\n`,
      runtime,
    );
    if (!made.ok) return E.left(made.error);
  }
  return E.mapLeft((error: { readonly _tag: string; readonly why: string }) => cannotOpen(file, error))(
    await readKeyEncryptionKey(file)(),
  );
};

type Closing = () => Promise<void>;

const inFiles = async (
  { directory, keyEncryptionKey }: Extract<Storage, { kind: 'sqlite' }>,
  runtime: Runtime,
): Promise<E.Either<KassaError, StorageParts>> => {
  try {
    mkdirSync(join(directory, 'keys'), { recursive: true, mode: PRIVATE_DIRECTORY });
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return E.left(
      cannotOpen(directory, { _tag: 'CannotOpen', why: `the directory can not be made: ${why}` }),
    );
  }
  const opened: Closing[] = [];
  const giveUp = async (error: KassaError): Promise<E.Either<KassaError, never>> => {
    for (const close of opened.toReversed()) await close();
    return E.left(error);
  };
  const key = await keyEncryptionKeyOf(directory, keyEncryptionKey, runtime);
  if (E.isLeft(key)) return key;
  const at = (name: string): string => join(directory, name);
  const events = await openSqliteStore({ file: at('events.db'), runtime })();
  if (E.isLeft(events)) return giveUp(cannotOpen(at('events.db'), events.left));
  opened.push(events.right.close);
  const keysFile = join(directory, 'keys', 'keys.db');
  const keys = await openSqliteKeyRing({ file: keysFile, runtime, keyEncryptionKey: key.right })();
  if (E.isLeft(keys)) return giveUp(cannotOpen(keysFile, keys.left));
  opened.push(keys.right.close);
  const work = await openWorkStore({ file: at('work.db'), runtime })();
  if (E.isLeft(work)) return giveUp(cannotOpen(at('work.db'), work.left));
  opened.push(work.right.close);
  const readModels = await openSqliteReadModels({ file: at('read-models.db'), runtime })();
  if (E.isLeft(readModels)) return giveUp(cannotOpen(at('read-models.db'), readModels.left));
  opened.push(readModels.right.close);
  return E.right({
    events: events.right,
    keys: keys.right,
    leases: work.right.leases,
    checkpoints: work.right.checkpoints,
    readModels: readModels.right,
    close: async () => {
      for (const close of opened.toReversed()) await close();
    },
  });
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
      return inFiles(storage, runtime);
  }
};
