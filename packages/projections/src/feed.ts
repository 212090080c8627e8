import type { Tagged } from '@cloud-kassa/core';
import type { EventStore, ImpersonalReader, Position, ReadItem, StoredEvent } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { applyReading } from './apply-reading';
import { markOf } from './event-mark';
import type { Projection } from './projection';
import type { Generation, ReadModels } from './read-models';
import type { RunnerError } from './runner-error';

/** What every way of feeding a generation with events needs. */
export interface Works<Event extends Tagged> {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly projection: Projection<Event>;
  readonly reader: ImpersonalReader<Event>;
  readonly runtime: Runtime;
  /** Events in one transaction, about. */
  readonly batch: number;
  /** Told after every transaction. */
  readonly applied: (generation: number, position: Position | undefined, events: number) => void;
  /** Generations of which this runner knows that they are made of events of the store. */
  readonly belonging: Set<number>;
}

/**
 * How a feed came to its end: the items ended; the generation was retired; or it does not hold what comes before the items, because
 * it was begun anew or filled from another store. It has to be looked at anew then.
 */
export type FeedEnd = 'ended' | 'gone' | 'behind';

/** A piece of work that holds the event loop for so long makes room for others before the next. */
const LONGEST_MS = 50;

/** Feeds a generation with what a read or a subscription gives, from the position it stands at. */
export const feed = async <Event extends Tagged>(
  works: Works<Event>,
  { generation, position, lastEvent }: Generation,
  items: AsyncIterable<ReadItem>,
  /** At the end of the items all events up to here have been given. */
  end?: Position,
): Promise<Either<RunnerError, FeedEnd>> => {
  const { store, readModels, projection, reader, runtime } = works;
  const compare = store.comparePositions;
  let [from, before] = [position, lastEvent];
  let pending: StoredEvent[] = [];
  let breath = runtime.monotonic();

  const breathe = async (): Promise<void> => {
    if (runtime.monotonic() - breath < LONGEST_MS) return;
    await runtime.sleep(0);
    breath = runtime.monotonic();
  };

  const lookAnew = (): Either<RunnerError, FeedEnd> => {
    works.belonging.delete(generation);
    return E.right('behind');
  };

  const flush = async (to: Position, isHead: boolean): Promise<Either<RunnerError, FeedEnd>> => {
    if (to === from) return E.right('ended');
    const reading = { from, before, to, stored: pending, decoded: reader(pending) };
    const written = await readModels.write(projection, generation, (batch) =>
      applyReading(batch, projection, reading, compare),
    )();
    if (E.isLeft(written)) return written;
    if (written.right === 'gone') return E.right('gone');
    if (written.right._tag === 'behind') return lookAnew();
    // Another process was faster. Whether it reads the same store is not seen in what it wrote beyond the end of this reading.
    if (written.right._tag === 'ahead' && (isHead || !works.belonging.has(generation))) return lookAnew();
    if (written.right._tag === 'applied') works.belonging.add(generation);
    for (const { stream, revision, type, rule } of written.right.parked)
      runtime.log.write('error', 'an event can not be projected; its stream is parked', {
        projection: projection.name,
        stream,
        revision,
        type,
        rule,
      });
    works.applied(generation, written.right.position, pending.length);
    const last = pending.at(-1);
    if (last !== undefined) before = markOf(last);
    from = to;
    pending = [];
    await breathe();
    return E.right('ended');
  };

  const isOver = (flushed: Either<RunnerError, FeedEnd>): boolean =>
    E.isLeft(flushed) || flushed.right !== 'ended';

  for await (const item of items) {
    if (item._tag === 'Events') for (const event of item.events) pending.push(event);
    const last = pending.at(-1)?.position;
    const to = item._tag === 'CaughtUp' ? item.position : last;
    const isDue = item._tag !== 'Events' || pending.length >= works.batch;
    if (isDue && to !== undefined) {
      const flushed = await flush(to, item._tag === 'CaughtUp');
      if (isOver(flushed)) return flushed;
    }
    if (item._tag === 'Failed') return E.left(item.error);
  }
  const last = pending.at(-1)?.position;
  const to = last === undefined || (end !== undefined && compare(end, last) === 1) ? end : last;
  const isNew = to !== undefined && (from === undefined || compare(to, from) === 1);
  return isNew ? flush(to, false) : E.right('ended');
};

/**
 * Feeds a generation with all events up to the head as it is now.
 *
 * @param seen a position that was reached before. It may lie after the last event, in an empty store after none; whoever has read to
 * the head now has read to there too.
 */
export const feedToHead = async <Event extends Tagged>(
  works: Works<Event>,
  generation: Generation,
  seen?: Position,
): Promise<Either<RunnerError, FeedEnd>> => {
  const { store, projection } = works;
  const head = await store.head()();
  if (E.isLeft(head)) return head;
  const isLater =
    seen !== undefined && (head.right === undefined || store.comparePositions(seen, head.right) === 1);
  const { position: after } = generation;
  const filter = { prefixes: projection.prefixes };
  const items = store.readAll(after === undefined ? { filter } : { after, filter });
  return feed(works, generation, items, isLater ? seen : head.right);
};
