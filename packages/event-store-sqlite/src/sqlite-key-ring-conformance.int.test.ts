import { existsSync } from 'node:fs';
import type { KeyRingHome, KeyRingNotOpened } from '@cloud-kassa/event-store';
import { keyRingConformance } from '@cloud-kassa/event-store/conformance';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import * as TE from 'fp-ts/TaskEither';
import { runtime } from './dealings.testing';
import { openSqliteKeyRing, type KeyRingOpenError } from './sqlite-key-ring';

const folder = temporaryFolder();
afterAll(folder.remove);

/** A file that can not be opened is a ring that does not answer. */
const notOpened = (error: KeyRingOpenError): KeyRingNotOpened =>
  error._tag === 'KeyLength' || error._tag === 'WrongKeyEncryptionKey' || error._tag === 'OtherIndexKey'
    ? error
    : { _tag: 'KeyRingUnavailable', why: error.why };

const homeAt = (file: string): KeyRingHome => ({
  exists: () => TE.fromIO(() => existsSync(file)),
  open: (keyEncryptionKey, indexKey) =>
    TE.mapLeft(notOpened)(
      openSqliteKeyRing({ file, runtime, keyEncryptionKey, ...(indexKey === undefined ? {} : { indexKey }) }),
    ),
});

keyRingConformance({
  name: 'A file of SQLite',
  open: () => {
    const file = folder.path(`${runtime.ids.next()}.db`);
    return Promise.resolve({ homes: [homeAt(file), homeAt(file)], close: () => Promise.resolve() });
  },
});
