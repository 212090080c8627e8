import type * as t from 'io-ts';
import type { StoredEvent } from './envelope';

interface Where {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
}

/**
 * Why a stored event is not an event of the family that reads it. None of the fields carries data of the event.
 *
 * - `UnknownType`: the family has no such type.
 * - `NewerVersion`: it was written by a later release; never skip it.
 * - `Undecodable`: the data do not fit the codec of their version at `path`, or what is sealed there does not open (`rule`).
 */
export type DecodeFailure =
  | (Where & { readonly _tag: 'UnknownType' })
  | (Where & { readonly _tag: 'NewerVersion'; readonly version: number; readonly newestKnown: number })
  | (Where & { readonly _tag: 'Undecodable'; readonly path: string; readonly rule: string });

export const where = ({ stream, revision, type }: StoredEvent): Where => ({ stream, revision, type });

/** The dotted path of the first error, without the branches of unions and intersections, which are no keys of the data. */
export const errorPath = (errors: t.Errors): string => {
  const context = errors[0]?.context ?? [];
  return context
    .filter((entry, index) => index > 0 && !isBranch(context[index - 1]))
    .map((entry) => entry.key)
    .join('.');
};

const BRANCHING = new Set(['UnionType', 'IntersectionType']);

const isBranch = (entry: t.ContextEntry | undefined): boolean =>
  entry !== undefined && '_tag' in entry.type && BRANCHING.has(String(entry.type._tag));
