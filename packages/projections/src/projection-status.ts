import type { Tagged } from '@cloud-kassa/core';
import type { EventStore, Position, StoreError } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { belongs } from './belonging';
import type { Works } from './feed';
import type { Standing } from './following';
import type { Generation, Parked } from './read-models';
import { isForeignPosition, type RunnerError } from './runner-error';

/** How a projection stands. */
export interface ProjectionStatus extends Standing {
  readonly projection: string;
  /** Of this runner. */
  readonly version: number;
  readonly live?: Generation;
  readonly building?: Generation;
  /** The last position of the store; absent in an empty one. */
  readonly head?: Position;
  /** All events of the store are in the live rows. */
  readonly caughtUp: boolean;
  /** How many events are not in the live rows yet; absent where there are more than 1,000, or the rows belong to another store. */
  readonly lag?: number;
  /** Of the live generation. */
  readonly parked: ReadonlyArray<Parked>;
}

const MOST_COUNTED = 1_000;

export const statusOf = async <Event extends Tagged>(
  works: Works<Event>,
  standing: Standing,
): Promise<Either<RunnerError, ProjectionStatus>> => {
  const { readModels, store, projection } = works;
  const found = await readModels.survey(projection.name, (survey) => {
    const all = survey.generations();
    const live = all.find((one) => one.status === 'live');
    const building = all.find((one) => one.status === 'building');
    return { live, building, parked: live === undefined ? [] : survey.parked(live.generation) };
  })();
  if (E.isLeft(found)) return found;
  const head = await store.head()();
  if (E.isLeft(head)) return head;
  const { live, building, parked } = found.right;
  const own = live === undefined ? E.right(true) : await belongs(works, live);
  if (E.isLeft(own)) return own;
  const at = live?.position;
  const caughtUp = own.right && isReached(store, head.right, at);
  const counted = caughtUp
    ? E.right(0)
    : own.right
      ? await eventsAfter(store, projection.prefixes, at)
      : E.right(undefined);
  if (E.isLeft(counted) && !isForeignPosition(counted.left)) return counted;
  const lag = E.isRight(counted) ? counted.right : undefined;
  return E.right({
    projection: projection.name,
    version: projection.version,
    ...standing,
    ...(live === undefined ? {} : { live }),
    ...(building === undefined ? {} : { building }),
    ...(head.right === undefined ? {} : { head: head.right }),
    caughtUp,
    ...(lag !== undefined && lag <= MOST_COUNTED ? { lag } : {}),
    parked,
  });
};

/** A position after the head is one of another store. */
const isReached = (store: EventStore, head: Position | undefined, at: Position | undefined): boolean =>
  head === undefined || (at !== undefined && store.comparePositions(at, head) === 0);

/** Counts on to one more than is told. */
const eventsAfter = async (
  store: EventStore,
  prefixes: ReadonlyArray<string>,
  after: Position | undefined,
): Promise<Either<StoreError, number>> => {
  const asked = { filter: { prefixes }, limit: MOST_COUNTED + 1 };
  let count = 0;
  for await (const item of store.readAll(after === undefined ? asked : { ...asked, after })) {
    if (item._tag === 'Failed') return E.left(item.error);
    if (item._tag === 'Events') count += item.events.length;
  }
  return E.right(count);
};
