import type { HoldReason } from '@cloud-kassa/core';
import { MAXIMUM_RETIREMENTS, POISON_CRASHES } from '@cloud-kassa/core';
import type { OpenAttempt, ReceiptTrail } from './receipt-trail';

interface Held {
  readonly trail: ReceiptTrail;
  readonly attempt: OpenAttempt;
  /** The type of the event before, if it stands in the same command. */
  readonly behind: string | undefined;
}

/** When a receipt may be held for a reason (attempt protocol, rows 8, 9, 13, 22, 28, 43 and 45). */
export const HOLD_GUARDS: Readonly<Record<HoldReason, (held: Held) => boolean>> = {
  invalid: ({ behind }) => behind === 'receipt.Refused',
  poison: ({ attempt, behind }) => behind === 'receipt.TakenOver' && attempt.crashes >= POISON_CRASHES,
  horizon: ({ trail, attempt }) => (trail.phase === 'Ready' || trail.phase === 'Unknown') && attempt.open > 0,
  ambiguous: ({ trail }) => trail.phase === 'Unknown' || trail.phase === 'Pending',
  'no-handle': ({ trail }) => trail.phase === 'Unknown' || trail.phase === 'Pending',
  rejected: ({ trail, attempt }) => trail.phase === 'Retired' && attempt.contentRefused,
  exhausted: ({ trail, attempt }) =>
    trail.phase === 'Retired' && !attempt.contentRefused && attempt.retirements > MAXIMUM_RETIREMENTS,
};
