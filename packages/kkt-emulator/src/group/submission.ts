import type { LedgerEntry } from '../ledger/ledger';
import type { AdmissionRefusal, Refusal } from '../refusal';
import type { ReceiptRequest } from '../request';

/** Why a submission ended without an answer that holds a document. */
export type Failure =
  /** Refused by content or by the device: nothing was made. */
  | { readonly reason: 'refused'; readonly refusal: Refusal }
  /** It waited too long: nothing was made. */
  | { readonly reason: 'queue-timeout' }
  /** The device failed: a document may exist or not. */
  | { readonly reason: 'device-failed' }
  /** The service says that nothing was made; under the fault `rejected-after-signing` that is a lie. */
  | { readonly reason: 'rejected' };

/** How a submission ended. */
export type Outcome =
  | { readonly _tag: 'done'; readonly entry: LedgerEntry }
  | { readonly _tag: 'failed'; readonly failure: Failure };

/** What is known under a key. Instants in milliseconds. */
export type SubmissionResult =
  /** Never submitted, or forgotten. */
  | { readonly _tag: 'unknown' }
  | { readonly _tag: 'waiting'; readonly acceptedAt: number }
  | (Outcome & { readonly acceptedAt: number; readonly finishedAt: number });

/** The answer to a submission. `id` is the group's own number of it, from 1 on: unlike the key it never stands for another one. */
export type SubmitAnswer =
  /** It waits; `ahead` submissions stand before it. */
  | { readonly _tag: 'queued'; readonly id: number; readonly ahead: number }
  /** The key is known; nothing new happens. */
  | { readonly _tag: 'known'; readonly id: number; readonly result: SubmissionResult }
  /** Nothing was accepted and the key stays free. */
  | { readonly _tag: 'refused'; readonly refusal: AdmissionRefusal | QueueFull };

/** The queue holds as many submissions as it may. */
export interface QueueFull {
  readonly _tag: 'QueueFull';
  readonly rule: 'queue-full';
}

/** An outcome and the instant from which on it is known. */
export interface Ending {
  readonly at: number;
  readonly outcome: Outcome;
}

/** A submission as the group keeps it. */
export interface Submission {
  readonly id: number;
  readonly key: string;
  /** Absent once it has ended: the ledger has what was made of it. */
  readonly request?: ReceiptRequest;
  readonly acceptedAt: number;
  /** `null` while it waits or is being worked on. */
  readonly ended: Ending | null;
  /** What becomes known afterwards instead. */
  readonly later?: Ending;
}

/** The result of a submission as it is known at an instant. */
export const resultAt = (submission: Submission, now: number): SubmissionResult => {
  const { acceptedAt, later } = submission;
  const ended = later !== undefined && later.at <= now ? later : submission.ended;
  return ended === null || ended.at > now
    ? { _tag: 'waiting', acceptedAt }
    : { ...ended.outcome, acceptedAt, finishedAt: ended.at };
};
