import type { AttemptEvent } from '@cloud-kassa/core';
import { ALARM_PERCENTS, ATTEMPT_TABLE, attemptKeyOf } from '@cloud-kassa/core';
import type { FindingDetail } from '../finding';
import type { StreamRule } from '../rules/stream-rules';
import { HOLD_GUARDS } from './hold-guards';
import type { OpenAttempt, ReceiptTrail } from './receipt-trail';

/** What speaks against an event. */
export interface Objection {
  readonly rule: StreamRule;
  readonly detail?: FindingDetail;
}

type Routed = Extract<AttemptEvent, { readonly data: { readonly generation: number } }>;

/** Cells of the attempt protocol: in this phase this event may be written. The second event of a pair is judged by the one before it. */
const CELLS: ReadonlySet<string> = new Set([
  'Accepted/receipt.Enqueued',
  ...ATTEMPT_TABLE.flatMap(({ from, writes }) =>
    from.map((phase) => `${phase}/receipt.${writes.split('+')[0] ?? writes}`),
  ),
]);

const isAllowedIn = (trail: ReceiptTrail, event: AttemptEvent, behind: string | undefined): boolean =>
  CELLS.has(`${trail.phase}/${event.type}`) ||
  (event.type === 'receipt.Held' && behind === 'receipt.Refused' && trail.phase === 'Intended');

const no = (rule: StreamRule, detail: FindingDetail = {}): Objection => ({ rule, detail });

const isNamed = (person: string | undefined): person is string => (person ?? '').trim() !== '';

const areTwo = (by: string | undefined, secondBy: string | undefined): boolean =>
  isNamed(by) && isNamed(secondBy) && by.trim().toLowerCase() !== secondBy.trim().toLowerCase();

const proved = (
  evidence: { readonly ofdShowsNothing: boolean; readonly unsentQueueEmpty: boolean } | undefined,
): boolean => evidence !== undefined && evidence.ofdShowsNothing && evidence.unsentQueueEmpty;

/** A new key: its generation follows, and it is the computed one. */
const newKey = ({ receiptId }: ReceiptTrail, { data }: Routed, generation: number): Objection | undefined => {
  if (data.generation !== generation)
    return no('generation', { generation: data.generation, expected: generation });
  return data.key === attemptKeyOf(receiptId, data.domain, data.generation) ? undefined : no('attempt-key');
};

/** An outcome speaks of a send that was authorised before. */
const ofSend = (attempt: OpenAttempt, epoch?: number): Objection | undefined => {
  if (attempt.intents === 0) return no('intent-missing');
  return epoch === undefined || epoch === attempt.epoch
    ? undefined
    : no('epoch', { epoch, expected: attempt.epoch });
};

const nextEpoch = (attempt: OpenAttempt, epoch: number): Objection | undefined =>
  epoch === attempt.epoch + 1 ? undefined : no('epoch', { epoch, expected: attempt.epoch + 1 });

const accounted = ({ open }: OpenAttempt): Objection | undefined =>
  open === 0 ? undefined : no('sends-unaccounted-for', { open });

const whenNot = (forbidden: boolean, why: string): Objection | undefined =>
  forbidden ? no('transition-forbidden', { why }) : undefined;

type Guard<Event> = (
  event: Event,
  attempt: OpenAttempt,
  trail: ReceiptTrail,
  behind: string | undefined,
) => Objection | undefined;

type OpenEvent = Exclude<AttemptEvent, { readonly type: 'receipt.Compensated' }>;

type Guards = {
  readonly [Type in OpenEvent['type']]: Guard<Extract<OpenEvent, { readonly type: Type }>>;
};

/** What else has to hold where the phase allows the event: the part of each row's guard that events tell. */
const GUARDS: Guards = {
  'receipt.Enqueued': (_event, { enqueued }) => whenNot(enqueued, 'enqueued before'),
  'receipt.Postponed': (_event, attempt) => accounted(attempt),
  'receipt.Resumed': (_event, { postponed }) => whenNot(!postponed, 'not postponed'),
  'receipt.Routed': (event, { enqueued, postponed }, trail) =>
    whenNot(!enqueued || postponed, 'not enqueued, or postponed') ?? newKey(trail, event, 0),
  'receipt.Rerouted': (event, attempt, trail) =>
    accounted(attempt) ?? newKey(trail, event, attempt.generation + 1),
  'receipt.Rekeyed': (event, attempt, trail) => {
    const isAmended = event.data.content !== undefined;
    const fits = isAmended
      ? trail.phase === 'Held' && attempt.held === 'rejected'
      : trail.phase === 'Retired' && !attempt.contentRefused;
    return (
      whenNot(!fits, 'not for this reason') ??
      (isAmended && !isNamed(event.data.by) ? no('person-unnamed') : undefined) ??
      newKey(trail, event, attempt.generation + 1)
    );
  },
  'receipt.SendIntended': ({ data }, attempt, trail) => {
    if (data.key !== attempt.key) return no('attempt-key');
    if (trail.phase === 'Ready' && attempt.postponed) return no('transition-forbidden', { why: 'postponed' });
    const isSame =
      (attempt.payloadHash ?? data.payloadHash) === data.payloadHash &&
      (attempt.contentHash ?? data.payloadHash) === data.payloadHash;
    return isSame ? nextEpoch(attempt, data.epoch) : no('payload-hash');
  },
  'receipt.Acknowledged': (_event, attempt) => ofSend(attempt),
  'receipt.SendVoided': ({ data }, attempt) => ofSend(attempt, data.epoch),
  'receipt.OutcomeUnknown': (_event, attempt) => ofSend(attempt),
  'receipt.TakenOver': ({ data }, attempt) => ofSend(attempt) ?? nextEpoch(attempt, data.epoch),
  'receipt.Refused': ({ data }, attempt) => ofSend(attempt, data.epoch),
  'receipt.Held': ({ data }, attempt, trail, behind) =>
    whenNot(!HOLD_GUARDS[data.reason]({ trail, attempt, behind }), `held as ${data.reason}`),
  'receipt.KeyRetired': ({ data }, attempt, { phase }) => {
    if (data.key !== attempt.key) return no('attempt-key');
    if (data.because !== 'evidence')
      return whenNot(phase === 'Held', 'a provider does not speak of what is held') ?? ofSend(attempt);
    if (phase !== 'Held' || attempt.held === 'rejected' || attempt.held === 'exhausted')
      return no('transition-forbidden', { why: 'not for this reason' });
    return areTwo(data.by, data.secondBy) && proved(data.evidence) ? undefined : no('person-unnamed');
  },
  'receipt.Released': ({ data }, attempt) => {
    if (!isNamed(data.by)) return no('person-unnamed');
    if (data.how === 'amended')
      return (
        whenNot(attempt.held !== 'invalid' || data.content === undefined, 'not for this reason') ??
        accounted(attempt)
      );
    const isInvalid = attempt.held === 'invalid' && attempt.open === 0;
    if (isInvalid || attempt.held === 'ambiguous' || attempt.held === 'rejected')
      return no('transition-forbidden', { why: 'not for this reason' });
    const isProved = areTwo(data.by, data.secondBy) && proved(data.evidence);
    return attempt.held === 'horizon' && !isProved ? no('person-unnamed') : undefined;
  },
  'receipt.Fiscalized': ({ data }, attempt, { phase }) => {
    if (data.source === 'provider') return ofSend(attempt);
    if (phase !== 'Held') return no('transition-forbidden', { why: 'persons settle what is held' });
    return isNamed(data.by) ? undefined : no('person-unnamed');
  },
  'receipt.Disputed': (_event, attempt, { phase }) => (phase === 'Held' ? undefined : ofSend(attempt)),
  'receipt.DeadlineAlarmed': ({ data }, { alarms }) => {
    const at = ALARM_PERCENTS.findIndex((percent) => percent === data.percent);
    return whenNot(at < 0 || (alarms & (1 << at)) !== 0, 'alarmed before');
  },
  'receipt.Cancelled': (_event, attempt, trail) =>
    trail.reservations === undefined || trail.reservations.size === 0
      ? accounted(attempt)
      : no('transition-forbidden', { why: 'reserved against' }),
};

const guardOf = <Type extends OpenEvent['type']>(
  type: Type,
): Guard<Extract<OpenEvent, { readonly type: Type }>> => GUARDS[type];

const FINAL = new Set<string>(['Fiscalized', 'Cancelled']);

/**
 * What speaks against an event of the attempt where the receipt now stands; the first thing that does.
 *
 * @param behind the type of the event before, if it stands in the same command.
 */
export const attemptObjection = (
  trail: ReceiptTrail,
  event: AttemptEvent,
  behind: string | undefined,
): Objection | undefined => {
  const { phase, attempt } = trail;
  if (!isAllowedIn(trail, event, behind)) {
    if (FINAL.has(phase)) return no('final-state-left', { phase });
    return attempt !== undefined && attempt.intents === 0 && isOutcome(event)
      ? no('intent-missing', { phase })
      : no('transition-forbidden', { phase });
  }
  if (event.type === 'receipt.Compensated') return isNamed(event.data.by) ? undefined : no('person-unnamed');
  if (attempt === undefined) return undefined;
  return guardOf(event.type)(event, attempt, trail, behind);
};

const OUTCOMES = new Set<string>([
  'receipt.Acknowledged',
  'receipt.SendVoided',
  'receipt.OutcomeUnknown',
  'receipt.TakenOver',
  'receipt.Refused',
  'receipt.Fiscalized',
  'receipt.Disputed',
]);

const isOutcome = (event: AttemptEvent): boolean =>
  OUTCOMES.has(event.type) && !(event.type === 'receipt.Fiscalized' && event.data.source === 'manual');
