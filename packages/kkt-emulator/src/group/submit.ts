import { contentRefusal } from '../kkt/receipt';
import type { ReceiptRequest } from '../request';
import { standing } from './faults';
import type { GroupState } from './group-state';
import { happens, waitingCount } from './group-state';
import { resultAt } from './submission';
import type { Submission, SubmissionResult, SubmitAnswer } from './submission';
import { kktOf } from './units';

/** The submission a key stands for, unless the key is forgotten by now. */
const remembered = (state: GroupState, key: string): Submission | undefined => {
  const id = state.keys.get(key);
  const submission = id === undefined ? undefined : state.submissions.get(id);
  if (submission === undefined) return undefined;
  const early = standing(state.faults, 'forgets-keys', { key })?.milliseconds;
  const memory = Math.min(
    early ?? Number.POSITIVE_INFINITY,
    state.settings.keyMemory ?? Number.POSITIVE_INFINITY,
  );
  return state.now - submission.acceptedAt > memory ? undefined : submission;
};

/** What is known under a key now. */
export const resultOf = (state: GroupState, key: string): SubmissionResult => {
  const submission = remembered(state, key);
  return submission === undefined ? { _tag: 'unknown' } : resultAt(submission, state.now);
};

/** What is known of one submission now, whatever became of its key. */
export const resultOfSubmission = (state: GroupState, id: number): SubmissionResult => {
  const submission = state.submissions.get(id);
  return submission === undefined ? { _tag: 'unknown' } : resultAt(submission, state.now);
};

/** Takes ended submissions out of memory that nobody can ask for any more. */
export const forgetOld = (state: GroupState): void => {
  const { keyMemory } = state.settings;
  if (keyMemory === null) return;
  for (const submission of state.submissions.values()) {
    const { id, key, ended } = submission;
    if (ended === null || ended.at > state.now || state.now - submission.acceptedAt <= keyMemory) return;
    if (state.ending.some((known) => known.id === id)) return;
    state.submissions.delete(id);
    if (state.keys.get(key) === id) state.keys.delete(key);
  }
};

/**
 * Accepts a request under a key. A known key changes nothing (one document a key), unless the fault `racy-duplicates` lets a second
 * submission through while the first is unfinished.
 */
export const submitRequest = (state: GroupState, key: string, request: ReceiptRequest): SubmitAnswer => {
  const known = remembered(state, key);
  if (known !== undefined) {
    const result = resultAt(known, state.now);
    const races = result._tag === 'waiting' && happens(state, 'racy-duplicates', { key }) !== undefined;
    if (!races) return { _tag: 'known', id: known.id, result };
  }
  const ahead = waitingCount(state);
  if (ahead >= state.settings.queueLimit) {
    return { _tag: 'refused', refusal: { _tag: 'QueueFull', rule: 'queue-full' } };
  }
  const [unit] = state.units;
  if (state.settings.judgeOnSubmit && unit !== undefined) {
    const refusal = contentRefusal(kktOf(state, unit), request, state.now);
    if (refusal !== undefined) return { _tag: 'refused', refusal };
  }
  const id = state.nextId;
  state.nextId += 1;
  state.submissions.set(id, { id, key, request, acceptedAt: state.now, ended: null });
  state.keys.set(key, id);
  state.queue.push(id);
  return { _tag: 'queued', id, ahead };
};
