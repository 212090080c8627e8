import { LAST_REVISION } from './expected-revision';
import { DELETION, isDeleted, readMetadata, truncatedBefore } from './stream-metadata';

const read = (text: string) => readMetadata(Buffer.from(text, 'utf8'));

test.each([
  ['{}', {}],
  [
    '{"$maxCount":5,"$maxAge":60,"$tb":9223372036854775806}',
    { maxCount: 5n, maxAge: 60, truncateBefore: 2n ** 63n - 2n },
  ],
  ['{ "$tb" : 12 , "own": {"a": 1} }', { truncateBefore: 12n }],
  ['{"$maxCount":"5"}', {}],
  ['[1]', {}],
  ['null', {}],
  ['{"$maxCount":5', {}],
  ['', {}],
])('%s', (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test('a deletion is a truncation before the largest revision, exactly', () => {
  expect(readMetadata(DELETION)).toEqual({ truncateBefore: LAST_REVISION });
  expect(isDeleted(readMetadata(DELETION))).toBe(true);
  expect(isDeleted(read('{"$tb":9223372036854775806}'))).toBe(false);
});

test('a truncation keeps the other members', () => {
  const moved = truncatedBefore(
    Buffer.from('{"$tb":9223372036854775807,"$maxCount":3,"own":"x"}'),
    2n ** 60n + 1n,
  );
  expect(moved?.toString()).toBe('{"$tb":1152921504606846977,"$maxCount":3,"own":"x"}');
  expect(truncatedBefore(Buffer.from('nothing'), 1n)).toBeUndefined();
});
