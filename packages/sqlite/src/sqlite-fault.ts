import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';

/** What SQLite reported, without its text: a text may name what was stored. */
export interface SqliteFault {
  readonly kind: FaultKind;
  /** The extended result code. */
  readonly code: number;
  /** `SQLITE_FULL (13)` */
  readonly name: string;
}

/**
 * What a result code means for the caller.
 *
 * - `busy`: another connection holds the lock; nothing was done.
 * - `full`: no room on the disk.
 * - `io`: the disk or the file system reported an error.
 * - `damaged`: the file is not what SQLite wrote.
 * - `constraint`: a rule of the schema was broken; only this statement was undone.
 * - `other`: everything else, such as a read-only file or want of memory.
 */
export type FaultKind = 'busy' | 'full' | 'io' | 'damaged' | 'constraint' | 'other';

const KINDS: ReadonlyMap<number, readonly [name: string, kind: FaultKind]> = new Map([
  [3, ['SQLITE_PERM', 'other']],
  [5, ['SQLITE_BUSY', 'busy']],
  [6, ['SQLITE_LOCKED', 'busy']],
  [7, ['SQLITE_NOMEM', 'other']],
  [8, ['SQLITE_READONLY', 'other']],
  [10, ['SQLITE_IOERR', 'io']],
  [11, ['SQLITE_CORRUPT', 'damaged']],
  [13, ['SQLITE_FULL', 'full']],
  [14, ['SQLITE_CANTOPEN', 'other']],
  // The race for the locks of the write-ahead log was lost too often in a row.
  [15, ['SQLITE_PROTOCOL', 'busy']],
  [18, ['SQLITE_TOOBIG', 'other']],
  [19, ['SQLITE_CONSTRAINT', 'constraint']],
  [21, ['SQLITE_MISUSE', 'other']],
  [26, ['SQLITE_NOTADB', 'damaged']],
]);

/** @param code an SQLite result code, primary or extended. */
export const faultOf = (code: number): SqliteFault => {
  const [name, kind] = KINDS.get(code & 0xff) ?? ['SQLite', 'other'];
  return { kind, code, name: `${name} (${code})` };
};

/** Does a piece of work with a database and catches what SQLite reports. Other exceptions are faults of the program and go on. */
export const attempt = <A>(work: () => A): Either<SqliteFault, A> => {
  try {
    return E.right(work());
  } catch (error) {
    const code = resultCode(error);
    if (code === undefined) throw error;
    return E.left(faultOf(code));
  }
};

// Not `instanceof`: the errors of Node's own modules may come from another realm.
const resultCode = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined;
