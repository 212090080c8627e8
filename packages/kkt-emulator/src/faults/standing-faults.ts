import { draw } from '../seeded-random';
import type { RandomState } from '../seeded-random';
import type { HttpFault, HttpMatch, HttpOperation } from './http-fault';

/** What a request is, as far as a fault may be about it. */
export interface HttpSubject {
  readonly operation?: HttpOperation;
  readonly group?: string;
  readonly key?: string;
  readonly layer: 'outer' | 'inner';
}

/** A fault that is set, with its counts. */
export interface StandingFault {
  readonly fault: HttpFault;
  /** The instant it was set. */
  readonly setAt: number;
  /** Requests that fitted so far. */
  readonly seen: number;
  /** How often it may still happen; `null` = without end. */
  readonly left: number | null;
}

/** All transport faults that are set, and their source of chance. Plain data. */
export interface StandingFaults {
  readonly faults: ReadonlyArray<StandingFault>;
  readonly random: RandomState;
}

/** Faults as they are right after they were set. */
export const standingFrom = (fault: HttpFault, setAt: number): StandingFault => ({
  fault,
  setAt,
  seen: 0,
  left: fault.times ?? (fault.when.nth === undefined ? null : 1),
});

const fits = ({ fault, setAt }: StandingFault, subject: HttpSubject, now: number): boolean => {
  const { operation, group, key, layer = 'outer', from = 0, until = Number.POSITIVE_INFINITY } = fault.when;
  const age = now - setAt;
  return (
    (operation === undefined || operation === subject.operation) &&
    (group === undefined || group === subject.group) &&
    (key === undefined || key === subject.key) &&
    layer === subject.layer &&
    age >= from &&
    age < until
  );
};

const isDue = ({ seen, left }: StandingFault, { nth }: HttpMatch): boolean =>
  left !== 0 && (nth === undefined || seen === nth);

/**
 * Asks which fault happens to a request: the first that fits and is due. Every one that fits counts the request; chance is drawn only
 * for one that is due.
 */
export const strike = (
  standing: StandingFaults,
  subject: HttpSubject,
  now: number,
): { readonly fired: HttpFault | undefined; readonly standing: StandingFaults } => {
  if (standing.faults.length === 0) return { fired: undefined, standing };
  let { random } = standing;
  let fired: HttpFault | undefined;
  const faults = standing.faults.map((each) => {
    if (!fits(each, subject, now)) return each;
    const counted = { ...each, seen: each.seen + 1 };
    if (fired !== undefined || !isDue(counted, each.fault.when)) return counted;
    const { probability } = each.fault.when;
    if (probability !== undefined) {
      const drawn = draw(random);
      random = drawn.state;
      if (drawn.value >= probability) return counted;
    }
    fired = each.fault;
    return { ...counted, left: counted.left === null ? null : counted.left - 1 };
  });
  return { fired, standing: { faults, random } };
};

/** Whether a fault that waits for its n-th request counted one: a restart must not make it wait anew. */
export const isCounted = (before: StandingFaults, after: StandingFaults): boolean =>
  after.faults.some(
    ({ fault, seen, left }, index) =>
      fault.when.nth !== undefined && left !== 0 && seen !== before.faults[index]?.seen,
  );
