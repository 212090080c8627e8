import type { BreakerSettings } from '../settings';

/** Whether calls go out to one provider account: all of them, none, or one read to see whether it is back. */
export type BreakerMode = 'closed' | 'open' | 'probing';

/** The calls of a part of the span. */
interface SpanPart {
  readonly from: number;
  readonly calls: number;
  readonly failures: number;
}

/** The breaker of one provider account. Times are monotonic milliseconds of one process. */
export interface Breaker {
  readonly mode: BreakerMode;
  /** Recent calls, oldest first: as many entries as a span has parts, however many calls there are. */
  readonly parts: ReadonlyArray<SpanPart>;
  /** How often it has opened without closing in between. */
  readonly openings: number;
  readonly openUntil: number;
}

export const CLOSED_BREAKER: Breaker = { mode: 'closed', parts: [], openings: 0, openUntil: 0 };

const opened = (breaker: Breaker, settings: BreakerSettings, now: number): Breaker => ({
  mode: 'open',
  parts: [],
  openings: breaker.openings + 1,
  openUntil: now + Math.min(settings.openCapMs, settings.openMs * 2 ** Math.min(breaker.openings, 20)),
});

/** A span is counted in so many parts. */
const PARTS = 30;

/** The parts with one more call. A part counts until all of it is older than the span. */
const withCall = (
  parts: ReadonlyArray<SpanPart>,
  { spanMs }: BreakerSettings,
  now: number,
  failed: boolean,
): ReadonlyArray<SpanPart> => {
  const width = spanMs / PARTS;
  const recent = parts.filter(({ from }) => now - from < spanMs + width);
  const failures = failed ? 1 : 0;
  const last = recent.at(-1);
  return last !== undefined && now - last.from < width
    ? [...recent.slice(0, -1), { ...last, calls: last.calls + 1, failures: last.failures + failures }]
    : [...recent, { from: now, calls: 1, failures }];
};

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
  const parts = withCall(breaker.parts, settings, now, failed);
  let calls = 0;
  let failures = 0;
  for (const part of parts) {
    calls += part.calls;
    failures += part.failures;
  }
  return calls >= settings.minimumCalls && failures >= settings.failureShare * calls
    ? opened(breaker, settings, now)
    : { ...breaker, parts };
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
