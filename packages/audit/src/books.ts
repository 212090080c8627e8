import type { EventStore, StoredEvent } from '@cloud-kassa/event-store';
import type { RecentPositions } from './recent-positions';
import { recentPositions } from './recent-positions';
import type { DocumentIndex } from './cross/document-index';
import { documentIndex } from './cross/document-index';
import type { Findings } from './findings';
import type { DeviceTrail } from './streams/device-trail';
import type { PaymentTrail } from './streams/payment-trail';
import type { ReceiptTrail } from './streams/receipt-trail';
import type { RegisterTrail } from './streams/register-trail';

/** All that an audit keeps while it reads: one small trail for each stream, and how to find it. */
export interface Books {
  readonly findings: Findings;
  readonly comparePositions: EventStore['comparePositions'];
  readonly receipts: Map<string, ReceiptTrail>;
  readonly payments: Map<string, PaymentTrail>;
  readonly registers: Map<string, RegisterTrail>;
  readonly devices: Map<string, DeviceTrail>;
  readonly documents: DocumentIndex;
  /** Device by dedup domain. */
  readonly domains: Map<string, string>;
  /** Receipts by intended key and by trace tag; kept only where a ledger will be read. */
  readonly withLedger: boolean;
  readonly byKey: Map<string, ReceiptTrail>;
  readonly byTag: Map<string, ReceiptTrail>;
  /** Whether a position lies at or before the head that was taken before the ledger was read. */
  readonly isBeforeLedger: (position: string) => boolean;
  persons: { readonly sealed: number; readonly erased: number };
  /** The latest time that any event bears: the audit's idea of now. */
  newestAt: string;
  /** Registers of receipts that could not be read; `''` where not even the register is known. The totals of their shifts are not judged. */
  readonly doubtfulRegisters: Set<string>;
  /** Documents recorded while a shift was open, behind the position its totals were stated for. */
  documentsPastCut: number;
  /** Closings whose totals can not be judged: a receipt of the register could not be read. */
  shiftsUnjudged: number;
  /** Closings whose totals are judged by the number of documents they state, as their position is none of this store. */
  shiftsByCount: number;
  /** Of the last events: the position a closing is stated for lies shortly before it. */
  readonly recentPositions: RecentPositions;
  shiftsClosed: number;
}

/** An event of an aggregate as it was read and as it is stored. */
export interface ReadEvent<Event> {
  readonly event: Event;
  readonly stored: StoredEvent;
  /** Stored in the newest version: nothing was lifted. */
  readonly isNewest: boolean;
}

/** Totals lag behind the events of their store by less; if they do not, they are judged by count. */
const RECENT_POSITIONS = 10_000;

/** Empty books. */
export const newBooks = (
  given: Pick<Books, 'findings' | 'comparePositions' | 'withLedger' | 'isBeforeLedger'>,
): Books => ({
  ...given,
  receipts: new Map(),
  payments: new Map(),
  registers: new Map(),
  devices: new Map(),
  documents: documentIndex(),
  domains: new Map(),
  byKey: new Map(),
  byTag: new Map(),
  persons: { sealed: 0, erased: 0 },
  newestAt: '',
  doubtfulRegisters: new Set(),
  documentsPastCut: 0,
  shiftsUnjudged: 0,
  shiftsByCount: 0,
  recentPositions: recentPositions(RECENT_POSITIONS),
  shiftsClosed: 0,
});

/** The trail of an id, begun where there is none. */
export const trailOf = <Trail>(
  trails: Map<string, Trail>,
  id: string,
  begin: (id: string) => Trail,
): Trail => {
  const known = trails.get(id);
  if (known !== undefined) return known;
  const begun = begin(id);
  trails.set(id, begun);
  return begun;
};
