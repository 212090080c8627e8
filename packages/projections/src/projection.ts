import type { EventFamily, Tagged } from '@cloud-kassa/core';
import type { Decoded } from '@cloud-kassa/event-store';
import type { Change } from './change';
import type { AnyTable, Columns, KeyOf, RowOf, Table } from './table';

/** The rows of a projection's own tables, as they stand before the event that is being projected. */
export interface Rows {
  readonly get: <C extends Columns, K extends keyof C & string>(
    table: Table<C, K>,
    key: KeyOf<C, K>,
  ) => RowOf<C> | undefined;
}

/**
 * A read model as a pure fold of events over its own rows.
 *
 * Events come in commit order, each once, without persons: every person reads as erased, so a read model can not hold personal data.
 * `project` looks at nothing but the event and the rows. An event that can not be decoded, or for which `project` throws, parks its
 * stream: it is told, later events of the stream wait, all others go on.
 */
export interface Projection<Event extends Tagged> {
  /** Kebab case, such as `receipt-queue`. Names the tables. */
  readonly name: string;
  /**
   * Grows with every change of the tables or of what is put into them. A new version is built beside the live one and takes over when
   * it has caught up.
   */
  readonly version: number;
  /** Of the names of the streams whose events are projected. */
  readonly prefixes: ReadonlyArray<string>;
  readonly family: EventFamily<Event>;
  readonly tables: ReadonlyArray<AnyTable>;
  /**
   * - `within-streams`: every row is made of the events of one stream. A stream that was parked can be caught up by itself.
   * - `across-streams`: rows of one stream depend on what others had said before, so the order between them counts. After a stream was
   *   parked only a rebuild gives what would have been.
   */
  readonly order: 'within-streams' | 'across-streams';
  readonly project: (read: Decoded<Event>, rows: Rows) => ReadonlyArray<Change>;
}

const NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** @throws TypeError where the description contradicts itself: a fault of the program. */
export const projection = <Event extends Tagged>(description: Projection<Event>): Projection<Event> => {
  const { name, version, prefixes, tables } = description;
  const names = new Set(tables.map((table) => table.name.toLowerCase()));
  if (!NAME.test(name)) throw new TypeError(`"${name}" is no name of a projection.`);
  if (!Number.isSafeInteger(version) || version < 1)
    throw new TypeError(`Projection ${name}: versions are counted from 1.`);
  if (prefixes.length === 0) throw new TypeError(`Projection ${name}: it reads no streams.`);
  if (names.size !== tables.length || tables.length === 0)
    throw new TypeError(`Projection ${name}: its tables have no names of their own.`);
  return description;
};

/** The events of two families as one, for projections that read both. */
export const joinFamilies = <A extends Tagged, B extends Tagged>(
  a: EventFamily<A>,
  b: EventFamily<B>,
): EventFamily<A | B> => ({
  aggregate: `${a.aggregate}+${b.aggregate}`,
  definitions: { ...a.definitions, ...b.definitions },
});
