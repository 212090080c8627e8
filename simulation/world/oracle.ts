import type { Receipt, ReceiptEvent, ReceiptState } from '@cloud-kassa/core';
import { RECEIPT, contentDifferences } from '@cloud-kassa/core';
import type { StoredEvent } from '@cloud-kassa/event-store';
import type { KktGroup, LedgerEntry } from '@cloud-kassa/kkt-emulator';

/** A broken invariant: what happened that must never happen. */
export interface Finding {
  readonly invariant: string;
  readonly at: number;
  readonly receiptId: string;
  readonly what: string;
}

export interface OracleOptions {
  /** The log as it is kept, in commit order. */
  readonly events: ReadonlyArray<StoredEvent>;
  readonly groups: ReadonlyArray<KktGroup>;
  readonly now: () => number;
}

/** Judges the whole world after every step: the kept events against the ledgers of the registers. */
export interface Oracle {
  /** Looks at what is new since the last time. */
  readonly check: () => void;
  /** A worker puts a request on the wire: there must be a durable intent for it (I11). */
  readonly noteSend: (receiptId: string, key: string) => void;
  readonly receipts: () => ReadonlyMap<string, Receipt>;
  /** How often each cell of the protocol (state, event, next state) was visited. */
  readonly cells: () => ReadonlyMap<string, number>;
  readonly findings: () => ReadonlyArray<Finding>;
  readonly documentsOf: (receiptId: string) => ReadonlyArray<LedgerEntry>;
}

/** The receipt a stored event belongs to. */
const receiptIdOfStream = (stream: string): string | undefined =>
  stream.startsWith('receipt-') ? stream.slice('receipt-'.length) : undefined;

/** What is stored is decoded by nobody here: the oracle folds the kept data as they lie, so that a wrong codec can not hide a wrong event. */
const rawEvent = (stored: StoredEvent): ReceiptEvent =>
  ({ type: stored.type, data: stored.data }) as unknown as ReceiptEvent;

const countIn = (map: Map<string, number>, key: string): number => {
  const count = (map.get(key) ?? 0) + 1;
  map.set(key, count);
  return count;
};

export const oracle = ({ events, groups, now }: OracleOptions): Oracle => {
  const states = new Map<string, Receipt>();
  const receiptOfKey = new Map<string, string>();
  const intents = new Map<string, number>();
  const sends = new Map<string, number>();
  const documents = new Map<string, LedgerEntry[]>();
  const cells = new Map<string, number>();
  const findings: Finding[] = [];
  const seenEntries = groups.map(() => 0);
  let seenEvents = 0;

  const find = (invariant: string, receiptId: string, what: string): void => {
    findings.push({ invariant, at: now(), receiptId, what });
  };

  /** I4 to I7 on one step of a stream. */
  const checkStep = (receiptId: string, event: ReceiptEvent, before: Receipt, after: Receipt): void => {
    const [from, to] = [before.attempt, after.attempt];
    if (from.phase === 'Fiscalized' || from.phase === 'Cancelled') {
      if (to.phase !== from.phase && to.phase !== 'Disputed')
        find('I5', receiptId, `${from.phase} became ${to.phase}`);
    }
    if (
      to.generation !== from.generation &&
      event.type !== 'receipt.Rerouted' &&
      event.type !== 'receipt.Rekeyed'
    )
      find('I4', receiptId, `generation changed by ${event.type}`);
    if (from.route !== undefined && to.route !== undefined && from.route.domain !== to.route.domain) {
      if (from.open > 0 && from.phase !== 'Retired')
        find('I7', receiptId, `domain changed with ${from.open} sends unaccounted for`);
    }
    if (event.type === 'receipt.SendIntended' || event.type === 'receipt.TakenOver') {
      if (to.epoch <= from.epoch) find('I6', receiptId, `epoch ${to.epoch} after ${from.epoch}`);
    }
    if (event.type === 'receipt.Rekeyed' && from.phase !== 'Retired' && from.held?.reason !== 'rejected')
      find('I4', receiptId, `rekeyed out of ${from.phase}`);
  };

  /** I9: what the stream calls fiscalized is a document of a register, with the same content. */
  const checkFiscalized = (receiptId: string, receipt: Receipt): void => {
    const { document } = receipt.attempt;
    if (document === undefined || document.fd === undefined) return;
    const { fd } = document;
    const entry = groups
      .map((group) => group.ledger.find(document.fn, fd))
      .find((found) => found !== undefined);
    if (entry === undefined || entry.document.content.kind !== 'receipt') {
      find('I9', receiptId, 'fiscalized without a document');
      return;
    }
    const { receipt: made } = entry.document.content;
    if (receiptOfKey.get(entry.key ?? '') !== receiptId)
      find('I9', receiptId, 'the document belongs to another receipt');
    const differences = contentDifferences(receipt.content, {
      settlementSign: made.settlementSign as 1 | 2 | 3 | 4,
      total: made.total as typeof receipt.content.total,
    });
    if (differences.length > 0) find('I9', receiptId, `the document differs in ${differences.join(', ')}`);
    const isNamed = made.items.every(({ name }, index) => name === receipt.content.items[index]?.name);
    if (!isNamed) find('I9', receiptId, 'the document was made from other content than the receipt now has');
  };

  const takeEvent = (stored: StoredEvent): void => {
    const receiptId = receiptIdOfStream(stored.stream);
    if (receiptId === undefined) return;
    const event = rawEvent(stored);
    const before: ReceiptState = states.get(receiptId);
    const after = RECEIPT.evolve(before, event);
    if (after === undefined) return;
    states.set(receiptId, after);
    if (event.type === 'receipt.SendIntended') {
      const known = receiptOfKey.get(event.data.key);
      if (known !== undefined && known !== receiptId) find('I4', receiptId, 'two receipts under one key');
      receiptOfKey.set(event.data.key, receiptId);
      countIn(intents, event.data.key);
    }
    if (before === undefined) return;
    countIn(cells, `${before.attempt.phase} ${event.type.slice('receipt.'.length)} ${after.attempt.phase}`);
    checkStep(receiptId, event, before, after);
    if (event.type === 'receipt.Fiscalized') checkFiscalized(receiptId, after);
    if (event.type === 'receipt.Disputed') find('disputed', receiptId, event.data.differences.join(', '));
    if (after.attempt.phase === 'Cancelled' && (documents.get(receiptId)?.length ?? 0) > 0)
      find('I8', receiptId, 'cancelled with a document');
  };

  const takeEntry = (entry: LedgerEntry): void => {
    if (entry.key === undefined || entry.document.content.kind !== 'receipt') return;
    const receiptId = receiptOfKey.get(entry.key);
    if (receiptId === undefined) {
      find('I3', entry.key, 'a document without a durable intent');
      return;
    }
    const all = [...(documents.get(receiptId) ?? []), entry];
    documents.set(receiptId, all);
    // Parents before children: a refund is no document before the sale it refunds is one.
    for (const { link } of states.get(receiptId)?.parents ?? []) {
      if (link.kind === 'receipt' && !documents.has(link.receiptId))
        find('order', receiptId, 'a document before that of its parent');
    }
    if (all.length > 1) find('I1', receiptId, `${all.length} documents`);
    if (states.get(receiptId)?.attempt.phase === 'Cancelled')
      find('I8', receiptId, 'a document after cancel');
  };

  return {
    check: () => {
      for (; seenEvents < events.length; seenEvents += 1) {
        const stored = events[seenEvents];
        if (stored !== undefined) takeEvent(stored);
      }
      groups.forEach((group, index) => {
        const size = group.ledger.size();
        const seen = seenEntries[index] ?? 0;
        if (size === seen) return;
        for (const entry of group.ledger.entries().slice(seen)) takeEntry(entry);
        seenEntries[index] = size;
      });
    },
    noteSend: (receiptId, key) => {
      const made = countIn(sends, key);
      if (made > (intents.get(key) ?? 0))
        find('I11', receiptId, `${made} requests for ${intents.get(key) ?? 0} durable intents`);
    },
    receipts: () => states,
    cells: () => cells,
    findings: () => findings,
    documentsOf: (receiptId) => documents.get(receiptId) ?? [],
  };
};
