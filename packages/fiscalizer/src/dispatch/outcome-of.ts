import type { AskOutcome, FinalOutcome, SendOutcome } from '@cloud-kassa/core';
import { instantFromMilliseconds } from '@cloud-kassa/ffd';
import type { Instant } from '@cloud-kassa/ffd';
import type { AskAnswer, FinalAnswer, SendAnswer } from '@cloud-kassa/provider';
import type { CallHealth } from './device-gate';

const withHandle = (handle: string | undefined): { readonly handle?: string } =>
  handle === undefined ? {} : { handle };

const finalOutcome = (answer: FinalAnswer): FinalOutcome =>
  answer._tag === 'Done'
    ? {
        kind: 'done',
        document: answer.document,
        ...(answer.found === undefined ? {} : { found: answer.found }),
      }
    : { kind: 'failed', proof: answer.proof, because: answer.because, note: answer.note };

const retry = (
  now: Instant,
  retryAfterMs: number,
): { readonly retryAt: Instant; readonly retryAfterMs: number } => ({
  retryAt: instantFromMilliseconds(Date.parse(now) + retryAfterMs),
  retryAfterMs: Math.ceil(retryAfterMs),
});

/** The outcome that the answer to a POST proves. `pauseMs` is the pause where the provider named none. */
export const sendOutcomeOf = (answer: SendAnswer, now: Instant, pauseMs: number): SendOutcome => {
  switch (answer._tag) {
    case 'Accepted':
      return { kind: 'accepted', ...withHandle(answer.handle) };
    case 'Exists':
      return { kind: 'exists', ...withHandle(answer.handle) };
    case 'Final':
      return { kind: 'final', result: finalOutcome(answer.answer), ...withHandle(answer.handle) };
    case 'RefusedInvalid':
      return { kind: 'refused-invalid', note: answer.note };
    case 'RefusedLater':
      return { kind: 'refused-later', note: answer.note, ...retry(now, answer.retryAfterMs ?? pauseMs) };
    case 'NotSent':
      return { kind: 'not-sent', why: answer.why, ...retry(now, pauseMs) };
    case 'Unknown':
      return {
        kind: 'unknown',
        why: answer.why,
        ...(answer.note === undefined ? {} : { note: answer.note }),
      };
  }
};

/** A send that this process authorised and then did not make. */
export const notMade = (why: string, now: Instant, pauseMs: number): SendOutcome => ({
  kind: 'not-sent',
  why,
  ...retry(now, pauseMs),
});

/** What an ask says of the key. An expired receipt was never made and is remembered: the key is proved failed. */
export const askOutcomeOf = (answer: AskAnswer): AskOutcome => {
  switch (answer._tag) {
    case 'Waiting':
      return { kind: 'waiting', ...withHandle(answer.handle) };
    case 'Final':
      return { kind: 'final', result: finalOutcome(answer.answer) };
    case 'Expired':
      return {
        kind: 'final',
        result: { kind: 'failed', proof: 'proved', because: 'other', note: answer.note },
      };
    case 'Absent':
      return { kind: 'absent' };
    case 'Unavailable':
      return { kind: 'unavailable' };
  }
};

/** What a call says about the provider being up. An attributable refusal says that it is. */
export const healthOf = (answer: SendAnswer | AskAnswer): CallHealth =>
  answer._tag === 'Unknown' ||
  answer._tag === 'NotSent' ||
  (answer._tag === 'Unavailable' && answer.scope === 'receipt')
    ? 'down'
    : 'up';
