import type { Position } from '@cloud-kassa/event-store';
import type { Connection } from '@cloud-kassa/sqlite';
import { draftOf } from './draft';
import type { LastEvent } from './event-mark';
import type { Batch, Description, Generation, Parked } from './read-models';
import { moveGeneration, parkedIn } from './sqlite-ledger';
import type { SqlTable } from './sqlite-tables';
import type { AnyTable } from './table';

/** A batch whose changes go into the database when it is finished, inside a transaction of the caller. */
export const sqliteBatch = (
  connection: Connection,
  { tables }: Description,
  generation: Generation,
  sqlOf: (table: AnyTable) => SqlTable,
): { readonly batch: Batch; readonly finish: () => void } => {
  const draft = draftOf(tables, (table, key) => sqlOf(table).load(connection, key));
  const parked = new Map<string, Parked>(
    parkedIn(connection, generation.generation).map((one) => [one.stream, one]),
  );
  const touched = new Set<string>();
  let moved: { readonly position: Position; readonly lastEvent: LastEvent } | undefined;

  const batch: Batch = {
    generation,
    rows: draft.rows,
    parked,
    apply: draft.apply,
    isBroken: draft.isBroken,
    park: (one) => {
      parked.set(one.stream, one);
      touched.add(one.stream);
    },
    release: (stream) => {
      parked.delete(stream);
      touched.add(stream);
    },
    moveTo: (position, lastEvent) => {
      moved = { position, lastEvent };
    },
  };

  const finish = (): void => {
    for (const { table, key, row } of draft.changed()) {
      if (row === undefined) sqlOf(table).remove(connection, key);
      else sqlOf(table).put(connection, row);
    }
    for (const stream of touched) keepParked(connection, generation.generation, stream, parked.get(stream));
    if (moved !== undefined)
      moveGeneration(connection, generation.generation, moved.position, moved.lastEvent);
  };

  return { batch, finish };
};

const keepParked = (
  connection: Connection,
  generation: number,
  stream: string,
  parked: Parked | undefined,
): void => {
  if (parked === undefined) {
    connection.prepare('DELETE FROM parked WHERE generation = ? AND stream = ?').run(generation, stream);
    return;
  }
  const { revision, through, type, rule, path = null } = parked;
  connection
    .prepare(
      `INSERT OR REPLACE INTO parked (generation, stream, revision, through, type, rule, path)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(generation, stream, revision, through, type, rule, path);
};
