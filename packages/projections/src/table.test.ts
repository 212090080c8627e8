import { compareValues } from './compare-values';
import { JAR_EVENTS, JARS, jars } from './jars.testing';
import { joinFamilies, projection } from './projection';
import { flag, integer, json, optional, table, text, type AnyTable, type Table } from './table';

const make = (change: Partial<AnyTable>): unknown =>
  table({ ...JARS, ...change } as Table<typeof JARS.columns, 'jar'>);

describe('a description of a table', () => {
  it.each([
    ['a name that SQL would have to be told of', { name: 'jars; DROP' }],
    ['a column of such a name', { columns: { jar: text(), 'a"b': text() } }],
    [
      'two columns that differ in case only',
      { columns: { jar: text(), amount: integer(), Jar: text(), label: text() } },
    ],
    ['no key', { key: [] }],
    ['a key that is no column', { key: ['jug'] }],
    ['a key that may be absent', { key: ['label'] }],
    ['a key of JSON', { key: ['fillings'] }],
    ['a key that is a flag', { key: ['isEmpty'] }],
    ['an index on what is no column', { indexes: [['jug']] }],
    ['an index on JSON', { indexes: [['fillings']] }],
  ])('is refused with %s', (_, change) => {
    expect(() => make(change)).toThrow(TypeError);
  });

  it('is given back as it is', () => {
    expect(make({})).toEqual(JARS);
    expect([flag().kind, json().kind, optional(text())]).toEqual([
      'flag',
      'json',
      { kind: 'text', optional: true },
    ]);
  });
});

describe('a description of a projection', () => {
  it.each([
    ['a name that is no file name', { name: 'Jars!' }],
    ['a version that is no count', { version: 0 }],
    ['no streams', { prefixes: [] }],
    ['no tables', { tables: [] }],
    ['two tables of one name', { tables: [JARS, { ...JARS, name: 'JARS' }] }],
  ])('is refused with %s', (_, change) => {
    expect(() => projection({ ...jars(), ...change })).toThrow(TypeError);
  });

  it('reads the events of several families as one', () => {
    const other = { aggregate: 'lid', definitions: { 'lid.Shut': JAR_EVENTS.definitions['jar.Emptied'] } };
    expect(Object.keys(joinFamilies(JAR_EVENTS, other).definitions)).toEqual([
      ...Object.keys(JAR_EVENTS.definitions),
      'lid.Shut',
    ]);
  });
});

describe('the order of values', () => {
  it('is that of the bytes of UTF-8', () => {
    const texts = ['', 'a', 'ab', 'b', 'Ж', 'ж', '\ud7ff', '\uff5e', '\u{1f36f}', '\u{1f36f}a'];
    const inBytes = texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(texts.toReversed().toSorted(compareValues)).toEqual(inBytes);
    expect([3, -1, 2].toSorted(compareValues)).toEqual([-1, 2, 3]);
    expect([true, false].toSorted(compareValues)).toEqual([false, true]);
  });
});
