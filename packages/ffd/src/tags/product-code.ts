import type { TagRow } from '../tag';

/** Kinds of the code of goods (код товара, 1163), FFD 1.2: exactly one of them stands inside 1163 (order ЕД-7-20/662@, table 118). */
export const PRODUCT_CODE_TAGS: ReadonlyArray<TagRow> = [
  [1300, 'undefinedCode', 'нераспознанный код товара', 'string', 32, { json: 'undefined' }],
  [1301, 'ean8', 'КТ EAN-8', 'string', 8],
  [1302, 'ean13', 'КТ EAN-13', 'string', 13],
  [1303, 'itf14', 'КТ ITF-14', 'string', 14],
  [1304, 'gs1', 'КТ GS1.0', 'string', 38],
  [1305, 'gs1m', 'КТ GS1.М', 'string', 38],
  [1306, 'kmk', 'КТ КМК', 'string', 38],
  [1307, 'mi', 'КТ МИ', 'string', 20],
  [1308, 'egais2', 'КТ ЕГАИС-2.0', 'string', 23],
  [1309, 'egais3', 'КТ ЕГАИС-3.0', 'string', 14],
  [1320, 'f1', 'КТ Ф.1', 'string', 32],
  [1321, 'f2', 'КТ Ф.2', 'string', 32],
  [1322, 'f3', 'КТ Ф.3', 'string', 32],
  [1323, 'f4', 'КТ Ф.4', 'string', 32],
  [1324, 'f5', 'КТ Ф.5', 'string', 32],
  [1325, 'f6', 'КТ Ф.6', 'string', 32],
];
