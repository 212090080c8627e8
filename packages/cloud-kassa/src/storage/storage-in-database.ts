import { join } from 'node:path';
import { openSqliteReadModels } from '@cloud-kassa/projections';
import type { Runtime } from '@cloud-kassa/runtime';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { KassaError } from '../kassa-error';
import { ofLoad } from '../kassa-error';
import { keyEncryptionKeyOf } from './key-encryption-key';
import { makeDirectory, openingParts } from './opening';
import type { KeptStorageParts, Storage } from './storage';

/** How the parts are called where one of them was not opened: the address of a database is for no error. */
const DATABASE = ['The database', 'База данных'] as const;
const KEY_RING = ['The key ring', 'Хранилище ключей'] as const;

/**
 * Events, leases, checkpoints and keys in a database that machines share; the read models in a directory of this one.
 *
 * @param indexKey of a key ring whose keys will come here.
 */
export const storageInDatabase = (
  { directory, keyEncryptionKey: given, open }: Extract<Storage, { kind: 'database' }>,
  runtime: Runtime,
  indexKey?: Uint8Array,
): TaskEither<KassaError, KeptStorageParts> => {
  const { part, close, allOrNothing } = openingParts();
  const readModelsFile = join(directory, 'read-models.db');
  return allOrNothing(
    pipe(
      // A database that is not there leaves no directory behind.
      part(DATABASE[0], open(runtime), DATABASE[1]),
      TE.bindTo('database'),
      TE.chainFirst(() => TE.fromEither(makeDirectory(directory))),
      TE.bind('keyEncryptionKey', ({ database: { keyRing } }) =>
        keyEncryptionKeyOf(directory, given, pipe(keyRing.exists(), TE.mapLeft(ofLoad)), runtime),
      ),
      TE.bind('keys', ({ database, keyEncryptionKey }) =>
        part(KEY_RING[0], database.keyRing.open(keyEncryptionKey, indexKey), KEY_RING[1]),
      ),
      TE.bind('readModels', () =>
        part(readModelsFile, openSqliteReadModels({ file: readModelsFile, runtime })),
      ),
      TE.map(({ database, keys, readModels }) => ({
        events: database,
        keys,
        leases: database.work.leases,
        checkpoints: database.work.checkpoints,
        readModels,
        close,
      })),
    ),
  );
};
