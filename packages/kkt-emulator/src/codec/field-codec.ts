import * as t from 'io-ts';

/** A codec from a function that gives `undefined` for what it refuses under the name of a rule. Decoding only. */
export const fieldCodec = <A>(rule: string, read: (input: unknown) => A | undefined): t.Type<A, A> =>
  new t.Type<A, A>(
    rule,
    (input): input is A => read(input) !== undefined,
    (input, context) => {
      const value = read(input);
      return value === undefined ? t.failure(input, context, rule) : t.success(value);
    },
    (value) => value,
  );

/** One of a few texts. */
export const oneOf = <A extends string>(...texts: ReadonlyArray<A>): t.Type<A, A> =>
  fieldCodec('unknown-word', (input) => texts.find((text) => text === input));

export const textField = fieldCodec('not-a-text', (input) => (typeof input === 'string' ? input : undefined));

export const flagField = fieldCodec('not-a-flag', (input) =>
  typeof input === 'boolean' ? input : undefined,
);

const between = (rule: string, low: number, high: number): t.Type<number, number> =>
  fieldCodec(rule, (input) =>
    typeof input === 'number' && Number.isSafeInteger(input) && input >= low && input <= high
      ? input
      : undefined,
  );

/** Whole numbers from 0 on, from 1 on, and of either sign. */
export const naturalField = between('not-a-natural', 0, Number.MAX_SAFE_INTEGER);
export const positiveField = between('not-positive', 1, Number.MAX_SAFE_INTEGER);
export const integerField = between('not-an-integer', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
