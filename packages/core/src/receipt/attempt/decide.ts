import type { AttemptCommand, RecordAsk, RecordSend, SettleReceipt } from './commands';
import type { Implementation } from './implementation';
import { ROWS_OF_ASKING } from './rows-of-asking';
import { ROWS_OF_SENDING } from './rows-of-sending';
import { ROWS_OF_SETTLING } from './rows-of-settling';
import type { AttemptState } from './state';
import type { AttemptContext, Decision, Trigger } from './step';
import { events, nothing, refuse } from './step';
import type { AttemptPhase } from './phase';
import type { AttemptTrigger } from './table';
import { ATTEMPT_TABLE } from './table';

/** Every row's implementation; a test holds this list against the table, both ways. */
export const ATTEMPT_ROWS: ReadonlyArray<Implementation> = [
  ...ROWS_OF_SENDING,
  ...ROWS_OF_ASKING,
  ...ROWS_OF_SETTLING,
];

/** The rows that apply in a phase to a trigger, in the order of the table, with their implementations. */
const rowsByCell: ReadonlyMap<string, ReadonlyArray<Implementation>> = (() => {
  const cells = new Map<string, Implementation[]>();
  for (const { row, from, trigger } of ATTEMPT_TABLE) {
    const implementation = ATTEMPT_ROWS.find(
      (candidate) => candidate.row === row && candidate.on === trigger,
    );
    if (implementation === undefined) continue;
    for (const phase of from) {
      const cell = `${phase}/${trigger}`;
      cells.set(cell, [...(cells.get(cell) ?? []), implementation]);
    }
  }
  return cells;
})();

const rowsFor = (phase: AttemptPhase, trigger: AttemptTrigger): ReadonlyArray<Implementation> =>
  rowsByCell.get(`${phase}/${trigger}`) ?? [];

/**
 * Takes the first row whose guard holds. Where none does, the refusal of the first row tells why; where the table has no row at all the
 * transition is forbidden.
 */
const take = (state: AttemptState, trigger: Trigger, context: AttemptContext): Decision => {
  let first: Decision | undefined;
  for (const implementation of rowsFor(state.phase, trigger.on)) {
    const decision = implementation.decide(state, trigger, context);
    if (decision._tag === 'Right') return decision;
    // A guard that only said "not this row" leaves the word to the next one.
    if (first === undefined || isPassedOn(first)) first = decision;
  }
  return first ?? refuse('transition-forbidden', 'phase', { state: state.phase, event: trigger.on });
};

const isPassedOn = (decision: Decision): boolean =>
  decision._tag === 'Left' && decision.left.rule === 'transition-forbidden';

const sendTrigger = (data: RecordSend['data']): Trigger => {
  const { outcome } = data;
  switch (outcome.kind) {
    case 'accepted':
      return { on: 'send:accepted', data: { ...data, outcome } };
    case 'exists':
      return { on: 'send:exists', data: { ...data, outcome } };
    case 'final':
      return { on: 'send:final', data: { ...data, outcome } };
    case 'refused-invalid':
      return { on: 'send:refused-invalid', data: { ...data, outcome } };
    case 'refused-later':
      return { on: 'send:refused-later', data: { ...data, outcome } };
    case 'not-sent':
      return { on: 'send:not-sent', data: { ...data, outcome } };
    case 'unknown':
      return { on: 'send:unknown', data: { ...data, outcome } };
  }
};

const askTrigger = (data: RecordAsk['data']): Trigger => {
  const { outcome } = data;
  switch (outcome.kind) {
    case 'waiting':
      return { on: 'ask:waiting', data: { ...data, outcome } };
    case 'absent':
      return { on: 'ask:absent', data: { ...data, outcome } };
    case 'unavailable':
      return { on: 'ask:unavailable', data: { ...data, outcome } };
    case 'final': {
      const { result } = outcome;
      if (result.kind === 'done')
        return { on: 'ask:done', data: { ...data, outcome: { kind: 'final', result } } };
      const failedData = { ...data, outcome: { kind: 'final', result } } as const;
      return result.proof === 'proved'
        ? { on: 'ask:failed-proved', data: failedData }
        : { on: 'ask:failed-ambiguous', data: failedData };
    }
  }
};

const settleTrigger = (data: SettleReceipt['data']): Trigger => {
  const { settlement } = data;
  switch (settlement.how) {
    case 'amend':
      return { on: 'release-amended', data: { ...data, settlement } };
    case 'resume':
      return { on: 'release-resumed', data: { ...data, settlement } };
    case 'document':
      return { on: 'evidence-of-document', data: { ...data, settlement } };
    case 'no-document':
      return { on: 'evidence-of-none', data: { ...data, settlement } };
    case 'compensated':
      return { on: 'compensated', data: { ...data, settlement } };
  }
};

/** Decides one command of the attempt protocol on the state of the attempt. */
export const decideAttempt = (
  command: AttemptCommand,
  state: AttemptState,
  context: AttemptContext,
): Decision => {
  switch (command.type) {
    case 'EnqueueReceipt':
      if (state.enqueued) return nothing;
      return state.phase === 'Accepted'
        ? events({ type: 'receipt.Enqueued', data: { at: command.data.now } })
        : refuse('transition-forbidden', 'phase', { state: state.phase, event: 'enqueue' });
    case 'RouteReceipt': {
      if (state.phase !== 'Ready') return take(state, { on: 'route', data: command.data }, context);
      const same =
        state.route?.deviceId === command.data.deviceId && state.route.domain === command.data.domain;
      return same ? nothing : take(state, { on: 'failover', data: command.data }, context);
    }
    case 'IntendSend':
      return take(state, { on: 'intend', data: command.data }, context);
    case 'RecordSend':
      return take(state, sendTrigger(command.data), context);
    case 'RecordAsk':
      return take(state, askTrigger(command.data), context);
    case 'TakeOver':
      return take(state, { on: 'take-over', data: command.data }, context);
    case 'HoldForHorizon':
      return take(state, { on: 'horizon-passed', data: command.data }, context);
    case 'HoldWithoutHandle':
      return take(state, { on: 'no-way-to-ask', data: command.data }, context);
    case 'RekeyReceipt':
      return take(state, { on: 'rekey', data: command.data }, context);
    case 'CancelReceipt':
      return state.phase === 'Cancelled'
        ? nothing
        : take(state, { on: 'cancel', data: command.data }, context);
    case 'PostponeReceipt':
      return take(state, { on: 'postpone', data: command.data }, context);
    case 'ResumeReceipt':
      return take(state, { on: 'resume', data: command.data }, context);
    case 'NoteWebhook':
      return take(state, { on: 'webhook', data: command.data }, context);
    case 'RaiseDeadlineAlarm':
      return take(state, { on: 'deadline', data: command.data }, context);
    case 'SettleReceipt':
      return command.data.by.trim() === ''
        ? refuse('person-unnamed', 'by')
        : take(state, settleTrigger(command.data), context);
  }
};
