import type { SqliteFault } from './sqlite-fault';

/**
 * Why a database file was not opened. Nothing in it was changed.
 *
 * - `SqliteVersionRefused`: this SQLite may corrupt a database in WAL mode.
 * - `NetworkFileSystem`: the file lies on one, where locks and shared memory do not bind all machines.
 * - `LocksDoNotHold`: two connections got the write lock at the same time.
 * - `PermissionsTooWide`: others than the owner may read or write the file; `mode` is octal.
 * - `ForeignFile`: no SQLite database, or one of another application.
 * - `NewerSchema`: a newer version of this library has written it.
 * - `Damaged`: SQLite can not read it as it was written.
 * - `Busy`: other connections held the lock as long as this one was ready to wait.
 * - `CannotOpen`: no such directory, no access, no room, no write-ahead log.
 */
export type OpenError =
  | { readonly _tag: 'SqliteVersionRefused'; readonly version: string; readonly why: string }
  | { readonly _tag: 'NetworkFileSystem'; readonly fileSystem: string; readonly why: string }
  | { readonly _tag: 'LocksDoNotHold'; readonly why: string }
  | { readonly _tag: 'PermissionsTooWide'; readonly mode: string; readonly why: string }
  | { readonly _tag: 'ForeignFile'; readonly why: string }
  | {
      readonly _tag: 'NewerSchema';
      readonly found: number;
      readonly newestKnown: number;
      readonly why: string;
    }
  | { readonly _tag: 'Damaged'; readonly why: string }
  | { readonly _tag: 'Busy'; readonly why: string }
  | { readonly _tag: 'CannotOpen'; readonly why: string };

export const cannotOpen = (why: string): OpenError => ({ _tag: 'CannotOpen', why });

const NOT_A_DATABASE = 26;

export const openErrorOf = ({ kind, code, name }: SqliteFault): OpenError => {
  if (code === NOT_A_DATABASE)
    return { _tag: 'ForeignFile', why: 'the file is no SQLite database, or its header is damaged' };
  if (kind === 'damaged') return { _tag: 'Damaged', why: `the database is damaged: ${name}` };
  if (kind === 'busy') return { _tag: 'Busy', why: `other connections held the lock: ${name}` };
  return cannotOpen(`the database can not be opened: ${name}`);
};
