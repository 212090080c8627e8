import type { Breaker } from './breaker';
import { CLOSED_BREAKER, beginProbe, endProbe, noteCall } from './breaker';
import type { FiscalizerSettings } from '../settings';

/** What one call said about the provider being up. */
export type CallHealth = 'up' | 'down';

/**
 * Lets receipts of one device through to its provider: a bounded window, a breaker, and pauses that the provider asked for. One gate
 * per device, so that one bad device starves no other.
 */
export interface DeviceGate {
  /** A receipt is with the provider, or may be. */
  readonly enter: (receiptId: string, at: number) => void;
  readonly leave: (receiptId: string) => void;
  readonly maySend: (now: number) => boolean;
  /** Sends again what may be with the provider already: it has its place. */
  readonly maySendAgain: (now: number) => boolean;
  readonly mayAsk: (now: number) => boolean;
  readonly isUp: (now: number) => boolean;
  /** A call of this process begins or ends. */
  readonly calling: (what: 'send' | 'ask', delta: 1 | -1) => void;
  readonly note: (health: CallHealth, now: number) => void;
  readonly pause: (untilMonotonic: number) => void;
  /** When something may change without an event: the end of a pause or of the breaker's wait. */
  readonly nextAt: (now: number) => number | undefined;
  /** Whether the breaker is to be probed by a read now; the caller tells the outcome. */
  readonly beginProbe: (now: number) => boolean;
  readonly endProbe: (succeeded: boolean, now: number) => void;
  /** Slow start: one receipt at a time after a crash, twice as many after every success. */
  readonly slowStart: () => void;
  readonly isSlow: () => boolean;
  readonly succeeded: () => void;
  readonly inFlight: () => number;
}

export const deviceGate = (settings: FiscalizerSettings): DeviceGate => {
  const inFlight = new Map<string, number>();
  let breaker: Breaker = CLOSED_BREAKER;
  let pausedUntil = 0;
  const calls = { send: 0, ask: 0 };
  let window = settings.window;

  const counted = (now: number): number => {
    let count = 0;
    for (const at of inFlight.values()) if (now - at < settings.stuckAfterMs) count += 1;
    return count;
  };

  const isOpenTo = (now: number): boolean => breaker.mode === 'closed' && now >= pausedUntil;

  return {
    enter: (receiptId, at) => {
      if (!inFlight.has(receiptId)) inFlight.set(receiptId, at);
    },
    leave: (receiptId) => {
      inFlight.delete(receiptId);
    },
    maySend: (now) => isOpenTo(now) && calls.send < window && counted(now) < window,
    maySendAgain: (now) => isOpenTo(now) && calls.send < window,
    // An ask may end in a send: in slow start there is one at a time of both.
    mayAsk: (now) => isOpenTo(now) && calls.ask < Math.min(settings.asksPerDevice, window),
    isUp: isOpenTo,
    calling: (what, delta) => {
      calls[what] += delta;
    },
    note: (health, now) => {
      breaker = noteCall(breaker, settings.breaker, now, health === 'down');
    },
    pause: (untilMonotonic) => {
      pausedUntil = Math.max(pausedUntil, untilMonotonic);
    },
    nextAt: (now) => {
      if (breaker.mode === 'open') return breaker.openUntil;
      return pausedUntil > now ? pausedUntil : undefined;
    },
    beginProbe: (now) => {
      const before = breaker;
      breaker = beginProbe(breaker, now);
      return breaker !== before;
    },
    endProbe: (succeeded, now) => {
      breaker = endProbe(breaker, settings.breaker, now, succeeded);
    },
    slowStart: () => {
      window = 1;
    },
    isSlow: () => window === 1 && settings.window > 1,
    succeeded: () => {
      window = Math.min(settings.window, window * 2);
    },
    inFlight: () => inFlight.size,
  };
};
