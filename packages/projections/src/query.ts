import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { AnyRow, AnyTable, Columns, RowOf, ValueOf } from './table';

/**
 * What a column has to be: this value; one of several; within bounds (`from` and `to` inclusive, `above` and `below` exclusive); a text
 * that contains another, letter for letter; there or not. A value that is absent fits `{ present: false }` only.
 */
export type Condition<A> =
  | A
  | { readonly oneOf: ReadonlyArray<A> }
  | { readonly from?: A; readonly to?: A; readonly above?: A; readonly below?: A }
  | { readonly contains: string }
  | { readonly present: boolean };

/** Conditions that all hold. JSON columns can only be asked whether they are there. */
export type Where<C extends Columns> = { readonly [K in keyof C]?: Condition<ValueOf<C[K]>> | undefined };

type RequiredNames<C extends Columns> = {
  [K in keyof C & string]: C[K]['optional'] extends true ? never : C[K]['kind'] extends 'json' ? never : K;
}[keyof C & string];

/** The place after a row in an order: the values the rows are ordered by. Plain JSON, to be handed out and taken back. */
export type Cursor = ReadonlyArray<string | number>;

export interface Query<C extends Columns> {
  readonly where?: Where<C>;
  /** Columns that are never absent. The key comes after them, so that the order is total. Texts are ordered by their UTF-8 bytes. */
  readonly orderBy?: ReadonlyArray<RequiredNames<C>>;
  readonly descending?: boolean;
  /** Only rows after this place: {@link Page.next} of a query with the same order. */
  readonly after?: Cursor | undefined;
  /** At most so many rows. Default 100, at most 1,000. */
  readonly limit?: number | undefined;
}

export interface Page<Row> {
  readonly rows: ReadonlyArray<Row>;
  /** Where to go on; absent where there are no more rows. */
  readonly next?: Cursor;
}

/** Why a query is not answered: `limit` is no count up to 1,000, or the cursor is none of this order. */
export interface QueryRefusal {
  readonly _tag: 'QueryRefused';
  readonly rule: 'limit' | 'cursor' | 'order';
}

/** A query whose parts are known to fit the table. */
export interface CheckedQuery {
  readonly where: ReadonlyArray<readonly [column: string, condition: unknown]>;
  readonly order: ReadonlyArray<string>;
  readonly descending: boolean;
  readonly after: Cursor | undefined;
  readonly limit: number;
}

const DEFAULT_LIMIT = 100;
const LARGEST_LIMIT = 1_000;

const refused = (rule: QueryRefusal['rule']): Either<QueryRefusal, never> =>
  E.left({ _tag: 'QueryRefused', rule });

/** A query whose table is not known to the compiler. */
export interface AnyQuery {
  readonly where?: object;
  readonly orderBy?: ReadonlyArray<string>;
  readonly descending?: boolean;
  readonly after?: Cursor | undefined;
  readonly limit?: number | undefined;
}

export const checkedQuery = (table: AnyTable, query: AnyQuery): Either<QueryRefusal, CheckedQuery> => {
  const { orderBy = [], descending = false, after, limit = DEFAULT_LIMIT } = query;
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > LARGEST_LIMIT) return refused('limit');
  const order = [...new Set<string>([...orderBy, ...table.key])];
  const kinds = order.map((column) => table.columns[column]);
  if (kinds.some((column) => column === undefined || column.optional || column.kind === 'json'))
    return refused('order');
  const fits =
    after === undefined ||
    (after.length === order.length &&
      after.every((value, index) =>
        kinds[index]?.kind === 'text' ? typeof value === 'string' : Number.isSafeInteger(value),
      ));
  if (!fits) return refused('cursor');
  return E.right({ where: conditionsOf(query.where), order, descending, after, limit });
};

export const conditionsOf = (where: object = {}): CheckedQuery['where'] =>
  Object.entries(where).filter(([, condition]) => condition !== undefined);

/** A page out of rows of which one more was asked for than wanted. */
export const pageOf = <C extends Columns>(
  rows: ReadonlyArray<AnyRow>,
  { order, limit }: CheckedQuery,
): Page<RowOf<C>> => {
  // The rows of a table are of its type.
  const shown = rows.slice(0, limit) as ReadonlyArray<AnyRow> as ReadonlyArray<RowOf<C>>;
  const last = rows[limit - 1];
  return rows.length > limit && last !== undefined
    ? { rows: shown, next: order.map((column) => placeOf(last[column])) }
    : { rows: shown };
};

export const placeOf = (value: unknown): string | number =>
  typeof value === 'string' || typeof value === 'number' ? value : Number(value);

/** A condition taken apart. */
export type Test =
  | { readonly _tag: 'Equals'; readonly value: unknown }
  | { readonly _tag: 'OneOf'; readonly values: ReadonlyArray<unknown> }
  | { readonly _tag: 'Within'; readonly bounds: ReadonlyArray<readonly [Bound, unknown]> }
  | { readonly _tag: 'Contains'; readonly part: string }
  | { readonly _tag: 'Present'; readonly present: boolean };

export type Bound = 'from' | 'to' | 'above' | 'below';

const BOUNDS: ReadonlyArray<Bound> = ['from', 'to', 'above', 'below'];

export const testOf = (condition: unknown): Test => {
  if (typeof condition !== 'object' || condition === null) return { _tag: 'Equals', value: condition };
  if ('oneOf' in condition && isList(condition.oneOf)) return { _tag: 'OneOf', values: condition.oneOf };
  if ('contains' in condition) return { _tag: 'Contains', part: String(condition.contains) };
  if ('present' in condition) return { _tag: 'Present', present: condition.present === true };
  const given: Readonly<Record<string, unknown>> = { ...condition };
  return {
    _tag: 'Within',
    bounds: BOUNDS.flatMap((bound) => (given[bound] === undefined ? [] : [[bound, given[bound]] as const])),
  };
};

const isList = (value: unknown): value is ReadonlyArray<unknown> => Array.isArray(value);
