import type { Tagged } from '@cloud-kassa/core';
import type { ReadItem, StoredEvent, StoreError } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { agree, markOf } from './event-mark';
import type { FeedEnd, Works } from './feed';
import { startOver } from './generations';
import type { Generation } from './read-models';
import { isForeignPosition, type RunnerError } from './runner-error';

/**
 * Whether a generation is made of events of the store. Positions alone do not tell: those of another store, and of a copy that was put
 * back and has grown since, may be valid here. Looked at once for each generation, until something is amiss. A store that does not
 * answer is no verdict.
 */
export const belongs = async <Event extends Tagged>(
  works: Works<Event>,
  generation: Generation,
): Promise<Either<RunnerError, boolean>> => {
  // An empty one may be filled from elsewhere before it is fed from here.
  if (generation.position === undefined) return E.right(true);
  if (works.belonging.has(generation.generation)) return E.right(true);
  const found = await isOfStore(works, generation);
  if (E.isLeft(found)) return isForeignPosition(found.left) ? E.right(false) : found;
  if (found.right) works.belonging.add(generation.generation);
  return found;
};

/** The store knows the position, the last event stands in it, and between the two there is none that would have been projected. */
const isOfStore = async <Event extends Tagged>(
  { store, projection }: Works<Event>,
  { position, lastEvent, version }: Generation,
): Promise<Either<StoreError, boolean>> => {
  if (position === undefined) return E.right(true);
  const beyond = await firstOf(store.readAll({ after: position, limit: 1 }));
  if (E.isLeft(beyond) || lastEvent === 'unknown') return E.isLeft(beyond) ? beyond : E.right(true);
  const last = lastEvent === undefined ? E.right(undefined) : await standingAt(store, lastEvent);
  if (E.isLeft(last)) return last;
  if (!agree(lastEvent, last.right === undefined ? undefined : markOf(last.right))) return E.right(false);
  const after = last.right?.position;
  const toPosition = after === undefined ? -1 : store.comparePositions(after, position);
  // What another version would have projected of the rest is not known.
  if (toPosition !== -1 || version !== projection.version) return E.right(toPosition !== 1);
  const filter = { prefixes: projection.prefixes };
  const next = await firstOf(store.readAll({ ...(after === undefined ? {} : { after }), filter, limit: 1 }));
  return E.isLeft(next)
    ? next
    : E.right(next.right === undefined || store.comparePositions(next.right.position, position) === 1);
};

const standingAt = async (
  store: Works<Tagged>['store'],
  { stream, revision }: { readonly stream: string; readonly revision: number },
): Promise<Either<StoreError, StoredEvent | undefined>> => {
  const found = await firstOf(store.readStream(stream, { from: revision, limit: 1 }));
  const isGone = E.isLeft(found) && found.left._tag === 'Rejected' && found.left.rule === 'stream-gone';
  return isGone ? E.right(undefined) : found;
};

const firstOf = async (
  items: AsyncIterable<ReadItem>,
): Promise<Either<StoreError, StoredEvent | undefined>> => {
  for await (const item of items) {
    if (item._tag === 'Failed') return E.left(item.error);
    if (item._tag === 'Events') return E.right(item.events[0]);
  }
  return E.right(undefined);
};

/** Feeds a generation that is made of events of the store; another one is begun anew. */
export const feedOwn = async <Event extends Tagged>(
  works: Works<Event>,
  generation: Generation,
  feeding: () => Promise<Either<RunnerError, FeedEnd>>,
): Promise<Either<RunnerError, FeedEnd | 'begun-anew'>> => {
  const own = await belongs(works, generation);
  if (E.isLeft(own)) return own;
  if (own.right) {
    const fed = await feeding();
    if (E.isLeft(fed)) works.belonging.delete(generation.generation);
    if (E.isRight(fed) || !isForeignPosition(fed.left)) return fed;
  }
  const begun = await beginAgain(works, generation.generation);
  return E.isLeft(begun) ? begun : E.right('begun-anew');
};

/** Begins a generation anew that is not made of events of the store. */
export const beginAgain = async <Event extends Tagged>(
  { readModels, projection, runtime }: Works<Event>,
  generation: number,
): Promise<Either<RunnerError, void>> => {
  runtime.log.write('warn', 'a read model does not belong to this store and is built anew', {
    projection: projection.name,
  });
  return readModels.administer(projection.name, (ledger) => startOver(ledger, projection, generation))();
};
