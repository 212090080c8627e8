import type { AttemptEvent, Routed } from './events';
import type { AttemptState } from './state';

type Optional =
  | 'route'
  | 'postponed'
  | 'worker'
  | 'firstIntentAt'
  | 'lastIntentAt'
  | 'acknowledgedAt'
  | 'retryAt'
  | 'retryAfterMs'
  | 'handle'
  | 'payloadHash'
  | 'held';

/** A copy without the named facts: they spoke of what has ended. */
const without = (state: AttemptState, ...names: ReadonlyArray<Optional>): AttemptState => {
  const copy: { -readonly [K in keyof AttemptState]: AttemptState[K] } = { ...state };
  for (const name of names) delete copy[name];
  return copy;
};

/** A new key begins with a clean account: nothing was sent under it. */
const underNewKey = (state: AttemptState, data: Routed['data']): AttemptState => ({
  ...without(
    state,
    'firstIntentAt',
    'lastIntentAt',
    'acknowledgedAt',
    'retryAt',
    'retryAfterMs',
    'handle',
    'payloadHash',
    'held',
  ),
  phase: 'Ready',
  route: { deviceId: data.deviceId, domain: data.domain, key: data.key, traceTag: data.traceTag },
  generation: data.generation,
  open: 0,
  contentRefused: false,
});

/** One send is proved void. With none left unaccounted for, the horizon has nothing to measure. */
const voided = (state: AttemptState): AttemptState => {
  const open = Math.max(0, state.open - 1);
  return { ...(open === 0 ? without(state, 'firstIntentAt') : state), open, crashes: 0 };
};

/** Folds one event of the attempt. Total: every event is accepted in every state. */
export const evolveAttempt = (state: AttemptState, event: AttemptEvent): AttemptState => {
  switch (event.type) {
    case 'receipt.Enqueued':
      return { ...state, enqueued: true };
    case 'receipt.Postponed':
      return {
        ...state,
        postponed: {
          reason: event.data.reason,
          ...(event.data.until === undefined ? {} : { until: event.data.until }),
        },
      };
    case 'receipt.Resumed':
      return without(state, 'postponed');
    case 'receipt.Routed':
    case 'receipt.Rerouted':
      return underNewKey(state, event.data);
    case 'receipt.Rekeyed':
      return {
        ...underNewKey(state, event.data),
        amendments: event.data.content === undefined ? state.amendments : state.amendments + 1,
      };
    case 'receipt.SendIntended':
      return {
        ...without(state, 'retryAt', 'retryAfterMs', 'acknowledgedAt'),
        phase: 'Intended',
        open: state.open + 1,
        epoch: event.data.epoch,
        worker: event.data.worker,
        firstIntentAt: state.firstIntentAt ?? event.data.at,
        lastIntentAt: event.data.at,
        payloadHash: event.data.payloadHash,
        intendedInSlowStart: event.data.slowStart,
      };
    case 'receipt.Acknowledged':
      return {
        ...state,
        phase: 'Pending',
        acknowledgedAt: event.data.at,
        crashes: 0,
        ...(event.data.handle === undefined ? {} : { handle: event.data.handle }),
      };
    case 'receipt.SendVoided':
      return {
        ...voided(state),
        phase: 'Ready',
        retryAt: event.data.retryAt,
        retryAfterMs: event.data.retryAfterMs,
      };
    case 'receipt.OutcomeUnknown':
      return { ...without(state, 'acknowledgedAt'), phase: 'Unknown', crashes: 0 };
    case 'receipt.TakenOver':
      return {
        ...state,
        phase: 'Unknown',
        epoch: event.data.epoch,
        worker: event.data.by,
        crashes: event.data.crash ? state.crashes + 1 : state.crashes,
      };
    case 'receipt.Refused':
      return voided(state);
    case 'receipt.Held':
      return {
        ...state,
        phase: 'Held',
        held: {
          reason: event.data.reason,
          ...(event.data.code === undefined ? {} : { code: event.data.code }),
        },
      };
    case 'receipt.KeyRetired':
      return {
        ...without(state, 'held', 'firstIntentAt'),
        phase: 'Retired',
        // The provider remembers the key as failed, so a late arrival under it makes no document.
        open: 0,
        retirements: state.retirements + 1,
        contentRefused: event.data.because === 'content',
        crashes: 0,
      };
    case 'receipt.Released':
      return event.data.how === 'amended'
        ? {
            ...without(state, 'held', 'payloadHash', 'firstIntentAt'),
            phase: 'Ready',
            crashes: 0,
            amendments: state.amendments + 1,
          }
        : {
            ...without(state, 'held'),
            phase: 'Unknown',
            crashes: 0,
            // A person has looked: keys that failed before no longer count against the next one.
            retirements: 0,
            // Two persons have proved that nothing came of the earlier sends: the horizon is measured anew from their word.
            ...(event.data.secondBy === undefined ? {} : { firstIntentAt: event.data.at }),
          };
    case 'receipt.Fiscalized':
      return {
        ...without(state, 'held', 'postponed'),
        phase: 'Fiscalized',
        document: event.data.document,
        contentChecked: event.data.contentChecked,
      };
    case 'receipt.Disputed':
      return {
        ...without(state, 'held'),
        phase: 'Disputed',
        disputed: {
          found: [...(state.disputed?.found ?? []), event.data.document],
          differences: event.data.differences,
        },
      };
    case 'receipt.Compensated':
      return { ...state, compensatedBy: event.data.compensatingReceiptId };
    case 'receipt.DeadlineAlarmed':
      return { ...state, alarms: [...state.alarms, event.data.percent] };
    case 'receipt.Cancelled':
      return { ...without(state, 'held', 'postponed'), phase: 'Cancelled' };
  }
};
