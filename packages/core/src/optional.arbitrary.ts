import * as fc from 'fast-check';

/** A value or nothing, nothing every other time. */
export const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

/** The record without the keys that have no value: absent means that the key is missing. */
export const present = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, inner]) => inner !== undefined)) as T;
