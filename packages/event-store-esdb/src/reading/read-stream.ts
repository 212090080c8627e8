import {
  isStreamName,
  type ReadItem,
  type ReadStreamOptions,
  type StoreError,
} from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import { eventOfRecord } from '../appending/event-record';
import { pause } from '../within';
import { isItems, takeFrom, type Reading } from './reading';
import { CLOSED, isFinal, NO_STREAM_NAME, NOT_COUNTABLE, readError } from './store-error';

/** The events of one stream. A read that breaks off goes on behind the last event it gave. */
export async function* readStream(
  reading: Reading,
  stream: string,
  { from, direction = 'forwards', limit }: ReadStreamOptions,
): AsyncGenerator<ReadItem> {
  const { connection, runtime, settings, names, closed } = reading;
  if (closed.aborted) return yield failed(CLOSED);
  if (!isStreamName(stream)) return yield failed(NO_STREAM_NAME);
  if (![from ?? 0, limit ?? 0].every(isCount)) return yield failed(NOT_COUNTABLE);
  const step = direction === 'forwards' ? 1 : -1;
  let next: number | 'start' | 'end' = from ?? (direction === 'forwards' ? 'start' : 'end');
  let left = limit ?? Number.MAX_SAFE_INTEGER;
  let failures = 0;
  let giveUp: number | undefined;
  while (left > 0 && next !== -1) {
    const feed = connection.readStream(names.stored(stream), { from: next, direction, most: left });
    try {
      for (;;) {
        const taken = await takeFrom(reading, feed, Math.min(settings.pageSize, left));
        if (closed.aborted) return yield failed(CLOSED);
        if (taken === 'ended') return;
        if (!isItems(taken)) {
          if (taken._tag === 'NotFound') return;
          giveUp ??= runtime.monotonic() + settings.deadline;
          if (isFinal(taken) || runtime.monotonic() >= giveUp) return yield failed(readError(taken));
          break;
        }
        const read = taken.map((record) => eventOfRecord(stream, record));
        const events = read.flatMap((event) => (E.isRight(event) ? [event.right] : []));
        left -= taken.length;
        next = (taken.at(-1)?.revision ?? 0) + step;
        [failures, giveUp] = [0, undefined];
        if (events.length > 0 && read.every(E.isRight)) yield { _tag: 'Events', events };
        else return yield* upToBad(stream, taken[read.findIndex(E.isLeft)]?.revision ?? 0, read);
        if (left === 0) return;
      }
    } finally {
      feed.leave();
    }
    failures += 1;
    await pause(runtime, failures, settings.deadline, closed);
  }
}

/** The events before the first that is none, then why it is none. */
function* upToBad(
  stream: string,
  revision: number,
  read: ReadonlyArray<ReturnType<typeof eventOfRecord>>,
): Generator<ReadItem> {
  const events = [];
  for (const event of read) {
    if (E.isLeft(event)) {
      if (events.length > 0) yield { _tag: 'Events', events };
      yield failed(event.left === 'foreign' ? foreign(stream, revision) : event.left);
      return;
    }
    events.push(event.right);
  }
}

const foreign = (stream: string, revision: number): StoreError => ({
  _tag: 'Corrupt',
  stream,
  revision,
  why: 'an event that is not of this library stands here',
});

const failed = (error: StoreError): ReadItem => ({ _tag: 'Failed', error });
const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;
