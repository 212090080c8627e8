import type { AllStreamSubscription, Filter, Position, StreamSubscription } from '@eventstore/db-client';

type Entry = number | 'confirmation' | 'caughtUp' | 'fellBehind' | Position;

/** What a subscription has brought, in order: the number in each event's data, marks, and positions of checkpoints. */
export interface Followed {
  readonly log: ReadonlyArray<Entry>;
  readonly positions: ReadonlyArray<Position>;
  readonly numbers: () => ReadonlyArray<number>;
  readonly checkpoints: () => ReadonlyArray<Position>;
  readonly until: (entry: Exclude<Entry, Position>) => Promise<void>;
  readonly failed: Promise<unknown>;
  readonly ended: Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** In two steps, because a filter with its callback is there before the subscription. */
export interface Following {
  readonly noting: (filter: Filter) => Filter;
  readonly of: (subscription: AllStreamSubscription | StreamSubscription) => Followed;
}

export const followed = (): Following => {
  const log: Array<Entry> = [];
  const positions: Array<Position> = [];
  const watchers = new Set<() => void>();
  const note = (entry: Entry): void => {
    log.push(entry);
    for (const look of watchers) look();
  };
  return {
    noting: (filter) => ({
      ...filter,
      checkpointReached: async (_, position) => note(position),
    }),
    of: (subscription) => {
      subscription.on('confirmation', () => note('confirmation'));
      subscription.on('caughtUp', () => note('caughtUp'));
      subscription.on('fellBehind', () => note('fellBehind'));
      subscription.on('data', ({ event }) => {
        const { n } = (event?.data ?? {}) as { readonly n?: number };
        if (event?.position !== undefined) positions.push(event.position);
        if (n !== undefined) note(n);
      });
      const failed = new Promise((resolve) => subscription.on('error', resolve));
      const ended = new Promise((resolve) => subscription.once('end', () => resolve(undefined)));
      return {
        log,
        positions,
        numbers: () => log.filter((entry) => typeof entry === 'number'),
        checkpoints: () => log.filter((entry) => typeof entry === 'object'),
        failed,
        ended,
        until: (entry) =>
          new Promise((resolve) => {
            const look = (): void => {
              if (!log.includes(entry)) return;
              watchers.delete(look);
              resolve();
            };
            watchers.add(look);
            look();
          }),
        close: async () => {
          await subscription.unsubscribe();
          await ended;
        },
      };
    },
  };
};
