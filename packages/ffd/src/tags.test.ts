import { FORM_CODES } from './form-code';
import { childTags } from './nesting';
import { tagByName, tagByNumber, TAGS } from './tags';
import { COUNTER_TAGS } from './tags/counters';
import { FORM_TAGS } from './tags/forms';
import { ITEM_TAGS } from './tags/item';
import { MARKING_TAGS } from './tags/marking';
import { PRODUCT_CODE_TAGS } from './tags/product-code';
import { RECEIPT_TAGS } from './tags/receipt';
import { REPORT_TAGS } from './tags/report';

const ROWS = [
  COUNTER_TAGS,
  FORM_TAGS,
  ITEM_TAGS,
  MARKING_TAGS,
  PRODUCT_CODE_TAGS,
  RECEIPT_TAGS,
  REPORT_TAGS,
].flat();

describe('tag table', () => {
  it('has every number once', () => {
    expect(TAGS.size).toBe(ROWS.length);
  });

  it('has every name once, so that a name finds its tag', () => {
    for (const tag of TAGS.values()) expect(tagByName(tag.name)).toBe(tag);
    expect(tagByName('no such name')).toBeUndefined();
    expect(tagByNumber(1999)).toBeUndefined();
  });

  it('writes names as identifiers', () => {
    for (const { name, json } of TAGS.values()) {
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
      expect(json).toMatch(/^[a-z][A-Za-z0-9]*$/);
    }
  });

  it('gives types of one width that width', () => {
    const widths = new Map<string, number>(
      Object.entries({ byte: 1, flag: 1, uint16: 2, uint32: 4, unixtime: 4 }),
    );
    const wrong = [...TAGS.values()].filter(
      ({ type, maxLength }) => (widths.get(type) ?? maxLength) !== maxLength,
    );
    expect(wrong).toEqual([]);
  });

  it('holds fixed text padded on the right at the lengths of the format', () => {
    const fixed = [...TAGS.values()].filter((tag) => tag.fixed === true && tag.type === 'string');
    const byLength = (length: number) =>
      fixed
        .filter((tag) => tag.maxLength === length)
        .map((tag) => tag.tag)
        .toSorted((a, b) => a - b);
    expect(byLength(12)).toEqual([1016, 1017, 1018, 1203, 1226, 1228]);
    expect(byLength(20)).toEqual([1037]);
    expect(byLength(16)).toEqual([1041]);
    expect(byLength(3)).toEqual([1230, 1244, 1262]);
  });

  it('lets repeat what the format lets repeat', () => {
    const repeated = [...TAGS.values()].filter((tag) => tag.repeated === true).map((tag) => tag.tag);
    expect(repeated.toSorted((a, b) => a - b)).toEqual([
      1059, 1073, 1074, 1075, 1101, 1119, 1171, 1235, 1260, 2007,
    ]);
  });

  it('holds sums of money in at most six bytes', () => {
    const sums = [1020, 1031, 1043, 1079, 1081, 1082, 1102, 1107, 1120, 1200, 1201, 1215, 1216, 1217, 1229];
    for (const tag of sums) expect(tagByNumber(tag)).toMatchObject({ type: 'vln', maxLength: 6 });
  });

  it('has the printed-only requisites 1000 and 1196 with no room on the wire', () => {
    expect([...TAGS.values()].filter((tag) => tag.maxLength === 0).map((tag) => tag.tag)).toEqual([
      1000, 1196,
    ]);
  });
});

describe('nesting of tags', () => {
  it('lists known tags only', () => {
    for (const parent of TAGS.keys()) {
      for (const child of childTags(parent)) expect(tagByNumber(child)).toBeDefined();
    }
  });

  it('describes every nested element but those of the marking forms', () => {
    const open = [...TAGS.values()].filter((tag) => tag.type === 'stlv' && childTags(tag.tag).length === 0);
    expect(open.map((tag) => tag.tag)).toEqual([81, 82, 83, 84, 2007]);
  });

  it('has children in nested elements only', () => {
    const parents = [...TAGS.values()].filter((tag) => childTags(tag.tag).length > 0);
    expect(new Set(parents.map((tag) => tag.type))).toEqual(new Set(['stlv']));
  });

  it('nests VAT totals of the newer rates as receipt, 1115, 1119, 1199 and 1120', () => {
    expect(childTags(3)).toContain(1115);
    expect(childTags(1115)).toEqual([1119]);
    expect(childTags(1119)).toEqual([1120, 1199]);
  });

  it('nests counters as report, 1157, sign, sums', () => {
    expect(childTags(5)).toEqual(expect.arrayContaining([1157, 1194]));
    expect(childTags(1157)).toEqual([1129, 1130, 1131, 1132, 1133, 1134]);
    expect(childTags(1129)).toContain(1201);
    expect(childTags(1133)).toContain(1145);
    expect(childTags(1145)).not.toContain(1139);
  });

  it('has one name only once inside a parent', () => {
    for (const parent of TAGS.keys()) {
      const names = childTags(parent).map((child) => tagByNumber(child)?.json);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('document forms', () => {
  it('are tags with nested elements', () => {
    for (const code of FORM_CODES) expect(tagByNumber(code)?.type).toBe('stlv');
    expect(new Set(FORM_CODES)).toEqual(new Set(FORM_TAGS.map(([tag]) => tag)));
  });
});
