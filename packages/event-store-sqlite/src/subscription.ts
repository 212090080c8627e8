import type { ReadItem, StoreError, SubscribeOptions } from '@cloud-kassa/event-store';
import type { News } from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import { allPage, lastRow, type Page } from './event-pages';
import { positionOf, rowAt } from './position';
import { CLOSED, FOREIGN_POSITION, readFailure, type Reading } from './reading';

/**
 * Follows the store: page after page from a position, then whatever is committed. Nothing is buffered.
 *
 * There is neither gap nor repetition, because the order of positions is the order of commits: positions are given under the
 * database's one write lock, which is held until the commit. A snapshot that shows an event shows all before it, also those of
 * other processes, so that the last row of a snapshot is a place to go on from.
 */
export const subscription = (
  { reader, size, closed }: Reading,
  news: News,
  { after, filter, signal }: SubscribeOptions,
): AsyncIterable<ReadItem> => ({
  [Symbol.asyncIterator]: () => {
    const left = new AbortController();
    const ends = signal === undefined ? [left.signal] : [left.signal, signal];
    // Who asks after the store was closed is told so; who was there before just comes to an end.
    const late = closed();
    const from = after === undefined ? 0 : rowAt(after);
    let examined = from ?? 0;
    let announced = -1;
    let checked = false;

    const ended = (): boolean => closed() || ends.some(({ aborted }) => aborted);
    const fail = (error: StoreError): ReadItem => {
      left.abort();
      return { _tag: 'Failed', error };
    };

    let broken: StoreError | undefined;

    const step = async (): Promise<ReadItem | undefined> => {
      if (late && !left.signal.aborted) return fail(CLOSED);
      while (!ended()) {
        if (broken !== undefined) return fail(broken);
        const read = await reader.read((connection, seen) => {
          const last = lastRow(connection);
          if (!checked && (from === undefined || from > last)) return undefined;
          const page: Page =
            examined < last
              ? allPage(connection, { first: examined + 1, last, direction: 'forwards' }, filter, size)
              : { events: [], examined: last };
          return { page, last, seen };
        });
        if (ended()) return undefined;
        if (E.isLeft(read)) return fail(readFailure(read.left));
        if (read.right === undefined) return fail(FOREIGN_POSITION);
        checked = true;
        const { page, last, seen } = read.right;
        examined = Math.max(examined, page.examined);
        broken = page.failure;
        if (page.events.length > 0) return { _tag: 'Events', events: page.events };
        if (broken !== undefined || examined < last) continue;
        if (announced !== examined) {
          announced = examined;
          return { _tag: 'CaughtUp', position: positionOf(examined) };
        }
        await news.after(seen, ends);
      }
      return undefined;
    };

    let turn: Promise<unknown> = Promise.resolve();
    return {
      // One after the other, also for those who ask again before they were answered.
      next: () => {
        const item = turn.then(step);
        turn = item;
        return item.then((value) =>
          value === undefined ? { done: true, value: undefined } : { done: false, value },
        );
      },
      return: () => {
        left.abort();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  },
});
