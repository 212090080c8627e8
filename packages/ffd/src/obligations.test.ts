import { FORM_CODES } from './form-code';
import { childTags } from './nesting';
import type { ObligationTable } from './obligations';
import { obligation, tagsInTable } from './obligations';
import { tagByNumber } from './tags';

const electronic = (table: ObligationTable, ffd: '1.05' | '1.1' | '1.2', degree: 0 | 1 | 2 | 3) =>
  tagsInTable(table).filter((tag) => obligation(table, tag, ffd)?.electronic === degree);

describe('obligation tables (order ЕД-7-20/662@)', () => {
  it('demands the minimal electronic receipt of FFD 1.2 (table 96)', () => {
    expect(electronic(3, '1.2', 1)).toEqual([
      1009, 1012, 1020, 1031, 1037, 1038, 1040, 1041, 1042, 1054, 1055, 1059, 1077, 1081, 1209, 1215, 1216,
      1217,
    ]);
  });

  it('demands name and INN of the user in no electronic receipt', () => {
    for (const ffd of ['1.05', '1.1', '1.2'] as const) {
      expect(obligation(3, 1018, ffd)).toEqual({ printed: 1, electronic: 3 });
      expect(obligation(3, 1048, ffd)).toEqual({ printed: 1, electronic: 3 });
    }
  });

  it('demands the address in electronic receipts of FFD 1.2, in some cases before', () => {
    expect(obligation(3, 1009, '1.05')).toEqual({ printed: 1, electronic: 2 });
    expect(obligation(3, 1009, '1.2')).toEqual({ printed: 1, electronic: 1 });
  });

  it('demands method, subject and measure of items in electronic receipts of FFD 1.2 (table 97)', () => {
    expect(electronic(1059, '1.2', 1)).toEqual([1023, 1043, 1079, 1212, 1214, 2108]);
    expect(electronic(1059, '1.05', 1)).toEqual([1023, 1030, 1043, 1079]);
  });

  it('moves agent and buyer of FFD 1.2 from the receipt into items and 1256', () => {
    for (const tag of [1005, 1016, 1026, 1044, 1057, 1073, 1074, 1075, 1171, 1227, 1228]) {
      expect(obligation(3, tag, '1.1')).toBeDefined();
      expect(obligation(3, tag, '1.2')).toBeUndefined();
    }
    expect(obligation(3, 1256, '1.2')).toEqual({ printed: 3, electronic: 2 });
    expect(obligation(1256, 1228, '1.2')).toEqual({ printed: 0, electronic: 2 });
    expect(obligation(1256, 1228, '1.1')).toBeUndefined();
  });

  it('replaces the unit of FFD 1.05 by the measure of FFD 1.2', () => {
    expect(obligation(1059, 1197, '1.05')).toEqual({ printed: 3, electronic: 3 });
    expect(obligation(1059, 1197, '1.2')).toBeUndefined();
    expect(obligation(1059, 2108, '1.05')).toBeUndefined();
  });

  it('demands items in corrections from FFD 1.1 on, the base in all (tables 27, 65, 120)', () => {
    expect(obligation(31, 1059, '1.05')).toEqual({ printed: 3, electronic: 3 });
    expect(obligation(31, 1059, '1.1')).toEqual({ printed: 1, electronic: 1 });
    for (const ffd of ['1.05', '1.1', '1.2'] as const) {
      expect(obligation(31, 1174, ffd)).toEqual({ printed: 1, electronic: 1 });
    }
  });

  it('has counters in the closing report from FFD 1.1 on', () => {
    expect(obligation(5, 1157, '1.05')).toBeUndefined();
    expect(obligation(5, 1157, '1.2')).toEqual({ printed: 2, electronic: 1 });
  });

  it('gives reasons of change in re-registration only', () => {
    expect(obligation(1, 1205, '1.2')).toBeUndefined();
    expect(obligation(11, 1205, '1.2')).toEqual({ printed: 1, electronic: 1 });
    expect(obligation(11, 1101, '1.05')).toEqual({ printed: 2, electronic: 2 });
  });

  it('takes strict-reporting forms as receipts', () => {
    expect(childTags(4)).toEqual(childTags(3));
    expect(childTags(41)).toEqual(childTags(31));
  });

  it('lists known tags, in ascending order, once', () => {
    for (const table of [...FORM_CODES, 1059, 1115, 1223, 1224, 1256]) {
      const tags = tagsInTable(table);
      expect(tags).toEqual([...new Set(tags)].toSorted((a, b) => a - b));
      for (const tag of tags) expect(tagByNumber(tag)).toBeDefined();
    }
  });

  it('asks for nothing on the wire of a requisite that is printed only', () => {
    for (const table of FORM_CODES) {
      for (const ffd of ['1.05', '1.1', '1.2'] as const) {
        for (const tag of [1000, 1196]) {
          const found = tagsInTable(table).includes(tag)
            ? obligation(table as ObligationTable, tag, ffd)
            : undefined;
          expect(found?.electronic ?? 0).toBe(0);
        }
      }
    }
  });
});
