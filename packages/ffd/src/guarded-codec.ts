import * as t from 'io-ts';

/**
 * A codec that accepts exactly the values its guard accepts and changes nothing in either direction.
 *
 * The refusal names the codec; read it with {@link firstRefusal}, which leaves the value out.
 */
export const guardedCodec = <A extends O, O>(name: string, is: t.Is<A>): t.Type<A, O> =>
  new t.Type<A, O>(
    name,
    is,
    (input, context) => (is(input) ? t.success(input) : t.failure(input, context)),
    t.identity,
  );

/** A codec for one of a fixed set of literals (codes of a table, names), checked in constant time. */
export const literalCodec = <V extends string | number>(
  values: ReadonlyArray<V>,
  name: string,
): t.Type<V> => {
  const known: ReadonlySet<unknown> = new Set(values);
  return guardedCodec<V, V>(name, (input): input is V => known.has(input) && !Object.is(input, -0));
};
