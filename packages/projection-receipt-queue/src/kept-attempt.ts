import type { AttemptState } from '@cloud-kassa/core';

type Left =
  | 'route'
  | 'worker'
  | 'firstIntentAt'
  | 'lastIntentAt'
  | 'acknowledgedAt'
  | 'retryAfterMs'
  | 'handle'
  | 'payloadHash';

/** The attempt without what only those need who send: later events can be folded into it as into the whole. */
export type KeptAttempt = Omit<AttemptState, Left>;

export const keptAttempt = (attempt: AttemptState): KeptAttempt => {
  const {
    route: _route,
    worker: _worker,
    firstIntentAt: _firstIntentAt,
    lastIntentAt: _lastIntentAt,
    acknowledgedAt: _acknowledgedAt,
    retryAfterMs: _retryAfterMs,
    handle: _handle,
    payloadHash: _payloadHash,
    ...kept
  } = attempt;
  return kept;
};
