import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { AppendedEvent } from '@cloud-kassa/event-store';

/** The rows of one append, and the revision of its first event. */
export interface RawAppend {
  readonly stream: string;
  readonly first: number;
  readonly events: ReadonlyArray<AppendedEvent>;
}

/** Group commit without anything around it: rows into a table, so many appends to a transaction. */
export interface RawGroupCommit {
  readonly commit: (group: ReadonlyArray<RawAppend>) => void;
  readonly close: () => void;
}

/**
 * On a file that has the tables of the event store, with its durability (`synchronous = FULL` in WAL mode). Nothing is checked:
 * neither the expected revision nor the form of an event, and an append that fails takes its whole group with it.
 */
export const rawGroupCommit = (file: string): RawGroupCommit => {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  const begin = database.prepare('BEGIN IMMEDIATE');
  const end = database.prepare('COMMIT');
  const insert: StatementSync = database.prepare(
    'INSERT INTO events (stream, revision, event_id, type, version, hash, text) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    commit: (group) => {
      begin.run();
      for (const { stream, first, events } of group) {
        let revision = first;
        for (const { eventId, type, version, hash, canonicalText = '' } of events) {
          insert.run(stream, revision, eventId, type, version, hash, canonicalText);
          revision += 1;
        }
      }
      end.run();
    },
    close: () => database.close(),
  };
};
