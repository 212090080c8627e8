import { fc, test as check } from '@fast-check/jest';
import { readJson } from './read-json';

const read = (text: string): unknown => {
  const result = readJson(text);
  return result._tag === 'Right' ? result.right : result.left.rule;
};

const keys = (count: number): string =>
  `{${Array.from({ length: count }, (_, at) => `"k${at}":0`).join(',')}}`;

/** The same without prototypes, as far as values go. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

const hasForbidden = (text: string): boolean => /"(?:__proto__|constructor|prototype)"/.test(text);

describe('reading JSON', () => {
  check.prop([fc.json(), fc.nat(4)])(
    'gives what the language gives, however it is spaced',
    (text, spaces) => {
      fc.pre(!hasForbidden(text));
      const spaced = JSON.stringify(JSON.parse(text), undefined, spaces);
      // A negative zero and numbers of more digits than are kept come out as texts.
      fc.pre(!/\d{16}|\d\.\d{15}|e[-+]/.test(spaced) && !spaced.includes('-0'));
      expect(plain(read(spaced))).toEqual(JSON.parse(spaced));
    },
  );

  check.prop([fc.string()])('refuses what the language refuses, and nothing makes it throw', (text) => {
    let isJson = true;
    try {
      JSON.parse(text);
    } catch {
      isJson = false;
    }
    expect(readJson(text)._tag).toBe(isJson && !hasForbidden(text) ? 'Right' : 'Left');
  });

  it.each([
    '',
    ' ',
    '{',
    '}',
    '[',
    '[1',
    '[1,',
    '[1,]',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '01',
    '1.',
    '.5',
    '+1',
    '1e',
    'nul',
    'NaN',
    'Infinity',
    '"',
    '"\\',
    '"\\x"',
    '"\\u12"',
    '"\n"',
    '1 2',
    '[] []',
    '{"a":1}x',
    '\ufeff{}',
  ])('refuses %j', (text) => {
    expect(read(text)).toBe('syntax');
  });

  it('refuses a key that stands twice, also written differently', () => {
    expect(read('{"a":1,"b":{"a":1},"a":2}')).toBe('duplicate-key');
    expect(read('{"a":1,"\\u0061":2}')).toBe('duplicate-key');
    expect(read('{"a":{"a":1},"b":{"a":1}}')).toEqual({ a: { a: 1 }, b: { a: 1 } });
  });

  it('refuses keys through which an object could be turned into something else', () => {
    for (const key of ['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])
      expect(read(`{"x":{"${key}":{"polluted":true}}}`)).toBe('forbidden-key');
    expect({}).not.toHaveProperty('polluted');
  });

  it('reads 32 levels and no more', () => {
    expect(readJson(`${'['.repeat(32)}${']'.repeat(32)}`)._tag).toBe('Right');
    expect(read(`${'['.repeat(33)}${']'.repeat(33)}`)).toBe('too-deep');
    expect(read('['.repeat(100_000))).toBe('too-deep');
  });

  it('reads 10 000 keys and no more', () => {
    expect(readJson(keys(10_000))._tag).toBe('Right');
    expect(read(keys(10_001))).toBe('too-many-keys');
  });

  it('loses no digit: numbers that would change stay texts', () => {
    expect(read('[3449555941, 9007199254740993, 1000.10, 123456789012345.678, 1e400, 0.1]')).toEqual([
      3449555941,
      '9007199254740993',
      1000.1,
      '123456789012345.678',
      '1e400',
      0.1,
    ]);
  });

  it('takes time in proportion to the length of the text', () => {
    const long = 'x'.repeat(1_000_000);
    expect(read(`"${long}`)).toBe('syntax');
    expect(read(`"${'\\u0041'.repeat(100_000)}"`)).toBe('A'.repeat(100_000));
    expect(read(' '.repeat(1_000_000))).toBe('syntax');
    expect(read(`[${'1,'.repeat(300_000)}1]`)).toHaveLength(300_001);
  });

  it('tells where, never what', () => {
    expect(readJson('{"phone": +79123456789}')).toEqual({
      _tag: 'Left',
      left: { _tag: 'NotJson', rule: 'syntax', at: 10 },
    });
  });
});
