/**
 * The kind of a column: text; a safe integer (kopecks, counts); a flag; or anything that has a JSON form and is only read as a whole.
 */
export type ColumnKind = 'text' | 'integer' | 'flag' | 'json';

/** A column whose values are of type `A`. An optional one may be absent from a row. */
export interface Column<A = unknown, Optional extends boolean = boolean> {
  readonly kind: ColumnKind;
  readonly optional: Optional;
  /** Never there: it carries the type of the values. */
  readonly values?: A;
}

export type Columns = Readonly<Record<string, Column>>;

/** The type of the values of a column. */
export type ValueOf<C extends Column> = C extends Column<infer A> ? A : never;

type RequiredNames<C extends Columns> = {
  [K in keyof C]: C[K]['optional'] extends true ? never : K;
}[keyof C];
type OptionalNames<C extends Columns> = {
  [K in keyof C]: C[K]['optional'] extends true ? K : never;
}[keyof C];

/** A row of a table. What is absent may be missing or `undefined`. */
export type RowOf<C extends Columns> = { readonly [K in RequiredNames<C>]: ValueOf<C[K]> } & {
  readonly [K in OptionalNames<C>]?: ValueOf<C[K]> | undefined;
};

/** The values of the key columns of one row. */
export type KeyOf<C extends Columns, K extends keyof C> = { readonly [P in K]: ValueOf<C[P]> };

/** A table whose columns are not known to the compiler. */
export interface AnyTable {
  readonly name: string;
  readonly columns: Columns;
  readonly key: ReadonlyArray<string>;
  readonly indexes: ReadonlyArray<ReadonlyArray<string>>;
}

/**
 * A table of a read model: the one description that memory and SQLite are built from.
 *
 * `key` names the columns that no two rows share; they are required texts or integers. Each of `indexes` names columns by which rows
 * are looked for or ordered.
 */
export interface Table<C extends Columns, K extends keyof C & string> extends AnyTable {
  readonly columns: C;
  readonly key: ReadonlyArray<K>;
  readonly indexes: ReadonlyArray<ReadonlyArray<keyof C & string>>;
}

/** A row whose table is not known to the compiler. */
export type AnyRow = Readonly<Record<string, unknown>>;

export const text = <A extends string = string>(): Column<A, false> => ({ kind: 'text', optional: false });
export const integer = <A extends number = number>(): Column<A, false> => ({
  kind: 'integer',
  optional: false,
});
export const flag = (): Column<boolean, false> => ({ kind: 'flag', optional: false });
export const json = <A>(): Column<A, false> => ({ kind: 'json', optional: false });
export const optional = <A>({ kind }: Column<A, false>): Column<A, true> => ({ kind, optional: true });

const NAME = /^[a-z][A-Za-z0-9_]{0,39}$/;

/** @throws TypeError where the description contradicts itself: a fault of the program. */
export const table = <C extends Columns, K extends keyof C & string>(
  description: Table<C, K>,
): Table<C, K> => {
  const { name, columns, key, indexes } = description;
  const wrong = (what: string): never => {
    throw new TypeError(`Table ${name}: ${what}.`);
  };
  for (const word of [name, ...Object.keys(columns)]) if (!NAME.test(word)) wrong(`"${word}" is no name`);
  const folded = Object.keys(columns).map((column) => column.toLowerCase());
  if (new Set(folded).size !== folded.length) wrong('two columns differ in case only');
  if (key.length === 0) wrong('it has no key');
  for (const column of key) {
    const { kind, optional: absent } =
      columns[column] ?? wrong(`the key column ${column} is none of its columns`);
    if (absent || (kind !== 'text' && kind !== 'integer'))
      wrong(`the key column ${column} is no required text or integer`);
  }
  for (const column of indexes.flat()) {
    if (columns[column]?.kind === undefined) wrong(`the indexed column ${column} is none of its columns`);
    if (columns[column]?.kind === 'json') wrong(`the indexed column ${column} holds JSON`);
  }
  return description;
};

const shapes = new WeakMap<ReadonlyArray<AnyTable>, string>();

/** What tells two sets of tables apart: where it differs, rows of one do not fit the other. */
export const shapesOf = (tables: ReadonlyArray<AnyTable>): string => {
  const known = shapes.get(tables);
  if (known !== undefined) return known;
  const shape = JSON.stringify(
    tables.map(({ name, columns, key, indexes }) => ({
      name,
      columns: Object.entries(columns).map(([column, { kind, optional: absent }]) => [column, kind, absent]),
      key,
      indexes,
    })),
  );
  shapes.set(tables, shape);
  return shape;
};
