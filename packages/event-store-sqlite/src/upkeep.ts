import { statSync } from 'node:fs';
import type { Position } from '@cloud-kassa/event-store';
import type { Database } from './database';
import type { Connection, Driver } from './driver';
import { lastRow } from './event-pages';
import type { GroupCommit, GroupFigures } from './group-commit';
import { positionOf } from './position';
import { pragma } from './schema';

/** What a checkpoint has done with the write-ahead log. */
export interface Checkpoint {
  /** All of the log was brought into the database file, and the log is empty. Otherwise another process was reading or writing. */
  readonly complete: boolean;
}

export const checkpointOf = (connection: Connection): Checkpoint => {
  const { busy } = connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
  return { complete: busy === 0 };
};

export const integrityOf = (connection: Connection): ReadonlyArray<string> => {
  const found: string[] = [];
  for (const row of connection.prepare('PRAGMA integrity_check').iterate()) {
    const [finding] = Object.values(row);
    if (finding !== 'ok') found.push(String(finding));
  }
  return found;
};

export interface StoreStatistics extends GroupFigures {
  readonly sqliteVersion: string;
  readonly schemaVersion: number;
  readonly head: Position | undefined;
  readonly fileBytes: number;
  /** Of the write-ahead log. Far above the 4 MB of a checkpoint: another process keeps a read open. */
  readonly logBytes: number;
}

export const statisticsOf = (
  connection: Connection,
  driver: Driver,
  { file }: Database,
  writer: GroupCommit,
): StoreStatistics => {
  const last = lastRow(connection);
  return {
    ...writer.figures(),
    sqliteVersion: driver.version,
    schemaVersion: pragma(connection, 'user_version'),
    head: last === 0 ? undefined : positionOf(last),
    fileBytes: sizeOf(file.path),
    logBytes: sizeOf(`${file.path}-wal`),
  };
};

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
