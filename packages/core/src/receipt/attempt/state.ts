import type { Instant } from '@cloud-kassa/ffd';
import type { FiscalDocument } from '../document';
import type { AttemptPhase, HoldReason } from './phase';

/** A send may move on three retired keys; a fourth retirement goes to a person. */
export const MAXIMUM_RETIREMENTS = 3;

/** So many crashes in a row while in slow start put a receipt aside as poison. */
export const POISON_CRASHES = 3;

/** A provider that has acknowledged may lag for so long before "absent" means that it lost the receipt. */
export const ABSENT_TOLERANCE_MS = 15 * 60 * 1000;

/** Where a receipt is sent: the device and the scope in which its provider keeps keys unique. */
export interface Route {
  readonly deviceId: string;
  readonly domain: string;
  readonly key: string;
  readonly traceTag: string;
}

/** The state of the one remote effect of a receipt. */
export interface AttemptState {
  readonly phase: AttemptPhase;
  readonly enqueued: boolean;
  readonly postponed?: { readonly reason: string; readonly until?: Instant };
  readonly route?: Route;
  /** Grows by rows 4, 27 and 43 only; names the key within its domain. */
  readonly generation: number;
  /** Keys that ended as failed; counted apart from the generation, so that safe reroutes do not use it up. */
  readonly retirements: number;
  /** Sends authorised under the current key that no outcome has proved void. */
  readonly open: number;
  /** How often a person has amended the content. */
  readonly amendments: number;
  /** Grows with every intent and every take-over; an outcome of another epoch is not recorded. */
  readonly epoch: number;
  readonly worker?: string;
  /** When the oldest send that is still unaccounted for was authorised: the horizon is measured from here. */
  readonly firstIntentAt?: Instant;
  readonly lastIntentAt?: Instant;
  readonly acknowledgedAt?: Instant;
  readonly retryAt?: Instant;
  readonly retryAfterMs?: number;
  readonly handle?: string;
  /** What was sent under the current key; a repetition must be identical. */
  readonly payloadHash?: string;
  readonly intendedInSlowStart: boolean;
  readonly crashes: number;
  readonly held?: { readonly reason: HoldReason; readonly code?: string };
  /** The current key was retired because its content was refused. */
  readonly contentRefused: boolean;
  readonly document?: FiscalDocument;
  readonly contentChecked?: boolean;
  readonly disputed?: {
    readonly found: ReadonlyArray<FiscalDocument>;
    readonly differences: ReadonlyArray<string>;
  };
  readonly compensatedBy?: string;
  /** Thresholds of the legal deadline, in percent, that were alarmed. */
  readonly alarms: ReadonlyArray<number>;
}

export const INITIAL_ATTEMPT: AttemptState = {
  phase: 'Accepted',
  enqueued: false,
  generation: 0,
  retirements: 0,
  open: 0,
  amendments: 0,
  epoch: 0,
  intendedInSlowStart: false,
  crashes: 0,
  contentRefused: false,
  alarms: [],
};
