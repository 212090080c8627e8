import { join } from 'node:path';
import type { Database, NotOpened } from '@cloud-kassa/cloud-kassa';
import type { Bilingual } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { openErrorText } from './open-error-text';
import type { StoreChoice } from './store-choice';

export interface DatabaseChoice {
  /** With user and password, if it has them. */
  readonly connectionString: string;
  readonly namespace: string | undefined;
  /** Folder of this machine for read models and the key-encryption key. */
  readonly directory: string;
  readonly keyFile: string | undefined;
}

const ADDRESS = /^(?<scheme>esdb(?:\+discover)?:\/\/)(?<authority>[^?]*)(?<options>.*)$/s;

export const isDatabaseAddress = (text: string): boolean => /^[a-z+]+:\/\//i.test(text);

/** A connection string without user and password. */
const withoutUser = (connectionString: string): { readonly place: string; readonly options: string } => {
  const { scheme = '', authority = '', options = '' } = ADDRESS.exec(connectionString)?.groups ?? {};
  return { place: `${scheme}${authority.slice(authority.lastIndexOf('@') + 1)}`, options };
};

const EMPTY: Bilingual = {
  english: 'there is no store in it; a store begins with: cloud-kassa init',
  russian: 'хранилища в ней нет; хранилище создаёт команда: cloud-kassa init',
};

/** What is wanted has to be there before anything is written to the database or made in the folder. */
const openIn =
  ({ connectionString, namespace }: DatabaseChoice, place: string, isMade: boolean) =>
  (runtime: Runtime): TaskEither<NotOpened, Database> =>
  async () => {
    // A store in a folder needs no client of a database, and no time to load one.
    const { openEsdbStore } = await import('@cloud-kassa/event-store-esdb');
    const settings = namespace === undefined ? {} : { settings: { namespace } };
    const opened = await openEsdbStore({ connectionString, runtime, ...settings })();
    if (E.isLeft(opened)) return E.left({ ...opened.left, russian: openErrorText(opened.left, place) });
    if (isMade) return opened;
    const head = await opened.right.head()();
    if (E.isRight(head) && head.right !== undefined) return opened;
    await opened.right.close();
    return E.left(
      E.isLeft(head)
        ? { _tag: head.left._tag, why: head.left.why }
        : { _tag: 'NoStore', why: EMPTY.english, russian: EMPTY.russian },
    );
  };

/** A store in an EventStoreDB, with read models in a folder of this machine. */
export const databaseStore = (choice: DatabaseChoice): StoreChoice => {
  const { connectionString, namespace, directory, keyFile } = choice;
  const { place, options } = withoutUser(connectionString);
  const ofFile = keyFile === undefined ? [] : ['--key-file', keyFile];
  return {
    name: namespace === undefined ? place : `${place} (${namespace})`,
    directory,
    options: [
      '--store',
      `${place}${options}`,
      ...(namespace === undefined ? [] : ['--namespace', namespace]),
      '--read-models',
      directory,
      ...ofFile,
    ],
    storage: (isMade) =>
      E.right({
        kind: 'database',
        directory,
        open: openIn(choice, place, isMade),
        ...(keyFile === undefined ? {} : { keyEncryptionKey: { file: keyFile } }),
      }),
    apart: (name) =>
      databaseStore({
        ...choice,
        namespace: namespace === undefined ? name : `${namespace}_${name}`,
        directory: join(directory, name),
      }),
  };
};
