import type { Random } from '@cloud-kassa/runtime';

/** What can happen to one call between a worker and a provider. */
export type CallFate =
  | 'ok'
  | 'not-sent'
  | 'request-lost'
  | 'request-late'
  | 'answer-lost'
  | 'server-error-before'
  | 'server-error-after'
  | 'unreadable-answer'
  | 'busy'
  | 'throttled-account'
  | 'proxy-duplicates'
  | 'slow';

export const CALL_FATES: ReadonlyArray<Exclude<CallFate, 'ok'>> = [
  'not-sent',
  'request-lost',
  'request-late',
  'answer-lost',
  'server-error-before',
  'server-error-after',
  'unreadable-answer',
  'busy',
  'throttled-account',
  'proxy-duplicates',
  'slow',
];

/** Everything that goes wrong in one simulated history: which kinds, and how often. Drawn anew for every seed. */
export interface FaultPlan {
  /** Chance of each fate per call; kinds that are switched off are absent. */
  readonly calls: Readonly<Partial<Record<CallFate, number>>>;
  /** Chances per append. */
  readonly storeUnavailable: number;
  readonly storeTimeoutApplied: number;
  readonly storeTimeoutNotApplied: number;
  /** A read that is older than the truth: the provider says "absent" though it has the receipt. */
  readonly staleAsk: number;
  /** Mean milliseconds between events of these kinds; `undefined` = never. */
  readonly crashEvery: number | undefined;
  readonly suspendEvery: number | undefined;
  /** Chances per send that the worker dies, or is suspended, while its request is under way. */
  readonly crashInCall: number;
  readonly suspendInCall: number;
  readonly clockJumpEvery: number | undefined;
  readonly outageEvery: number | undefined;
  /** A replica of the provider lags: it knows nothing of what it was given. */
  readonly lagEvery: number | undefined;
  readonly webhookEvery: number | undefined;
  /** Somebody tries to cancel a receipt that is under way. */
  readonly cancelEvery: number | undefined;
  /** Chances per document, inside the registers. */
  readonly failsBeforeSigning: number;
  readonly failsAfterSigning: number;
  readonly queueTimeout: number;
  /** Chance that the provider refuses the content of a receipt. */
  readonly contentRefused: number;
  /** Chance that no device can take a receipt. */
  readonly noDevice: number;
}

const CALM: FaultPlan = {
  calls: {},
  storeUnavailable: 0,
  storeTimeoutApplied: 0,
  storeTimeoutNotApplied: 0,
  staleAsk: 0,
  crashEvery: undefined,
  suspendEvery: undefined,
  crashInCall: 0,
  suspendInCall: 0,
  clockJumpEvery: undefined,
  outageEvery: undefined,
  lagEvery: undefined,
  webhookEvery: undefined,
  cancelEvery: undefined,
  failsBeforeSigning: 0,
  failsAfterSigning: 0,
  queueTimeout: 0,
  contentRefused: 0,
  noDevice: 0,
};

export const noFaults = (): FaultPlan => CALM;

const MINUTE = 60_000;

/**
 * Swarm testing: each kind of fault is switched on with even odds and gets a rate of its own. Histories in which some faults never happen
 * find mistakes that an even mixture hides.
 */
export const drawFaultPlan = (random: Random): FaultPlan => {
  const often = (ceiling: number): number => (random.next() < 0.5 ? 0 : random.next() * ceiling);
  const every = (least: number, most: number): number | undefined =>
    random.next() < 0.5 ? undefined : least + random.next() * (most - least);
  const calls: Partial<Record<CallFate, number>> = {};
  for (const fate of CALL_FATES) if (random.next() < 0.5) calls[fate] = random.next() * 0.15;
  return {
    calls,
    storeUnavailable: often(0.05),
    storeTimeoutApplied: often(0.08),
    storeTimeoutNotApplied: often(0.08),
    staleAsk: often(0.2),
    crashEvery: every(2 * MINUTE, 40 * MINUTE),
    crashInCall: often(0.08),
    suspendInCall: often(0.08),
    suspendEvery: every(5 * MINUTE, 60 * MINUTE),
    clockJumpEvery: every(20 * MINUTE, 120 * MINUTE),
    outageEvery: every(20 * MINUTE, 120 * MINUTE),
    lagEvery: every(20 * MINUTE, 120 * MINUTE),
    webhookEvery: every(MINUTE, 20 * MINUTE),
    cancelEvery: every(2 * MINUTE, 20 * MINUTE),
    failsBeforeSigning: often(0.1),
    failsAfterSigning: often(0.1),
    queueTimeout: often(0.1),
    contentRefused: often(0.1),
    noDevice: often(0.1),
  };
};

/** Draws the fate of one call. */
export const drawFate = (plan: FaultPlan, random: Random): CallFate => {
  let left = random.next();
  for (const [fate, chance] of Object.entries(plan.calls)) {
    left -= chance;
    if (left < 0) return fate as CallFate;
  }
  return 'ok';
};
