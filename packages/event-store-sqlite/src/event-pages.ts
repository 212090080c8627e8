import type { StoreError, StoredEvent, StreamFilter } from '@cloud-kassa/event-store';
import type { Connection, Row, Value } from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import { EVENT_COLUMNS, storedEvent } from './event-row';
import { beyond, rangesOf, type StreamRange } from './prefix-ranges';

export type Direction = 'forwards' | 'backwards';

/** Some events in order. */
export interface Page {
  readonly events: ReadonlyArray<StoredEvent>;
  /** What comes after this row (before it, backwards) was not looked at; up to here nothing was left out. */
  readonly examined: number;
  /** What stands after the events can not be read. */
  readonly failure?: StoreError;
}

/** A page ends when it has as many events, or events of so many bytes (characters, to be exact). */
export interface PageSize {
  readonly events: number;
  readonly bytes: number;
}

/** Part of a stream or of the whole store, both ends inclusive. */
export interface Span {
  readonly first: number;
  readonly last: number;
  readonly direction: Direction;
}

/** How many rows are looked at for a page where no index leads to those that match. */
export const WINDOW = 4_096;

export const lastRow = (connection: Connection): number =>
  Number(connection.prepare('SELECT max(position) AS position FROM events').get()?.['position'] ?? 0);

export const lastRevision = (connection: Connection, stream: string): number =>
  Number(
    connection.prepare('SELECT max(revision) AS last FROM events WHERE stream = ?').get(stream)?.['last'] ??
      -1,
  );

/** The next page of a stream. `examined` is a revision. */
export const streamPage = (connection: Connection, stream: string, span: Span, size: PageSize): Page => {
  const rows = connection
    .prepare(
      `SELECT ${EVENT_COLUMNS} FROM events WHERE stream = ? AND revision BETWEEN ? AND ?
       ORDER BY revision ${ORDER[span.direction]} LIMIT ?`,
    )
    .iterate(stream, span.first, span.last, size.events);
  return pageOf(rows, size, span, ({ revision }) => revision);
};

/** The next page of all streams, or of those that match. `examined` is a row. */
export const allPage = (
  connection: Connection,
  span: Span,
  filter: StreamFilter | undefined,
  size: PageSize,
): Page => {
  const ranges = rangesOf(filter, (beginning, limit) => categories(connection, beginning, limit));
  switch (ranges._tag) {
    case 'All':
      return pageOf(select(connection, [ANY_STREAM], span, size), size, span, rowOf);
    case 'Ranges': {
      if (ranges.ranges.length === 0) return { events: [], examined: endOf(span) };
      const window = ranges.ranges.some(({ names }) => names !== undefined) ? windowOf(span) : span;
      return pageOf(select(connection, ranges.ranges.map(conditionOf), window, size), size, window, rowOf);
    }
    case 'Prefixes': {
      const window = windowOf(span);
      return pageOf(matching(connection, ranges.prefixes, window), size, window, rowOf);
    }
  }
};

const ORDER = { forwards: 'ASC', backwards: 'DESC' } as const;

const rowOf = ({ position }: StoredEvent): number => Number(position);

const endOf = ({ first, last, direction }: Span): number => (direction === 'forwards' ? last : first);

const windowOf = ({ first, last, direction }: Span): Span =>
  direction === 'forwards'
    ? { first, last: Math.min(last, first + WINDOW - 1), direction }
    : { first: Math.max(first, last - WINDOW + 1), last, direction };

const pageOf = (
  rows: Iterable<Row>,
  size: PageSize,
  span: Span,
  placeOf: (event: StoredEvent) => number,
): Page => {
  const events: StoredEvent[] = [];
  let bytes = 0;
  for (const row of rows) {
    const event = storedEvent(row);
    if (E.isLeft(event)) return { events, examined: endOf(span), failure: event.left };
    events.push(event.right);
    bytes += event.right.canonicalText?.length ?? 0;
    if (events.length >= size.events || bytes >= size.bytes)
      return { events, examined: placeOf(event.right) };
  }
  return { events, examined: endOf(span) };
};

interface Condition {
  readonly from: string;
  readonly where: string;
  readonly values: ReadonlyArray<Value>;
}

const ANY_STREAM: Condition = { from: 'events', where: 'TRUE', values: [] };

// An index entry of a category ends with the position: each range gives its events in order, and they are merged, not sorted.
const conditionOf = ({ category, names }: StreamRange): Condition => {
  const from = 'events INDEXED BY events_by_category';
  return names === undefined
    ? { from, where: 'category = ?', values: [category] }
    : { from, where: 'category = ? AND stream >= ? AND stream < ?', values: [category, ...names] };
};

/** The text of a query for the events of several conditions that exclude each other. */
export const queryOf = (conditions: ReadonlyArray<Condition>, direction: Direction): string => {
  const selects = conditions.map(
    ({ from, where }) => `SELECT ${EVENT_COLUMNS} FROM ${from} WHERE ${where} AND position BETWEEN ? AND ?`,
  );
  return `${selects.join(' UNION ALL ')} ORDER BY position ${ORDER[direction]} LIMIT ?`;
};

const select = (
  connection: Connection,
  conditions: ReadonlyArray<Condition>,
  { first, last, direction }: Span,
  size: PageSize,
): Iterable<Row> =>
  connection
    .prepare(queryOf(conditions, direction))
    .iterate(...conditions.flatMap(({ values }) => [...values, first, last]), size.events);

function* matching(
  connection: Connection,
  prefixes: ReadonlyArray<string>,
  { first, last, direction }: Span,
): Generator<Row> {
  const names = connection
    .prepare(
      `SELECT position, stream FROM events WHERE position BETWEEN ? AND ? ORDER BY position ${ORDER[direction]}`,
    )
    .iterate(first, last);
  const event = connection.prepare(`SELECT ${EVENT_COLUMNS} FROM events WHERE position = ?`);
  for (const { position, stream } of names) {
    if (!prefixes.some((prefix) => String(stream).startsWith(prefix))) continue;
    const row = event.get(Number(position));
    if (row !== undefined) yield row;
  }
}

/** Steps from one category to the next in the index, however many events each has. */
const CATEGORIES = `
  WITH RECURSIVE found (category) AS (
    SELECT min(category) FROM events WHERE category >= ?1 AND category < ?2
    UNION ALL
    SELECT (SELECT min(category) FROM events WHERE category > found.category AND category < ?2)
    FROM found WHERE found.category IS NOT NULL
  )
  SELECT category FROM found WHERE category IS NOT NULL LIMIT ?3`;

const categories = (connection: Connection, beginning: string, limit: number): ReadonlyArray<string> => {
  const found: string[] = [];
  const rows = connection.prepare(CATEGORIES).iterate(beginning, beyond(beginning), limit);
  for (const { category } of rows) found.push(String(category));
  return found;
};
