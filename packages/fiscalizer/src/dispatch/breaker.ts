import type { BreakerSettings } from '../settings';

/** Whether calls go out to one provider account: all of them, none, or one read to see whether it is back. */
export type BreakerMode = 'closed' | 'open' | 'probing';

/** The breaker of one provider account. Times are monotonic milliseconds of one process. */
export interface Breaker {
  readonly mode: BreakerMode;
  /** Recent calls, oldest first. */
  readonly calls: ReadonlyArray<{ readonly at: number; readonly failed: boolean }>;
  /** How often it has opened without closing in between. */
  readonly openings: number;
  readonly openUntil: number;
}

export const CLOSED_BREAKER: Breaker = { mode: 'closed', calls: [], openings: 0, openUntil: 0 };

const opened = (breaker: Breaker, settings: BreakerSettings, now: number): Breaker => ({
  mode: 'open',
  calls: [],
  openings: breaker.openings + 1,
  openUntil: now + Math.min(settings.openCapMs, settings.openMs * 2 ** Math.min(breaker.openings, 20)),
});

/**
 * Notes the outcome of a call. Only what speaks against the provider being up counts as failed: unknown outcomes and 5xx, never an
 * attributable refusal.
 */
export const noteCall = (
  breaker: Breaker,
  settings: BreakerSettings,
  now: number,
  failed: boolean,
): Breaker => {
  if (breaker.mode !== 'closed') return breaker;
  const calls = [...breaker.calls.filter(({ at }) => now - at < settings.spanMs), { at: now, failed }];
  const failures = calls.filter((call) => call.failed).length;
  return calls.length >= settings.minimumCalls && failures >= settings.failureShare * calls.length
    ? opened(breaker, settings, now)
    : { ...breaker, calls };
};

/** An open breaker whose pause is over lets one read through. */
export const beginProbe = (breaker: Breaker, now: number): Breaker =>
  breaker.mode === 'open' && now >= breaker.openUntil ? { ...breaker, mode: 'probing' } : breaker;

/** The probe was a read: success closes the breaker, failure opens it for longer. */
export const endProbe = (
  breaker: Breaker,
  settings: BreakerSettings,
  now: number,
  succeeded: boolean,
): Breaker => {
  if (breaker.mode !== 'probing') return breaker;
  return succeeded ? CLOSED_BREAKER : opened(breaker, settings, now);
};
