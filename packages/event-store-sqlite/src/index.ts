export { readKeyEncryptionKey, type KeyFileError } from './key-file';
export type { SqliteKeyRing } from './key-ring-on-file';
export type { OpenError } from './open-error';
export { openSqliteKeyRing, type KeyRingOpenError, type SqliteKeyRingOptions } from './sqlite-key-ring';
export { openSqliteStore, type SqliteStore, type SqliteStoreOptions } from './sqlite-store';
export type { Checkpoint, StoreStatistics } from './upkeep';
export { versionRefusal } from './version-gate';
