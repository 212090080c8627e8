import type { Measure } from '@cloud-kassa/ffd';
import { MEASURES, MEASURE_LIST } from '@cloud-kassa/ffd';

/** Any other measure (tag 2108, value 255). */
const OTHER: Measure = 255;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\s.,·∙*-]/g, '');

/** Ways of writing that real receipts or usual practice have beside the words of the format. */
const SYNONYMS: Readonly<Record<string, Measure>> = {
  шт: 0,
  штука: 0,
  штук: 0,
  ед: 0,
  единица: 0,
  гр: 10,
  грамм: 10,
  килограмм: 11,
  тонн: 12,
  тонна: 12,
  метр: 22,
  м2: 32,
  квм: 32,
  литр: 41,
  м3: 42,
  куб: 42,
  квтчас: 50,
  сут: 70,
  ч: 71,
  сек: 73,
};

const KNOWN: ReadonlyMap<string, Measure> = new Map([
  ...MEASURE_LIST.filter((code) => code !== OTHER).map(
    (code) => [plain(MEASURES[code].russian), code] as const,
  ),
  ...Object.entries(SYNONYMS),
]);

/**
 * The measure of quantity (tag 2108, FFD 1.2) of a unit as free text (tag 1197, FFD 1.05 and 1.1): the words of the format's table and
 * their usual abbreviations, without regard to case, points and spaces. All other words are "another measure" (255), which is what the format has for them.
 */
export const measureOfText = (text: string): Measure => KNOWN.get(plain(text)) ?? OTHER;
