import type { StreamFilter } from '@cloud-kassa/event-store';

/** Streams by their names: those of one category, or only those of it between two names. */
export interface StreamRange {
  readonly category: string;
  /** From the first, inclusive, to the last, exclusive. */
  readonly names?: readonly [first: string, beyond: string];
}

/** How the streams of a filter are found. */
export type Ranges =
  | { readonly _tag: 'All' }
  | { readonly _tag: 'Ranges'; readonly ranges: ReadonlyArray<StreamRange> }
  /** There are too many to be looked up one by one: every event is looked at. */
  | { readonly _tag: 'Prefixes'; readonly prefixes: ReadonlyArray<string> };

/** A query asks that many ranges at most. */
const MOST_RANGES = 16;

/** Greater than all characters in names of streams. */
const BEYOND = '\u007f';

/**
 * Ranges that do not overlap, so that an event is found once.
 *
 * @param categoriesFrom the categories that begin with a text, at most so many.
 */
export const rangesOf = (
  filter: StreamFilter | undefined,
  categoriesFrom: (beginning: string, limit: number) => ReadonlyArray<string>,
): Ranges => {
  if (filter === undefined || filter.prefixes.includes('')) return { _tag: 'All' };
  const prefixes = withoutNested(filter.prefixes);
  const ranges: StreamRange[] = [];
  for (const prefix of prefixes) {
    const hyphen = prefix.indexOf('-');
    if (hyphen === -1) {
      for (const category of categoriesFrom(prefix, MOST_RANGES + 1)) ranges.push({ category });
    } else {
      const category = prefix.slice(0, hyphen);
      const whole = hyphen === prefix.length - 1;
      ranges.push(whole ? { category } : { category, names: [prefix, beyond(prefix)] });
    }
    if (ranges.length > MOST_RANGES) return { _tag: 'Prefixes', prefixes };
  }
  return { _tag: 'Ranges', ranges };
};

export const beyond = (prefix: string): string => `${prefix}${BEYOND}`;

const withoutNested = (prefixes: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...new Set(prefixes)].filter(
    (prefix, _, all) => !all.some((other) => other !== prefix && prefix.startsWith(other)),
  );
