import type { LocalSeconds } from '../arithmetic/calendar';
import { SECONDS_OF_DAY } from '../arithmetic/calendar';
import type { Counters } from './counters';
import { countedSince } from './counters';

/**
 * Documents that wait for the confirmation of the OFD. They are sent and confirmed in their order, so the queue is a range:
 * all numbers above `confirmed`. Source: every document goes to the OFD and is confirmed by form 7 (fiscal drive protocol).
 */
export interface OfdQueue {
  /** The last confirmed document (tag 1040), 0 before the first. */
  readonly confirmed: number;
  /** When the first unconfirmed document was made; `null` when nothing waits. */
  readonly firstAt: LocalSeconds | null;
  /** Counters as they stood after the last confirmed document. */
  readonly confirmedCounters: Counters;
}

/** 1053 is raised when the first document has waited longer than two days. */
const OVERDUE = 2 * SECONDS_OF_DAY;

/** The drive makes no more documents when the first has waited longer than thirty days. */
const BLOCKED = 30 * SECONDS_OF_DAY;

/** True when the first document waits for more than two days: признак превышения времени ожидания ответа ОФД (1053). */
export const isOverdue = (queue: OfdQueue, at: LocalSeconds): boolean =>
  queue.firstAt !== null && at - queue.firstAt > OVERDUE;

/** True when the first document waits for more than thirty days (ATOL 140); delivering it unblocks the drive. */
export const isBlocked = (queue: OfdQueue, at: LocalSeconds): boolean =>
  queue.firstAt !== null && at - queue.firstAt > BLOCKED;

/** What waits: its number (1097), first document (1116) and its moment (1098), and totals (1158). */
export interface UnsentDocuments {
  readonly count: number;
  readonly first: { readonly fd: number; readonly at: LocalSeconds } | null;
  readonly counters: Counters;
}

/** The unsent documents of a drive that has made `documents` documents with these counters. */
export const unsentDocuments = (queue: OfdQueue, documents: number, counters: Counters): UnsentDocuments => ({
  count: documents - queue.confirmed,
  first: queue.firstAt === null ? null : { fd: queue.confirmed + 1, at: queue.firstAt },
  counters: countedSince(counters, queue.confirmedCounters),
});
