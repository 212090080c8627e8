import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteKeyRing, openSqliteStore, openWorkStore } from '@cloud-kassa/event-store-sqlite';
import { openSqliteReadModels } from '@cloud-kassa/projections';
import type { Runtime } from '@cloud-kassa/runtime';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { KassaError } from '../kassa-error';
import { keyEncryptionKeyOf } from './key-encryption-key';
import { makeDirectory, openingParts } from './opening';
import type { KeptStorageParts, Storage } from './storage';

/**
 * Everything in files of SQLite in a directory of this machine.
 *
 * @param indexKey of a key ring whose keys will come here.
 */
export const storageInFiles = (
  { directory, keyEncryptionKey: given }: Extract<Storage, { kind: 'sqlite' }>,
  runtime: Runtime,
  indexKey?: Uint8Array,
): TaskEither<KassaError, KeptStorageParts> => {
  const { part, close, allOrNothing } = openingParts();
  const at = (name: string): string => join(directory, name);
  const keysFile = join(directory, 'keys', 'keys.db');
  const hasKeys = TE.fromIO<boolean, KassaError>(() => existsSync(keysFile));
  return allOrNothing(
    pipe(
      TE.fromEither(makeDirectory(directory)),
      TE.bindTo('directory'),
      TE.bind('keyEncryptionKey', () => keyEncryptionKeyOf(directory, given, hasKeys, runtime)),
      TE.bind('events', () => part(at('events.db'), openSqliteStore({ file: at('events.db'), runtime }))),
      TE.bind('keys', ({ keyEncryptionKey }) =>
        part(
          keysFile,
          openSqliteKeyRing({
            file: keysFile,
            runtime,
            keyEncryptionKey,
            ...(indexKey === undefined ? {} : { indexKey }),
          }),
        ),
      ),
      TE.bind('work', () => part(at('work.db'), openWorkStore({ file: at('work.db'), runtime }))),
      TE.bind('readModels', () =>
        part(at('read-models.db'), openSqliteReadModels({ file: at('read-models.db'), runtime })),
      ),
      TE.map(({ events, keys, work: { leases, checkpoints }, readModels }) => ({
        events,
        keys,
        leases,
        checkpoints,
        readModels,
        close,
      })),
    ),
  );
};
