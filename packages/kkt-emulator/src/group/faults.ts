import { draw } from '../seeded-random';
import type { RandomState } from '../seeded-random';

/** What can be made to go wrong. */
export type FaultKind =
  /** A unit answers as if its drive had signed all it can. */
  | 'drive-full'
  /** A unit answers as if the key of its drive were over. */
  | 'key-expired'
  /** A unit cannot be reached: nothing is given to it. */
  | 'unit-unreachable'
  /** The OFD does not answer a unit: its documents wait. */
  | 'ofd-unreachable'
  /** Nobody closes a unit's shift in time. */
  | 'shift-keeper-asleep'
  /** A unit's clock is wrong by `milliseconds`. */
  | 'clock-offset'
  /** The unit fails and nothing was signed; the answer is that of `fails-after-signing`. */
  | 'fails-before-signing'
  /** The unit fails after the document was signed: it exists, and the answer does not say so. */
  | 'fails-after-signing'
  /** As `fails-after-signing`, but `milliseconds` later (a minute when absent) the answer is the document after all. */
  | 'late-success'
  /** The submission is taken and nothing ever comes of it: no document, and its result stays unknown. */
  | 'never-ends'
  /** The answer says "rejected", and no document was made. */
  | 'rejected-before-signing'
  /** The answer says "rejected" though the document exists (against the assumption that documented refusals are truthful). */
  | 'rejected-after-signing'
  /** The document is dropped as if it had waited too long. */
  | 'queue-timeout'
  /** The result is known `milliseconds` later. */
  | 'slow'
  /** A key submitted again while the first submission is unfinished makes a second document. */
  | 'racy-duplicates'
  /** Keys are forgotten `milliseconds` after they were accepted. */
  | 'forgets-keys';

/**
 * A switch, set until it is taken away. `unit` is a register's serial and `key` a submission's key: absent means any. `times` counts
 * down to the last firing; `probability` (0 to 1) is drawn from the seed. Conditions of a unit (the first six kinds) and
 * `forgets-keys` hold as long as they are set; `times` and `probability` are for the others.
 */
export interface Fault {
  readonly kind: FaultKind;
  readonly unit?: string;
  readonly key?: string;
  readonly times?: number;
  readonly probability?: number;
  readonly milliseconds?: number;
}

/** What a fault may be about at this moment. */
export interface FaultSubject {
  readonly unit?: string;
  readonly key?: string;
}

const concerns = (fault: Fault, subject: FaultSubject): boolean =>
  (fault.unit === undefined || fault.unit === subject.unit) &&
  (fault.key === undefined || fault.key === subject.key);

/** The fault of a kind that stands for the subject, if any. */
export const standing = (
  faults: ReadonlyArray<Fault>,
  kind: FaultKind,
  subject: FaultSubject,
): Fault | undefined => faults.find((fault) => fault.kind === kind && concerns(fault, subject));

/** Whether a fault fired, and the switches and the generator after it. */
export interface Firing {
  readonly fired: Fault | undefined;
  readonly faults: ReadonlyArray<Fault>;
  readonly random: RandomState;
}

/** Asks once whether a fault of the kind happens to the subject; counts it down and draws as it says. */
export const fire = (
  faults: ReadonlyArray<Fault>,
  random: RandomState,
  kind: FaultKind,
  subject: FaultSubject,
): Firing => {
  const fault = standing(faults, kind, subject);
  if (fault === undefined) return { fired: undefined, faults, random };
  const drawn = fault.probability === undefined ? undefined : draw(random);
  const after = drawn?.state ?? random;
  if (drawn !== undefined && fault.probability !== undefined && drawn.value >= fault.probability) {
    return { fired: undefined, faults, random: after };
  }
  if (fault.times === undefined) return { fired: fault, faults, random: after };
  const left = fault.times - 1;
  return {
    fired: fault,
    faults:
      left > 0
        ? faults.map((each) => (each === fault ? { ...fault, times: left } : each))
        : faults.filter((each) => each !== fault),
    random: after,
  };
};
