import * as fc from 'fast-check';
import { rangesOf, type Ranges } from './prefix-ranges';

const known = ['payment', 'receipt', 'receipts', 'rare', 'shift'];
const categoriesFrom = (beginning: string, limit: number): ReadonlyArray<string> =>
  known.filter((category) => category.startsWith(beginning)).slice(0, limit);

const ranges = (...prefixes: ReadonlyArray<string>): Ranges => rangesOf({ prefixes }, categoriesFrom);

describe('the streams that a filter names', () => {
  it('are all without a filter or with an empty prefix, and none without prefixes', () => {
    expect(rangesOf(undefined, categoriesFrom)).toEqual({ _tag: 'All' });
    expect(ranges('receipt-', '')).toEqual({ _tag: 'All' });
    expect(ranges()).toEqual({ _tag: 'Ranges', ranges: [] });
  });

  it('are a category, part of one, or all categories that begin so', () => {
    expect(ranges('receipt-')).toEqual({ _tag: 'Ranges', ranges: [{ category: 'receipt' }] });
    expect(ranges('receipt-ab')).toEqual({
      _tag: 'Ranges',
      ranges: [{ category: 'receipt', names: ['receipt-ab', 'receipt-ab\u007f'] }],
    });
    expect(ranges('receipt')).toEqual({
      _tag: 'Ranges',
      ranges: [{ category: 'receipt' }, { category: 'receipts' }],
    });
  });

  it('are looked up one by one up to a number of ranges', () => {
    const many = Array.from({ length: 17 }, (_, index) => `c${index + 10}-`);
    expect(ranges(...many.slice(1))).toMatchObject({ _tag: 'Ranges' });
    expect(ranges(...many)).toEqual({ _tag: 'Prefixes', prefixes: many });
  });

  it('are found once, and are those whose names begin with a prefix', () => {
    const part = fc.stringMatching(/^[ab]{0,2}$/);
    const prefix = fc.oneof(
      part,
      fc.tuple(part, part).map(([a, b]) => `${a}-${b}`),
    );
    const name = fc.tuple(fc.stringMatching(/^[ab]{1,3}$/), fc.stringMatching(/^[ab-]{1,3}$/));
    fc.assert(
      fc.property(fc.array(prefix, { maxLength: 5 }), name, (prefixes, [category, id]) => {
        const stream = `${category}-${id}`;
        const found = rangesOf({ prefixes }, (beginning) =>
          category.startsWith(beginning) ? [category] : [],
        );
        const times =
          found._tag === 'Ranges'
            ? found.ranges.filter(
                ({ category: of, names }) =>
                  of === category && (names === undefined || (stream >= names[0] && stream < names[1])),
              ).length
            : Number(found._tag === 'All' || found.prefixes.some((one) => stream.startsWith(one)));
        expect(times).toBe(Number(prefixes.some((one) => stream.startsWith(one))));
      }),
    );
  });
});
