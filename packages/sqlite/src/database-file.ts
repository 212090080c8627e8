import {
  closeSync,
  openSync,
  readFileSync,
  realpathSync,
  statfsSync,
  statSync,
  type BigIntStats,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { isTooWide, octal } from './permissions';
import { networkFileSystem } from './network-file-system';
import { cannotOpen, type OpenError } from './open-error';

/** A database file that is there, is ours alone, and lies on a disk of this machine as far as can be seen. */
export interface DatabaseFile {
  /** Absolute. */
  readonly path: string;
  /** Why nothing can be written at present, or `undefined`. Costs two system calls. */
  readonly obstacle: (bytes: number) => Obstacle | undefined;
}

export interface Obstacle {
  readonly full: boolean;
  readonly why: string;
}

/** A page of the database is written to the log and then to the file, with its neighbours in the indexes. */
const GROWTH = 4;

/**
 * Makes the file with permissions 0600 if there is none, or looks at what is there. The directory must exist.
 *
 * @param minimumFreeBytes how much room must be left beside what is written; 0 asks nothing.
 */
export const databaseFile = (file: string, minimumFreeBytes: number): Either<OpenError, DatabaseFile> => {
  if (file === '' || file === ':memory:') return E.left(cannotOpen('a path of a file is needed'));
  const path = resolve(file);
  const made = makePrivate(path);
  if (made !== undefined) return E.left(made);
  const stats = statOf(path);
  if (stats === undefined || !stats.isFile()) return E.left(cannotOpen('the path does not lead to a file'));
  const remote = remoteFileSystem(path);
  if (remote !== undefined) {
    const why = `the file lies on ${remote}: its locks do not bind all machines`;
    return E.left({ _tag: 'NetworkFileSystem', fileSystem: remote, why });
  }
  const mode = Number(stats.mode & 0o777n);
  if (isTooWide(mode)) {
    const why = 'others than the owner may read or write the file: it has to have mode 0600';
    return E.left({ _tag: 'PermissionsTooWide', mode: octal(mode), why });
  }
  return E.right({ path, obstacle: (bytes) => obstacleFor(path, stats, bytes, minimumFreeBytes) });
};

const makePrivate = (path: string): OpenError | undefined => {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'EEXIST') return cannotOpen(`the file can not be made: ${code}`);
  }
  return undefined;
};

const remoteFileSystem = (path: string): string | undefined => {
  try {
    return networkFileSystem(readFileSync('/proc/self/mountinfo', 'utf8'), realpathSync(path));
  } catch {
    // Not Linux, or /proc is not there.
    return undefined;
  }
};

const obstacleFor = (
  path: string,
  opened: BigIntStats,
  bytes: number,
  minimumFreeBytes: number,
): Obstacle | undefined => {
  const now = statOf(path);
  if (now === undefined || now.ino !== opened.ino || now.dev !== opened.dev)
    return {
      full: false,
      why: 'the file was moved, deleted or replaced while it was open, or can not be looked at',
    };
  if (minimumFreeBytes === 0) return undefined;
  const free = freeBytes(path);
  return free !== undefined && free < minimumFreeBytes + GROWTH * bytes
    ? { full: true, why: 'the disk has less room than is to be left free' }
    : undefined;
};

const freeBytes = (path: string): number | undefined => {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  } catch {
    return undefined;
  }
};

/** `undefined` where there is nothing, and where the system does not let look. */
const statOf = (path: string): BigIntStats | undefined => {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
};

/** `ENOENT` and the like. */
export const errorCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown';
