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

/** "CKRM" */
export const readModelSchema: Schema = { applicationId: 0x434b524d, steps: [GENERATIONS] };
