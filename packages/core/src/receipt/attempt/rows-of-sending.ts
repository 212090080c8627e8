import type { TakenOver } from './events';
import type { Implementation } from './implementation';
import { implement } from './implementation';
import type { AttemptState } from './state';
import { POISON_CRASHES } from './state';
import type { Decision, TriggerData } from './step';
import {
  differencesOf,
  disputed,
  events,
  failed,
  fiscalized,
  isHorizonPassed,
  refuse,
  routed,
  waited,
  withRoute,
} from './step';

const intended = (state: AttemptState, data: TriggerData['intend']): Decision =>
  withRoute(state, (route) =>
    state.payloadHash !== undefined && state.payloadHash !== data.payloadHash
      ? refuse('payload-changed', 'payloadHash')
      : events({
          type: 'receipt.SendIntended',
          data: {
            at: data.now,
            key: route.key,
            payloadHash: data.payloadHash,
            epoch: state.epoch + 1,
            worker: data.worker,
            slowStart: data.slowStart,
          },
        }),
  );

const staleEpoch = (state: AttemptState): Decision =>
  refuse('stale-epoch', 'epoch', { current: state.epoch });

/** A worker that decided on an older view would send something else, or somewhere else, than the stream says. */
const seenOtherwise = (state: AttemptState, data: TriggerData['intend']): Decision | undefined => {
  if (state.epoch !== data.epoch) return staleEpoch(state);
  if (state.route?.key !== data.key) return refuse('stale-key', 'key');
  return state.amendments === data.amendments ? undefined : refuse('payload-changed', 'amendments');
};

/** An outcome is recorded only for the send it belongs to: after a take-over it speaks of a send that others account for. */
const ofThisEpoch = (state: AttemptState, epoch: number, then: () => Decision): Decision =>
  state.epoch === epoch ? then() : staleEpoch(state);

const acknowledged = (
  data: TriggerData['send:accepted' | 'send:exists' | 'send:final'],
  duplicate: boolean,
) =>
  ({
    type: 'receipt.Acknowledged',
    data: {
      at: data.now,
      duplicate,
      ...(data.outcome.handle === undefined ? {} : { handle: data.outcome.handle }),
    },
  }) as const;

/** A crash counts only where the receipt was alone in flight: in slow start, and the worker itself came back from the dead. */
const isCrash = (state: AttemptState, data: TriggerData['take-over']): boolean =>
  state.intendedInSlowStart && data.because === 'worker-restarted';

const takenOver = (state: AttemptState, data: TriggerData['take-over']): TakenOver => ({
  type: 'receipt.TakenOver',
  data: {
    at: data.now,
    epoch: state.epoch + 1,
    by: data.by,
    because: data.because,
    crash: isCrash(state, data),
  },
});

/** Rows 1, 3 to 5, 9 to 17, 23 and 41: from the queue to the provider. */
export const ROWS_OF_SENDING: ReadonlyArray<Implementation> = [
  implement(1, 'route', (state, data, context) => {
    if (!state.enqueued) return refuse('not-enqueued', 'phase');
    if (state.postponed !== undefined)
      return refuse('postponed', 'phase', { reason: state.postponed.reason });
    return events({ type: 'receipt.Routed', data: routed(context, data, 0) });
  }),
  implement(3, 'intend', (state, data) => {
    const seen = seenOtherwise(state, data);
    if (seen !== undefined) return seen;
    if (state.postponed !== undefined)
      return refuse('postponed', 'phase', { reason: state.postponed.reason });
    const due =
      state.retryAt === undefined || data.now >= state.retryAt || data.waitedMs >= (state.retryAfterMs ?? 0);
    if (!due) return refuse('retry-not-due', 'retryAt');
    if (data.parents === 'waiting') return refuse('parents-waiting', 'parents');
    if (isHorizonPassed(state, data, data.horizonMs)) return refuse('horizon-passed', 'firstIntentAt');
    return intended(state, data);
  }),
  implement(4, 'failover', (state, data, context) =>
    state.open > 0
      ? refuse('sends-unaccounted-for', 'open', { open: state.open })
      : events({ type: 'receipt.Rerouted', data: routed(context, data, state.generation + 1) }),
  ),
  implement(5, 'failover', (state) => refuse('sends-unaccounted-for', 'open', { open: state.open })),
  implement(9, 'take-over', (state, data) =>
    ofThisEpoch(state, data.epoch, () =>
      isCrash(state, data) && state.crashes + 1 >= POISON_CRASHES
        ? events(takenOver(state, data), { type: 'receipt.Held', data: { at: data.now, reason: 'poison' } })
        : refuse('transition-forbidden', 'phase', { state: state.phase, event: 'take-over' }),
    ),
  ),
  implement(10, 'send:accepted', (state, data) =>
    ofThisEpoch(state, data.epoch, () => events(acknowledged(data, false))),
  ),
  implement(11, 'send:exists', (state, data) =>
    ofThisEpoch(state, data.epoch, () => events(acknowledged(data, true))),
  ),
  implement(12, 'send:final', (state, data, context) =>
    ofThisEpoch(state, data.epoch, () => {
      const { result } = data.outcome;
      return result.kind === 'done' && differencesOf(context, result).length === 0
        ? events(fiscalized(result, data.now))
        : refuse('transition-forbidden', 'outcome', { state: state.phase, event: 'send:final' });
    }),
  ),
  implement(41, 'send:final', (state, data, context) =>
    ofThisEpoch(state, data.epoch, () => {
      const { result } = data.outcome;
      const conclusion =
        result.kind === 'done'
          ? disputed(result, differencesOf(context, result), data.now)
          : failed(state, result, data.now);
      return events(acknowledged(data, false), conclusion);
    }),
  ),
  implement(13, 'send:refused-invalid', (state, data) =>
    ofThisEpoch(state, data.epoch, () => {
      const { note } = data.outcome;
      return events(
        { type: 'receipt.Refused', data: { at: data.now, epoch: data.epoch, note } },
        {
          type: 'receipt.Held',
          data: { at: data.now, reason: 'invalid', ...(note.code === undefined ? {} : { code: note.code }) },
        },
      );
    }),
  ),
  implement(14, 'send:refused-later', (state, data) =>
    ofThisEpoch(state, data.epoch, () => {
      const { note, retryAt, retryAfterMs } = data.outcome;
      return events({
        type: 'receipt.SendVoided',
        data: { at: data.now, epoch: data.epoch, why: 'refused-later', note, retryAt, retryAfterMs },
      });
    }),
  ),
  implement(15, 'send:not-sent', (state, data) =>
    ofThisEpoch(state, data.epoch, () => {
      const { why, retryAt, retryAfterMs } = data.outcome;
      return events({
        type: 'receipt.SendVoided',
        data: { at: data.now, epoch: data.epoch, why, retryAt, retryAfterMs },
      });
    }),
  ),
  implement(16, 'send:unknown', (state, data) =>
    ofThisEpoch(state, data.epoch, () => {
      const { why, note } = data.outcome;
      return events({
        type: 'receipt.OutcomeUnknown',
        data: { at: data.now, why, ...(note === undefined ? {} : { note }) },
      });
    }),
  ),
  implement(17, 'take-over', (state, data) =>
    ofThisEpoch(state, data.epoch, () => events(takenOver(state, data))),
  ),
  implement(23, 'intend', (state, data) => {
    const seen = seenOtherwise(state, data);
    if (seen !== undefined) return seen;
    if (data.evidence === undefined) return refuse('evidence-missing', 'evidence');
    if (waited(state.lastIntentAt, data) < data.quietMs) return refuse('quiet-period', 'lastIntentAt');
    if (isHorizonPassed(state, data, data.horizonMs)) return refuse('horizon-passed', 'firstIntentAt');
    return intended(state, data);
  }),
];
