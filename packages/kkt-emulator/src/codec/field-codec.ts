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

/** Whole numbers from 0 and from 1 on. */
export const naturalField = between('not-a-natural', 0, Number.MAX_SAFE_INTEGER);
export const positiveField = between('not-positive', 1, Number.MAX_SAFE_INTEGER);

/** Nothing waits or leaps for longer; far beyond it instants are no dates any more. */
const TEN_YEARS = 3653 * 86_400_000;

/** Spans of time in milliseconds, ten years at most: from 0 on, from 1 on, and of either sign. */
export const spanField = between('not-a-span', 0, TEN_YEARS);
export const positiveSpanField = between('not-a-span', 1, TEN_YEARS);
export const signedSpanField = between('not-a-span', -TEN_YEARS, TEN_YEARS);
