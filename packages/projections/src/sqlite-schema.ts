import type { Schema } from '@cloud-kassa/sqlite';

/**
 * What is known of the tables of all projections in a file. The tables themselves are made and dropped as generations come and go.
 * The indexes see to it that a projection has one live generation and one that is being built.
 */
const GENERATIONS = `
  CREATE TABLE generations (
    generation INTEGER PRIMARY KEY AUTOINCREMENT,
    projection TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    status TEXT NOT NULL CHECK (status IN ('live', 'building', 'retired')),
    shape TEXT NOT NULL,
    position TEXT
  ) STRICT;
  CREATE UNIQUE INDEX one_live_generation ON generations (projection) WHERE status = 'live';
  CREATE UNIQUE INDEX one_building_generation ON generations (projection) WHERE status = 'building';
  CREATE TABLE parked (
    generation INTEGER NOT NULL REFERENCES generations (generation),
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    through INTEGER NOT NULL,
    type TEXT NOT NULL,
    rule TEXT NOT NULL,
    path TEXT,
    PRIMARY KEY (generation, stream)
  ) STRICT, WITHOUT ROWID;
`;

/**
 * The last event that is in a generation, for the position it was written with (`last_for`). Where the position has been moved without
 * it, by an older version of the library, it is not known. Without a stream there was no event.
 */
const LAST_EVENTS = `
  ALTER TABLE generations ADD COLUMN last_stream TEXT;
  ALTER TABLE generations ADD COLUMN last_revision INTEGER;
  ALTER TABLE generations ADD COLUMN last_hash TEXT;
  ALTER TABLE generations ADD COLUMN last_for TEXT;
`;

/** "CKRM" */
export const readModelSchema: Schema = { applicationId: 0x434b524d, steps: [GENERATIONS, LAST_EVENTS] };
