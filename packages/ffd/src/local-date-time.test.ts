import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { LocalDateCodec } from './local-date';
import {
  dateOf,
  localDateTime,
  LocalDateTimeCodec,
  localFromUnix,
  localToUnix,
  type LocalDateTime,
} from './local-date-time';

const no = (rule: string) => E.left({ _tag: 'NotLocalDateTime', rule });
const local = (text: string): LocalDateTime => {
  const result = localDateTime(text);
  if (E.isLeft(result)) throw new Error(result.left.rule);
  return result.right;
};
const unix = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('wall time at the place of settlement (tag 1012)', () => {
  it('E57: 2026-01-15 14:30:00 is 1768487400, the local time counted as if it were UTC', () => {
    expect(localToUnix(local('2026-01-15T14:30:00'))).toBe(1_768_487_400);
    expect(localFromUnix(1_768_487_400)).toEqual(E.right('2026-01-15T14:30:00'));
  });

  it('0x570E5428 is 2016-04-13 14:14:00 (published sample of a registration report)', () => {
    expect(localFromUnix(0x57_0e_54_28)).toEqual(E.right('2016-04-13T14:14:00'));
  });

  it.each([
    ['2026-01-15T24:00:00', 'real-time'],
    ['2026-01-15T23:60:00', 'real-time'],
    ['2026-01-15T23:59:60', 'real-time'],
    ['2026-02-29T00:00:00', 'real-date'],
    ['1969-12-31T23:59:59', 'in-range'],
    ['2106-02-07T06:28:16', 'in-range'],
    ['2026-01-15', 'date-time-text'],
    ['2026-01-15 14:30:00', 'date-time-text'],
    ['2026-01-15T14:30', 'date-time-text'],
    ['2026-01-15T14:30:00Z', 'date-time-text'],
    ['2026-01-15T14:30:00.000', 'date-time-text'],
    ['2026-01-15T14:30:00+03:00', 'date-time-text'],
    ['2026-01-15T14:30:00\n', 'date-time-text'],
    ['2026-1-015T14:30:00', 'date-text'],
    ['', 'date-time-text'],
  ])('%j is refused: %s', (text, rule) => {
    expect(localDateTime(text)).toEqual(no(rule));
    expect(LocalDateTimeCodec.is(text)).toBe(false);
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY])(
    '%p is no value of the tag',
    (seconds) => {
      expect(localFromUnix(seconds)).toEqual(no('unix-seconds'));
    },
  );

  it('the first and the last moment are those of four bytes', () => {
    expect(localFromUnix(0)).toEqual(E.right('1970-01-01T00:00:00'));
    expect(localFromUnix(0xff_ff_ff_ff)).toEqual(E.right('2106-02-07T06:28:15'));
    expect(localToUnix(local('2106-02-07T06:28:15'))).toBe(0xff_ff_ff_ff);
  });

  property.prop([unix])('every value of four bytes is one moment and back', (seconds) => {
    const moment = localFromUnix(seconds);
    if (E.isLeft(moment)) throw new Error(moment.left.rule);
    expect(LocalDateTimeCodec.decode(moment.right)).toEqual(localDateTime(moment.right));
    expect(localToUnix(local(moment.right))).toBe(seconds);
    expect(LocalDateCodec.is(dateOf(moment.right))).toBe(true);
  });

  property.prop([unix, unix])('moments compare as texts', (a, b) => {
    const [first, second] = [localFromUnix(a), localFromUnix(b)];
    if (E.isLeft(first) || E.isLeft(second)) throw new Error('out of range');
    expect(first.right < second.right).toBe(a < b);
  });

  it('a moment lies on the date of its own calendar', () => {
    expect(dateOf(local('2026-01-01T00:00:00'))).toBe('2026-01-01');
    expect(dateOf(local('2025-12-31T23:59:59'))).toBe('2025-12-31');
  });
});
