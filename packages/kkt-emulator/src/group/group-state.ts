import type { Kkt } from '../kkt/kkt';
import { createLedger } from '../ledger/ledger';
import type { Ledger, LedgerSnapshot } from '../ledger/ledger';
import type { RandomState } from '../seeded-random';
import { fire, standing } from './faults';
import type { Fault, FaultKind, FaultSubject } from './faults';
import type { GroupSettings } from './settings';
import type { Ending, Outcome, Submission } from './submission';

/** A register of a group. */
export interface Unit {
  readonly kkt: Kkt;
  /** The submission it works on. */
  readonly job: number | null;
  /** Since when the OFD answers it; `null` while it does not. */
  readonly ofdSince: number | null;
  /** The keeper of shifts does not try again before this instant. */
  readonly keeperFrom: number;
}

/** The instant from which on an outcome of a submission is known. */
export interface Known {
  readonly id: number;
  readonly at: number;
}

/** An outcome whose document is named by its number in the ledger. */
type StoredOutcome =
  | Exclude<Outcome, { readonly _tag: 'done' }>
  | { readonly _tag: 'done'; readonly sequence: number };

interface StoredEnding {
  readonly at: number;
  readonly outcome: StoredOutcome;
}

/** A submission without its document. */
export interface StoredSubmission extends Omit<Submission, 'ended' | 'later'> {
  readonly ended: StoredEnding | null;
  readonly later?: StoredEnding;
}

/** Everything a group is, as plain data that survives JSON. */
export interface GroupSnapshot {
  readonly version: 1;
  readonly settings: GroupSettings;
  readonly now: number;
  readonly units: ReadonlyArray<Unit>;
  /** In the order of acceptance. */
  readonly submissions: ReadonlyArray<StoredSubmission>;
  /** The submission a key stands for. */
  readonly keys: ReadonlyArray<readonly [key: string, id: number]>;
  readonly nextId: number;
  /** Ids that wait, the next first. */
  readonly queue: ReadonlyArray<number>;
  /** Outcomes that are not told yet, the next first. */
  readonly ending: ReadonlyArray<Known>;
  readonly faults: ReadonlyArray<Fault>;
  readonly random: RandomState;
  readonly ledger: LedgerSnapshot;
}

/** The working state behind a group: the parts are never changed, only replaced. */
export interface GroupState {
  readonly settings: GroupSettings;
  now: number;
  readonly units: Array<Unit>;
  readonly submissions: Map<number, Submission>;
  readonly keys: Map<string, number>;
  nextId: number;
  queue: Array<number>;
  queueHead: number;
  readonly ending: Array<Known>;
  faults: ReadonlyArray<Fault>;
  random: RandomState;
  readonly ledger: Ledger;
}

const stored = ({ at, outcome }: Ending): StoredEnding => ({
  at,
  outcome: outcome._tag === 'done' ? { _tag: 'done', sequence: outcome.entry.sequence } : outcome,
});

const storedSubmission = ({ ended, later, ...rest }: Submission): StoredSubmission => ({
  ...rest,
  ended: ended === null ? null : stored(ended),
  ...(later === undefined ? {} : { later: stored(later) }),
});

const unstored = ({ at, outcome }: StoredEnding, { entries }: LedgerSnapshot): Ending | null => {
  if (outcome._tag !== 'done') return { at, outcome };
  const entry = entries[outcome.sequence - 1];
  return entry === undefined ? null : { at, outcome: { _tag: 'done', entry } };
};

const submissionFrom = ({ ended, later, ...rest }: StoredSubmission, ledger: LedgerSnapshot): Submission => {
  const after = later === undefined ? null : unstored(later, ledger);
  return {
    ...rest,
    ended: ended === null ? null : unstored(ended, ledger),
    ...(after === null ? {} : { later: after }),
  };
};

export const stateFrom = (snapshot: GroupSnapshot): GroupState => ({
  settings: snapshot.settings,
  now: snapshot.now,
  units: [...snapshot.units],
  submissions: new Map(snapshot.submissions.map((each) => [each.id, submissionFrom(each, snapshot.ledger)])),
  keys: new Map(snapshot.keys),
  nextId: snapshot.nextId,
  queue: [...snapshot.queue],
  queueHead: 0,
  ending: [...snapshot.ending],
  faults: snapshot.faults,
  random: snapshot.random,
  ledger: createLedger(snapshot.ledger),
});

export const snapshotOf = (state: GroupState): GroupSnapshot => ({
  version: 1,
  settings: state.settings,
  now: state.now,
  units: [...state.units],
  submissions: Array.from(state.submissions.values(), storedSubmission),
  keys: [...state.keys],
  nextId: state.nextId,
  queue: state.queue.slice(state.queueHead),
  ending: [...state.ending],
  faults: state.faults,
  random: state.random,
  ledger: state.ledger.snapshot(),
});

/** The submission that waits at the head of the queue. */
export const headOf = (state: GroupState): Submission | undefined => {
  const id = state.queue[state.queueHead];
  return id === undefined ? undefined : state.submissions.get(id);
};

export const waitingCount = (state: GroupState): number => state.queue.length - state.queueHead;

export const takeHead = (state: GroupState): void => {
  state.queueHead += 1;
  if (state.queueHead > 1024 && state.queueHead * 2 > state.queue.length) {
    state.queue = state.queue.slice(state.queueHead);
    state.queueHead = 0;
  }
};

/** Asks whether a fault happens, and keeps the switches and the generator as they are after it. */
export const happens = (state: GroupState, kind: FaultKind, subject: FaultSubject): Fault | undefined => {
  if (state.faults.length === 0) return undefined;
  const { fired, faults, random } = fire(state.faults, state.random, kind, subject);
  state.faults = faults;
  state.random = random;
  return fired;
};

/** Whether a condition of a unit stands. */
export const isStanding = (state: GroupState, kind: FaultKind, { kkt }: Unit): boolean =>
  state.faults.length > 0 && standing(state.faults, kind, { unit: kkt.settings.serial }) !== undefined;

const tell = ({ ending }: GroupState, known: Known): void => {
  const before = ending.findLastIndex(({ at }) => at <= known.at);
  ending.splice(before + 1, 0, known);
};

/**
 * Ends a submission; its result is known after the delay of the group and whatever a fault adds, and so long `after` that it
 * becomes another if it does.
 */
export const endSubmission = (
  state: GroupState,
  id: number,
  outcome: Outcome,
  then?: { readonly after: number; readonly outcome: Outcome },
): void => {
  const submission = state.submissions.get(id);
  if (submission === undefined) return;
  const slow = happens(state, 'slow', { key: submission.key })?.milliseconds ?? 0;
  const at = state.now + state.settings.resultDelay + slow;
  const later = then === undefined ? undefined : { at: at + Math.max(0, then.after), outcome: then.outcome };
  const { request: _, ...rest } = submission;
  state.submissions.set(id, {
    ...rest,
    ended: { at, outcome },
    ...(later === undefined ? {} : { later }),
  });
  tell(state, { id, at });
  if (later !== undefined) tell(state, { id, at: later.at });
};
