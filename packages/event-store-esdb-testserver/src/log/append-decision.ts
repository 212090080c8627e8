import type { ExpectedRevision } from './expected-revision';

/** What the writer knows about a stream when an append comes. */
export interface StreamFacts {
  /** The number of the last event; -1 when the stream has none. */
  readonly current: bigint;
  readonly tombstoned: boolean;
  readonly softDeleted: boolean;
  readonly hasMetadata: boolean;
  /** The id of the event with this revision. */
  readonly idAt: (revision: bigint) => string | undefined;
  /** The revision under which the cache of committed ids has this id in this stream. */
  readonly cached: (id: string) => bigint | undefined;
}

export type AppendDecision =
  | { readonly _tag: 'Write'; readonly softDeleted: boolean }
  /** All of it has been stored before; `last` is the number of the last of those events. */
  | { readonly _tag: 'Repeated'; readonly last: bigint }
  | { readonly _tag: 'WrongExpectedRevision' }
  | { readonly _tag: 'StreamDeleted' };

const WRONG: AppendDecision = { _tag: 'WrongExpectedRevision' };

/**
 * Whether an append is written, by the rules of the server (`IndexWriter.CheckCommit`, v24.10.4). An exact revision that the
 * stream has passed is compared with the stored ids from there on; `any` and `stream_exists` know only the cache. A repetition
 * that agrees in its first id and differs later is refused, with `any` too.
 */
export const decideAppend = (
  facts: StreamFacts,
  expected: ExpectedRevision,
  ids: ReadonlyArray<string>,
): AppendDecision => {
  const { current, softDeleted } = facts;
  if (facts.tombstoned) return { _tag: 'StreamDeleted' };
  if (expected === 'stream_exists') {
    if (softDeleted) return { _tag: 'StreamDeleted' };
    if (current < 0n && !facts.hasMetadata) return WRONG;
  }
  if (expected === 'any' || expected === 'stream_exists') return decideByCache(facts, ids);
  const exact = expected === 'no_stream' ? -1n : expected;
  if (exact > current) return WRONG;
  if (exact === current) return { _tag: 'Write', softDeleted };
  return decideByIndex(facts, exact, ids);
};

const decideByCache = (facts: StreamFacts, ids: ReadonlyArray<string>): AppendDecision => {
  let last: bigint | undefined;
  for (const id of ids) {
    const known = facts.cached(id);
    if (known === undefined) {
      return last === undefined ? { _tag: 'Write', softDeleted: facts.softDeleted } : WRONG;
    }
    last = known;
  }
  return last === undefined ? { _tag: 'Write', softDeleted: facts.softDeleted } : { _tag: 'Repeated', last };
};

const decideByIndex = (facts: StreamFacts, exact: bigint, ids: ReadonlyArray<string>): AppendDecision => {
  let revision = exact;
  for (const id of ids) {
    revision += 1n;
    if (facts.idAt(revision) === id) continue;
    const first = revision === exact + 1n;
    return first && exact === -1n && facts.softDeleted ? { _tag: 'Write', softDeleted: true } : WRONG;
  }
  return revision === exact ? WRONG : { _tag: 'Repeated', last: revision };
};
