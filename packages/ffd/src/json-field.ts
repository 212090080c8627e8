import { childTags } from './nesting';
import type { Tag } from './tag';
import { tagByName, tagByNumber, TAGS } from './tags';

/** What a field name means: a tag with its ordinary value, or the bytes of a tag whose value its type could not hold. */
export type JsonField = { readonly tag: number; readonly as: 'value' | 'bytes' };

/** Published descriptions of the exchange format spell this name with a Cyrillic first letter. */
const CYRILLIC_CORRECTION_BASE = 'сorrectionBase';
const CORRECTION_BASE = 1174;

const childrenByJsonName = (parent: number): ReadonlyMap<string, number> =>
  new Map(
    childTags(parent).flatMap((number) => {
      const tag = tagByNumber(number);
      return tag === undefined ? [] : [[tag.json, number] as const];
    }),
  );

const CHILDREN: ReadonlyMap<number, ReadonlyMap<string, number>> = new Map(
  [...TAGS.keys()].map((parent) => [parent, childrenByJsonName(parent)] as const),
);

const numbered = (name: string): JsonField | undefined => {
  const [, family, digits] = /^(tag|bytes)(0|[1-9]\d{0,4})$/.exec(name) ?? [];
  const tag = Number(digits);
  return family === undefined || tag > 0xffff ? undefined : { tag, as: family === 'tag' ? 'value' : 'bytes' };
};

/** The tag that a field name means inside a parent: names repeat in the format, the parent decides. */
export const fieldNamed = (parent: number, name: string): JsonField | undefined => {
  const tag =
    CHILDREN.get(parent)?.get(name) ??
    tagByName(name)?.tag ??
    (name === CYRILLIC_CORRECTION_BASE ? CORRECTION_BASE : undefined);
  return tag === undefined ? numbered(name) : { tag, as: 'value' };
};

/** The field name of a tag inside a parent: the format's, else the unique name, else `tag` and the number. */
export const nameOfField = (parent: number, number: number, tag: Tag | undefined): string => {
  const candidates = tag === undefined ? [] : [tag.json, tag.name];
  return candidates.find((name) => fieldNamed(parent, name)?.tag === number) ?? `tag${number}`;
};
