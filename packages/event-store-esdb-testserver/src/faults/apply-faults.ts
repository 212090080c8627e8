import type { Refusal } from '../server/refusal';
import {
  accessDenied,
  deadlineExceeded,
  notLeader,
  notReady,
  timedOut,
  tooBusy,
  unavailable,
  unknownError,
} from '../server/refusal';
import type { Fault, Moment, NamedRefusal } from './fault-rule';
import type { CallFaults } from './fault-script';

/** What ends the ordinary course of a call. */
export type Interruption =
  | { readonly _tag: 'Silence' }
  | { readonly _tag: 'Drop' }
  | { readonly _tag: 'End' }
  | { readonly _tag: 'Refuse'; readonly refusal: Refusal };

/** What faults need to happen. */
export interface FaultMeans {
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Somebody else writes one event. */
  readonly foreignAppend: (stream: string, type: string) => void;
  /** The stream of the call, for a foreign writer who is not told another. */
  readonly stream: string | undefined;
  readonly signal: AbortSignal;
}

/** Lets the faults of this moment happen, in the order of their rules, up to the first that ends the call. */
export const applyFaults = async (
  faults: CallFaults,
  moment: Moment,
  means: FaultMeans,
): Promise<Interruption | undefined> => {
  for (const { fault, released } of faults.at(moment)) {
    const interruption = await applyFault(fault, released, means);
    if (interruption !== undefined) return interruption;
  }
  return undefined;
};

const applyFault = async (
  fault: Fault,
  released: Promise<void>,
  means: FaultMeans,
): Promise<Interruption | undefined> => {
  switch (fault.do) {
    case 'silence':
      return { _tag: 'Silence' };
    case 'drop':
      return { _tag: 'Drop' };
    case 'end':
      return { _tag: 'End' };
    case 'refuse':
      return { _tag: 'Refuse', refusal: REFUSALS[fault.as]() };
    case 'not-leader':
      return { _tag: 'Refuse', refusal: notLeader(fault.host, fault.port) };
    case 'wait':
      await means.sleep(fault.milliseconds, means.signal);
      return undefined;
    case 'hold':
      await untilReleased(released, means.signal);
      return undefined;
    case 'foreign-append':
      means.foreignAppend(fault.stream ?? means.stream ?? 'foreign', fault.type ?? 'foreign');
      return undefined;
  }
};

const untilReleased = (released: Promise<void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
    void released.then(resolve);
  });

const REFUSALS: Readonly<Record<NamedRefusal, () => Refusal>> = {
  'not-ready': notReady,
  'too-busy': tooBusy,
  unavailable: () => unavailable('Unavailable'),
  'timed-out': timedOut,
  'deadline-exceeded': deadlineExceeded,
  'access-denied': accessDenied,
  unknown: () => unknownError('Unexpected UnhandledException'),
};
