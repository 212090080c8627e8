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

const combinesMembers = (entry: t.ContextEntry | undefined): boolean => {
  const type: unknown = entry?.type;
  if (typeof type !== 'object' || type === null || !('_tag' in type)) return false;
  return type._tag === 'UnionType' || type._tag === 'IntersectionType';
};

/**
 * The first refusal of an io-ts decoding as data that may be shown, logged and stored: the dotted path of the field and the name
 * of the expected codec.
 *
 * io-ts's own errors carry the refused value; they must not leave the place where they arise. Positions inside unions and
 * intersections are left out of the path, for they are no part of the input.
 */
export const firstRefusal = (errors: t.Errors): CodecRefusal => {
  const context = errors[0]?.context ?? [];
  const path = context
    .filter((_entry, index) => index > 0 && !combinesMembers(context[index - 1]))
    .map(({ key }) => (SHOWABLE.test(key) ? key : '?'))
    .join('.');
  return { path, expected: context.at(-1)?.type.name ?? 'unknown' };
};
