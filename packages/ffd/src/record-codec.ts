import * as E from 'fp-ts/Either';
import * as t from 'io-ts';

/** The fields of a record: one codec per key. */
export type Fields = Readonly<Record<string, t.Mixed>>;

type Flat<A> = { readonly [K in keyof A]: A[K] };
type Values<R extends Fields> = { readonly [K in keyof R]: t.TypeOf<R[K]> };
type Outputs<R extends Fields> = { readonly [K in keyof R]: t.OutputOf<R[K]> };

/** The value of a record codec: required keys present, optional keys either absent or present with a value, never `undefined`. */
export type RecordOf<R extends Fields, O extends Fields> = Flat<Values<R> & Partial<Values<O>>>;

/** What {@link RecordOf} encodes to. */
export type RecordOutputOf<R extends Fields, O extends Fields> = Flat<Outputs<R> & Partial<Outputs<O>>>;

interface Field {
  readonly key: string;
  readonly codec: t.Mixed;
  readonly required: boolean;
}

type UnknownRecord = Readonly<Record<string, unknown>>;

const noSuchKey: t.Mixed = new t.Type<unknown>(
  'no such key',
  (_input): _input is unknown => false,
  t.failure,
  t.identity,
);

/** A plain object of any realm: nothing but JSON-like data counts, no Date, Map or instance of a class. */
const isRecord = (input: unknown): input is UnknownRecord => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return false;
  const prototype: unknown = Object.getPrototypeOf(input);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** What lies under an own key; inherited names such as `constructor` never count as present. */
const valueAt = (record: UnknownRecord, key: string): unknown =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const fieldsOf = (required: Fields, optional: Fields): ReadonlyArray<Field> => [
  ...Object.entries(required).map(([key, codec]) => ({ key, codec, required: true })),
  ...Object.entries(optional)
    .filter(([key]) => !Object.hasOwn(required, key))
    .map(([key, codec]) => ({ key, codec, required: false })),
];

const NOWHERE: t.Context = [];

/** The context without what was found there. */
const bare = (context: t.Context): t.Context => context.map(({ key, type }) => ({ key, type }));

const refused = (context: t.Context, ...under: ReadonlyArray<t.ContextEntry>): t.Validation<never> =>
  E.left([{ value: undefined, context: [...bare(context), ...under] }]);

/** Fields are validated without a context, so that success costs nothing; what one refuses gets its place here and loses its value. */
const placed = (errors: t.Errors, context: t.Context, field: Field): t.Validation<never> =>
  E.left(
    errors.map((error) => ({
      value: undefined,
      context: [...bare(context), { key: field.key, type: field.codec }, ...bare(error.context)],
    })),
  );

const makeCodec = <R extends Fields, O extends Fields>(
  name: string,
  required: R,
  optional: O,
  exact: boolean,
): t.Type<RecordOf<R, O>, RecordOutputOf<R, O>> => {
  const fields = fieldsOf(required, optional);
  const known: ReadonlySet<string> = new Set(fields.map((field) => field.key));
  const encoded = fields.filter((field) => field.codec.encode !== t.identity);
  const strangerIn = (record: UnknownRecord): string | undefined =>
    exact ? Object.keys(record).find((key) => !known.has(key)) : undefined;

  const is = (input: unknown): input is RecordOf<R, O> =>
    isRecord(input) &&
    strangerIn(input) === undefined &&
    fields.every(({ key, codec, required: needed }) => {
      const value = valueAt(input, key);
      return value === undefined ? !needed && !Object.hasOwn(input, key) : codec.is(value);
    });

  const validate: t.Validate<unknown, RecordOf<R, O>> = (input, context) => {
    if (!isRecord(input)) return refused(context);
    const stranger = strangerIn(input);
    if (stranger !== undefined) return refused(context, { key: stranger, type: noSuchKey });
    let changed: Record<string, unknown> | undefined;
    for (const field of fields) {
      const { key, codec } = field;
      const value = valueAt(input, key);
      if (value === undefined) {
        if (field.required) return refused(context, { key, type: codec });
        if (Object.hasOwn(input, key)) {
          changed ??= { ...input };
          delete changed[key];
        }
        continue;
      }
      const decoded = codec.validate(value, NOWHERE);
      if (E.isLeft(decoded)) return placed(decoded.left, context, field);
      if (decoded.right !== value) {
        changed ??= { ...input };
        changed[key] = decoded.right;
      }
    }
    return t.success((changed ?? input) as RecordOf<R, O>);
  };

  const encode = (record: RecordOf<R, O>): RecordOutputOf<R, O> => {
    const input: UnknownRecord = record;
    const absent = fields.filter(({ key }) => Object.hasOwn(input, key) && input[key] === undefined);
    const strangers = exact ? Object.keys(input).filter((key) => !known.has(key)) : [];
    if (encoded.length + absent.length + strangers.length === 0) return input as RecordOutputOf<R, O>;
    const output: Record<string, unknown> = { ...input };
    for (const { key } of absent) delete output[key];
    for (const key of strangers) delete output[key];
    for (const { key, codec } of encoded) {
      if (Object.hasOwn(output, key)) output[key] = codec.encode(output[key]);
    }
    return output as RecordOutputOf<R, O>;
  };

  return new t.Type(name, is, validate, encode);
};

/** How a record codec is made: a name, the required fields, and the optional ones if there are any. */
export interface RecordCodecMaker {
  <R extends Fields>(name: string, required: R): t.Type<Values<R>, Outputs<R>>;
  <R extends Fields, O extends Fields>(
    name: string,
    required: R,
    optional: O,
  ): t.Type<RecordOf<R, O>, RecordOutputOf<R, O>>;
}

/**
 * A codec for an object with required and truly optional keys that keeps keys it does not know: the form of stored events, where
 * a newer writer may have added something.
 *
 * An optional key present with `undefined` is dropped, so the result fits `exactOptionalPropertyTypes` and has one canonical text.
 * A required key that is missing or `undefined` is refused. Validation stops at the first field refused; the error holds the path and the
 * codec, the value nowhere. An input that needs no change is returned as it is.
 */
export const recordCodec: RecordCodecMaker = <R extends Fields>(
  name: string,
  required: R,
  optional: Fields = {},
) => makeCodec(name, required, optional, false);

/**
 * As {@link recordCodec}, for the edges of the system: a key it does not know is refused when decoding (path of the key, expected
 * `no such key`) and left out when encoding.
 */
export const exactRecordCodec: RecordCodecMaker = <R extends Fields>(
  name: string,
  required: R,
  optional: Fields = {},
) => makeCodec(name, required, optional, true);
