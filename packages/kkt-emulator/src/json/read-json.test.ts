import * as E from 'fp-ts/Either';
import * as fc from 'fast-check';
import { numberText } from './json-tree';
import { readJson } from './read-json';

/** What `JSON.parse` would have made of the tree. */
const plain = (tree: unknown): unknown => {
  const number = numberText(tree);
  if (number !== undefined) return Number(number);
  if (Array.isArray(tree)) return tree.map(plain);
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([name, member]) => [name, plain(member)]));
};

const rule = (text: string, limits?: Parameters<typeof readJson>[1]): string => {
  const read = readJson(text, limits);
  return E.isLeft(read) ? `${read.left.rule} at ${read.left.at}` : 'read';
};

test('reads what JSON.parse reads, pretty or not', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (json, indent) => {
      const text = JSON.stringify(json, undefined, indent);
      const read = readJson(text);
      expect(E.isRight(read) ? plain(read.right) : read).toEqual(JSON.parse(text));
    }),
  );
});

test('refuses what JSON.parse refuses', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from('{}[],:"\\u0e-+.1truefalsn \n')), maxLength: 12 }),
      (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(`${rule(text)}: ${text}`).toMatch(valid ? /^(?:read|name-twice)/u : /^(?:syntax|name-twice)/u);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a number keeps its text', () => {
  const read = readJson('[0.10, 1e2, 12345678901234567890.000001]');
  expect(E.isRight(read) && Array.isArray(read.right) ? read.right.map(numberText) : read).toEqual([
    '0.10',
    '1e2',
    '12345678901234567890.000001',
  ]);
});

test('a member named __proto__ is data and changes no prototype', () => {
  const read = readJson('{"__proto__": {"polluted": true}}');
  expect(E.isRight(read) ? Object.keys(read.right as object) : read).toEqual(['__proto__']);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('a name that occurs twice is refused (OWASP ASVS 1.5.3: parsers must agree)', () => {
  expect(rule('{"a":1,"b":{"a":2},"a":3}')).toMatch(/^name-twice/u);
});

test('depth and number of values are limited', () => {
  const limits = { depth: 3, values: 5 };
  expect(rule('[[[1]]]', limits)).toBe('read');
  expect(rule('[[[[]]]]', limits)).toMatch(/^too-deep/u);
  expect(rule('[1,2,3,4]', limits)).toBe('read');
  expect(rule('[1,2,3,4,5]', limits)).toMatch(/^too-many-values/u);
  expect(rule('['.repeat(100_000))).toMatch(/^too-deep/u);
});

test('a long hostile string is read in linear time', () => {
  expect(rule(`"${'\\\\'.repeat(200_000)}`)).toBe('syntax at 0');
});
