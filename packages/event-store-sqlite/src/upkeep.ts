import type { Position } from '@cloud-kassa/event-store';
import {
  pragma,
  sizesOf,
  type Connection,
  type Database,
  type Driver,
  type FileSizes,
  type GroupCommit,
  type GroupFigures,
} from '@cloud-kassa/sqlite';
import { lastRow } from './event-pages';
import { positionOf } from './position';

export interface StoreStatistics extends GroupFigures, FileSizes {
  readonly sqliteVersion: string;
  readonly schemaVersion: number;
  readonly head: Position | undefined;
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
    ...sizesOf(file),
    sqliteVersion: driver.version,
    schemaVersion: pragma(connection, 'user_version'),
    head: last === 0 ? undefined : positionOf(last),
  };
};
