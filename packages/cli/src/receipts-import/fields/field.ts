import { exactRecordCodec, firstRefusal } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { ImportRefusal, ImportRule } from '../import-rules';
import { IMPORT_RULES, refuse } from '../import-rules';
import { nearField } from './near-field';
import type { Json } from '../reading/read-json-line';

/** A row of the table of fields of a format, as documentation shows it. */
export interface FieldRow {
  /** Dotted name from the root of the line; `[]` stands for the elements of a list: `items[].price`. */
  readonly name: string;
  readonly presence: 'required' | 'optional';
  readonly kind: string;
  /** Tag of the document that the field becomes. */
  readonly tag?: number;
  readonly english: string;
}

/** What stands under a key: how it is read, and what documentation says about it. The name of the codec is the rule a wrong value breaks. */
export interface Field<C extends t.Mixed = t.Mixed> {
  readonly codec: C;
  readonly kind: string;
  readonly tag?: number;
  readonly english: string;
  /** Rows of an object's or a list's own fields, named from it. */
  readonly inner: ReadonlyArray<FieldRow>;
}

type Fields = Readonly<Record<string, Field>>;
type CodecsOf<F extends Fields> = { readonly [K in keyof F]: F[K]['codec'] };

/** An object of a format: its codec and the rows of its table. */
export interface ObjectForm<C extends t.Mixed> {
  readonly codec: C;
  readonly rows: ReadonlyArray<FieldRow>;
}

const codecsOf = <F extends Fields>(fields: F): CodecsOf<F> =>
  Object.fromEntries(Object.entries(fields).map(([key, { codec }]) => [key, codec])) as CodecsOf<F>;

const rowsOf = (fields: Fields, presence: FieldRow['presence']): ReadonlyArray<FieldRow> =>
  Object.entries(fields).flatMap(([name, { kind, tag, english, inner }]) => [
    { name, presence, kind, english, ...(tag === undefined ? {} : { tag }) },
    ...inner.map((row) => ({ ...row, name: `${name}${row.name}` })),
  ]);

/** An object with required and optional fields; a key it does not know is refused. */
export const objectOf = <R extends Fields, O extends Fields>(required: R, optional: O) => ({
  codec: exactRecordCodec('not-an-object' satisfies ImportRule, codecsOf(required), codecsOf(optional)),
  rows: [...rowsOf(required, 'required'), ...rowsOf(optional, 'optional')],
});

/** A field that holds an object. */
export const anObject = <C extends t.Mixed>(
  { codec, rows }: ObjectForm<C>,
  english: string,
  tag?: number,
): Field<C> => ({
  codec,
  kind: 'object',
  english,
  ...(tag === undefined ? {} : { tag }),
  inner: rows.map((row) => ({ ...row, name: `.${row.name}` })),
});

/** A field that holds a list of objects. */
export const aList = <C extends t.Mixed>({ codec, rows }: ObjectForm<C>, english: string, tag?: number) => ({
  codec: t.readonlyArray(codec, 'not-a-list' satisfies ImportRule),
  kind: 'list',
  english,
  ...(tag === undefined ? {} : { tag }),
  inner: rows.map((row) => ({ ...row, name: `[].${row.name}` })),
});

/** A field that holds a list of values of one kind. */
export const aListOf = <C extends t.Mixed>({ codec, kind }: Field<C>, english: string, tag?: number) => ({
  codec: t.readonlyArray(codec, 'not-a-list' satisfies ImportRule),
  kind: `list: ${kind}`,
  english,
  ...(tag === undefined ? {} : { tag }),
  inner: [],
});

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const valueAt = (line: Json, path: string): Json | undefined =>
  path.split('.').reduce<Json | undefined>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)] as Json | undefined;
    return isObject(value) ? value[key] : undefined;
  }, line);

const isRule = (name: string): name is ImportRule => Object.hasOwn(IMPORT_RULES, name);

const ruleOf = (line: Json, path: string, expected: string): ImportRule => {
  if (expected === 'no such key') return 'field-unknown';
  const found = path === '' ? line : valueAt(line, path);
  if (found === undefined) return 'field-missing';
  if (found === null) return 'field-null';
  return isRule(expected) ? expected : 'not-an-object';
};

/**
 * Reads a line by the form of its format. `Left` names the first field that does not fit, and the rule; where the format has no such field
 * but one that is near, the detail `meant` names that.
 */
export const readFields = <A>(
  { codec, rows }: { readonly codec: t.Type<A, unknown>; readonly rows: ReadonlyArray<FieldRow> },
  line: Json,
): E.Either<ImportRefusal, A> => {
  const read = codec.decode(line);
  if (E.isRight(read)) return read;
  const { path, expected } = firstRefusal(read.left);
  const rule = ruleOf(line, path, expected);
  const meant = rule === 'field-unknown' ? nearField(rows, path) : undefined;
  return E.left(refuse(rule, path, meant === undefined ? undefined : { meant }));
};

/** The line without members that are null: for formats in which null means that there is nothing. */
export const withoutNulls = (value: Json): Json => {
  if (Array.isArray(value)) return value.map((each: Json) => withoutNulls(each));
  if (!isObject(value)) return value;
  const kept = Object.create(null) as Record<string, Json>;
  for (const [key, each] of Object.entries(value)) if (each !== null) kept[key] = withoutNulls(each);
  return kept;
};
