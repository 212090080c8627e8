import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { addDays, FIRST_DATE, LAST_DATE, localDate, LocalDateCodec, type LocalDate } from './local-date';

const no = (rule: string) => E.left({ _tag: 'NotLocalDate', rule });
const day = (text: string): LocalDate => {
  const date = localDate(text);
  if (E.isLeft(date)) throw new Error(date.left.rule);
  return date.right;
};
const LAST_INDEX = 49_710;
const isoOf = (index: number): string => new Date(index * 86_400_000).toISOString().slice(0, 10);

describe('a date at the place of settlement', () => {
  it.each(['2024-02-29', '2000-02-29', '1970-01-01', '2106-02-07', '2026-12-31'])('%s is one', (text) => {
    expect(localDate(text)).toEqual(E.right(text));
    expect(LocalDateCodec.decode(text)).toEqual(E.right(text));
  });

  it.each([
    '2023-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-06-31',
    '2026-09-31',
    '2026-11-31',
    '2026-00-10',
    '2026-13-01',
    '2026-01-00',
    '2026-01-32',
  ])('%s is in no calendar', (text) => {
    expect(localDate(text)).toEqual(no('real-date'));
    expect(LocalDateCodec.is(text)).toBe(false);
  });

  it.each([
    '',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00:00',
    '2026/01/01',
    ' 2026-01-01',
    '2026-01-01\n',
    '+02026-01-01',
    '٢٠٢٦-٠١-٠١',
  ])('%j has another form', (text) => {
    expect(localDate(text)).toEqual(no('date-text'));
  });

  it('lies in the days that a four-byte time holds (tags 1012, 1178)', () => {
    expect(localDate('1969-12-31')).toEqual(no('in-range'));
    expect(localDate('2106-02-08')).toEqual(no('in-range'));
    expect(isoOf(0)).toBe(FIRST_DATE);
    expect(isoOf(LAST_INDEX)).toBe(LAST_DATE);
    expect(Math.floor((2 ** 32 - 1) / 86_400)).toBe(LAST_INDEX);
  });

  property.prop([
    fc.integer({ min: 1960, max: 2120 }),
    fc.integer({ min: 0, max: 14 }),
    fc.integer({ min: 0, max: 33 }),
  ])('is accepted exactly when the calendar has it', (year, month, dayOfMonth) => {
    const text = `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
    const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
    const real =
      date.toISOString().startsWith(text) && date.getTime() >= 0 && date.getTime() < 2 ** 32 * 1000;
    expect(E.isRight(localDate(text))).toBe(real);
    expect(LocalDateCodec.is(text)).toBe(real);
  });
});

describe('days later', () => {
  it('crosses months, years and leap days', () => {
    expect(addDays(day('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(day('2023-02-28'), 1)).toBe('2023-03-01');
    expect(addDays(day('2025-12-31'), 1)).toBe('2026-01-01');
    expect(addDays(day('2026-01-01'), -1)).toBe('2025-12-31');
  });

  property.prop([fc.integer({ min: 0, max: LAST_INDEX }), fc.integer({ min: -60_000, max: 60_000 })])(
    'counts days and stops at the ends of the range',
    (index, days) => {
      const expected = isoOf(Math.max(0, Math.min(LAST_INDEX, index + days)));
      expect(addDays(day(isoOf(index)), days)).toBe(expected);
    },
  );

  it.each([Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1e300])(
    'always gives a date: %p',
    (days) => {
      expect(LocalDateCodec.is(addDays(day('2026-01-01'), days))).toBe(true);
    },
  );
});
