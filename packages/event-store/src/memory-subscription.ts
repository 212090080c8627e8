import type { StoredEvent } from './envelope';
import type { Position, ReadItem } from './store';

interface MemorySubscription {
  readonly log: ReadonlyArray<StoredEvent>;
  /** Index of the first event to look at. */
  readonly from: number;
  readonly pageSize: number;
  readonly matches: (stream: string) => boolean;
  readonly positionAt: (index: number) => Position;
  readonly closed: () => boolean;
  readonly signal: AbortSignal | undefined;
  /** Called after every append and when the store is closed. */
  readonly listeners: Set<() => void>;
}

/**
 * Follows a growing log. Nothing is buffered: the next page is cut when it is asked for, so that a slow reader costs nothing, and
 * the head is announced once for every time it was reached.
 */
export const memorySubscription = (subscription: MemorySubscription): AsyncIterable<ReadItem> => ({
  [Symbol.asyncIterator]: () => follow(subscription),
});

const follow = (subscription: MemorySubscription): AsyncIterator<ReadItem> => {
  const { log, pageSize, matches, positionAt, closed, signal, listeners } = subscription;
  const reader = { next: subscription.from, announced: -1, left: false };
  let wake: (() => void) | undefined;

  const news = (): Promise<void> =>
    new Promise((resolve) => {
      const heard = (): void => {
        listeners.delete(heard);
        signal?.removeEventListener('abort', heard);
        resolve();
      };
      wake = heard;
      listeners.add(heard);
      signal?.addEventListener('abort', heard);
    });

  const page = (): ReadonlyArray<StoredEvent> => {
    const events: StoredEvent[] = [];
    while (events.length < pageSize) {
      const event = log[reader.next];
      if (event === undefined) break;
      reader.next += 1;
      if (matches(event.stream)) events.push(event);
    }
    return events;
  };

  const ended = (): boolean => reader.left || closed() || signal?.aborted === true;

  return {
    next: async () => {
      while (!ended()) {
        const events = page();
        if (events.length > 0) return { done: false, value: { _tag: 'Events', events } };
        if (reader.announced !== reader.next) {
          reader.announced = reader.next;
          return { done: false, value: { _tag: 'CaughtUp', position: positionAt(reader.next - 1) } };
        }
        await news();
      }
      return { done: true, value: undefined };
    },
    return: () => {
      reader.left = true;
      wake?.();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
};
