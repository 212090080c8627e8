import type { EventStore, Position, StoreError, StoredEvent } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';

/** Told after every page: events so far, and the position of the last of them. */
export type Progress = (events: number, position: Position) => void;

export interface PassOptions<Failure> {
  readonly store: EventStore;
  readonly runtime: Runtime;
  /** The last event to read; nothing where the store was empty. */
  readonly head: Position | undefined;
  readonly progress?: Progress | undefined;
  readonly onPage: (events: ReadonlyArray<StoredEvent>) => Promise<E.Either<Failure, undefined>>;
}

/** After so many milliseconds others get a turn. */
const TURN_MS = 25;

/** Lets others run when a turn has lasted long enough. */
export const turns = (runtime: Runtime): (() => Promise<void>) => {
  let since = runtime.monotonic();
  return async () => {
    if (runtime.monotonic() - since < TURN_MS) return;
    await runtime.sleep(0);
    since = runtime.monotonic();
  };
};

const upTo = (
  { comparePositions }: EventStore,
  head: Position,
  events: ReadonlyArray<StoredEvent>,
): ReadonlyArray<StoredEvent> => {
  const last = events.at(-1);
  if (last === undefined || comparePositions(last.position, head) !== 1) return events;
  return events.filter(({ position }) => comparePositions(position, head) !== 1);
};

/** Reads all events in their commit order up to a head, page by page; answers how many there were. */
export const eventPass = async <Failure>(
  options: PassOptions<Failure>,
): Promise<E.Either<Failure | StoreError, number>> => {
  const { store, runtime, head, progress, onPage } = options;
  if (head === undefined) return E.right(0);
  const turn = turns(runtime);
  let count = 0;
  for await (const item of store.readAll()) {
    if (item._tag === 'Failed') return E.left(item.error);
    if (item._tag === 'CaughtUp') continue;
    const events = upTo(store, head, item.events);
    const taken = await onPage(events);
    if (E.isLeft(taken)) return taken;
    count += events.length;
    const last = events.at(-1);
    if (last !== undefined) progress?.(count, last.position);
    if (events.length < item.events.length) break;
    await turn();
  }
  return E.right(count);
};
