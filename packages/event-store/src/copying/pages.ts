import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { StoredEvent } from '../envelope';
import type { EventStore, Position, StoreError } from '../store';
import { failuresOf, type Patience } from './patience';

export interface Part {
  /** Events behind this position; from the start without it. */
  readonly after?: Position | undefined;
  /** Up to this position, itself included; up to the head without it. */
  readonly upTo?: Position | undefined;
}

/** The events of a store in commit order. A read that breaks off goes on behind the last event. A `Left` is the last item. */
export async function* pagesOf(
  store: EventStore,
  { after, upTo }: Part,
  patience: Patience,
): AsyncGenerator<Either<StoreError, ReadonlyArray<StoredEvent>>> {
  const isWithin = ({ position }: StoredEvent): boolean =>
    upTo === undefined || store.comparePositions(position, upTo) !== 1;
  const failures = failuresOf(patience);
  let at = after;
  for (;;) {
    let failure: StoreError | undefined;
    for await (const item of store.readAll(at === undefined ? {} : { after: at })) {
      if (item._tag === 'Failed') failure = item.error;
      if (item._tag !== 'Events') continue;
      failures.over();
      const last = item.events.at(-1);
      if (last === undefined) continue;
      at = last.position;
      if (isWithin(last)) {
        yield E.right(item.events);
        continue;
      }
      const within = item.events.filter(isWithin);
      if (within.length > 0) yield E.right(within);
      return;
    }
    if (failure === undefined) return;
    if (!(await failures.again(failure))) return yield E.left(failure);
  }
}

/** At most so many events of one stream from a revision on. */
export const streamPart =
  (store: EventStore, stream: string, from: number, limit: number) =>
  async (): Promise<Either<StoreError, ReadonlyArray<StoredEvent>>> => {
    const events: StoredEvent[] = [];
    for await (const item of store.readStream(stream, { from, limit })) {
      if (item._tag === 'Failed') return E.left(item.error);
      if (item._tag === 'Events') events.push(...item.events);
    }
    return E.right(events);
  };
