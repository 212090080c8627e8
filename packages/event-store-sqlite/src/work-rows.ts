import type { Beat, Lease, Position } from '@cloud-kassa/event-store';
import type { Connection } from '@cloud-kassa/sqlite';
import * as t from 'io-ts';

const LeaseRow = t.type({ shard: t.number, owner: t.string, beat: t.number });
const CheckpointRow = t.type({ position: t.string });

/** All of this throws what SQLite reports. A row that is none of ours is as good as lost. */
export const leasesIn = (connection: Connection): ReadonlyArray<Lease> => {
  const leases: Lease[] = [];
  for (const row of connection.prepare('SELECT shard, owner, beat FROM leases').iterate())
    if (LeaseRow.is(row)) leases.push({ shard: row.shard, owner: row.owner, beat: row.beat });
  return leases;
};

const FIRST_BEAT = `
  INSERT INTO leases (shard, owner, beat) VALUES (?, ?, 1)
  ON CONFLICT (shard) DO NOTHING RETURNING shard`;
const NEXT_BEAT = `
  UPDATE leases SET owner = ?, beat = beat + 1
  WHERE shard = ? AND owner = ? AND beat = ? RETURNING shard`;

/** Writes the beats whose leases are as they were seen, and answers their shards. */
export const writeBeats = (
  connection: Connection,
  beats: ReadonlyArray<Beat>,
  owner: string,
): ReadonlyArray<number> =>
  beats.flatMap(({ shard, seen }) => {
    const written =
      seen === undefined
        ? connection.prepare(FIRST_BEAT).get(shard, owner)
        : connection.prepare(NEXT_BEAT).get(owner, shard, seen.owner, seen.beat);
    return written === undefined ? [] : [shard];
  });

export const checkpointIn = (connection: Connection, name: string): Position | undefined => {
  const row = connection.prepare('SELECT position FROM checkpoints WHERE name = ?').get(name);
  return CheckpointRow.is(row) ? row.position : undefined;
};

export const saveCheckpoint = (connection: Connection, name: string, position: Position): void => {
  connection
    .prepare(
      `INSERT INTO checkpoints (name, position) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET position = excluded.position`,
    )
    .run(name, position);
};
