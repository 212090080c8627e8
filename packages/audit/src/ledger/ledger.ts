import type { TaskEither } from 'fp-ts/TaskEither';
import type { LedgerDocument } from './ledger-document';

/**
 * Why a ledger could not be read. The texts carry neither a token nor a document.
 *
 * - `LedgerUnavailable`: no answer, or one with an error status.
 * - `LedgerUnreadable`: an answer that is no ledger's, or documents that do not follow one another.
 */
export type LedgerFailure =
  | { readonly _tag: 'LedgerUnavailable'; readonly why: string; readonly status?: number }
  | { readonly _tag: 'LedgerUnreadable'; readonly why: string; readonly group?: string };

/** How many documents a group of registers has made so far. */
export interface LedgerHead {
  readonly group: string;
  readonly head: number;
}

/**
 * What the registers themselves say: every fiscal document that exists. A ledger only grows, and a document never changes, so that the
 * documents up to a head that was read once may be fetched later.
 */
export interface Ledger {
  readonly groups: TaskEither<LedgerFailure, ReadonlyArray<LedgerHead>>;
  /** At most `limit` documents of a group behind the sequence number `after`, in their order; fewer only at the end. */
  readonly documents: (
    group: string,
    after: number,
    limit: number,
  ) => TaskEither<LedgerFailure, ReadonlyArray<LedgerDocument>>;
}
