import type { DriveModel } from '../drive/drive-model';
import type { KktSettings } from '../kkt/kkt';
import type { Registration } from '../kkt/registration';

/** A fiscal drive to be put into a register. */
export interface DriveSettings {
  /** 16 digits beginning with 9999. */
  readonly serial: string;
  readonly model: DriveModel;
  /** Lower than 250 000 to see a drive fill up. */
  readonly capacity?: number;
}

/** One register of a group with its drive and registration. */
export interface UnitSettings {
  readonly kkt: KktSettings;
  readonly drive: DriveSettings;
  readonly registration: Registration;
}

/** Registers of one taxpayer behind one queue: what a cloud service calls a group. Times are in milliseconds. */
export interface GroupSettings {
  readonly units: ReadonlyArray<UnitSettings>;
  /** Signs, and faults with a probability, follow from it. */
  readonly seed: string;
  /** How many submissions may wait; more are refused as `queue-full`. */
  readonly queueLimit: number;
  /** A submission that was not made within this time fails as `queue-timeout`; `null` = never. ATOL Online waits 300 s. */
  readonly queueTimeout: number | null;
  /** How long a key is remembered after it was accepted; `null` = for ever. */
  readonly keyMemory: number | null;
  /** Whether content is judged when it is submitted too, or only when the document is made. */
  readonly judgeOnSubmit: boolean;
  /** `automatic`: the group opens a shift when a receipt needs one and closes it `closeAfter` its opening; `manual`: by `operate` only. */
  readonly shifts: { readonly mode: 'automatic'; readonly closeAfter: number } | { readonly mode: 'manual' };
  /** From the making of a document to the moment its result is known. */
  readonly resultDelay: number;
  /** From the making of a document to its confirmation by the OFD. */
  readonly ofdDelay: number;
}

/** Usual waiting times: 300 s in the queue, keys for 32 days, shifts of at most 23 hours, the OFD answers after three minutes. */
export const USUAL_GROUP = {
  queueLimit: 10_000,
  queueTimeout: 300_000,
  keyMemory: 32 * 86_400_000,
  judgeOnSubmit: false,
  shifts: { mode: 'automatic', closeAfter: 23 * 3_600_000 },
  resultDelay: 0,
  ofdDelay: 180_000,
} as const satisfies Partial<GroupSettings>;
