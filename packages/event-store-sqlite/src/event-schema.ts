import type { Schema } from '@cloud-kassa/sqlite';

/**
 * One table holds all events; its key is the position in commit order, which is never given twice. `text` is the canonical text
 * that the hash was taken over, and the only place where data and metadata stand. The other columns say what the text says too:
 * whoever changes one of them without the other is found when the chain is verified.
 */
const EVENTS = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 0),
    event_id TEXT NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    hash TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (stream, revision),
    UNIQUE (stream, event_id)
  ) STRICT;
  CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are not changed'); END;
  CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are not deleted'); END;
`;

/** The category of a stream is its name up to the first hyphen; an index entry ends with the position. */
const CATEGORIES = `
  ALTER TABLE events ADD COLUMN category TEXT
    GENERATED ALWAYS AS (substr(stream, 1, instr(stream, '-') - 1)) VIRTUAL;
  CREATE INDEX events_by_category ON events (category);
`;

/** "CKES" */
export const eventSchema: Schema = { applicationId: 0x434b4553, steps: [EVENTS, CATEGORIES] };
