import { fc } from '@fast-check/jest';
import * as E from 'fp-ts/Either';
import { readJsonLine } from './read-json-line';

const refusalOf = (text: string): string => {
  const read = readJsonLine(text);
  return E.isLeft(read) ? `${read.left.rule} ${read.left.field}`.trim() : 'read';
};

describe('numbers are whole and exact, or refused (money never passes through a rounded number)', () => {
  it.each([
    ['0', 0],
    ['-7', -7],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('%s', (text, value) => expect(readJsonLine(text)).toEqual(E.right(value)));

  it.each(['1.0', '1.5', '1e2', '1E2', '1e-2', '-0', '0.0'])('%s is not whole', (text) =>
    expect(refusalOf(text)).toBe('number-not-whole'),
  );

  it.each(['9007199254740992', '9007199254740993', '-9007199254740992', `1${'0'.repeat(400)}`])(
    '%s is too large',
    (text) => expect(refusalOf(text)).toBe('number-too-large'),
  );

  it.each(['01', '+1', '.5', '1.', '0x10', 'NaN', 'Infinity', '1_000'])('%s is no JSON', (text) =>
    expect(refusalOf(text)).toBe('json-syntax'),
  );

  it('names the field', () => {
    expect(refusalOf('{"items":[{"price":1},{"price":1.5}]}')).toBe('number-not-whole items.1.price');
  });

  it('reads what looks like a number inside a text as text', () => {
    expect(readJsonLine('{"a":"1.5e3"}')).toEqual(E.right({ a: '1.5e3' }));
  });
});

describe('keys', () => {
  it.each([
    ['{"a":1,"a":1}', 'json-key-twice a'],
    ['{"a":1,"\\u0061":2}', 'json-key-twice a'],
    ['{"o":{"b":1,"b":2}}', 'json-key-twice o.b'],
    ['{"+79123451234":1.5}', 'number-not-whole ?'],
  ])('%s', (text, expected) => expect(refusalOf(text)).toBe(expected));

  it('that have a meaning in JavaScript are keys like any other', () => {
    const read = readJsonLine('{"__proto__":{"polluted":1},"constructor":2}');
    expect(E.isRight(read) && Object.keys(read.right as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('depth', () => {
  it('of 16 levels is read, of 17 refused, and of a million too', () => {
    expect(refusalOf(`${'['.repeat(16)}${']'.repeat(16)}`)).toBe('read');
    expect(refusalOf(`${'['.repeat(17)}${']'.repeat(17)}`)).toMatch(/^json-too-deep/);
    expect(refusalOf('['.repeat(1_000_000))).toMatch(/^json-too-deep/);
  });
});

/** JSON whose numbers are all whole, of any shape and any texts. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger().map((value) => (Object.is(value, -0) ? 0 : value)),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary', maxLength: 6 }), tie('value'), { maxKeys: 4 }),
  ),
})).value;

it('reads what JSON.stringify writes, with and without white space', () => {
  fc.assert(
    fc.property(json, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
      const text = JSON.stringify(value, undefined, space);
      const read = readJsonLine(text);
      // The deepest shapes of the generator are beyond the limit.
      const told = E.isLeft(read) ? read.left.rule : JSON.stringify(read.right);
      expect([JSON.stringify(value), 'json-too-deep']).toContain(told);
    }),
  );
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

it('takes no text that JSON.parse does not take', () => {
  const pieces = '{ } [ ] , : "a" " \\ 1 - . e true null \u0001'.split(' ');
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      expect(E.isLeft(readJsonLine(text)) || isJson(text)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});
