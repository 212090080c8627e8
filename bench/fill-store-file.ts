import { DatabaseSync } from 'node:sqlite';
import type { AppendedEvent } from '@cloud-kassa/event-store';

/** An event where it belongs. */
export interface PlacedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly event: Pick<AppendedEvent, 'eventId' | 'type' | 'version' | 'hash' | 'canonicalText'>;
}

const PAGES_IN_MEMORY_KIB = 1024 * 1024;
const ROWS_IN_TRANSACTION = 50_000;

/**
 * Fills a file that has the tables of the event store, as fast as can be: not durable, with many rows in a transaction. For stores
 * that are read or written to later, when they are what they would have grown to.
 */
export const fillStoreFile = (file: string, events: Iterable<PlacedEvent>): void => {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA synchronous = OFF; PRAGMA cache_size = -${PAGES_IN_MEMORY_KIB};`);
  const insert = database.prepare(
    'INSERT INTO events (stream, revision, event_id, type, version, hash, text) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  let rows = 0;
  database.exec('BEGIN');
  for (const { stream, revision, event } of events) {
    const { eventId, type, version, hash, canonicalText = '' } = event;
    insert.run(stream, revision, eventId, type, version, hash, canonicalText);
    rows += 1;
    if (rows % ROWS_IN_TRANSACTION === 0) database.exec('COMMIT; BEGIN');
  }
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE);');
  database.close();
};
