export { put, remove, UNCHANGED, type Change } from './change';
export type { EventMark, LastEvent } from './event-mark';
export type { Standing } from './following';
export { memoryReadModels } from './memory-read-models';
export { joinFamilies, projection, type Projection, type Rows } from './projection';
export {
  projectionRunner,
  type Progress,
  type ProjectionRunner,
  type ProjectionRunnerOptions,
} from './projection-runner';
export type { ProjectionStatus } from './projection-status';
export type { Condition, Cursor, Page, Query, QueryRefusal, Where } from './query';
export type {
  Batch,
  Description,
  Generation,
  Ledger,
  NotReadable,
  Parked,
  ReadModelError,
  ReadModels,
  Survey,
  View,
} from './read-models';
export {
  openSqliteReadModels,
  type SqliteReadModels,
  type SqliteReadModelsOptions,
} from './sqlite-read-models';
export type { Released } from './release';
export type { ReachError, RunnerError, RunnerRefusal } from './runner-error';
export {
  flag,
  integer,
  json,
  optional,
  table,
  text,
  type AnyRow,
  type AnyTable,
  type Column,
  type ColumnKind,
  type Columns,
  type KeyOf,
  type RowOf,
  type Table,
  type ValueOf,
} from './table';
