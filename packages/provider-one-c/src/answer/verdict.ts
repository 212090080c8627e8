import type { UnknownWhy } from '@cloud-kassa/core';
import type { JsonRead, NotSentWhy } from '@cloud-kassa/provider';
import { unknownWhyOf } from '@cloud-kassa/provider';
import type { ProblemType } from './problem-types';
import { problemTypeOf } from './problem-types';
import type { JudgedAnswer, WireAnswer } from './wire-answer';
import { at, textAt } from './wire-answer';

/** What may be told of an answer, before it is redacted. */
export interface Told {
  readonly status?: number;
  readonly code?: string;
  readonly text?: string;
}

/** What one request has proved. */
export type Verdict =
  | { readonly _tag: 'Success'; readonly body: JsonRead; readonly told: Told }
  /** A documented refusal of a known type: this very request did nothing. */
  | {
      readonly _tag: 'Refusal';
      readonly problem: ProblemType;
      readonly retryAfterMs?: number;
      readonly told: Told;
    }
  /** Anything may have happened. */
  | { readonly _tag: 'Doubt'; readonly why: UnknownWhy; readonly told: Told }
  /** Nothing was written, or there was nothing to write it with. */
  | { readonly _tag: 'NotSent'; readonly why: NotSentWhy | 'no-secret' | 'no-token' };

interface ProblemBody {
  readonly type: string;
  readonly text: string;
}

/** An error body in the manner of RFC 9457: `type`, `title`, `detail`, and a `status` that must not contradict. */
const problemBody = (body: JsonRead | undefined, status: number): ProblemBody | undefined => {
  const type = textAt(body, 'type');
  const said = at(body, 'status');
  if (type === undefined || (typeof said === 'number' && said !== status)) return undefined;
  const text = [textAt(body, 'title'), textAt(body, 'detail')]
    .filter((part) => part !== undefined)
    .join(': ');
  return { type, text };
};

const ofClientError = (answer: JudgedAnswer, problem: ProblemBody | undefined): Verdict => {
  const { status, text, retryAfterMs } = answer;
  const known = problem === undefined ? undefined : problemTypeOf(problem.type, status, answer.from);
  if (problem === undefined || known === undefined || !answer.saysJson) {
    const told =
      problem === undefined ? { status, text } : { status, code: problem.type, text: problem.text };
    return { _tag: 'Doubt', why: 'gateway-answer', told };
  }
  return {
    _tag: 'Refusal',
    problem: known,
    told: { status, code: known.type, text: problem.text },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
};

const ofAnswer = (answer: JudgedAnswer): Verdict => {
  const { status, body, text } = answer;
  if (status === 200) {
    return body === undefined
      ? { _tag: 'Doubt', why: 'unreadable-answer', told: { status, text } }
      : { _tag: 'Success', body, told: { status, text } };
  }
  if (status > 200 && status < 300)
    return { _tag: 'Doubt', why: 'unreadable-answer', told: { status, text } };
  const problem = problemBody(body, status);
  if (status >= 400 && status < 500) return ofClientError(answer, problem);
  return problem === undefined
    ? { _tag: 'Doubt', why: 'gateway-answer', told: { status, text } }
    : { _tag: 'Doubt', why: 'server-error', told: { status, code: problem.type, text: problem.text } };
};

/**
 * Judges an answer. Only a body of a documented type under a status it is documented for, under a media type of JSON, proves that a
 * request did nothing; only 200 is success; every 5xx, every redirect, every foreign or empty body leaves everything open.
 */
export const verdictOf = (answer: WireAnswer): Verdict => {
  if (answer._tag === 'NotSent') return answer;
  if (answer._tag === 'Unanswered') return { _tag: 'Doubt', why: unknownWhyOf(answer.why), told: {} };
  return ofAnswer(answer);
};
