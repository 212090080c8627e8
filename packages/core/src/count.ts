import * as t from 'io-ts';

/** A count or an ordinal number: a whole number from 0 to 2^53 − 1. */
export const isCount = (input: unknown): input is number =>
  typeof input === 'number' && Number.isSafeInteger(input) && input >= 0 && !Object.is(input, -0);

export const CountCodec: t.Type<number> = new t.Type(
  'Count',
  isCount,
  (input, context) => (isCount(input) ? t.success(input) : t.failure(input, context)),
  t.identity,
);
