import type { AskAnswer, SendAnswer } from '@cloud-kassa/provider';
import { askOutcomeOf, healthOf, notMade, sendOutcomeOf } from './outcome-of';
import { NOW } from '../receipt.testing';

const document = { fn: '9999078900000001', fd: 5, fp: 1 };

describe('what an answer proves', () => {
  it.each<readonly [SendAnswer, string, 'up' | 'down']>([
    [{ _tag: 'Accepted', handle: 'h' }, 'accepted', 'up'],
    [{ _tag: 'Exists' }, 'exists', 'up'],
    [{ _tag: 'Final', answer: { _tag: 'Done', document } }, 'final', 'up'],
    [{ _tag: 'RefusedInvalid', note: { status: 400 } }, 'refused-invalid', 'up'],
    [
      { _tag: 'RefusedLater', note: { status: 503 }, scope: 'receipt', retryAfterMs: 5_000 },
      'refused-later',
      'up',
    ],
    [{ _tag: 'NotSent', why: 'refused' }, 'not-sent', 'down'],
    [{ _tag: 'Unknown', why: 'timeout' }, 'unknown', 'down'],
  ])('%j', (answer, kind, health) => {
    expect(sendOutcomeOf(answer, NOW, 1_000).kind).toBe(kind);
    expect(healthOf(answer)).toBe(health);
  });

  it('a pause is the provider’s own where it named one, and a whole number of milliseconds', () => {
    const told = sendOutcomeOf(
      { _tag: 'RefusedLater', note: {}, scope: 'receipt', retryAfterMs: 90_000.5 },
      NOW,
      1_000,
    );
    expect(told).toMatchObject({ retryAfterMs: 90_001, retryAt: '2026-03-02T09:01:30.000Z' });
    expect(notMade('lease-short', NOW, 1_000)).toEqual({
      kind: 'not-sent',
      why: 'lease-short',
      retryAt: '2026-03-02T09:00:01.000Z',
      retryAfterMs: 1_000,
    });
  });

  it('an expired receipt was never made and is remembered: proved failed', () => {
    expect(askOutcomeOf({ _tag: 'Expired', note: { status: 524 } })).toEqual({
      kind: 'final',
      result: { kind: 'failed', proof: 'proved', because: 'other', note: { status: 524 } },
    });
  });

  it.each<readonly [AskAnswer, string]>([
    [{ _tag: 'Waiting' }, 'waiting'],
    [{ _tag: 'Absent' }, 'absent'],
    [{ _tag: 'Unavailable', scope: 'receipt' }, 'unavailable'],
    [{ _tag: 'Final', answer: { _tag: 'Failed', proof: 'ambiguous', because: 'other', note: {} } }, 'final'],
  ])('%j', (answer, kind) => {
    expect(askOutcomeOf(answer).kind).toBe(kind);
  });

  it('an account that is throttled speaks for a provider that is up', () => {
    expect(healthOf({ _tag: 'Unavailable', scope: 'account' })).toBe('up');
    expect(healthOf({ _tag: 'Unavailable', scope: 'receipt' })).toBe('down');
  });
});
