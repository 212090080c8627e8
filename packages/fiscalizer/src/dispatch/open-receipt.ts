import type { Receipt, SendOutcome } from '@cloud-kassa/core';

/** What this process still has to record of a send it authorised itself. */
export interface Owed {
  readonly epoch: number;
  readonly key: string;
  readonly outcome: SendOutcome;
}

/** A receipt under way as one process sees it. The facts are in `receipt`; the rest may be lost at any moment without harm. */
export interface OpenReceipt {
  receipt: Receipt;
  /** Revision of the stream that `receipt` was folded at. */
  revision: number;
  /** Monotonic moment at which the present phase was first seen. */
  since: number;
  /** Monotonic moment before which no further step is made: the pause after a step that did not move the receipt. */
  notBefore: number;
  /** Sends in a row that came to nothing. */
  sendTries: number;
  /** Steps in a row that did not move the receipt. */
  stillTries: number;
  /** Store calls in a row that failed. */
  storeTries: number;
  /** Alarms in a row that could not be raised. */
  alarmTries: number;
  /** Monotonic moment before which no alarm is raised: the pause after one that could not be. */
  alarmNotBefore: number;
  /** One step at a time. */
  busy: boolean;
  /** The rule that refused the last step. */
  refused?: string;
  readonly arrival: number;
  readonly shard: number;
  owed?: Owed;
}
