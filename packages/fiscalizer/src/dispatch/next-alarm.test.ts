import type { Instant } from '@cloud-kassa/ffd';
import { nextAlarm } from './next-alarm';
import { registered, withAttempt } from '../receipt.testing';

const receipt = registered('2026-03-02T19:00:00.000Z' as Instant);
const at = (time: string): Instant => `2026-03-02T${time}:00.000Z` as Instant;
const MINUTE = 60_000;

describe('alarms of the legal deadline (50, 80 and 100 percent)', () => {
  it('come one after the other', () => {
    expect(nextAlarm(receipt, at('09:00'))).toEqual({ percent: 50, afterMs: 300 * MINUTE });
    expect(nextAlarm(receipt, at('14:00'))).toEqual({ percent: 50, afterMs: 0 });
    expect(nextAlarm(withAttempt(receipt, { alarms: [50] }), at('14:00'))).toEqual({
      percent: 80,
      afterMs: 180 * MINUTE,
    });
    expect(nextAlarm(withAttempt(receipt, { alarms: [50, 80] }), at('18:00'))).toEqual({
      percent: 100,
      afterMs: 60 * MINUTE,
    });
  });

  it('tell only the latest when several are overdue, and nothing after the last', () => {
    expect(nextAlarm(receipt, at('20:00'))).toEqual({ percent: 100, afterMs: 0 });
    expect(nextAlarm(withAttempt(receipt, { alarms: [100] }), at('20:00'))).toBeUndefined();
  });
});
