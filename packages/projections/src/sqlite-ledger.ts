import type { Position } from '@cloud-kassa/event-store';
import type { Connection, Row } from '@cloud-kassa/sqlite';
import * as t from 'io-ts';
import type { LastEvent } from './event-mark';
import type { Generation, Ledger, Parked, Survey } from './read-models';
import { creationOf, quoted, tableName } from './sqlite-tables';
import { shapesOf } from './table';

const COLUMNS =
  'generation, version, status, shape, position, last_stream, last_revision, last_hash, last_for';

const GenerationRow = t.type({
  generation: t.number,
  version: t.number,
  status: t.keyof({ live: null, building: null, retired: null }),
  shape: t.string,
  position: t.union([t.string, t.null]),
  last_stream: t.union([t.string, t.null]),
  last_revision: t.union([t.number, t.null]),
  last_hash: t.union([t.string, t.null]),
  last_for: t.union([t.string, t.null]),
});

const ParkedRow = t.type({
  stream: t.string,
  revision: t.number,
  through: t.number,
  type: t.string,
  rule: t.string,
  path: t.union([t.string, t.null]),
});

const generationOf = (row: Row): ReadonlyArray<Generation> => {
  if (!GenerationRow.is(row)) return [];
  const { generation, version, status, shape, position } = row;
  const lastEvent = lastEventOf(row);
  return [
    {
      generation,
      version,
      status,
      shape,
      ...(position === null ? {} : { position }),
      ...(lastEvent === undefined ? {} : { lastEvent }),
    },
  ];
};

const lastEventOf = (row: t.TypeOf<typeof GenerationRow>): LastEvent => {
  const { position, last_stream: stream, last_revision: revision, last_hash: hash, last_for: heldFor } = row;
  if (position !== heldFor) return 'unknown';
  return stream === null || revision === null || hash === null ? undefined : { stream, revision, hash };
};

/** What is unknown stays so: it is written for no position. */
export const moveGeneration = (
  connection: Connection,
  generation: number,
  position: Position,
  lastEvent: LastEvent,
): void => {
  const mark = lastEvent === 'unknown' ? undefined : lastEvent;
  connection
    .prepare(
      `UPDATE generations SET position = ?, last_stream = ?, last_revision = ?, last_hash = ?, last_for = ?
       WHERE generation = ?`,
    )
    .run(
      position,
      mark?.stream ?? null,
      mark?.revision ?? null,
      mark?.hash ?? null,
      lastEvent === 'unknown' ? null : position,
      generation,
    );
};

const parkedOf = (row: Row): ReadonlyArray<Parked> => {
  if (!ParkedRow.is(row)) return [];
  const { stream, revision, through, type, rule, path } = row;
  return [{ stream, revision, through, type, rule, ...(path === null ? {} : { path }) }];
};

/** The generation of this number, if it is one of this projection. */
export const generationIn = (
  connection: Connection,
  projection: string,
  generation: number,
): Generation | undefined => {
  const row = connection
    .prepare(`SELECT ${COLUMNS} FROM generations WHERE generation = ? AND projection = ?`)
    .get(generation, projection);
  return row === undefined ? undefined : generationOf(row)[0];
};

export const liveIn = (connection: Connection, projection: string): Generation | undefined => {
  const row = connection
    .prepare(`SELECT ${COLUMNS} FROM generations WHERE projection = ? AND status = 'live'`)
    .get(projection);
  return row === undefined ? undefined : generationOf(row)[0];
};

export const parkedIn = (connection: Connection, generation: number): ReadonlyArray<Parked> => {
  const rows = connection
    .prepare(
      'SELECT stream, revision, through, type, rule, path FROM parked WHERE generation = ? ORDER BY stream',
    )
    .iterate(generation);
  return [...rows].flatMap(parkedOf);
};

export const surveyOn = (connection: Connection, projection: string): Survey => ({
  generations: () => {
    const rows = connection
      .prepare(`SELECT ${COLUMNS} FROM generations WHERE projection = ? ORDER BY generation`)
      .iterate(projection);
    return [...rows].flatMap(generationOf);
  },
  parked: (generation) => parkedIn(connection, generation),
});

export const ledgerOn = (connection: Connection, projection: string): Ledger => ({
  ...surveyOn(connection, projection),
  create: ({ version, tables }, status) => {
    const generation = connection
      .prepare('INSERT INTO generations (projection, version, status, shape) VALUES (?, ?, ?, ?)')
      .run(projection, version, status, shapesOf(tables));
    for (const table of tables) connection.exec(creationOf(projection, generation, table));
    return generation;
  },
  setStatus: (generation, status) => {
    connection
      .prepare('UPDATE generations SET status = ? WHERE generation = ? AND projection = ?')
      .run(status, generation, projection);
  },
  clear: (generation, rows) => {
    const found = generationIn(connection, projection, generation);
    if (found?.status !== 'retired') return true;
    const names = namesIn(found.shape).map((name) => quoted(tableName(projection, generation, name)));
    const full = names.find(
      (name) => connection.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() !== undefined,
    );
    if (full !== undefined) {
      connection.prepare(`DELETE FROM ${full} WHERE rowid IN (SELECT rowid FROM ${full} LIMIT ?)`).run(rows);
      return false;
    }
    for (const name of names) connection.exec(`DROP TABLE ${name}`);
    connection.prepare('DELETE FROM parked WHERE generation = ?').run(generation);
    connection.prepare('DELETE FROM generations WHERE generation = ?').run(generation);
    return true;
  },
});

const Shape = t.array(t.type({ name: t.string }));

/** The names of the tables of a shape. */
const namesIn = (shape: string): ReadonlyArray<string> => {
  const parsed: unknown = JSON.parse(shape);
  return Shape.is(parsed) ? parsed.map(({ name }) => name) : [];
};
