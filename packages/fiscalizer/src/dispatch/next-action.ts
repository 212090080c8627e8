import type { AttemptState, Receipt } from '@cloud-kassa/core';
import { ABSENT_TOLERANCE_MS, isHorizonPassed } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import type { Capabilities } from '@cloud-kassa/provider';
import type { FiscalizerSettings } from '../settings';

/** What a process knows of a receipt besides its events. All spans are on its own monotonic clock. */
export interface Outlook {
  readonly now: Instant;
  /** This process, in this life. */
  readonly worker: string;
  /** The name that stays over restarts. */
  readonly workerName: string;
  /** Since this process saw the receipt in its present state. */
  readonly sinceMs: number;
}

/** The next step of a receipt, and after how many milliseconds. `nothing` waits for somebody or something else. */
export type NextAction =
  | { readonly do: 'nothing' }
  | { readonly do: 'route'; readonly afterMs: number }
  | { readonly do: 'resume'; readonly afterMs: number }
  | { readonly do: 'send'; readonly afterMs: number }
  | { readonly do: 'ask'; readonly afterMs: number }
  | { readonly do: 'resend'; readonly afterMs: number }
  | { readonly do: 'give-up-waiting'; readonly afterMs: number }
  | {
      readonly do: 'take-over';
      readonly afterMs: number;
      readonly because: 'lease-ran-out' | 'worker-restarted';
    }
  | { readonly do: 'rekey'; readonly afterMs: number }
  | { readonly do: 'hold-for-horizon'; readonly afterMs: number }
  | { readonly do: 'hold-without-handle'; readonly afterMs: number };

const NOTHING: NextAction = { do: 'nothing' };

const ASK: NextAction = { do: 'ask', afterMs: 0 };

const until = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);

/** By the clocks by which the receipt itself judges: a wall clock that jumped back does not make a key young again. */
const isTooLate = (attempt: AttemptState, { now, sinceMs }: Outlook, { horizonMs }: Capabilities): boolean =>
  isHorizonPassed(attempt, { now, waitedMs: sinceMs }, horizonMs);

const rest = (spanMs: number, passedMs: number): number => Math.max(0, spanMs - passedMs);

const whenReady = (attempt: AttemptState, capabilities: Capabilities, outlook: Outlook): NextAction => {
  if (attempt.open > 0 && isTooLate(attempt, outlook, capabilities))
    return { do: 'hold-for-horizon', afterMs: 0 };
  if (attempt.retryAt === undefined) return { do: 'send', afterMs: 0 };
  const byWall = until(outlook.now, attempt.retryAt);
  const byMonotonic = rest(attempt.retryAfterMs ?? 0, outlook.sinceMs);
  return { do: 'send', afterMs: Math.max(0, Math.min(byWall, byMonotonic)) };
};

/** Another worker's intent is left to it for a lease; an own one without a task was given up by this very process. */
const whenIntended = (attempt: AttemptState, settings: FiscalizerSettings, outlook: Outlook): NextAction => {
  if (attempt.worker === outlook.worker) return NOTHING;
  const restarted = attempt.worker?.startsWith(`${outlook.workerName}/`) === true;
  return restarted
    ? { do: 'take-over', afterMs: 0, because: 'worker-restarted' }
    : { do: 'take-over', afterMs: rest(settings.leaseMs, outlook.sinceMs), because: 'lease-ran-out' };
};

const whenPending = (attempt: AttemptState, capabilities: Capabilities, outlook: Outlook): NextAction => {
  if (capabilities.askBy === 'key' || attempt.handle !== undefined) return ASK;
  const afterMs = rest(ABSENT_TOLERANCE_MS, outlook.sinceMs);
  return capabilities.askBy === 'resend'
    ? { do: 'give-up-waiting', afterMs }
    : { do: 'hold-without-handle', afterMs };
};

const whenUnknown = (
  attempt: AttemptState,
  capabilities: Capabilities,
  settings: FiscalizerSettings,
  outlook: Outlook,
): NextAction => {
  if (capabilities.askBy === 'key') return ASK;
  if (attempt.handle !== undefined) return ASK;
  if (capabilities.askBy === 'none') return { do: 'hold-without-handle', afterMs: 0 };
  if (isTooLate(attempt, outlook, capabilities)) return { do: 'hold-for-horizon', afterMs: 0 };
  return {
    do: 'resend',
    afterMs: rest(settings.quietMs, outlook.sinceMs),
  };
};

/**
 * The next step of a receipt as its events and one process's clocks have it. Pure: a successor that reads the same events comes to the
 * same step. Pauses between tries are the caller's. `capabilities` is that of the routed device's provider; before routing it is not looked at.
 */
export const nextAction = (
  receipt: Receipt,
  capabilities: Capabilities | undefined,
  settings: FiscalizerSettings,
  outlook: Outlook,
): NextAction => {
  const { attempt } = receipt;
  if (attempt.postponed !== undefined && (attempt.phase === 'Accepted' || attempt.phase === 'Ready'))
    return attempt.postponed.until === undefined
      ? NOTHING
      : { do: 'resume', afterMs: Math.max(0, until(outlook.now, attempt.postponed.until)) };
  if (attempt.phase === 'Accepted') return attempt.enqueued ? { do: 'route', afterMs: 0 } : NOTHING;
  if (attempt.phase === 'Retired') return { do: 'rekey', afterMs: 0 };
  if (attempt.phase === 'Intended') return whenIntended(attempt, settings, outlook);
  if (capabilities === undefined) return NOTHING;
  switch (attempt.phase) {
    case 'Ready':
      return whenReady(attempt, capabilities, outlook);
    case 'Pending':
      return whenPending(attempt, capabilities, outlook);
    case 'Unknown':
      return whenUnknown(attempt, capabilities, settings, outlook);
    case 'Held':
    case 'Fiscalized':
    case 'Cancelled':
    case 'Disputed':
      return NOTHING;
  }
};
