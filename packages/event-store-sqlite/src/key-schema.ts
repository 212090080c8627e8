import type { Schema } from '@cloud-kassa/sqlite';

/**
 * Keys of persons, each wrapped under the key-encryption key, oldest first. A key that is erased keeps its row: what was wrapped is
 * overwritten in its place by as many zeros, so that no copy of it is left in the page.
 */
const KEYS = `
  CREATE TABLE index_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    iv TEXT NOT NULL,
    ct TEXT NOT NULL,
    tag TEXT NOT NULL
  ) STRICT;
  CREATE TABLE person_keys (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key_id TEXT NOT NULL,
    kid TEXT NOT NULL UNIQUE,
    erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
    iv TEXT NOT NULL,
    ct TEXT NOT NULL,
    tag TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX key_in_force ON person_keys (key_id) WHERE erased = 0;
`;

/** Keys that another ring had for a person may come beside the one that was made here: the newest is in force. */
const SEVERAL_KEYS = `
  DROP INDEX key_in_force;
  CREATE INDEX keys_of_person ON person_keys (key_id) WHERE erased = 0;
`;

/** "CKKR" */
export const keySchema: Schema = { applicationId: 0x434b4b52, steps: [KEYS, SEVERAL_KEYS] };
