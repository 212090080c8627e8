export { openDatabase, type Database, type DatabaseOptions, type Durability } from './database';
export { errorCode, type DatabaseFile, type Obstacle } from './database-file';
export { nodeDriver, type Connection, type Driver, type Row, type Statement, type Value } from './driver';
export {
  groupCommit,
  type CommitFailure,
  type GroupCommit,
  type GroupCommitOptions,
  type GroupFigures,
} from './group-commit';
export { newsOf, type News } from './news';
export type { OpenError } from './open-error';
export { pause } from './patience';
export { isTooWide, octal } from './permissions';
export { readerOf, type Reader, type ReaderOptions } from './reader';
export { pragma, type Schema } from './schema';
export { attempt, type FaultKind, type SqliteFault } from './sqlite-fault';
export { turnsOn, type Turns } from './turns';
export { checkpointOf, integrityOf, sizesOf, type Checkpoint, type FileSizes } from './upkeep';
export { versionRefusal } from './version-gate';
