import type { AppendDecision, StreamFacts } from './append-decision';
import { decideAppend } from './append-decision';
import type { ExpectedRevision } from './expected-revision';

const stored = ['a', 'b', 'c'];
/** A stream with events a, b, c, of which the cache of ids has forgotten a. */
const facts: StreamFacts = {
  current: 2n,
  tombstoned: false,
  softDeleted: false,
  hasMetadata: false,
  idAt: (revision) => stored[Number(revision)],
  cached: (id) => (id === 'a' || !stored.includes(id) ? undefined : BigInt(stored.indexOf(id))),
};
const none: StreamFacts = { ...facts, current: -1n, idAt: () => undefined, cached: () => undefined };

const WRITE: AppendDecision = { _tag: 'Write', softDeleted: false };
const REVIVE: AppendDecision = { _tag: 'Write', softDeleted: true };
const WRONG: AppendDecision = { _tag: 'WrongExpectedRevision' };
const DELETED: AppendDecision = { _tag: 'StreamDeleted' };
const repeated = (last: bigint): AppendDecision => ({ _tag: 'Repeated', last });

/** `IndexWriter.CheckCommit` of the server, v24.10.4, row by row. */
test.each<[string, StreamFacts, ExpectedRevision, ReadonlyArray<string>, AppendDecision]>([
  ['exact at the head', facts, 2n, ['d'], WRITE],
  ['exact at the head, ids not looked at', facts, 2n, ['a'], WRITE],
  ['exact above the head', facts, 3n, ['d'], WRONG],
  ['exact below, all ids the same', facts, 0n, ['b', 'c'], repeated(2n)],
  ['exact below, a part of what was written', facts, 0n, ['b'], repeated(1n)],
  ['exact below, the first differs', facts, 0n, ['x', 'c'], WRONG],
  ['exact below, a later differs', facts, 0n, ['b', 'x'], WRONG],
  ['exact below, more than was written', facts, 1n, ['c', 'd'], WRONG],
  ['exact below, nothing', facts, 1n, [], WRONG],
  ['exact at the head, nothing', facts, 2n, [], WRITE],
  ['NO_STREAM without a stream', none, 'no_stream', ['a'], WRITE],
  ['NO_STREAM, all ids the same', facts, 'no_stream', ['a', 'b', 'c'], repeated(2n)],
  ['NO_STREAM, the first differs', facts, 'no_stream', ['x'], WRONG],
  ['NO_STREAM on a deleted stream', { ...facts, softDeleted: true }, 'no_stream', ['x'], REVIVE],
  [
    'NO_STREAM on a deleted stream, ids the same',
    { ...facts, softDeleted: true },
    'no_stream',
    ['a'],
    repeated(0n),
  ],
  [
    'NO_STREAM on a deleted stream, a later differs',
    { ...facts, softDeleted: true },
    'no_stream',
    ['a', 'x'],
    WRONG,
  ],
  ['NO_STREAM on a deleted stream, nothing', { ...facts, softDeleted: true }, 'no_stream', [], WRONG],
  ['exact below on a deleted stream', { ...facts, softDeleted: true }, 0n, ['x'], WRONG],
  ['exact at the head of a deleted stream', { ...facts, softDeleted: true }, 2n, ['x'], REVIVE],
  ['ANY without a stream', none, 'any', ['a'], WRITE],
  ['ANY, new', facts, 'any', ['x'], WRITE],
  ['ANY, known', facts, 'any', ['b', 'c'], repeated(2n)],
  ['ANY, forgotten', facts, 'any', ['a', 'b'], WRITE],
  ['ANY, known and then new', facts, 'any', ['b', 'x'], WRONG],
  ['ANY, known and then forgotten', facts, 'any', ['b', 'a'], WRONG],
  ['ANY, new and then known', facts, 'any', ['x', 'b'], WRITE],
  ['ANY, nothing', facts, 'any', [], WRITE],
  ['ANY on a deleted stream', { ...facts, softDeleted: true }, 'any', ['x'], REVIVE],
  ['STREAM_EXISTS', facts, 'stream_exists', ['x'], WRITE],
  ['STREAM_EXISTS, known', facts, 'stream_exists', ['c'], repeated(2n)],
  ['STREAM_EXISTS without a stream', none, 'stream_exists', ['a'], WRONG],
  ['STREAM_EXISTS with metadata only', { ...none, hasMetadata: true }, 'stream_exists', ['a'], WRITE],
  ['STREAM_EXISTS on a deleted stream', { ...facts, softDeleted: true }, 'stream_exists', ['x'], DELETED],
  ['a tombstone, whatever is expected', { ...facts, tombstoned: true }, 'any', ['a'], DELETED],
  ['a tombstone, exact', { ...facts, tombstoned: true }, 2n, ['x'], DELETED],
])('%s', (_, given, expected, ids, decision) => {
  expect(decideAppend(given, expected, ids)).toEqual(decision);
});
