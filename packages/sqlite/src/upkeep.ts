import { statSync } from 'node:fs';
import type { DatabaseFile } from './database-file';
import type { Connection } from './driver';

/** What a checkpoint has done with the write-ahead log. */
export interface Checkpoint {
  /** All of the log was brought into the database file, and the log is empty. Otherwise another process was reading or writing. */
  readonly complete: boolean;
}

/** Brings the write-ahead log into the file and cuts it. Outside of a transaction. */
export const checkpointOf = (connection: Connection): Checkpoint => {
  const { busy } = connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
  return { complete: busy === 0 };
};

/** What SQLite finds wrong with the file, nothing if it is sound. Reads all of it. */
export const integrityOf = (connection: Connection): ReadonlyArray<string> => {
  const found: string[] = [];
  for (const row of connection.prepare('PRAGMA integrity_check').iterate()) {
    const [finding] = Object.values(row);
    if (finding !== 'ok') found.push(String(finding));
  }
  return found;
};

export interface FileSizes {
  readonly fileBytes: number;
  /** Of the write-ahead log. Far above the 4 MB of a checkpoint: another process keeps a read open. */
  readonly logBytes: number;
}

export const sizesOf = ({ path }: DatabaseFile): FileSizes => ({
  fileBytes: sizeOf(path),
  logBytes: sizeOf(`${path}-wal`),
});

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
