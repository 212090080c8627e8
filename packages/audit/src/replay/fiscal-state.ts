import type { EventStore, KeyRingError, StoreError, StoredEvent } from '@cloud-kassa/event-store';
import type { Instant, SettlementSign } from '@cloud-kassa/ffd';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { ownerOf } from '../aggregate';
import type { ReceiptCounts, SettlementCounts } from '../audit-report';
import { receiptCounts, settlementCounts } from '../audit-report';
import type { Books } from '../books';
import { newBooks } from '../books';
import { chainWatch } from '../chain-watch';
import type { Progress } from '../event-pass';
import { eventPass } from '../event-pass';
import { findings } from '../findings';
import { judges } from '../judges';
import { FORGETFUL_KEY_RING } from '../reading-codec';

export interface FiscalStateOptions {
  readonly at: Instant;
  readonly runtime: Runtime;
  readonly progress?: Progress;
}

/** The documents of one drive (tag 1041). */
export interface DriveState {
  readonly fn: string;
  readonly documents: number;
  /** The largest number (tag 1040) that is known. */
  readonly lastNumber?: number;
}

/** A book-keeping shift that is open. */
export interface OpenShiftState {
  readonly registerId: string;
  readonly shiftId: string;
  readonly number: number;
  readonly openedAt: Instant;
}

/** The fiscal state of everything at one instant. */
export interface FiscalState {
  readonly at: Instant;
  /** Events that had happened by then. */
  readonly events: number;
  readonly receipts: ReceiptCounts;
  readonly settlements: SettlementCounts;
  readonly documents: {
    readonly recorded: number;
    /** By settlement sign (tag 1054); kopecks. */
    readonly totals: Readonly<Record<SettlementSign, { readonly documents: number; readonly total: number }>>;
    readonly drives: ReadonlyArray<DriveState>;
  };
  readonly openShifts: ReadonlyArray<OpenShiftState>;
  /** Streams of which an event could not be read by this release; they are left out from there on. */
  readonly unread: number;
}

const totalsIn = ({ receipts }: Books): FiscalState['documents']['totals'] => {
  const totals = [0, 1, 2, 3].map(() => ({ documents: 0, total: 0 }));
  for (const { document, sign, total } of receipts.values()) {
    const ofSign = totals[sign - 1];
    if (document === undefined || ofSign === undefined) continue;
    ofSign.documents += 1;
    ofSign.total += total;
  }
  const none = { documents: 0, total: 0 };
  const [first = none, second = none, third = none, fourth = none] = totals;
  return { 1: first, 2: second, 3: third, 4: fourth };
};

const drivesIn = ({ documents }: Books): ReadonlyArray<DriveState> => {
  const counts = new Map<string, number>();
  for (const { fn } of documents.marks()) counts.set(fn, (counts.get(fn) ?? 0) + 1);
  const numbers = new Map(documents.drives().map(([fn, marks]) => [fn, marks.at(-1)?.fd]));
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([fn, count]) => {
      const lastNumber = numbers.get(fn);
      return { fn, documents: count, ...(lastNumber === undefined ? {} : { lastNumber }) };
    });
};

const shiftsIn = ({ registers }: Books): ReadonlyArray<OpenShiftState> =>
  [...registers.values()]
    .flatMap(({ registerId, open, lastNumber }) =>
      open === undefined ? [] : [{ registerId, ...open, number: lastNumber }],
    )
    .toSorted((a, b) => (a.registerId < b.registerId ? -1 : 1));

const unreadIn = ({ receipts, payments, devices, registers }: Books): number =>
  [receipts, payments, devices, registers]
    .flatMap((trails) => [...trails.values()])
    .filter(({ unread }) => unread).length;

/**
 * What the fiscal state of all streams was at an instant: receipts by status, settlements with and without receipt, documents, open shifts.
 *
 * Of every stream those events count that stand before the first with a later time. Chains are verified on the way, up to the present: a
 * store with a broken one has no past that could be told (`Corrupt`). Persons are not opened, so no keys are needed.
 */
export const fiscalStateAt =
  (
    store: EventStore,
    { at, runtime, progress }: FiscalStateOptions,
  ): TaskEither<StoreError | KeyRingError, FiscalState> =>
  async () => {
    const head = await store.head()();
    if (E.isLeft(head)) return head;
    const broken = findings(store.comparePositions, 1);
    const chains = chainWatch(broken, store.comparePositions);
    const books = newBooks({
      findings: findings(store.comparePositions, 0),
      comparePositions: store.comparePositions,
      withLedger: false,
      isBeforeLedger: () => false,
    });
    books.newestAt = at;
    const judge = judges(books, FORGETFUL_KEY_RING);
    const over = new Set<string>();
    let events = 0;

    const hadHappened = ({ stream, metadata }: StoredEvent): boolean => {
      if (ownerOf(stream) === undefined) return false;
      if (metadata.at > at) over.add(stream);
      return !over.has(stream);
    };

    const passed = await eventPass<StoreError | KeyRingError>({
      store,
      runtime,
      head: head.right,
      progress,
      onPage: (page) => {
        for (const event of page) if (ownerOf(event.stream) !== undefined) chains.see(event);
        const [first] = broken.kept();
        if (first !== undefined) {
          const { stream, revision, rule: why } = first;
          const where = revision === undefined ? {} : { revision };
          return Promise.resolve(E.left({ _tag: 'Corrupt' as const, stream, ...where, why }));
        }
        const past = page.filter(hadHappened);
        events += past.length;
        return judge(past);
      },
    });
    if (E.isLeft(passed)) return passed;
    return E.right({
      at,
      events,
      receipts: receiptCounts(books),
      settlements: settlementCounts(books),
      documents: { recorded: books.documents.size(), totals: totalsIn(books), drives: drivesIn(books) },
      openShifts: shiftsIn(books),
      unread: unreadIn(books),
    });
  };
