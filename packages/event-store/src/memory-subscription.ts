import type { StoredEvent } from './envelope';
import type { MemoryLog } from './memory-log';
import type { ReadItem } from './store';

interface MemorySubscription {
  readonly log: MemoryLog;
  /** Index of the first event to look at. */
  readonly from: number;
  readonly pageSize: number;
  readonly matches: (stream: string) => boolean;
  /** Any of them ends the subscription. */
  readonly ends: ReadonlyArray<AbortSignal>;
}

/**
 * Follows a growing log. Nothing is buffered: the next page is cut when it is asked for, so that a slow reader costs nothing, and
 * the head is announced once for every time it was reached.
 */
export const memorySubscription = (subscription: MemorySubscription): AsyncIterable<ReadItem> => ({
  [Symbol.asyncIterator]: () => follow(subscription),
});

const follow = ({ log, from, pageSize, matches, ends }: MemorySubscription): AsyncIterator<ReadItem> => {
  const reader = { next: from, announced: -1, left: false };
  let wake: (() => void) | undefined;

  const news = (): Promise<void> =>
    new Promise((resolve) => {
      const heard = (): void => {
        log.listeners.delete(heard);
        for (const end of ends) end.removeEventListener('abort', heard);
        resolve();
      };
      wake = heard;
      log.listeners.add(heard);
      for (const end of ends) end.addEventListener('abort', heard);
    });

  const page = (): ReadonlyArray<StoredEvent> => {
    const events: StoredEvent[] = [];
    while (events.length < pageSize) {
      const event = log.events[reader.next];
      if (event === undefined) break;
      reader.next += 1;
      if (matches(event.stream)) events.push(event);
    }
    return events;
  };

  const ended = (): boolean => reader.left || ends.some(({ aborted }) => aborted);

  return {
    next: async () => {
      while (!ended()) {
        const events = page();
        if (events.length > 0) return { done: false, value: { _tag: 'Events', events } };
        if (reader.announced !== reader.next) {
          reader.announced = reader.next;
          return { done: false, value: { _tag: 'CaughtUp', position: log.positionAt(reader.next - 1) } };
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
