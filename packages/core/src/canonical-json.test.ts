import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { CANONICAL_DEPTH, canonicalJson, parseCanonical, type Json } from './canonical-json';

const right = (text: string) => E.right(text);
const left = (rule: string, path = '') => E.left({ _tag: 'NotCanonical', path, rule });

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger().map((n) => n + 0),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 5, noNullPrototype: false },
    ),
  ),
})).value;

const shuffled = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
};

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('canonical text (RFC 8785 narrowed to integers, without null)', () => {
  it('sorts keys by UTF-16 code units, also keys that look like numbers', () => {
    expect(canonicalJson({ b: 1, a: 2, '10': 3, '9': 4, é: 5, Z: 6 })).toEqual(
      right('{"10":3,"9":4,"Z":6,"a":2,"b":1,"é":5}'),
    );
    // U+1F600 begins with the unit D83D and so goes before U+FB33, unlike by code point.
    expect(canonicalJson({ '\ufb33': 1, '\u{1f600}': 2 })).toEqual(right('{"\u{1f600}":2,"\ufb33":1}'));
  });

  it('takes a key whose value is undefined for absent', () => {
    expect(canonicalJson({ a: undefined, b: { c: undefined } })).toEqual(right('{"b":{}}'));
  });

  it('accepts integers up to 2^53 − 1 both ways, and writes minus zero as zero', () => {
    expect(canonicalJson([9007199254740991, -9007199254740991, -0])).toEqual(
      right('[9007199254740991,-9007199254740991,0]'),
    );
  });

  it.each([2 ** 53, -(2 ** 53), 0.1, Number.POSITIVE_INFINITY, Number.NaN])(
    'refuses the number %p with its path',
    (number) => {
      expect(canonicalJson({ sums: [1, number] })).toEqual(left('integer-range', 'sums.1'));
    },
  );

  it('refuses null', () => {
    expect(canonicalJson({ a: { b: null } })).toEqual(left('no-null', 'a.b'));
  });

  it.each([undefined, 1n, Symbol('x'), () => 1, new Date(0), new Map(), /x/, [undefined]])(
    'refuses what JSON has no word for: %p',
    (value) => {
      expect(canonicalJson({ list: [value] })).toMatchObject(E.left({ rule: 'no-such-type' }));
    },
  );

  it('refuses lone surrogates in text and in keys', () => {
    expect(canonicalJson({ a: 'x\ud800' })).toEqual(left('lone-surrogate', 'a'));
    expect(canonicalJson({ a: { 'x\udc00': 1 } })).toEqual(left('lone-surrogate', 'a'));
    expect(canonicalJson({ a: '\u{1f600}' })).toEqual(right('{"a":"\u{1f600}"}'));
  });

  it('refuses the key __proto__ and leaves the prototype of objects alone', () => {
    expect(canonicalJson(JSON.parse('{"a":{"__proto__":{"polluted":1}}}'))).toEqual(
      left('no-prototype-key', 'a'),
    );
    expect(parseCanonical('{"__proto__":{"polluted":1}}')).toEqual(left('no-prototype-key'));
    expect('polluted' in {}).toBe(false);
  });

  it(`refuses nesting deeper than ${CANONICAL_DEPTH}, and so a cycle`, () => {
    expect(E.isRight(canonicalJson(nested(CANONICAL_DEPTH)))).toBe(true);
    expect(canonicalJson(nested(CANONICAL_DEPTH + 1))).toMatchObject(E.left({ rule: 'too-deep' }));
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(canonicalJson(cycle)).toMatchObject(E.left({ rule: 'too-deep' }));
  });

  it('accepts objects without a prototype', () => {
    expect(canonicalJson(Object.assign(Object.create(null), { a: 1 }))).toEqual(right('{"a":1}'));
  });

  it('never prints the refused value', () => {
    expect(JSON.stringify(canonicalJson({ phone: 79991234567.5 }))).not.toContain('7999');
  });

  it('depends on the value only, not on the order of keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(shuffled(value))).toEqual(canonicalJson(value));
      }),
    );
  });

  it('is JSON of the same value, and reads back as it', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        if (E.isLeft(text)) throw new Error(text.left.rule);
        expect(JSON.parse(text.right)).toEqual(value);
        expect(parseCanonical(text.right)).toEqual(E.right(value));
      }),
    );
  });
});

describe('reading a canonical text', () => {
  it.each(['{"a": 1}', '{"b":1,"a":2}', '{"a":1,"a":1}', '1.0', '1e3', '-0', '"\\u0061"', ' 1'])(
    'refuses %p, which is not the canonical text of its value',
    (text) => {
      expect(parseCanonical(text)).toEqual(left('other-text'));
    },
  );

  it.each(['', '{', 'undefined', '{a:1}'])('refuses %p, which is no JSON', (text) => {
    expect(parseCanonical(text)).toEqual(left('no-json'));
  });

  it('refuses null, fractions and numbers beyond 2^53 − 1', () => {
    expect(parseCanonical('{"a":null}')).toEqual(left('no-null', 'a'));
    expect(parseCanonical('0.5')).toEqual(left('integer-range'));
    expect(parseCanonical('9007199254740993')).toEqual(left('integer-range'));
  });
});
