import type { KeyRingError } from '@cloud-kassa/event-store';
import type { CommitFailure, Connection, GroupCommit, Reader, SqliteFault } from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';

/** Reading and writing a file of keys, with the failures of a key ring. What is passed in throws what SQLite reports. */
export interface KeyFileAccess {
  readonly read: <A>(look: (connection: Connection) => A) => Promise<Either<KeyRingError, A>>;
  readonly write: <A>(work: (connection: Connection) => A) => Promise<Either<KeyRingError, A>>;
  /** Outside of a transaction. */
  readonly between: <A>(work: (connection: Connection) => A) => Promise<Either<KeyRingError, A>>;
  readonly close: () => Promise<void>;
}

/** About what a key takes in the file. */
const KEY_ROW_BYTES = 512;

export const keyFileAccess = (reader: Reader, writer: GroupCommit): KeyFileAccess => ({
  read: async (look) => E.mapLeft(readFailure)(await reader.read(look)),
  write: async (work) => E.mapLeft(commitFailure)(await writer.commit(KEY_ROW_BYTES, work)),
  between: async (work) => E.mapLeft(commitFailure)(await writer.between(work)),
  close: async () => {
    await writer.close();
    reader.close();
  },
});

const readFailure = ({ kind, name }: SqliteFault): KeyRingError => ({
  _tag: kind === 'damaged' ? 'KeyRingCorrupt' : 'KeyRingUnavailable',
  why: `the database reported ${name}`,
});

const commitFailure = (failure: CommitFailure): KeyRingError => {
  switch (failure._tag) {
    case 'Damaged':
      return { _tag: 'KeyRingCorrupt', why: failure.why };
    case 'Refused':
      return { _tag: 'KeyRingCorrupt', why: 'a key of this name is there already' };
    case 'Closed':
      return { _tag: 'KeyRingUnavailable', why: 'the key ring is closed' };
    case 'NotWritten':
    case 'Unknown':
      return { _tag: 'KeyRingUnavailable', why: failure.why };
  }
};
