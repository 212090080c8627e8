import type * as t from 'io-ts';

/** Where an input was refused and what was expected there; never what was found. */
export interface CodecRefusal {
  /** Dotted path from the root, `''` for the root itself. A part that is not a plain field name or index reads `?`. */
  readonly path: string;
  /** Name of the codec that refused. */
  readonly expected: string;
}

/** Keys of a map may be personal data themselves (a phone number), so only what looks like a field name or an index is shown. */
const SHOWABLE = /^(?:[A-Za-z_$][\w$-]{0,39}|\d{1,6})$/;

const tagOf = (entry: t.ContextEntry | undefined): unknown => {
  const type: unknown = entry?.type;
  return typeof type === 'object' && type !== null && '_tag' in type ? type._tag : undefined;
};

/** The part of a context up to the first union of which several members refused: none of them speaks for the union. */
const agreed = (context: t.Context, errors: t.Errors): t.Context => {
  const undecided = context.findIndex(
    (entry, index) =>
      tagOf(entry) === 'UnionType' &&
      errors.some((error) => error.context[index + 1]?.key !== context[index + 1]?.key),
  );
  return undecided < 0 ? context : context.slice(0, undecided + 1);
};

/**
 * The first refusal of an io-ts decoding as data that may be shown, logged and stored: the dotted path of the field and the name
 * of the expected codec.
 *
 * io-ts's own errors may carry the refused value; they must not leave the place where they arise. Positions inside unions and
 * intersections are left out of the path, for they are no part of the input. Where several members of a union refused, the union
 * itself is what was expected.
 */
export const firstRefusal = (errors: t.Errors): CodecRefusal => {
  const context = agreed(errors[0]?.context ?? [], errors);
  const path = context
    .filter((_entry, index) => {
      const parent = tagOf(context[index - 1]);
      return index > 0 && parent !== 'UnionType' && parent !== 'IntersectionType';
    })
    .map(({ key }) => (SHOWABLE.test(key) ? key : '?'))
    .join('.');
  return { path, expected: context.at(-1)?.type.name ?? 'unknown' };
};
