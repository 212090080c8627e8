import type { FiscalDocument, OperatorConfirmation } from '../document/fiscal-document';
import { count, NO_COUNTERS } from '../drive/counters';
import type { Counters } from '../drive/counters';

/** One fiscal document that exists, and where it came from. */
export interface LedgerEntry {
  /** 1, 2, 3 … in the order of making. */
  readonly sequence: number;
  /** Serial of the register that made it (1013). */
  readonly unit: string;
  /** The instant it was made, milliseconds since 1970 UTC. */
  readonly madeAt: number;
  /** The key it was asked for under; absent for reports and documents made by hand. */
  readonly key?: string;
  /** What the request put into 1192, by which a document is found again whatever its key. */
  readonly traceTag?: string;
  readonly document: FiscalDocument;
}

/** The ledger as plain data. */
export interface LedgerSnapshot {
  readonly entries: ReadonlyArray<LedgerEntry>;
  readonly confirmations: ReadonlyArray<OperatorConfirmation>;
}

/**
 * Every fiscal document that was ever made and every confirmation of the OFD: the truth by which others are judged. It only grows.
 * What a query returns is never changed afterwards.
 */
export interface Ledger {
  readonly append: (entry: Omit<LedgerEntry, 'sequence'>) => LedgerEntry;
  readonly confirm: (confirmation: OperatorConfirmation) => void;
  readonly size: () => number;
  readonly entries: () => ReadonlyArray<LedgerEntry>;
  /** At most `limit` documents whose number is greater than `after`, in their order. */
  readonly page: (after: number, limit: number) => ReadonlyArray<LedgerEntry>;
  /** Documents made under a key: one, unless something went wrong. */
  readonly byKey: (key: string) => ReadonlyArray<LedgerEntry>;
  readonly byTraceTag: (tag: string) => ReadonlyArray<LedgerEntry>;
  /** The document with this drive (1041) and number (1040). */
  readonly find: (fn: string, fd: number) => LedgerEntry | undefined;
  readonly confirmationOf: (fn: string, fd: number) => OperatorConfirmation | undefined;
  /** Totals of a shift (1038) of a drive, added up from its documents. */
  readonly shiftTotals: (fn: string, shift: number) => Counters;
  /** Totals of a drive, added up from its documents. */
  readonly driveTotals: (fn: string) => Counters;
  readonly snapshot: () => LedgerSnapshot;
}

const gather = (
  index: Map<string, Array<LedgerEntry>>,
  key: string | undefined,
  entry: LedgerEntry,
): void => {
  if (key === undefined) return;
  const found = index.get(key);
  if (found === undefined) index.set(key, [entry]);
  else found.push(entry);
};

const totalsOf = (entries: ReadonlyArray<LedgerEntry>, shift?: number): Counters => {
  let counters = NO_COUNTERS;
  for (const { document } of entries) {
    const { content } = document;
    if (content.kind === 'receipt' && (shift === undefined || content.shift === shift)) {
      counters = count(counters, content.receipt);
    }
  }
  return counters;
};

/** A ledger, empty or as it was when the snapshot was taken. */
export const createLedger = (from: LedgerSnapshot = { entries: [], confirmations: [] }): Ledger => {
  const all: Array<LedgerEntry> = [];
  const confirmations: Array<OperatorConfirmation> = [];
  const keys = new Map<string, Array<LedgerEntry>>();
  const tags = new Map<string, Array<LedgerEntry>>();
  const drives = new Map<string, Array<LedgerEntry>>();
  const answers = new Map<string, Array<OperatorConfirmation>>();

  const add = (entry: LedgerEntry): LedgerEntry => {
    all.push(entry);
    gather(keys, entry.key, entry);
    gather(tags, entry.traceTag, entry);
    gather(drives, entry.document.fn, entry);
    return entry;
  };
  const confirm = (confirmation: OperatorConfirmation): void => {
    confirmations.push(confirmation);
    const found = answers.get(confirmation.fn);
    if (found === undefined) answers.set(confirmation.fn, [confirmation]);
    else found.push(confirmation);
  };
  from.entries.forEach(add);
  from.confirmations.forEach(confirm);

  return {
    append: (entry) => add({ sequence: all.length + 1, ...entry }),
    confirm,
    size: () => all.length,
    entries: () => [...all],
    page: (after, limit) => all.slice(after, after + limit),
    byKey: (key) => [...(keys.get(key) ?? [])],
    byTraceTag: (tag) => [...(tags.get(tag) ?? [])],
    find: (fn, fd) => {
      const entry = drives.get(fn)?.[fd - 1];
      return entry?.document.fd === fd ? entry : undefined;
    },
    confirmationOf: (fn, fd) => {
      const confirmation = answers.get(fn)?.[fd - 1];
      return confirmation?.fd === fd ? confirmation : undefined;
    },
    shiftTotals: (fn, shift) => totalsOf(drives.get(fn) ?? [], shift),
    driveTotals: (fn) => totalsOf(drives.get(fn) ?? []),
    snapshot: () => ({ entries: [...all], confirmations: [...confirmations] }),
  };
};
