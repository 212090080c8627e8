import * as fc from 'fast-check';
import { differingKeys, sameValue } from './same-value';

const json = fc.jsonValue({ maxDepth: 3 });

/** The same value with the keys of its objects in the opposite order, and a key without a value beside them. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, turned(inner)] as const);
  return Object.fromEntries([...entries.toReversed(), ['absent here', undefined]]);
};

describe('the same value', () => {
  it('does not depend on the order of keys nor on keys without a value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(sameValue(value, turned(value))).toBe(true);
        expect(sameValue(turned(value), value)).toBe(true);
      }),
    );
  });

  it('is the one that JSON writes alike', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 3 }), fc.array(fc.nat(3), { maxLength: 3 }), (a, b) => {
        expect(sameValue({ a }, { a: b })).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it.each([
    [[], {}],
    [{ a: 1 }, { b: 1 }],
    [{ a: undefined, b: 1 }, { a: 1 }],
    [null, {}],
    ['1', 1],
    [{ constructor: Object }, {}],
  ])('%j and %j differ', (a, b) => {
    expect(sameValue(a, b)).toBe(false);
  });

  it('the fields in which records differ are named in the order of the alphabet', () => {
    expect(differingKeys({ c: 1, a: [1], same: { x: 1 } }, { b: 1, a: [2], same: { x: 1 } })).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(differingKeys({ a: undefined }, {})).toEqual([]);
  });
});
