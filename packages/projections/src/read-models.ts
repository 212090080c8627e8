import type { Position } from '@cloud-kassa/event-store';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Change } from './change';
import type { EventMark, LastEvent } from './event-mark';
import type { Rows } from './projection';
import type { Page, Query, QueryRefusal, Where } from './query';
import type { AnyTable, Columns, KeyOf, RowOf, Table } from './table';

/** What of a projection a store of read models has to know. */
export interface Description {
  readonly name: string;
  readonly version: number;
  readonly tables: ReadonlyArray<AnyTable>;
}

/**
 * One set of tables of a projection. Readers see the live one. A building one is filled beside it and takes its place; a retired one
 * is only waiting to be cleared away.
 */
export interface Generation {
  readonly generation: number;
  readonly version: number;
  readonly status: 'live' | 'building' | 'retired';
  /** The shapes of its tables. */
  readonly shape: string;
  /** All events up to here are in it. Absent before the first. */
  readonly position?: Position;
  /**
   * The last event that is in it: by it a read model knows its store. Absent where there is none, `unknown` where an older version of
   * the library was the last to write.
   */
  readonly lastEvent?: EventMark | 'unknown';
}

/** A stream that waits because one of its events can not be projected. Nothing of the event's data stands here. */
export interface Parked {
  readonly stream: string;
  /** Of the event that can not be projected. */
  readonly revision: number;
  /** Of the last event that has been passed over because of it. */
  readonly through: number;
  readonly type: string;
  /**
   * Why: `unknown-type`, `newer-version`, the rule of the codec, `project-threw`, or `row-refused` where a row does not fit its table.
   */
  readonly rule: string;
  /** The field the codec speaks of. */
  readonly path?: string;
}

/**
 * Why a store of read models did not answer. None of the texts carries data of a row.
 *
 * - `Unavailable`: busy, no room, an error of the disk. What was to be written may be there or not; the position tells.
 * - `Damaged`: the file can not be read as it was written. Delete it; it is built anew from the events.
 * - `Closed`: the store was closed.
 */
export type ReadModelError =
  | { readonly _tag: 'Unavailable'; readonly why: string; readonly full?: boolean }
  | { readonly _tag: 'Damaged'; readonly why: string }
  | { readonly _tag: 'Closed' };

/**
 * Why there is nothing to be read.
 *
 * - `NotBuilt`: no runner has begun to build it.
 * - `OtherVersion`: the live tables are those of another version and have other columns; the wanted ones are being built.
 */
export type NotReadable =
  | { readonly _tag: 'NotBuilt'; readonly projection: string }
  | {
      readonly _tag: 'OtherVersion';
      readonly projection: string;
      readonly live: number;
      readonly wanted: number;
    };

/** The live rows of a projection in one snapshot, read in one piece. */
export interface View {
  /** All events up to here are in the rows. */
  readonly position: Position | undefined;
  readonly version: number;
  readonly get: <C extends Columns, K extends keyof C & string>(
    table: Table<C, K>,
    key: KeyOf<C, K>,
  ) => RowOf<C> | undefined;
  readonly list: <C extends Columns, K extends keyof C & string>(
    table: Table<C, K>,
    query: Query<C>,
  ) => Either<QueryRefusal, Page<RowOf<C>>>;
  readonly count: <C extends Columns, K extends keyof C & string>(
    table: Table<C, K>,
    where?: Where<C>,
  ) => number;
  readonly parked: () => ReadonlyArray<Parked>;
}

/** One transaction on one generation: the rows, the parked streams and the position move together or not at all. */
export interface Batch {
  readonly generation: Generation;
  readonly rows: Rows;
  readonly parked: ReadonlyMap<string, Parked>;
  /** Applies all of the changes, or none where one does not fit its table. */
  readonly apply: (changes: ReadonlyArray<Change>) => 'applied' | 'row-refused';
  /** A row could not be read: the transaction can not go on. */
  readonly isBroken: () => boolean;
  readonly park: (parked: Parked) => void;
  readonly release: (stream: string) => void;
  /** @param lastEvent of those that are in the rows then. */
  readonly moveTo: (position: Position, lastEvent: LastEvent) => void;
}

/** The generations of one projection in one snapshot. */
export interface Survey {
  readonly generations: () => ReadonlyArray<Generation>;
  /** In the order of their names. */
  readonly parked: (generation: number) => ReadonlyArray<Parked>;
}

/** The generations of one projection in one transaction. */
export interface Ledger extends Survey {
  /** Makes empty tables. */
  readonly create: (description: Description, status: 'live' | 'building') => number;
  readonly setStatus: (generation: number, status: Generation['status']) => void;
  /** Clears at most so many rows of a retired generation away; answers whether nothing is left of it. */
  readonly clear: (generation: number, rows: number) => boolean;
}

/**
 * Where read models are kept. Everything in it can be made again from the events.
 *
 * Several processes may write to one store: position and last event are compared inside the transaction that moves them, so none
 * applies an event twice, none leaves one out, and none adds events of another store.
 */
export interface ReadModels {
  /** @param look is called once and reads in one piece; it must not keep the view. */
  readonly read: <A>(
    description: Description,
    look: (view: View) => A,
  ) => TaskEither<ReadModelError | NotReadable, A>;
  /**
   * Does a piece of work on a live or building generation in one transaction; `gone` where it is neither.
   *
   * @param work may be called more than once, and is not undone where it throws.
   */
  readonly write: <A>(
    description: Description,
    generation: number,
    work: (batch: Batch) => A,
  ) => TaskEither<ReadModelError, A | 'gone'>;
  /** Looks at the generations of a projection without changing any. */
  readonly survey: <A>(projection: string, look: (survey: Survey) => A) => TaskEither<ReadModelError, A>;
  /** Does a piece of work on the generations of a projection in one transaction. */
  readonly administer: <A>(projection: string, work: (ledger: Ledger) => A) => TaskEither<ReadModelError, A>;
  readonly close: () => Promise<void>;
}
