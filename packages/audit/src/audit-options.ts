import type { EventStore, KeyRing } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import type { Checkpoint } from './checkpoint/checkpoint';
import type { Progress } from './event-pass';
import type { Ledger } from './ledger/ledger';

/** What an audit reads, and with what. */
export interface AuditSubject {
  readonly store: EventStore;
  readonly keyRing: KeyRing;
  readonly runtime: Runtime;
  /** Told after every page of events. */
  readonly progress?: Progress;
}

export interface AuditOptions {
  /** What the registers themselves say. Without it doubles that nobody here has noticed are not found. */
  readonly ledger?: Ledger;
  /** A checkpoint of an earlier audit that was kept elsewhere. */
  readonly checkpoint?: Checkpoint;
  /** Receipts and settlements that are still open are findings. Default: they are counted. */
  readonly requireClosed?: boolean;
  /** Prefixes of streams that are not looked at. Default `lease-`: where work is divided, nothing is truth. */
  readonly ignore?: ReadonlyArray<string>;
  /** So long a reservation may wait for its receipt, in milliseconds before the latest time an event bears. Default one hour. */
  readonly reservationGraceMs?: number;
  /** So many findings of each rule are kept; all are counted. Default 10,000. */
  readonly findingLimit?: number;
}

const DEFAULT_IGNORED: ReadonlyArray<string> = ['lease-'];

export const DEFAULT_FINDING_LIMIT = 10_000;

export const DEFAULT_RESERVATION_GRACE_MS = 3_600_000;

/** Whether a stream is none of the audit's business. */
export const isIgnored = (stream: string, ignore: ReadonlyArray<string> = DEFAULT_IGNORED): boolean =>
  ignore.some((prefix) => stream.startsWith(prefix));
