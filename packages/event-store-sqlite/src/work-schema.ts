import type { Schema } from '@cloud-kassa/sqlite';

const WORK = `
  CREATE TABLE leases (
    shard INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    beat INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE checkpoints (
    name TEXT PRIMARY KEY,
    position TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** "CKWK" */
export const workSchema: Schema = { applicationId: 0x434b574b, steps: [WORK] };
