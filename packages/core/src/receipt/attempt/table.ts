import type { AttemptPhase } from './phase';

/** What can happen to a receipt under way. The names on the left of a colon say who tells: a send's answer or an ask's answer. */
export type AttemptTrigger =
  | 'route'
  | 'cancel'
  | 'intend'
  | 'failover'
  | 'horizon-passed'
  | 'send:accepted'
  | 'send:exists'
  | 'send:final'
  | 'send:refused-invalid'
  | 'send:refused-later'
  | 'send:not-sent'
  | 'send:unknown'
  | 'take-over'
  | 'ask:waiting'
  | 'ask:done'
  | 'ask:failed-proved'
  | 'ask:failed-ambiguous'
  | 'ask:absent'
  | 'ask:unavailable'
  | 'no-way-to-ask'
  | 'rekey'
  | 'release-amended'
  | 'release-resumed'
  | 'evidence-of-document'
  | 'evidence-of-none'
  | 'webhook'
  | 'compensated'
  | 'deadline'
  | 'postpone'
  | 'resume';

/** The event a row appends; `nothing` where the row only decides what happens next. */
export type AttemptWrite =
  | 'nothing'
  | 'Routed'
  | 'Cancelled'
  | 'SendIntended'
  | 'Rerouted'
  | 'Acknowledged'
  | 'Fiscalized'
  | 'Refused+Held'
  | 'SendVoided'
  | 'OutcomeUnknown'
  | 'TakenOver'
  | 'TakenOver+Held'
  | 'Held'
  | 'KeyRetired'
  | 'Rekeyed'
  | 'Released'
  | 'Disputed'
  | 'Compensated'
  | 'DeadlineAlarmed'
  | 'Postponed'
  | 'Resumed';

export interface AttemptRow {
  readonly row: number;
  readonly from: ReadonlyArray<AttemptPhase>;
  readonly trigger: AttemptTrigger;
  /** In words; the predicate stands in the row's implementation under the same number. */
  readonly guard: string;
  /** `same` keeps the phase; a refused row keeps it too and answers with the named refusal. */
  readonly to: AttemptPhase | 'same' | 'refused';
  readonly writes: AttemptWrite;
  /** A row whose absence from the checked model could hide a doubled or lost document. */
  readonly safety: boolean;
}

const row = (
  number: number,
  from: AttemptPhase | ReadonlyArray<AttemptPhase>,
  trigger: AttemptTrigger,
  guard: string,
  to: AttemptRow['to'],
  writes: AttemptWrite,
  safety: 'safety' | '' = '',
): AttemptRow => ({
  row: number,
  from: typeof from === 'string' ? [from] : from,
  trigger,
  guard,
  to,
  writes,
  safety: safety === 'safety',
});

const OPEN_PHASES = ['Accepted', 'Ready', 'Intended', 'Pending', 'Unknown', 'Retired', 'Held'] as const;

/**
 * The attempt protocol, row by row. Every row is one append at the revision the decision was taken on. What is not in the table is
 * answered with the refusal `transition-forbidden`. Where several rows have the same phase and trigger, the first whose guard holds
 * is taken, in the order of this table. A test compares the table with the checked model in simulation/model/attempt.pml.
 */
export const ATTEMPT_TABLE: ReadonlyArray<AttemptRow> = [
  row(1, 'Accepted', 'route', 'enqueued, not postponed; a device is able', 'Ready', 'Routed', 'safety'),
  row(2, 'Accepted', 'cancel', '', 'Cancelled', 'Cancelled', 'safety'),
  row(
    3,
    'Ready',
    'intend',
    'not postponed, retryAt passed, parents fiscalized, within the horizon, same payload',
    'Intended',
    'SendIntended',
    'safety',
  ),
  row(4, 'Ready', 'failover', 'open = 0', 'Ready', 'Rerouted', 'safety'),
  row(5, 'Ready', 'failover', 'open > 0', 'refused', 'nothing', 'safety'),
  row(6, 'Ready', 'cancel', 'open = 0', 'Cancelled', 'Cancelled', 'safety'),
  row(7, 'Ready', 'cancel', 'open > 0', 'refused', 'nothing', 'safety'),
  row(8, ['Ready', 'Unknown'], 'horizon-passed', 'open > 0 and the horizon passed', 'Held', 'Held'),
  row(9, 'Intended', 'take-over', 'third crash in a row while sent in slow start', 'Held', 'TakenOver+Held'),
  row(10, 'Intended', 'send:accepted', 'same epoch', 'Pending', 'Acknowledged', 'safety'),
  row(11, 'Intended', 'send:exists', 'same epoch', 'Pending', 'Acknowledged', 'safety'),
  row(
    12,
    'Intended',
    'send:final',
    'same epoch, document made, content matches',
    'Fiscalized',
    'Fiscalized',
    'safety',
  ),
  row(13, 'Intended', 'send:refused-invalid', 'same epoch', 'Held', 'Refused+Held', 'safety'),
  row(14, 'Intended', 'send:refused-later', 'same epoch', 'Ready', 'SendVoided', 'safety'),
  row(15, 'Intended', 'send:not-sent', 'same epoch', 'Ready', 'SendVoided', 'safety'),
  row(16, 'Intended', 'send:unknown', 'same epoch', 'Unknown', 'OutcomeUnknown', 'safety'),
  row(
    17,
    'Intended',
    'take-over',
    'the lease ran out or the worker restarted',
    'Unknown',
    'TakenOver',
    'safety',
  ),
  row(18, 'Unknown', 'ask:waiting', 'current key', 'Pending', 'Acknowledged', 'safety'),
  row(
    19,
    ['Unknown', 'Pending'],
    'ask:done',
    'current key, content matches',
    'Fiscalized',
    'Fiscalized',
    'safety',
  ),
  row(
    20,
    ['Unknown', 'Pending'],
    'ask:done',
    'current key, content differs',
    'Disputed',
    'Disputed',
    'safety',
  ),
  row(21, ['Unknown', 'Pending'], 'ask:failed-proved', 'current key', 'Retired', 'KeyRetired', 'safety'),
  row(22, ['Unknown', 'Pending'], 'ask:failed-ambiguous', 'current key', 'Held', 'Held', 'safety'),
  row(
    23,
    'Unknown',
    'intend',
    'quiet period passed, within the horizon, asked absent or resending is the ask, same payload',
    'Intended',
    'SendIntended',
    'safety',
  ),
  row(24, 'Pending', 'ask:absent', 'less than 15 minutes since acknowledged', 'same', 'nothing'),
  row(25, 'Pending', 'ask:absent', '15 minutes or more', 'Unknown', 'OutcomeUnknown', 'safety'),
  row(26, ['Unknown', 'Pending'], 'ask:unavailable', '', 'same', 'nothing'),
  row(43, 'Retired', 'rekey', 'retired because the content was refused', 'Held', 'Held'),
  row(
    27,
    'Retired',
    'rekey',
    'at most three retirements, not because of the content',
    'Ready',
    'Rekeyed',
    'safety',
  ),
  row(28, 'Retired', 'rekey', 'more than three retirements', 'Held', 'Held'),
  row(29, 'Retired', 'cancel', '', 'Cancelled', 'Cancelled', 'safety'),
  row(
    30,
    'Held',
    'release-amended',
    'held as invalid, open = 0, content amended',
    'Ready',
    'Released',
    'safety',
  ),
  row(
    31,
    'Held',
    'release-resumed',
    'poison, horizon, exhausted, no-handle, or invalid with open > 0; within the horizon, or past it two persons, evidence of no document, horizon since the last send',
    'Unknown',
    'Released',
    'safety',
  ),
  row(
    32,
    'Held',
    'evidence-of-document',
    'fn, fd and fp given by a named person',
    'Fiscalized',
    'Fiscalized',
    'safety',
  ),
  row(
    33,
    'Held',
    'evidence-of-none',
    'ambiguous, no-handle, horizon or poison; provider remembers the failure, OFD shows nothing, unsent queue seen empty; two persons',
    'Retired',
    'KeyRetired',
    'safety',
  ),
  row(34, 'Held', 'ask:done', 'content matches', 'Fiscalized', 'Fiscalized', 'safety'),
  row(35, OPEN_PHASES, 'webhook', 'only triggers an ask', 'same', 'nothing', 'safety'),
  row(36, 'Fiscalized', 'ask:done', 'the same document', 'same', 'nothing', 'safety'),
  row(36, 'Fiscalized', 'evidence-of-document', 'the same document', 'same', 'nothing', 'safety'),
  row(37, ['Fiscalized', 'Cancelled'], 'ask:done', 'another document', 'Disputed', 'Disputed', 'safety'),
  row(
    37,
    ['Fiscalized', 'Cancelled'],
    'evidence-of-document',
    'another document',
    'Disputed',
    'Disputed',
    'safety',
  ),
  row(38, 'Disputed', 'compensated', 'a compensating receipt is named', 'same', 'Compensated'),
  row(
    39,
    OPEN_PHASES,
    'deadline',
    'a threshold of the legal deadline was reached for the first time',
    'same',
    'DeadlineAlarmed',
  ),
  row(40, 'Pending', 'ask:waiting', '', 'same', 'nothing', 'safety'),
  row(
    41,
    'Intended',
    'send:final',
    'same epoch, any other final state: acknowledged, then as rows 20 to 22',
    'same',
    'Acknowledged',
    'safety',
  ),
  row(42, 'Held', 'cancel', 'open = 0', 'Cancelled', 'Cancelled', 'safety'),
  row(43, 'Held', 'release-amended', 'held as rejected, content amended', 'Ready', 'Rekeyed', 'safety'),
  row(44, ['Accepted', 'Ready'], 'postpone', 'open = 0', 'same', 'Postponed'),
  row(44, ['Accepted', 'Ready'], 'resume', 'postponed', 'same', 'Resumed'),
  row(
    45,
    ['Unknown', 'Pending'],
    'no-way-to-ask',
    'the provider offers neither an ask nor a safe repetition, or lost its handle for 15 minutes',
    'Held',
    'Held',
  ),
  row(46, 'Held', 'ask:done', 'content differs', 'Disputed', 'Disputed', 'safety'),
  row(
    47,
    'Held',
    'evidence-of-none',
    'invalid, horizon, poison or no-handle; the horizon has passed since the last intent, OFD shows nothing, unsent queue seen empty; two persons',
    'Retired',
    'KeyRetired',
    'safety',
  ),
];
