import type { StorageFailure } from './storage';

/** The operating system's code of an error, such as ENOSPC; its text, which may hold a path, is left out. */
export const errorCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'UNKNOWN';

/** A failure of the operating system as data. */
export const failureOf = (step: string, error: unknown): StorageFailure => ({
  _tag: 'StorageFailed',
  step,
  code: errorCode(error),
});
