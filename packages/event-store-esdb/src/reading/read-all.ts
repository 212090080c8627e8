import type {
  ReadAllOptions,
  ReadItem,
  StoredEvent,
  StoreError,
  SubscribeOptions,
} from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import { unknown } from '../connection/client-failure';
import { comparePlaces, parsePosition, START, type EsdbPosition } from '../position';
import { pause } from '../within';
import type { HeadWatch } from './head-watch';
import { isEvent, ownEvents } from './own-events';
import { isItems, takeFrom, type Reading } from './reading';
import { CLOSED, FOREIGN_POSITION, isFinal, NOT_COUNTABLE, readError } from './store-error';

export interface AllReading extends Reading {
  readonly head: HeadWatch;
  readonly subscribe: (options: SubscribeOptions) => AsyncIterable<ReadItem>;
}

/**
 * The events of all streams up to the head at the time of the call. The client can not filter what it reads, but what it subscribes
 * to: where only some streams are asked for, forwards, the server picks them out.
 */
export async function* readAll(reading: AllReading, options: ReadAllOptions): AsyncGenerator<ReadItem> {
  const { closed, head, names } = reading;
  const { after, direction = 'forwards', limit, filter } = options;
  if (closed.aborted) return yield failed(CLOSED);
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) return yield failed(NOT_COUNTABLE);
  const from = after === undefined ? undefined : parsePosition(after);
  if (after !== undefined && from === undefined) return yield failed(FOREIGN_POSITION);
  const end = await head.look();
  if (closed.aborted) return yield failed(CLOSED);
  if (E.isLeft(end)) return yield failed(readError(end.left));
  const { last, own } = end.right;
  const place = from === START ? undefined : from;
  // Beyond the end: who came here from another store would miss what is to come.
  if (place !== undefined && (last === undefined || comparePlaces(place, last) > 0))
    return yield failed(FOREIGN_POSITION);
  if (own === undefined || limit === 0 || filter?.prefixes.length === 0) return;
  const most = limit ?? Number.MAX_SAFE_INTEGER;
  if (direction === 'backwards') {
    if (from === START) return;
    yield* within(most, walk(reading, options, { direction, place, end: undefined }));
  } else if (place !== undefined && comparePlaces(place, own) >= 0) {
    return;
  } else if (names.prefixes(filter?.prefixes) === undefined) {
    yield* within(most, walk(reading, options, { direction, place, end: own }));
  } else {
    yield* within(most, picked(reading, options, own));
  }
}

interface Walk {
  readonly direction: 'forwards' | 'backwards';
  /** Exclusive. */
  readonly place: EsdbPosition | undefined;
  /** Inclusive. Without it the read ends where the server ends it. */
  readonly end: EsdbPosition | undefined;
}

/** Every record is read, and what is not asked for is left out. A read that breaks off goes on behind the last record. */
async function* walk(
  reading: Reading,
  { filter }: ReadAllOptions,
  { direction, place, end }: Walk,
): AsyncGenerator<ReadItem> {
  const { connection, runtime, settings, names, closed } = reading;
  const own = ownEvents(names, filter);
  const turn = direction === 'forwards' ? 1 : -1;
  let at = place;
  let failures = 0;
  let giveUp: number | undefined;
  for (;;) {
    const from = at ?? (direction === 'forwards' ? 'start' : 'end');
    const feed = connection.readAll({ from, direction, ahead: settings.pageSize });
    try {
      for (;;) {
        const taken = await takeFrom(reading, feed, settings.pageSize);
        if (closed.aborted) return yield failed(CLOSED);
        if (taken === 'ended' && (end === undefined || isUpTo(end, at))) return;
        if (!isItems(taken)) {
          const failure = taken === 'ended' ? unknown('the server ended the read before its end') : taken;
          giveUp ??= runtime.monotonic() + settings.deadline;
          if (isFinal(failure) || runtime.monotonic() >= giveUp) return yield failed(readError(failure));
          break;
        }
        [failures, giveUp] = [0, undefined];
        const events: StoredEvent[] = [];
        let stop: StoreError | 'over' | undefined;
        for (const record of taken) {
          if (record.place === undefined) continue;
          // Reads begin with the record at a position; it was given before.
          if (at !== undefined && turn * comparePlaces(record.place, at) <= 0) continue;
          if (end !== undefined && comparePlaces(record.place, end) > 0) {
            stop = 'over';
            break;
          }
          at = record.place;
          const event = own(record);
          if (event === undefined) continue;
          if (!isEvent(event)) {
            stop = event;
            break;
          }
          events.push(event);
        }
        if (events.length > 0) yield { _tag: 'Events', events };
        if (stop !== undefined && stop !== 'over') return yield failed(stop);
        if (stop === 'over' || (end !== undefined && isUpTo(end, at))) return;
      }
    } finally {
      feed.leave();
    }
    failures += 1;
    await pause(runtime, failures, settings.deadline, closed);
  }
}

const isUpTo = (end: EsdbPosition, at: EsdbPosition | undefined): boolean =>
  at !== undefined && comparePlaces(at, end) >= 0;

/** A subscription that ends at the head there was. */
async function* picked(
  { subscribe }: AllReading,
  { after, filter }: ReadAllOptions,
  end: EsdbPosition,
): AsyncGenerator<ReadItem> {
  const isUpToEnd = (position: string): boolean => {
    const place = parsePosition(position);
    return place === START || place === undefined || comparePlaces(place, end) <= 0;
  };
  const items = subscribe({
    ...(after === undefined ? {} : { after }),
    ...(filter === undefined ? {} : { filter }),
  });
  for await (const item of items) {
    if (item._tag === 'Failed') return yield item;
    if (item._tag === 'CaughtUp') {
      const place = parsePosition(item.position);
      if (place !== START && place !== undefined && comparePlaces(place, end) >= 0) return;
      continue;
    }
    const events = item.events.filter(({ position }) => isUpToEnd(position));
    if (events.length > 0) yield { _tag: 'Events', events };
    if (events.length < item.events.length || events.at(-1)?.position === `${end.commit}/${end.prepare}`)
      return;
  }
}

/** At most so many events. */
async function* within(most: number, items: AsyncGenerator<ReadItem>): AsyncGenerator<ReadItem> {
  let left = most;
  for await (const item of items) {
    if (item._tag !== 'Events') {
      yield item;
      continue;
    }
    yield { _tag: 'Events', events: item.events.slice(0, left) };
    left -= item.events.length;
    if (left <= 0) return;
  }
}

const failed = (error: StoreError): ReadItem => ({ _tag: 'Failed', error });
