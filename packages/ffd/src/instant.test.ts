import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import {
  instant,
  InstantCodec,
  instantFromMilliseconds,
  instantToLocal,
  localToInstant,
  millisecondsOf,
  type Instant,
} from './instant';
import {
  localDateTime,
  LocalDateTimeCodec,
  localFromUnix,
  localToUnix,
  type LocalDateTime,
} from './local-date-time';
import { ZONE_CODES, zoneOffsetHours } from './zone';

const no = (rule: string) => E.left({ _tag: 'NotInstant', rule });
const at = (text: string): Instant => {
  const result = instant(text);
  if (E.isLeft(result)) throw new Error(result.left.rule);
  return result.right;
};
const local = (result: E.Either<unknown, LocalDateTime>): LocalDateTime => {
  if (E.isLeft(result)) throw new Error('not a local time');
  return result.right;
};
const LAST = '2105-12-31T23:59:59.999Z';
const zones = fc.constantFrom(...ZONE_CODES);

describe('an instant', () => {
  it.each(['2026-01-15T11:30:00.000Z', '1970-01-01T00:00:00.000Z', LAST])('%s is one', (text) => {
    expect(instant(text)).toEqual(E.right(text));
    expect(InstantCodec.decode(text)).toEqual(E.right(text));
  });

  it.each([
    ['2026-01-15T11:30:00Z', 'instant-text'],
    ['2026-01-15T11:30:00.000', 'instant-text'],
    ['2026-01-15T11:30:00.000+00:00', 'instant-text'],
    ['2026-01-15T11:30:00.0000Z', 'instant-text'],
    ['2026-01-15t11:30:00.000z', 'instant-text'],
    ['+002026-01-15T11:30:00.000Z', 'instant-text'],
    ['2026-01-15T11:30:00.000Z\n', 'instant-text'],
    ['', 'instant-text'],
    ['2026-01-15T24:00:00.000Z', 'real-moment'],
    ['2026-01-15T23:59:60.000Z', 'real-moment'],
    ['2026-02-29T00:00:00.000Z', 'real-moment'],
    ['1969-12-31T23:59:59.999Z', 'real-moment'],
    ['2106-01-01T00:00:00.000Z', 'real-moment'],
  ])('%j is refused: %s', (text, rule) => {
    expect(instant(text)).toEqual(no(rule));
    expect(InstantCodec.is(text)).toBe(false);
  });

  property.prop([fc.integer({ min: 0, max: Date.UTC(2106, 0) - 1 })])(
    'is so many milliseconds and back',
    (milliseconds) => {
      const moment = instantFromMilliseconds(milliseconds);
      expect(InstantCodec.is(moment)).toBe(true);
      expect(millisecondsOf(moment)).toBe(milliseconds);
    },
  );

  it.each([
    [-1, '1970-01-01T00:00:00.000Z'],
    [Number.NaN, '1970-01-01T00:00:00.000Z'],
    [1e300, LAST],
    [Number.POSITIVE_INFINITY, LAST],
    [1.9, '1970-01-01T00:00:00.001Z'],
  ])('%p milliseconds give %s', (milliseconds, text) => {
    expect(instantFromMilliseconds(milliseconds)).toBe(text);
  });
});

describe('instants and local times', () => {
  it('Moscow (zone 2) is three hours ahead', () => {
    expect(instantToLocal(at('2026-01-15T11:30:00.999Z'), 2)).toBe('2026-01-15T14:30:00');
    expect(localToInstant(local(localDateTime('2026-01-15T14:30:00')), 2)).toBe('2026-01-15T11:30:00.000Z');
  });

  it('the date of a document is that of its zone: new year comes first in Kamchatka', () => {
    expect(instantToLocal(at('2025-12-31T12:00:00.000Z'), 11)).toBe('2026-01-01T00:00:00');
    expect(instantToLocal(at('2025-12-31T12:00:00.000Z'), 1)).toBe('2025-12-31T14:00:00');
  });

  property.prop([fc.integer({ min: 12 * 3600, max: Math.floor(Date.UTC(2105, 11, 31) / 1000) }), zones])(
    'a local time is an instant and back',
    (seconds, zone) => {
      const moment = local(localFromUnix(seconds));
      const there = localToInstant(moment, zone);
      expect(millisecondsOf(there)).toBe((seconds - zoneOffsetHours(zone) * 3600) * 1000);
      expect(instantToLocal(there, zone)).toBe(moment);
    },
  );

  property.prop([fc.integer({ min: 0, max: Date.UTC(2106, 0) - 1 }), zones])(
    'every instant has a local time in every zone',
    (milliseconds, zone) => {
      const moment = instantToLocal(instantFromMilliseconds(milliseconds), zone);
      expect(LocalDateTimeCodec.is(moment)).toBe(true);
      expect(localToUnix(moment)).toBe(Math.floor(milliseconds / 1000) + zoneOffsetHours(zone) * 3600);
    },
  );

  property.prop([fc.integer({ min: 0, max: 2 ** 32 - 1 }), zones])(
    'every local time has an instant, at the ends the nearest one',
    (seconds, zone) => {
      expect(InstantCodec.is(localToInstant(local(localFromUnix(seconds)), zone))).toBe(true);
    },
  );
});
