import * as E from 'fp-ts/Either';
import { ALARM_PERCENTS } from '../../policy/deadline-alarms';
import { sameValue } from '../../same-value';
import type { AdmissionFacts } from '../facts';
import type { ReceiptContent } from '../content';
import type { FiscalDocument } from '../document';
import { isSameDocument } from '../document';
import { admitReceipt } from '../rules/admit-receipt';
import type { NoDocumentEvidence } from './events';
import type { HoldReason } from './phase';
import type { Implementation } from './implementation';
import { implement } from './implementation';
import type { AttemptState } from './state';
import { MAXIMUM_RETIREMENTS } from './state';
import type { AttemptContext, AttemptRefusal, Decision, TriggerData } from './step';
import { elapsed, events, isHorizonPassed, nothing, refuse, routed, withRoute } from './step';

const cancelled = (data: TriggerData['cancel']): Decision =>
  events({ type: 'receipt.Cancelled', data: { at: data.now, by: data.by, reason: data.reason } });

const unaccounted = (state: AttemptState): Decision =>
  refuse('sends-unaccounted-for', 'open', { open: state.open });

const isHeldFor = (state: AttemptState, ...reasons: ReadonlyArray<HoldReason>): boolean =>
  state.held !== undefined && reasons.includes(state.held.reason);

const wrongReason = (state: AttemptState): Decision =>
  refuse('hold-reason', 'settlement.how', { reason: state.held?.reason ?? 'none' });

/** The guard of a row that leaves the word to the next row of its cell. */
const notThisRow = (state: AttemptState, event: string): Decision =>
  refuse('transition-forbidden', 'phase', { state: state.phase, event });

/** A person's name as it is compared: a slip of the keyboard makes no second person. */
const nameOf = (person: string | undefined): string => (person ?? '').trim().toLowerCase();

const areTwoPersons = (data: { readonly by: string; readonly secondBy?: string }): boolean =>
  nameOf(data.by) !== '' && nameOf(data.secondBy) !== '' && nameOf(data.by) !== nameOf(data.secondBy);

const DRIVE_NUMBER = /^\d{16}$/;

/** A person's evidence names the document fully: drive (tag 1041), number (1040) and fiscal sign (1077). */
const isNamedFully = ({ fn, fd, fp }: FiscalDocument): boolean =>
  DRIVE_NUMBER.test(fn) && fd !== undefined && fp !== undefined;

/** Two persons and what they state, as an event keeps it. */
interface Testimony {
  readonly by: string;
  readonly secondBy: string;
  readonly evidence: NoDocumentEvidence;
}

/** Two persons state that no document was made. */
const testified = (
  data: { readonly by: string; readonly secondBy?: string },
  evidence: NoDocumentEvidence | undefined,
  then: (testimony: Testimony) => Decision,
): Decision => {
  const { by, secondBy } = data;
  if (!areTwoPersons(data) || secondBy === undefined) return refuse('two-persons-required', 'secondBy');
  if (evidence === undefined || !evidence.ofdShowsNothing || !evidence.unsentQueueEmpty)
    return refuse('evidence-incomplete', 'settlement.evidence');
  return then({ by, secondBy, evidence });
};

/** By the word of two persons the key is given up. */
const retiredByEvidence = (state: AttemptState, data: TriggerData['evidence-of-none']): Decision =>
  testified(data, data.settlement.evidence, (testimony) =>
    withRoute(state, ({ key }) =>
      events({
        type: 'receipt.KeyRetired',
        data: { at: data.now, key, because: 'evidence', ...testimony },
      }),
    ),
  );

/** Until the last send is older than the horizon its request may still be on its way, and "nothing was made" is no evidence. */
const afterLastHorizon = (
  state: AttemptState,
  { now, settlement }: TriggerData['evidence-of-none'] | TriggerData['release-resumed'],
  then: () => Decision,
): Decision =>
  elapsed(state.lastIntentAt, now) < settlement.horizonMs
    ? refuse('horizon-not-passed', 'lastIntentAt')
    : then();

/** Amended content is admitted as a new receipt is, and must differ from what was refused. */
const withAmended = (
  data: TriggerData['release-amended'],
  context: AttemptContext,
  then: (content: ReceiptContent) => Decision,
): Decision => {
  const { content, facts, profile, legacyVat } = data.settlement;
  if (sameValue(content, context.content)) return refuse('content-not-amended', 'settlement.content');
  const admitted: E.Either<AttemptRefusal, ReceiptContent> = admitReceipt(
    content,
    amendmentFacts(facts),
    profile,
    {
      organisation: context.organisation,
      ...(legacyVat === undefined ? {} : { legacyVat }),
    },
  );
  return E.isLeft(admitted) ? admitted : then(admitted.right);
};

/** The shift of the day of the amendment has nothing to do with the settlement that was already registered. */
const amendmentFacts = (facts: AdmissionFacts): AdmissionFacts =>
  facts.origin === 'manual' ? { ...facts, origin: 'exchange' } : facts;

/** Rows 2, 6 to 8, 27 to 33, 36 to 39 and 42 to 44: what persons and the calendar say. */
export const ROWS_OF_SETTLING: ReadonlyArray<Implementation> = [
  implement(2, 'cancel', (_state, data) => cancelled(data)),
  implement(6, 'cancel', (state, data) => (state.open > 0 ? unaccounted(state) : cancelled(data))),
  implement(7, 'cancel', (state) => unaccounted(state)),
  implement(8, 'horizon-passed', (state, data) =>
    isHorizonPassed(state, data, data.horizonMs) && state.open > 0
      ? events({ type: 'receipt.Held', data: { at: data.now, reason: 'horizon' } })
      : refuse('horizon-not-passed', 'firstIntentAt'),
  ),
  implement(43, 'rekey', (state, data) =>
    state.contentRefused
      ? events({ type: 'receipt.Held', data: { at: data.now, reason: 'rejected' } })
      : notThisRow(state, 'rekey'),
  ),
  implement(27, 'rekey', (state, data, context) =>
    state.contentRefused || state.retirements > MAXIMUM_RETIREMENTS
      ? notThisRow(state, 'rekey')
      : events({ type: 'receipt.Rekeyed', data: routed(context, data, state.generation + 1) }),
  ),
  implement(28, 'rekey', (state, data) =>
    state.retirements <= MAXIMUM_RETIREMENTS
      ? notThisRow(state, 'rekey')
      : events({ type: 'receipt.Held', data: { at: data.now, reason: 'exhausted' } }),
  ),
  implement(29, 'cancel', (_state, data) => cancelled(data)),
  implement(30, 'release-amended', (state, data, context) => {
    if (data.epoch !== state.epoch) return refuse('stale-epoch', 'epoch', { current: state.epoch });
    if (!isHeldFor(state, 'invalid')) return notThisRow(state, 'release-amended');
    if (state.open > 0) return unaccounted(state);
    return withAmended(data, context, (content) =>
      events({ type: 'receipt.Released', data: { at: data.now, how: 'amended', by: data.by, content } }),
    );
  }),
  implement(43, 'release-amended', (state, data, context) => {
    if (data.epoch !== state.epoch) return refuse('stale-epoch', 'epoch', { current: state.epoch });
    if (!isHeldFor(state, 'rejected')) return wrongReason(state);
    return withAmended(data, context, (content) =>
      withRoute(state, (route) =>
        events({
          type: 'receipt.Rekeyed',
          data: {
            ...routed(
              context,
              { ...route, now: data.now, traceTag: route.traceTag, refused: [] },
              state.generation + 1,
            ),
            content,
            by: data.by,
          },
        }),
      ),
    );
  }),
  implement(31, 'release-resumed', (state, data) => {
    if (data.epoch !== state.epoch) return refuse('stale-epoch', 'epoch', { current: state.epoch });
    const allowed =
      isHeldFor(state, 'poison', 'horizon', 'exhausted', 'no-handle') ||
      (isHeldFor(state, 'invalid') && state.open > 0);
    if (!allowed) return wrongReason(state);
    // Whoever held it for the horizon had seen it pass, whatever the clock of this person says.
    const late = isHeldFor(state, 'horizon') || isHorizonPassed(state, data, data.settlement.horizonMs);
    if (!late)
      return events({ type: 'receipt.Released', data: { at: data.now, how: 'resumed', by: data.by } });
    // The provider may have forgotten the key, so its next "absent" proves nothing: only what was looked up elsewhere does.
    return testified(data, data.settlement.evidence, (testimony) =>
      afterLastHorizon(state, data, () =>
        events({ type: 'receipt.Released', data: { at: data.now, how: 'resumed', ...testimony } }),
      ),
    );
  }),
  implement(32, 'evidence-of-document', (_state, data) => {
    const { document } = data.settlement;
    if (!isNamedFully(document)) return refuse('evidence-incomplete', 'settlement.document');
    return events({
      type: 'receipt.Fiscalized',
      data: { at: data.now, document, contentChecked: false, source: 'manual', by: data.by },
    });
  }),
  implement(33, 'evidence-of-none', (state, data) => {
    if (data.epoch !== state.epoch) return refuse('stale-epoch', 'epoch', { current: state.epoch });
    if (!isHeldFor(state, 'ambiguous', 'no-handle', 'horizon', 'poison'))
      return notThisRow(state, 'evidence-of-none');
    if (data.settlement.evidence.providerRemembersFailure) return retiredByEvidence(state, data);
    return isHeldFor(state, 'ambiguous')
      ? refuse('evidence-incomplete', 'settlement.evidence')
      : notThisRow(state, 'evidence-of-none');
  }),
  implement(47, 'evidence-of-none', (state, data) => {
    if (data.epoch !== state.epoch) return refuse('stale-epoch', 'epoch', { current: state.epoch });
    if (!isHeldFor(state, 'invalid', 'horizon', 'poison', 'no-handle')) return wrongReason(state);
    return afterLastHorizon(state, data, () => retiredByEvidence(state, data));
  }),
  implement(36, 'evidence-of-document', (state, data) =>
    state.document !== undefined && isSameDocument(state.document, data.settlement.document)
      ? nothing
      : refuse('transition-forbidden', 'settlement.document', {
          state: state.phase,
          event: 'evidence-of-document',
        }),
  ),
  implement(37, 'evidence-of-document', (state, data) =>
    isNamedFully(data.settlement.document)
      ? events({
          type: 'receipt.Disputed',
          data: {
            at: data.now,
            document: data.settlement.document,
            differences: [state.phase === 'Cancelled' ? 'document-after-cancel' : 'second-document'],
          },
        })
      : refuse('evidence-incomplete', 'settlement.document'),
  ),
  implement(38, 'compensated', (state, data) => {
    const { compensatingReceiptId } = data.settlement;
    return state.compensatedBy === compensatingReceiptId
      ? nothing
      : events({ type: 'receipt.Compensated', data: { at: data.now, by: data.by, compensatingReceiptId } });
  }),
  implement(39, 'deadline', (state, data) => {
    if (!ALARM_PERCENTS.some((percent) => percent === data.percent))
      return refuse('deadline-percent', 'percent');
    return state.alarms.includes(data.percent)
      ? nothing
      : events({
          type: 'receipt.DeadlineAlarmed',
          data: { at: data.now, percent: data.percent, deadline: data.deadline },
        });
  }),
  implement(42, 'cancel', (state, data) => (state.open > 0 ? unaccounted(state) : cancelled(data))),
  implement(44, 'postpone', (state, data) => {
    if (state.open > 0) return unaccounted(state);
    if (state.postponed?.reason === data.reason && state.postponed.until === data.until) return nothing;
    return events({
      type: 'receipt.Postponed',
      data: { at: data.now, reason: data.reason, ...(data.until === undefined ? {} : { until: data.until }) },
    });
  }),
  implement(44, 'resume', (state, data) =>
    state.postponed === undefined
      ? refuse('not-postponed', 'phase')
      : events({ type: 'receipt.Resumed', data: { at: data.now } }),
  ),
];
