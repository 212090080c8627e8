import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Journal, JournalRow } from './journal';

/** A journal in a file, with the origin that its log was begun with. */
export interface SqliteJournal extends Journal {
  readonly origin: bigint;
}

/**
 * A journal in `events.db` of the directory, which is made when it is not there. What `write` returned from outlives the
 * process, `kill -9` too; a power cut it may not. One process has the file at a time. Throws what SQLite or the file system
 * reports when it cannot be opened. A file that holds a log keeps its own origin.
 */
export const sqliteJournal = (directory: string, origin: bigint): SqliteJournal => {
  mkdirSync(directory, { recursive: true });
  const database = new DatabaseSync(join(directory, 'events.db'));
  try {
    return openedJournal(database, origin);
  } catch (error) {
    database.close();
    throw error;
  }
};

const openedJournal = (database: DatabaseSync, origin: bigint): SqliteJournal => {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  database.exec(`BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS log (origin INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS events (
      row INTEGER PRIMARY KEY, id TEXT NOT NULL, stream TEXT NOT NULL, type TEXT NOT NULL, revision INTEGER NOT NULL,
      at_commit INTEGER NOT NULL, at_prepare INTEGER NOT NULL, at_end INTEGER NOT NULL, created INTEGER NOT NULL,
      frame BLOB NOT NULL) STRICT;
    COMMIT`);
  const stored = database.prepare('SELECT origin FROM log');
  stored.setReadBigInts(true);
  const known = stored.get()?.['origin'];
  if (typeof known !== 'bigint') database.prepare('INSERT INTO log (origin) VALUES (?)').run(origin);
  const insert = database.prepare(
    'INSERT INTO events (id, stream, type, revision, at_commit, at_prepare, at_end, created, frame) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const add = ({ id, stream, type, revision, commit, prepare, end, created, frame }: JournalRow): void => {
    insert.run(id, stream, type, revision, commit, prepare, end, created, frame);
  };
  return {
    origin: typeof known === 'bigint' ? known : origin,
    write: (rows) => {
      database.exec('BEGIN');
      try {
        rows.forEach(add);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    rows: () => rowsOf(database),
    close: () => database.close(),
  };
};

function* rowsOf(database: DatabaseSync): Generator<JournalRow> {
  const all = database.prepare('SELECT * FROM events ORDER BY row');
  all.setReadBigInts(true);
  for (const row of all.iterate()) {
    const { id, stream, type, revision, frame } = row;
    if (typeof revision !== 'bigint' || !(frame instanceof Uint8Array))
      throw new Error('The journal is damaged.');
    yield {
      id: String(id),
      stream: String(stream),
      type: String(type),
      revision,
      commit: Number(row['at_commit']),
      prepare: Number(row['at_prepare']),
      end: Number(row['at_end']),
      created: Number(row['created']),
      frame,
    };
  }
}
