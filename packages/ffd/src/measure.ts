import { literalCodec } from './guarded-codec';

/** Measures in ascending order. */
export const MEASURE_LIST = [
  0, 10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 70, 71, 72, 73, 80, 81, 82, 83, 255,
] as const;

/** Measure of the quantity of an item (мера количества предмета расчёта, tag 2108, FFD 1.2). */
export type Measure = (typeof MEASURE_LIST)[number];

/** {@link Measure} in stored and transferred data: a value of the list and nothing else. */
export const MeasureCodec = literalCodec<Measure>(MEASURE_LIST, 'Measure');

/** A measure in words. */
export interface MeasureMeaning {
  readonly name: string;
  readonly russian: string;
}

/** The codes of tag 2108 (order ЕД-7-20/662@). FFD 1.05 has a free text instead (единица измерения, tag 1197). */
export const MEASURES: Readonly<Record<Measure, MeasureMeaning>> = {
  0: { name: 'piece', russian: 'шт. или ед.' },
  10: { name: 'gram', russian: 'г' },
  11: { name: 'kilogram', russian: 'кг' },
  12: { name: 'tonne', russian: 'т' },
  20: { name: 'centimetre', russian: 'см' },
  21: { name: 'decimetre', russian: 'дм' },
  22: { name: 'metre', russian: 'м' },
  30: { name: 'square centimetre', russian: 'кв. см' },
  31: { name: 'square decimetre', russian: 'кв. дм' },
  32: { name: 'square metre', russian: 'кв. м' },
  40: { name: 'millilitre', russian: 'мл' },
  41: { name: 'litre', russian: 'л' },
  42: { name: 'cubic metre', russian: 'куб. м' },
  50: { name: 'kilowatt-hour', russian: 'кВт∙ч' },
  51: { name: 'gigacalorie', russian: 'Гкал' },
  70: { name: 'day', russian: 'сутки' },
  71: { name: 'hour', russian: 'час' },
  72: { name: 'minute', russian: 'мин' },
  73: { name: 'second', russian: 'с' },
  80: { name: 'kilobyte', russian: 'Кбайт' },
  81: { name: 'megabyte', russian: 'Мбайт' },
  82: { name: 'gigabyte', russian: 'Гбайт' },
  83: { name: 'terabyte', russian: 'Тбайт' },
  255: { name: 'other', russian: 'иная мера' },
};
