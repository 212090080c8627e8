import type { EventStore } from '@cloud-kassa/event-store';
import type { Finding, FindingDetail, Place } from './finding';
import { findingAt } from './finding';
import type { AuditRule } from './rules/audit-rules';

/** What was found so far. All are counted, the first of each rule are kept: a store that is wrong throughout must not fill the memory. */
export interface Findings {
  readonly add: (rule: AuditRule, place: Place, detail?: FindingDetail) => void;
  readonly kept: () => ReadonlyArray<Finding>;
  readonly count: () => number;
  readonly byRule: () => Readonly<Partial<Record<AuditRule, number>>>;
  /** The finding about the earliest event in the commit order of the store. */
  readonly first: () => Finding | undefined;
}

/** @param limit so many findings of each rule are kept. */
export const findings = (comparePositions: EventStore['comparePositions'], limit: number): Findings => {
  const kept: Finding[] = [];
  const counts = new Map<AuditRule, number>();
  let count = 0;
  let first: Finding | undefined;

  const isEarlier = ({ position }: Finding): boolean =>
    position !== undefined &&
    (first?.position === undefined || comparePositions(position, first.position) === -1);

  return {
    add: (rule, place, detail = {}) => {
      const finding = findingAt(rule, place, detail);
      count += 1;
      const ofRule = (counts.get(rule) ?? 0) + 1;
      counts.set(rule, ofRule);
      if (ofRule <= limit) kept.push(finding);
      if (isEarlier(finding)) first = finding;
    },
    kept: () => kept,
    count: () => count,
    byRule: () => Object.fromEntries(counts),
    first: () => first,
  };
};
