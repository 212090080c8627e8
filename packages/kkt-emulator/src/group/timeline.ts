import type { GroupState } from './group-state';
import { endSubmission, headOf, takeHead } from './group-state';
import { confirmationAt, confirmNext } from './ofd-line';
import { candidates, isReachable } from './units';
import { keepShift, shiftClosingAt, workOn } from './work';

/** Something that happens by itself at an instant. */
interface Happening {
  readonly at: number;
  readonly run: () => void;
}

const earliest = (happenings: Iterable<Happening | undefined>): Happening | undefined => {
  let first: Happening | undefined;
  for (const each of happenings)
    if (each !== undefined && (first === undefined || each.at < first.at)) first = each;
  return first;
};

const giveHead = (state: GroupState, index: number): void => {
  const head = headOf(state);
  const unit = state.units[index];
  if (head === undefined || unit === undefined) return;
  takeHead(state);
  state.units[index] = { ...unit, job: head.id };
  workOn(state, index);
};

/** The head of the queue goes to the first free candidate. */
const dispatch = (state: GroupState): Happening | undefined => {
  const head = headOf(state);
  if (head === undefined) return undefined;
  let chosen: Happening | undefined;
  for (const index of candidates(state)) {
    const at = Math.max(state.now, state.units[index]?.kkt.busyUntil ?? 0);
    if (chosen === undefined || at < chosen.at) chosen = { at, run: () => giveHead(state, index) };
  }
  return chosen;
};

const timeOut = (state: GroupState): Happening | undefined => {
  const { queueTimeout } = state.settings;
  const head = headOf(state);
  if (queueTimeout === null || head === undefined) return undefined;
  return {
    at: head.acceptedAt + queueTimeout,
    run: () => {
      takeHead(state);
      endSubmission(state, head.id, { _tag: 'failed', failure: { reason: 'queue-timeout' } });
    },
  };
};

const timeOutOfJob = (state: GroupState, index: number, job: number | null): Happening | undefined => {
  const { queueTimeout } = state.settings;
  const submission = job === null ? undefined : state.submissions.get(job);
  if (queueTimeout === null || submission === undefined) return undefined;
  return {
    at: submission.acceptedAt + queueTimeout,
    run: () => {
      const unit = state.units[index];
      if (unit !== undefined) state.units[index] = { ...unit, job: null };
      endSubmission(state, submission.id, { _tag: 'failed', failure: { reason: 'queue-timeout' } });
    },
  };
};

function* upcoming(state: GroupState): Generator<Happening | undefined> {
  for (const [index, unit] of state.units.entries()) {
    const confirmation = confirmationAt(state, unit);
    if (confirmation !== undefined) yield { at: confirmation, run: () => confirmNext(state, index) };
  }
  for (const [index, unit] of state.units.entries()) {
    const reachable = isReachable(state, unit);
    if (unit.job !== null) {
      if (reachable) yield { at: unit.kkt.busyUntil, run: () => workOn(state, index) };
      yield timeOutOfJob(state, index, unit.job);
    } else if (reachable) {
      const closing = shiftClosingAt(state, unit);
      if (closing !== undefined) {
        yield { at: closing, run: () => keepShift(state, index) };
      }
    }
  }
  yield dispatch(state);
  yield timeOut(state);
}

/** The instant of the next thing that happens by itself, or `undefined` when nothing will. */
export const nextHappeningAt = (state: GroupState): number | undefined => {
  const next = earliest(upcoming(state))?.at;
  const at = Math.min(next ?? Number.POSITIVE_INFINITY, state.ending[0]?.at ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(at) ? Math.max(at, state.now) : undefined;
};

/** Lets everything happen that falls up to `until`, in its order; time never goes back. */
export const runUntil = (state: GroupState, until: number): void => {
  for (;;) {
    const next = earliest(upcoming(state));
    if (next === undefined || next.at > until) break;
    state.now = Math.max(state.now, next.at);
    next.run();
  }
  state.now = Math.max(state.now, until);
};
