import type { Fault, FaultRule, FaultSubject, Moment } from './fault-rule';

/** A rule that has been set. */
export interface SetFault {
  /** How many calls matched. */
  readonly seen: () => number;
  /** How many calls it was applied to. */
  readonly struck: () => number;
  /** Resolves when it has struck so many calls (default 1). */
  readonly strike: (count?: number) => Promise<void>;
  /** Lets go what a `hold` holds, now and later. */
  readonly release: () => void;
  /** No call is struck any more; what is held is let go. */
  readonly remove: () => void;
}

/** The faults of a server. Rules are asked in the order in which they were set; all that match apply. */
export interface FaultScript {
  readonly set: (rule: FaultRule) => SetFault;
  readonly clear: () => void;
  /** The faults of one call. Counts the call. */
  readonly of: (subject: FaultSubject) => CallFaults;
}

/** A fault that applies to a call, with the release of its rule. */
export interface DueFault {
  readonly fault: Fault;
  readonly released: Promise<void>;
}

/** The faults of one call. */
export interface CallFaults {
  readonly any: boolean;
  readonly at: (moment: Moment) => ReadonlyArray<DueFault>;
}

export const NO_FAULTS: CallFaults = { any: false, at: () => [] };

interface Rule {
  readonly rule: FaultRule;
  seen: number;
  struck: number;
  readonly watchers: Set<() => void>;
  readonly released: Promise<void>;
  readonly release: () => void;
}

export const faultScript = (): FaultScript => {
  const rules = new Set<Rule>();

  const set = (rule: FaultRule): SetFault => {
    const gate = new AbortController();
    const released = new Promise<void>((resolve) => {
      gate.signal.addEventListener('abort', () => resolve());
    });
    const release = (): void => gate.abort();
    const made: Rule = { rule, seen: 0, struck: 0, watchers: new Set(), released, release };
    rules.add(made);
    return {
      seen: () => made.seen,
      struck: () => made.struck,
      strike: (count = 1) =>
        new Promise((resolve) => {
          const look = (): void => {
            if (made.struck < count) return;
            made.watchers.delete(look);
            resolve();
          };
          made.watchers.add(look);
          look();
        }),
      release,
      remove: () => {
        rules.delete(made);
        release();
      },
    };
  };

  const strikes = (made: Rule): boolean => {
    const { nth = 1, every = 1, times = 1 } = made.rule;
    made.seen += 1;
    if (made.seen < nth || (made.seen - nth) % every !== 0) return false;
    if (times !== 'all' && made.struck >= times) return false;
    made.struck += 1;
    for (const look of made.watchers) look();
    return true;
  };

  return {
    set,
    clear: () => {
      for (const { release } of rules) release();
      rules.clear();
    },
    of: (subject) => {
      if (rules.size === 0) return NO_FAULTS;
      const due = [...rules].filter(({ rule }) => matches(rule, subject)).filter(strikes);
      if (due.length === 0) return NO_FAULTS;
      return {
        any: true,
        at: (moment) =>
          due
            .filter(({ rule }) => (rule.fault.at ?? 'before') === moment)
            .map(({ rule, released }) => ({ fault: rule.fault, released })),
      };
    },
  };
};

const matches = (rule: FaultRule, { operation, path, stream }: FaultSubject): boolean =>
  (rule.on === 'any' || rule.on === operation) &&
  (rule.path === undefined || rule.path === path) &&
  (rule.stream === undefined || stream?.startsWith(rule.stream) === true);
