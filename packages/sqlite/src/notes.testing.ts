import { systemRuntime } from '@cloud-kassa/runtime';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { openDatabase, type Database, type DatabaseOptions } from './database';
import { nodeDriver, type Connection } from './driver';
import { groupCommit, type GroupCommit } from './group-commit';
import type { OpenError } from './open-error';
import { readerOf, type Reader } from './reader';
import type { Schema } from './schema';
import { turnsOn } from './turns';

export const runtime = systemRuntime();

/** Notes: in version 1 without a rule, in version 2 each only once. */
export const NOTES: Schema = {
  applicationId: 0x4e4f5445,
  steps: ['CREATE TABLE notes (text TEXT NOT NULL) STRICT', 'CREATE UNIQUE INDEX notes_once ON notes (text)'],
};

export const openNotes = (
  file: string,
  options: Partial<DatabaseOptions> = {},
): Promise<Either<OpenError, Database>> =>
  openDatabase({
    driver: nodeDriver,
    runtime,
    file,
    schema: NOTES,
    busyMilliseconds: 30,
    minimumFreeBytes: 0,
    ...options,
  });

export interface Notes {
  readonly writer: GroupCommit;
  readonly reader: Reader;
  readonly committed: () => number;
  readonly close: () => Promise<void>;
}

/** What a package that keeps something in a file makes of it. */
export const notesIn = async (file: string, options: Partial<DatabaseOptions> = {}): Promise<Notes> => {
  const database = await openNotes(file, options);
  if (E.isLeft(database)) throw new Error(database.left.why);
  const world: Runtime = options.runtime ?? runtime;
  const common = { database: database.right, runtime: world, turns: turnsOn(world), busyMilliseconds: 30 };
  const reader = readerOf(common);
  let commits = 0;
  const writer = groupCommit({
    ...common,
    groupSize: 10,
    groupBytes: 1_000,
    collectMilliseconds: 0,
    committed: () => (commits += 1),
  });
  return {
    reader,
    writer,
    committed: () => commits,
    close: async () => {
      await writer.close();
      reader.close();
    },
  };
};

export const write =
  (text: string) =>
  (connection: Connection): string => {
    connection.prepare('INSERT INTO notes (text) VALUES (?)').run(text);
    return text;
  };

export const textsIn = (connection: Connection): ReadonlyArray<unknown> =>
  [...connection.prepare('SELECT text FROM notes ORDER BY text').iterate()].map(({ text }) => text);
