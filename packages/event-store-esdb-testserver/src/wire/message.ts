import type { Sink } from './sink';
import { emptySink, writeFramed, writeNumber, written } from './sink';
import type { Source } from './source';
import { readDelimited, readVarint, skipField, sourceOf } from './source';
import type { WireType } from './wire-type';
import { text } from './wire-type';

/** A field of a message: its number, and how its value is put in and taken out. */
export interface Field<A> {
  readonly number: number;
  readonly wire: 0 | 2;
  // As methods, so that fields of any type fit into one table.
  write(sink: Sink, value: A): void;
  /** `before` is what the same field gave earlier in the message. */
  read(source: Source, before: A | undefined): A;
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type ValueOf<F extends Field<unknown>> = ReturnType<F['read']>;

/** The value of a message. A field that is not in the message is absent; one that is there with the value 0 is present. */
export type MessageOf<F extends Fields> = { readonly [Name in keyof F]?: ValueOf<F[Name]> | undefined };

export interface MessageType<A> extends WireType<A> {
  readonly encode: (value: A) => Buffer;
  /** Throws on bytes that are no message. Fields that are not known are passed over. */
  readonly decode: (bytes: Buffer) => A;
}

/** A value of a message type, by the type: `Message<typeof readReq>`. */
export type Message<T> = T extends MessageType<infer A> ? A : never;

export const one = <A>(number: number, type: WireType<A>): Field<A> => ({
  number,
  wire: type.wire,
  write: (sink, value) => {
    writeNumber(sink, (number << 3) | type.wire);
    type.write(sink, value);
  },
  read: type.read,
});

/** A repeated field of strings or messages. */
export const many = <A>(number: number, type: WireType<A>): Field<ReadonlyArray<A>> => {
  const single = one(number, type);
  return {
    number,
    wire: type.wire,
    write: (sink, values) => {
      for (const value of values) single.write(sink, value);
    },
    read: (source, before: Array<A> = []) => {
      before.push(type.read(source));
      return before;
    },
  };
};

/** A map from strings to strings. */
export const dictionary = (number: number): Field<Readonly<Record<string, string>>> => ({
  number,
  wire: 2,
  write: (sink, values) => {
    for (const [key, value] of Object.entries(values)) {
      writeNumber(sink, (number << 3) | 2);
      entry.write(sink, { key, value });
    }
  },
  read: (source, before = {}) => {
    const { key = '', value = '' } = entry.read(source);
    return { ...before, [key]: value };
  },
});

/** A message as a table of its fields. They are written in the order of the table. */
export const message = <F extends Fields>(fields: F): MessageType<MessageOf<F>> => {
  const table = Object.entries(fields);
  const byNumber = new Map(table.map(([name, field]) => [field.number, { name, field }]));

  const encodeInto = (sink: Sink, value: MessageOf<F>): void => {
    for (const [name, field] of table) {
      const member: unknown = value[name];
      if (member !== undefined) field.write(sink, member);
    }
  };
  const encode = (value: MessageOf<F>): Buffer => {
    const sink = emptySink();
    encodeInto(sink, value);
    return written(sink);
  };
  const decode = (given: Buffer): MessageOf<F> => {
    const source = sourceOf(given);
    const found: Record<string, unknown> = {};
    while (source.at < source.end) {
      const [tag] = readVarint(source);
      const known = byNumber.get(tag >>> 3);
      if (known === undefined || known.field.wire !== (tag & 7)) skipField(source, tag & 7);
      else found[known.name] = known.field.read(source, found[known.name]);
    }
    // Every member was made by the field of that name.
    return found as MessageOf<F>;
  };
  return {
    wire: 2,
    write: (sink, value) => writeFramed(sink, () => encodeInto(sink, value)),
    read: (source) => decode(readDelimited(source)),
    encode,
    decode,
  };
};

const entry = message({ key: one(1, text), value: one(2, text) });
