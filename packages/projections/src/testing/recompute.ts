import type { Tagged } from '@cloud-kassa/core';
import { createImpersonalReader, type StoredEvent } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Change } from '../change';
import { compareValues } from '../compare-values';
import type { Projection, Rows } from '../projection';
import type { AnyRow, AnyTable } from '../table';
import type { Contents, ParkedStream } from './contents';

const placeIn = (table: AnyTable, row: AnyRow): string => JSON.stringify(table.key.map((name) => row[name]));

const inOrder = (table: AnyTable, rows: ReadonlyArray<AnyRow>): ReadonlyArray<AnyRow> =>
  rows.toSorted((a, b) => {
    for (const name of table.key) {
      const found = compareValues(a[name], b[name]);
      if (found !== 0) return found;
    }
    return 0;
  });

/**
 * What a projection makes of events, one after the other, with nothing kept between two of them but plain JSON: what its read model has
 * to be equal to, live and rebuilt.
 */
export const recompute = <Event extends Tagged>(
  projection: Projection<Event>,
  events: ReadonlyArray<StoredEvent>,
): Contents => {
  const reader = createImpersonalReader(projection.family);
  const tables = new Map<AnyTable, Map<string, string>>(projection.tables.map((table) => [table, new Map()]));
  const parked = new Map<string, ParkedStream>();
  const get = (table: AnyTable, key: AnyRow): unknown => {
    const kept = tables.get(table)?.get(placeIn(table, key));
    return kept === undefined ? undefined : JSON.parse(kept);
  };
  const rows = { get } as Rows;

  const projected = (stored: StoredEvent): ReadonlyArray<Change> | string => {
    const [decoded] = reader([stored]);
    if (decoded === undefined) return 'nothing';
    if (E.isLeft(decoded)) {
      const rules = { UnknownType: 'unknown-type', NewerVersion: 'newer-version', Undecodable: 'codec' };
      return rules[decoded.left._tag];
    }
    try {
      return projection.project(decoded.right, rows);
    } catch {
      return 'project-threw';
    }
  };

  for (const stored of events) {
    const { stream, revision, type } = stored;
    if (!projection.prefixes.some((prefix) => stream.startsWith(prefix))) continue;
    const waiting = parked.get(stream);
    if (waiting !== undefined) {
      parked.set(stream, { ...waiting, through: revision });
      continue;
    }
    const changes = projected(stored);
    if (typeof changes === 'string') {
      parked.set(stream, { stream, revision, through: revision, type, rule: changes });
      continue;
    }
    for (const change of changes) {
      const table = tables.get(change.table);
      if (change._tag === 'Remove') table?.delete(placeIn(change.table, change.key));
      else table?.set(placeIn(change.table, change.row), JSON.stringify(change.row));
    }
  }
  return {
    rows: Object.fromEntries(
      [...tables].map(([table, kept]) => [
        table.name,
        inOrder(
          table,
          [...kept.values()].map((row): AnyRow => JSON.parse(row)),
        ),
      ]),
    ),
    parked: [...parked.values()].toSorted((a, b) => compareValues(a.stream, b.stream)),
  };
};
