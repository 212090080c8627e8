import type { ChainHead, EventStore, KeyRingError, StoreError } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Books } from '../books';
import { compareContent } from './compare-content';
import type { LedgerCounts } from './judge-ledger';
import { ledgerJudge } from './judge-ledger';
import type { Ledger, LedgerFailure, LedgerHead } from './ledger';

/** Documents that are fetched at once. */
const PAGE = 1_000;

export interface LedgerReading {
  readonly ledger: Ledger;
  /** How far each group is read. */
  readonly groups: ReadonlyArray<LedgerHead>;
  readonly books: Books;
  readonly store: EventStore;
  readonly heads: ReadonlyMap<string, ChainHead>;
  readonly turn: () => Promise<void>;
}

type Failure = LedgerFailure | StoreError | KeyRingError;

const unreadable = (group: string, why: string): E.Either<LedgerFailure, never> =>
  E.left({ _tag: 'LedgerUnreadable', group, why });

/** Reads a ledger up to the heads that were taken, page by page, and judges every document against the books. */
export const readLedger = async (reading: LedgerReading): Promise<E.Either<Failure, LedgerCounts>> => {
  const { ledger, groups, books, store, heads, turn } = reading;
  const { judge, finish, counts } = ledgerJudge(books);

  const readGroup = async ({ group, head }: LedgerHead): Promise<E.Either<Failure, undefined>> => {
    for (let after = 0; after < head;) {
      const page = await ledger.documents(group, after, Math.min(PAGE, head - after))();
      if (E.isLeft(page)) return page;
      if (page.right.length === 0) return unreadable(group, 'the ledger ends before its head');
      for (const document of page.right) {
        after += 1;
        if (document.sequence !== after) return unreadable(group, 'documents do not follow one another');
        const doubtful = judge(group, document);
        if (doubtful === undefined) continue;
        const compared = await compareContent(books, store, heads, counts, doubtful);
        if (E.isLeft(compared)) return compared;
      }
      await turn();
    }
    return E.right(undefined);
  };

  for (const group of groups) {
    const read = await readGroup(group);
    if (E.isLeft(read)) return read;
  }
  finish();
  return E.right(counts);
};
