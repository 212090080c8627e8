import type { AnyRow, AnyTable, Columns, KeyOf, RowOf, Table } from './table';

/** One whole row put in its place, or taken away. */
export type Change =
  | { readonly _tag: 'Put'; readonly table: AnyTable; readonly row: AnyRow }
  | { readonly _tag: 'Remove'; readonly table: AnyTable; readonly key: AnyRow };

/** Puts a row in the place of the one with the same key, if there is one. */
export const put = <C extends Columns, K extends keyof C & string>(
  table: Table<C, K>,
  row: RowOf<C>,
): Change => ({ _tag: 'Put', table, row });

/** Takes the row with this key away, if there is one. */
export const remove = <C extends Columns, K extends keyof C & string>(
  table: Table<C, K>,
  key: KeyOf<C, K>,
): Change => ({ _tag: 'Remove', table, key });

/** What an event changes that changes nothing. */
export const UNCHANGED: ReadonlyArray<Change> = [];
