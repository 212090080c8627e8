import type { EventStore, StoredEvent } from '@cloud-kassa/event-store';

/** What the campaign sees of the log while others write it. */
export interface LogWatch {
  /** Resolves when so many more events of a type were recorded, or when the signal is aborted. */
  readonly recorded: (type: string, count: number, signal: AbortSignal) => Promise<void>;
  /** Reads on to the present head. */
  readonly readToHead: () => Promise<void>;
  readonly receiptIds: () => ReadonlyArray<string>;
  /** Every key a request for the receipt was ever authorised under. */
  readonly keysOf: (receiptId: string) => ReadonlySet<string>;
  readonly receiptOf: (key: string) => string | undefined;
  readonly eventCounts: () => ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
}

interface Waiting {
  readonly type: string;
  left: number;
  readonly wake: () => void;
}

const RECEIPT = 'receipt-';

/** Follows a store through a connection of its own. Of the events only type and key are looked at: it shares no folding with the library. */
export const watchLog = (store: EventStore): LogWatch => {
  const keys = new Map<string, Set<string>>();
  const owners = new Map<string, string>();
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  const waiting = new Set<Waiting>();
  const stopping = new AbortController();

  const note = ({ stream, type, data, position }: StoredEvent): void => {
    if (seen.has(position)) return;
    seen.add(position);
    counts.set(type, (counts.get(type) ?? 0) + 1);
    if (stream.startsWith(RECEIPT)) {
      const receiptId = stream.slice(RECEIPT.length);
      const known = keys.get(receiptId) ?? new Set<string>();
      keys.set(receiptId, known);
      const { key } = data as { readonly key?: string };
      if (type === 'receipt.SendIntended' && key !== undefined) {
        known.add(key);
        owners.set(key, receiptId);
      }
    }
    for (const one of waiting) {
      if (one.type !== type) continue;
      one.left -= 1;
      if (one.left <= 0) one.wake();
    }
  };

  const take = async (items: ReturnType<EventStore['readAll']>): Promise<void> => {
    for await (const item of items) {
      if (item._tag === 'Failed') throw new Error(`the log can not be read: ${item.error._tag}`);
      if (item._tag === 'Events') item.events.forEach(note);
    }
  };

  const following = take(store.subscribeAll({ signal: stopping.signal }));

  return {
    recorded: (type, count, signal) =>
      new Promise((resolve) => {
        const one: Waiting = {
          type,
          left: count,
          wake: () => {
            waiting.delete(one);
            signal.removeEventListener('abort', one.wake);
            resolve();
          },
        };
        waiting.add(one);
        if (signal.aborted) one.wake();
        else signal.addEventListener('abort', one.wake);
      }),
    readToHead: () => take(store.readAll()),
    receiptIds: () => [...keys.keys()],
    keysOf: (receiptId) => keys.get(receiptId) ?? new Set(),
    receiptOf: (key) => owners.get(key),
    eventCounts: () => counts,
    stop: async () => {
      stopping.abort();
      await following;
    },
  };
};
