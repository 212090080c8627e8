export type { Checkpoint, OpenError } from '@cloud-kassa/sqlite';
export { readKeyEncryptionKey, type KeyFileError } from './key-file';
export type { SqliteKeyRing } from './key-ring-on-file';
export { openSqliteKeyRing, type KeyRingOpenError, type SqliteKeyRingOptions } from './sqlite-key-ring';
export { openSqliteStore, type SqliteStore, type SqliteStoreOptions } from './sqlite-store';
export type { StoreStatistics } from './upkeep';
export { openWorkStore, type WorkStoreOptions } from './work-store';
