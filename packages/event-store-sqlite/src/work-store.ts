import type { LeasesUnavailable, WorkStore, WorkUnavailable } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import {
  groupCommit,
  integrityOf,
  nodeDriver,
  openDatabase,
  readerOf,
  turnsOn,
  type CommitFailure,
  type Driver,
  type OpenError,
  type Reader,
  type SqliteFault,
} from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { checkpointIn, leasesIn, saveCheckpoint, writeBeats } from './work-rows';
import { workSchema } from './work-schema';

export interface WorkStoreOptions {
  /** Path of the file, `work.db` by custom. Made with permissions 0600 if it is not there; its directory must be. */
  readonly file: string;
  readonly runtime: Runtime;
  /** How long a lock that another process holds is waited for. Default 5,000. */
  readonly busyMilliseconds?: number;
}

/**
 * Opens the leases and checkpoints of the processes of one machine, in a file apart from the events. The file may be lost: what it
 * holds is found again from the events. One that is damaged, or was written by a newer version of this library, is not opened, and
 * `why` says that it may be deleted.
 *
 * Commits are not forced to the disk one by one (`synchronous=NORMAL`). After a loss of power the last beats and checkpoints may be
 * gone, as if they had never been made: nobody beats any more then, and those who follow from an older checkpoint do again what was
 * done already. A process that is killed loses nothing.
 */
export const openWorkStore = (options: WorkStoreOptions): TaskEither<OpenError, WorkStore> =>
  openWorkStoreOn(nodeDriver, options);

export const openWorkStoreOn =
  (driver: Driver, options: WorkStoreOptions): TaskEither<OpenError, WorkStore> =>
  async () => {
    const { runtime, busyMilliseconds = 5_000 } = options;
    const database = await openDatabase({
      driver,
      runtime,
      file: options.file,
      schema: workSchema,
      busyMilliseconds,
      minimumFreeBytes: 0,
      durability: 'normal',
    });
    if (E.isLeft(database)) return E.left(withAdvice(database.left));
    const turns = turnsOn(runtime);
    const reader = readerOf({ database: database.right, runtime, turns, busyMilliseconds });
    const writer = groupCommit({
      database: database.right,
      runtime,
      turns,
      groupSize: 256,
      groupBytes: 1024 * 1024,
      collectMilliseconds: 0,
      busyMilliseconds,
      committed: () => undefined,
    });
    const close = async (): Promise<void> => {
      await writer.close();
      reader.close();
    };
    const damage = await damageIn(reader);
    if (damage !== undefined) {
      await close();
      return E.left(damage);
    }
    return E.right({
      leases: {
        read: () => async () =>
          E.mapLeft((fault: SqliteFault) => lost(whyOf(fault)))(await reader.read(leasesIn)),
        beat: (beats, owner) => async () => {
          const written = await writer.commit(ROW_BYTES * beats.length, (connection) =>
            writeBeats(connection, beats, owner),
          );
          return E.mapLeft((failure: CommitFailure) => lost(whyNot(failure)))(written);
        },
      },
      checkpoints: {
        load: (name) => async () =>
          E.mapLeft((fault: SqliteFault) => unavailable(whyOf(fault)))(
            await reader.read((connection) => checkpointIn(connection, name)),
          ),
        save: (name, position) => async () => {
          const saved = await writer.commit(ROW_BYTES, (connection) =>
            saveCheckpoint(connection, name, position),
          );
          return E.mapLeft((failure: CommitFailure) => unavailable(whyNot(failure)))(saved);
        },
      },
      close,
    });
  };

const lost = (why: string): LeasesUnavailable => ({ _tag: 'LeasesUnavailable', why });
const unavailable = (why: string): WorkUnavailable => ({ _tag: 'WorkUnavailable', why });

/** About what a lease or a checkpoint takes in the file. */
const ROW_BYTES = 128;

const MAY_BE_DELETED =
  'it holds leases and checkpoints only, which are found again: stop the processes that have it open and delete it, with its -wal and -shm';

const withAdvice = (error: OpenError): OpenError => {
  switch (error._tag) {
    case 'Damaged':
    case 'NewerSchema':
      return { ...error, why: `${error.why}; ${MAY_BE_DELETED}` };
    case 'ForeignFile':
      return { ...error, why: `${error.why}; if it is a damaged file of this library, ${MAY_BE_DELETED}` };
    default:
      return error;
  }
};

/** The file is small, so all of it is looked at before it is trusted. */
const damageIn = async (reader: Reader): Promise<OpenError | undefined> => {
  const found = await reader.read(integrityOf);
  if (E.isRight(found) && found.right.length === 0) return undefined;
  if (E.isLeft(found) && found.left.kind !== 'damaged')
    return { _tag: 'CannotOpen', why: `the database can not be read: ${found.left.name}` };
  return withAdvice({ _tag: 'Damaged', why: 'the database is damaged' });
};

const whyOf = ({ kind, name }: SqliteFault): string =>
  kind === 'damaged' ? `the database reported ${name}; ${MAY_BE_DELETED}` : `the database reported ${name}`;

const whyNot = (failure: CommitFailure): string => {
  switch (failure._tag) {
    case 'Damaged':
      return `${failure.why}; ${MAY_BE_DELETED}`;
    case 'Refused':
      return 'a rule of the file was broken';
    case 'Closed':
      return 'the store is closed';
    case 'NotWritten':
    case 'Unknown':
      return failure.why;
  }
};
