import type { Implementation } from './implementation';
import { implement } from './implementation';
import { isSameDocument } from '../document';
import type { AttemptState } from './state';
import { ABSENT_TOLERANCE_MS } from './state';
import type { AttemptContext, Decision, TriggerData } from './step';
import { differencesOf, disputed, events, failed, fiscalized, nothing, refuse, waited } from './step';

type Done = TriggerData['ask:done'];

/** An answer counts only for the current key: an old key was retired or left behind with nothing unaccounted for. */
const ofThisKey = (state: AttemptState, key: string, then: () => Decision): Decision =>
  state.route?.key === key ? then() : refuse('stale-key', 'key');

/** That a key has failed says nothing about a send made after the question. */
const ofThisSend = (
  state: AttemptState,
  data: TriggerData['ask:failed-proved'],
  then: () => Decision,
): Decision =>
  ofThisKey(state, data.key, () =>
    state.epoch === data.epoch ? then() : refuse('stale-epoch', 'epoch', { current: state.epoch }),
  );

const matching = (state: AttemptState, data: Done, context: AttemptContext): Decision =>
  ofThisKey(state, data.key, () =>
    differencesOf(context, data.outcome.result).length === 0
      ? events(fiscalized(data.outcome.result, data.now))
      : refuse('transition-forbidden', 'outcome', { state: state.phase, event: 'ask:done' }),
  );

const differing = (state: AttemptState, data: Done, context: AttemptContext): Decision =>
  ofThisKey(state, data.key, () =>
    events(disputed(data.outcome.result, differencesOf(context, data.outcome.result), data.now)),
  );

/** Rows 18 to 22, 24 to 26, 34 to 37, 40, 45 and 46: what the provider says. */
export const ROWS_OF_ASKING: ReadonlyArray<Implementation> = [
  implement(18, 'ask:waiting', (state, data) =>
    ofThisKey(state, data.key, () =>
      events({
        type: 'receipt.Acknowledged',
        data: {
          at: data.now,
          duplicate: false,
          ...(data.outcome.handle === undefined ? {} : { handle: data.outcome.handle }),
        },
      }),
    ),
  ),
  implement(19, 'ask:done', matching),
  implement(20, 'ask:done', differing),
  implement(21, 'ask:failed-proved', (state, data) =>
    ofThisSend(state, data, () => events(failed(state, data.outcome.result, data.now))),
  ),
  implement(22, 'ask:failed-ambiguous', (state, data) =>
    ofThisSend(state, data, () => events(failed(state, data.outcome.result, data.now))),
  ),
  implement(24, 'ask:absent', (state, data) =>
    ofThisKey(state, data.key, () =>
      waited(state.acknowledgedAt, data) < ABSENT_TOLERANCE_MS
        ? nothing
        : refuse('transition-forbidden', 'phase', { state: state.phase, event: 'ask:absent' }),
    ),
  ),
  implement(25, 'ask:absent', (state, data) =>
    ofThisKey(state, data.key, () =>
      events({ type: 'receipt.OutcomeUnknown', data: { at: data.now, why: 'vanished' } }),
    ),
  ),
  implement(26, 'ask:unavailable', (state, data) => ofThisKey(state, data.key, () => nothing)),
  implement(34, 'ask:done', matching),
  implement(46, 'ask:done', differing),
  implement(35, 'webhook', () => nothing),
  implement(36, 'ask:done', (state, data) =>
    state.document !== undefined && isSameDocument(state.document, data.outcome.result.document)
      ? nothing
      : refuse('transition-forbidden', 'document', { state: state.phase, event: 'ask:done' }),
  ),
  implement(37, 'ask:done', (state, data) =>
    events(
      disputed(
        data.outcome.result,
        [state.phase === 'Cancelled' ? 'document-after-cancel' : 'second-document'],
        data.now,
      ),
    ),
  ),
  implement(40, 'ask:waiting', (state, data) => ofThisKey(state, data.key, () => nothing)),
  implement(45, 'no-way-to-ask', (state, data) =>
    state.phase === 'Pending' &&
    (state.handle !== undefined || waited(state.acknowledgedAt, data) < ABSENT_TOLERANCE_MS)
      ? refuse('handle-expected', 'handle')
      : events({
          type: 'receipt.Held',
          data: {
            at: data.now,
            reason: 'no-handle',
            ...(data.code === undefined ? {} : { code: data.code }),
          },
        }),
  ),
];
