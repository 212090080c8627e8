import type { PostponementReason, QueueStatus } from '@cloud-kassa/core';
import { POSTPONEMENT_REASONS, QUEUE_STATUS_OF } from '@cloud-kassa/core';
import type { ChainHead, Position } from '@cloud-kassa/event-store';
import type { AggregateName } from './aggregate';
import type { Books } from './books';
import { isOpen } from './cross/judge-ends';
import type { Finding } from './finding';
import type { AuditRule } from './rules/audit-rules';

/** Receipts by where they stand. */
export interface ReceiptCounts {
  readonly registered: number;
  /** As people know it from the receipt queue; `error` are those held and disputed. */
  readonly byStatus: Readonly<Record<QueueStatus, number>>;
  /** Without a final state: a count, not a finding, unless closed books were asked for. */
  readonly open: number;
  /** Of the open ones: held for a person. */
  readonly held: number;
  /** Of the open ones: the legal deadline lies before the latest time an event bears. */
  readonly overdue: number;
  readonly disputed: number;
  /** Of the disputed ones: made good by another receipt. */
  readonly compensated: number;
}

/** Confirmed money, in and back, by where its receipt stands. */
export interface SettlementCounts {
  readonly confirmed: number;
  readonly linked: number;
  /** To be made; the process has not come to it yet. */
  readonly due: number;
  readonly postponed: number;
  readonly byReason: Readonly<Partial<Record<PostponementReason, number>>>;
}

export interface DocumentCounts {
  /** Documents that receipts claim. */
  readonly recorded: number;
  /** Of them: compared with the receipt in sign, total and more, by the provider's answer or by the ledger. */
  readonly contentChecked: number;
  /** Of them: nobody has compared them yet. An audit with a ledger does. */
  readonly contentUnchecked: number;
}

/** What reading a ledger came to. */
export interface LedgerReport {
  readonly groups: number;
  readonly documents: number;
  /** Of the documents: receipts and corrections. */
  readonly receipts: number;
  /** Documents of receipts whose outcome is not recorded yet and may still be: no findings. */
  readonly unrecorded: number;
  /** Documents that were compared with their receipt in all that is money. */
  readonly contentChecked: number;
}

/** What an audit came to. */
export interface AuditReport {
  /** `ok`: nothing was found, and everything was read. */
  readonly verdict: 'ok' | 'failed';
  /** Everything up to the head was read; `false` where the store could not be read any further. */
  readonly complete: boolean;
  /** The last event that was read up to; absent in an empty store. */
  readonly head?: Position;
  /** With a ledger: the head before it was read. Documents recorded up to here have to be in the ledger. */
  readonly headBeforeLedger?: Position;
  readonly events: number;
  /** Events of streams that were not looked at. */
  readonly ignored: number;
  readonly streams: Readonly<Record<AggregateName | 'others', number>>;
  /** In the order they were found; of each rule so many as the limit allows. */
  readonly findings: ReadonlyArray<Finding>;
  readonly findingCount: number;
  readonly byRule: Readonly<Partial<Record<AuditRule, number>>>;
  /** The finding about the earliest event in the commit order. */
  readonly firstBadEvent?: Finding;
  readonly receipts: ReceiptCounts;
  readonly settlements: SettlementCounts;
  readonly documents: DocumentCounts;
  /** Places in events where a person stands, and how many of them were erased. */
  readonly persons: { readonly sealed: number; readonly erased: number };
  readonly shifts: {
    readonly open: number;
    readonly closed: number;
    /** Totals that could not be judged: a receipt of the register could not be read. */
    readonly unjudged: number;
    /**
     * Totals that are stated for a position of another store, as copied events have them: they are compared with the first documents of
     * the shift, as many as they state.
     */
    readonly judgedByCount: number;
    /** Documents recorded after the position the totals were stated for, while the shift was still open: in no shift's totals. */
    readonly documentsPastCut: number;
  };
  /** Parts of receipts that are held for receipts to be registered; too young to be a finding. */
  readonly reservationsOnTheirWay: number;
  readonly ledger?: LedgerReport;
  /** Ends of all chains: what a checkpoint is made of. */
  readonly heads: ReadonlyMap<string, ChainHead>;
}

const NO_STATUS: Readonly<Record<QueueStatus, number>> = {
  new: 0,
  fiscalizing: 0,
  fiscalized: 0,
  error: 0,
  cancelled: 0,
};

/** Counts the receipts of the books. */
export const receiptCounts = ({ receipts, newestAt }: Books): ReceiptCounts => {
  const byStatus = { ...NO_STATUS };
  const counts = { registered: 0, open: 0, held: 0, overdue: 0, disputed: 0, compensated: 0 };
  for (const trail of receipts.values()) {
    if (!trail.registered) continue;
    counts.registered += 1;
    byStatus[QUEUE_STATUS_OF[trail.phase]] += 1;
    if (trail.phase === 'Disputed') counts.disputed += 1;
    if (trail.compensatedBy !== undefined) counts.compensated += 1;
    if (!isOpen(trail)) continue;
    counts.open += 1;
    if (trail.phase === 'Held') counts.held += 1;
    if (trail.attempt !== undefined && trail.attempt.legalDeadline < newestAt) counts.overdue += 1;
  }
  return { ...counts, byStatus };
};

const isReason = (state: string): state is PostponementReason => Object.hasOwn(POSTPONEMENT_REASONS, state);

/** Counts the confirmed settlements of the books. */
export const settlementCounts = ({ payments }: Books): SettlementCounts => {
  const byReason: Partial<Record<PostponementReason, number>> = {};
  const counts = { confirmed: 0, linked: 0, due: 0, postponed: 0 };
  for (const { settlements } of payments.values()) {
    for (const { state } of settlements.values()) {
      counts.confirmed += 1;
      if (isReason(state)) {
        counts.postponed += 1;
        byReason[state] = (byReason[state] ?? 0) + 1;
      } else counts[state] += 1;
    }
  }
  return { ...counts, byReason };
};

/** Counts the documents that receipts claim. */
export const documentCounts = ({ documents, receipts }: Books): DocumentCounts => {
  let recorded = 0;
  let contentChecked = 0;
  for (const mark of documents.marks()) {
    recorded += 1;
    if (receipts.get(mark.receiptId)?.contentChecked === true) contentChecked += 1;
  }
  return { recorded, contentChecked, contentUnchecked: recorded - contentChecked };
};
