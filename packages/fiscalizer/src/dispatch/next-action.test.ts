import type { AttemptState } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import type { AskBy, Capabilities } from '@cloud-kassa/provider';
import type { NextAction, Outlook } from './next-action';
import { nextAction } from './next-action';
import { NOW, registered, withAttempt } from '../receipt.testing';
import { DEFAULT_SETTINGS } from '../settings';

const HOUR = 3_600_000;
const route = { deviceId: 'device-1', domain: 'domain-1', key: 'key-1', traceTag: 'tag' };

const capable = (askBy: AskBy): Capabilities => ({ askBy, horizonMs: 24 * HOUR, returnsContent: true });

const next = (
  attempt: Partial<AttemptState>,
  askBy: AskBy = 'key',
  outlook: Partial<Outlook> = {},
): NextAction =>
  nextAction(withAttempt(registered(), attempt), capable(askBy), DEFAULT_SETTINGS, {
    now: NOW,
    worker: 'worker/2',
    workerName: 'worker',
    sinceMs: 0,
    ...outlook,
  });

describe('next step of a receipt', () => {
  it('nothing before it is enqueued, then routing', () => {
    expect(next({ enqueued: false })).toEqual({ do: 'nothing' });
    expect(next({ enqueued: true })).toEqual({ do: 'route', afterMs: 0 });
  });

  it('a postponed receipt waits for its moment, or for somebody', () => {
    const until = '2026-03-02T09:05:00.000Z' as Instant;
    expect(next({ enqueued: true, postponed: { reason: 'no-device', until } })).toEqual({
      do: 'resume',
      afterMs: 300_000,
    });
    expect(next({ enqueued: true, postponed: { reason: 'by-hand' } })).toEqual({ do: 'nothing' });
  });

  it('a ready receipt is sent at once, or when its pause is over by either clock', () => {
    const retry = { retryAt: '2026-03-02T09:01:00.000Z' as Instant, retryAfterMs: 60_000 };
    expect(next({ phase: 'Ready', route })).toEqual({ do: 'send', afterMs: 0 });
    expect(next({ phase: 'Ready', route, ...retry })).toEqual({ do: 'send', afterMs: 60_000 });
    // The wall clock jumped three hours back: the monotonic one still ends the pause.
    expect(
      next({ phase: 'Ready', route, ...retry }, 'key', {
        now: '2026-03-02T06:00:00.000Z' as Instant,
        sinceMs: 60_000,
      }),
    ).toEqual({
      do: 'send',
      afterMs: 0,
    });
  });

  it('row 8: a wall clock that jumped back does not make a key young again, once the process itself has waited the horizon', () => {
    const jumped = { now: '2026-03-01T08:00:00.000Z' as Instant, sinceMs: 24 * HOUR };
    const attempt = { route, open: 1, firstIntentAt: '2026-03-02T08:00:00.000Z' as Instant };
    for (const [phase, askBy] of [
      ['Ready', 'key'],
      ['Unknown', 'resend'],
    ] as const)
      expect(next({ ...attempt, phase }, askBy, jumped)).toEqual({ do: 'hold-for-horizon', afterMs: 0 });
  });

  it('row 8: past the horizon a ready receipt with sends unaccounted for is held, one without is sent', () => {
    const old = { firstIntentAt: '2026-03-01T08:00:00.000Z' as Instant };
    expect(next({ phase: 'Ready', route, open: 1, ...old })).toEqual({ do: 'hold-for-horizon', afterMs: 0 });
    expect(next({ phase: 'Ready', route, open: 0 })).toEqual({ do: 'send', afterMs: 0 });
  });

  it('row 17: another worker’s intent is left to it for a lease; that of an earlier life of this worker is taken over at once', () => {
    expect(next({ phase: 'Intended', route, worker: 'other/1' }, 'key', { sinceMs: 10_000 })).toEqual({
      do: 'take-over',
      afterMs: DEFAULT_SETTINGS.leaseMs - 10_000,
      because: 'lease-ran-out',
    });
    expect(next({ phase: 'Intended', route, worker: 'worker/1' })).toEqual({
      do: 'take-over',
      afterMs: 0,
      because: 'worker-restarted',
    });
    expect(next({ phase: 'Intended', route, worker: 'worker/2' })).toEqual({ do: 'nothing' });
    // A worker whose name only begins alike is another one.
    expect(next({ phase: 'Intended', route, worker: 'worker2/1' }).do).toBe('take-over');
    expect(next({ phase: 'Intended', route, worker: 'worker2/1' })).toMatchObject({
      because: 'lease-ran-out',
    });
  });

  it('class A asks by key in Pending and Unknown', () => {
    expect(next({ phase: 'Pending', route })).toEqual({ do: 'ask', afterMs: 0 });
    expect(next({ phase: 'Unknown', route })).toEqual({ do: 'ask', afterMs: 0 });
  });

  it('class B sends again after the quiet period: that is its ask; with a handle it reads', () => {
    expect(next({ phase: 'Unknown', route }, 'resend', { sinceMs: 20_000 })).toEqual({
      do: 'resend',
      afterMs: DEFAULT_SETTINGS.quietMs - 20_000,
    });
    expect(next({ phase: 'Unknown', route, handle: 'h' }, 'resend')).toEqual({ do: 'ask', afterMs: 0 });
    expect(next({ phase: 'Pending', route, handle: 'h' }, 'resend')).toEqual({ do: 'ask', afterMs: 0 });
    expect(next({ phase: 'Pending', route }, 'resend')).toEqual({
      do: 'give-up-waiting',
      afterMs: 15 * 60_000,
    });
    expect(
      next({ phase: 'Unknown', route, firstIntentAt: '2026-03-01T08:00:00.000Z' as Instant }, 'resend'),
    ).toEqual({
      do: 'hold-for-horizon',
      afterMs: 0,
    });
  });

  it('class C without a handle waits fifteen minutes for a callback, then a person is called', () => {
    expect(next({ phase: 'Pending', route }, 'handle', { sinceMs: 60_000 })).toEqual({
      do: 'hold-without-handle',
      afterMs: 14 * 60_000,
    });
    expect(next({ phase: 'Unknown', route }, 'handle').do).toBe('resend');
  });

  it('class D is never sent again after doubt', () => {
    expect(next({ phase: 'Unknown', route }, 'none')).toEqual({ do: 'hold-without-handle', afterMs: 0 });
  });

  it('a retired key is replaced; what is final or held waits for nobody but people', () => {
    expect(next({ phase: 'Retired', route })).toEqual({ do: 'rekey', afterMs: 0 });
    for (const phase of ['Held', 'Fiscalized', 'Cancelled', 'Disputed'] as const)
      expect(next({ phase, route })).toEqual({ do: 'nothing' });
  });

  it('a device that is not known here is left alone', () => {
    const receipt = withAttempt(registered(), { phase: 'Ready', route });
    const outlook = { now: NOW, worker: 'worker/2', workerName: 'worker', sinceMs: 0 };
    expect(nextAction(receipt, undefined, DEFAULT_SETTINGS, outlook)).toEqual({ do: 'nothing' });
  });
});
