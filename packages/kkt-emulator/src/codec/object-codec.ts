import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { isJsonObject } from '../json/json-tree';

/**
 * `tolerant`: unknown members are passed over, names are matched in any letter case, `null` and empty text count as absent;
 * as services read that must live with many clients. `strict`: unknown members are refused, names are exact, and an absent member is left out.
 */
export type Reader = 'tolerant' | 'strict';

type Fields = Readonly<Record<string, t.Mixed>>;

/** The object that is decoded: the first fields must be there, of the others those that are. */
export type ObjectOf<R extends Fields, O extends Fields> = {
  readonly [K in keyof R]: t.TypeOf<R[K]>;
} & { readonly [K in keyof O]?: t.TypeOf<O[K]> };

const isAbsent = (member: unknown, reader: Reader): boolean =>
  member === undefined || (reader === 'tolerant' && (member === null || member === ''));

/**
 * A codec for objects at an edge. Refusals: `not-an-object`, `missing`, `unknown-member` (named by the object, not by the member)
 * and whatever the members' codecs say.
 */
export const objectCodec = <R extends Fields, O extends Fields>(
  required: R,
  optional: O,
  reader: Reader,
): t.Type<ObjectOf<R, O>, object> => {
  const codecs: ReadonlyMap<string, t.Mixed> = new Map([
    ...Object.entries(required),
    ...Object.entries(optional),
  ]);
  const written = new Map(Array.from(codecs.keys(), (name) => [name.toLowerCase(), name]));
  const nameOf = (given: string): string | undefined => {
    if (codecs.has(given)) return given;
    return reader === 'tolerant' ? written.get(given.toLowerCase()) : undefined;
  };

  const validate: t.Validate<unknown, ObjectOf<R, O>> = (input, context) => {
    if (!isJsonObject(input)) return t.failure(input, context, 'not-an-object');
    const decoded: Record<string, unknown> = {};
    const errors: Array<t.ValidationError> = [];
    const found = new Set<string>();
    for (const [given, member] of Object.entries(input)) {
      const name = nameOf(given);
      const codec = name === undefined ? undefined : codecs.get(name);
      if (name === undefined || codec === undefined) {
        if (reader === 'strict') errors.push({ value: undefined, context, message: 'unknown-member' });
        continue;
      }
      found.add(name);
      if (name in required || !isAbsent(member, reader)) {
        const read = codec.validate(member, t.appendContext(context, name, codec, member));
        if (E.isLeft(read)) errors.push(...read.left);
        else if (read.right !== undefined) decoded[name] = read.right;
      }
    }
    for (const [name, codec] of Object.entries(required)) {
      if (!found.has(name))
        errors.push({ value: undefined, context: t.appendContext(context, name, codec), message: 'missing' });
    }
    return errors.length > 0 ? E.left(errors) : t.success(decoded as ObjectOf<R, O>);
  };

  return new t.Type<ObjectOf<R, O>, object>(
    'object',
    (input): input is ObjectOf<R, O> => E.isRight(validate(input, [])),
    validate,
    (object) => object,
  );
};
