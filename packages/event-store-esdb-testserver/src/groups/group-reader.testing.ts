import type {
  PersistentSubscriptionToAll,
  PersistentSubscriptionToStream,
  ResolvedEvent,
} from '@eventstore/db-client';

/** A consumer of a group that takes its messages by number. */
export interface GroupReader<Subscription = PersistentSubscriptionToStream | PersistentSubscriptionToAll> {
  readonly subscription: Subscription;
  readonly confirmed: Promise<unknown>;
  /** The error that it ended with. */
  readonly failed: Promise<unknown>;
  readonly ended: Promise<unknown>;
  /** The next messages, as soon as there are so many. */
  readonly take: (count: number) => Promise<ReadonlyArray<ResolvedEvent>>;
  readonly close: () => Promise<void>;
}

export const groupReader = (
  subscription: PersistentSubscriptionToStream | PersistentSubscriptionToAll,
): GroupReader => {
  const messages: Array<ResolvedEvent> = [];
  const watchers = new Set<() => void>();
  subscription.on('data', (message: ResolvedEvent) => {
    messages.push(message);
    for (const look of watchers) look();
  });
  const confirmed = new Promise((resolve) => subscription.once('confirmation', () => resolve(undefined)));
  const failed = new Promise((resolve) => subscription.on('error', resolve));
  const ended = new Promise((resolve) => subscription.once('end', () => resolve(undefined)));
  return {
    subscription,
    ended,
    confirmed,
    failed,
    take: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (messages.length < count) return;
          watchers.delete(look);
          resolve(messages.splice(0, count));
        };
        watchers.add(look);
        look();
      }),
    close: async () => {
      await subscription.unsubscribe();
      await ended;
    },
  };
};
