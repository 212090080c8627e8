export interface StateCacheOptions<State> {
  /** Sum of the weights that are kept. Default 100,000; 0 keeps nothing. */
  readonly maxWeight?: number;
  /** What one state weighs. Default: the number of its events. */
  readonly weigh?: (state: State, revision: number) => number;
}

/** Something at a revision of a stream. */
export interface AtRevision<State> {
  readonly state: State;
  readonly head: { readonly revision: number };
}

/** States by stream: the one longest unused gives way first, and a higher revision is never replaced by a lower one. */
export interface StateCache<Held> {
  readonly get: (stream: string) => Held | undefined;
  readonly put: (stream: string, held: Held) => void;
  readonly clear: () => void;
}

export const stateCache = <State, Held extends AtRevision<State>>({
  maxWeight = 100_000,
  weigh = (_, revision) => revision + 1,
}: StateCacheOptions<State>): StateCache<Held> => {
  // A map remembers the order of insertion: the first key is the one longest unused.
  const entries = new Map<
    string,
    { readonly held: Held; readonly revision: number; readonly weight: number }
  >();
  let total = 0;

  const drop = (stream: string): void => {
    total -= entries.get(stream)?.weight ?? 0;
    entries.delete(stream);
  };

  return {
    get: (stream) => {
      const entry = entries.get(stream);
      if (entry === undefined) return undefined;
      entries.delete(stream);
      entries.set(stream, entry);
      return entry.held;
    },
    put: (stream, held) => {
      const { revision } = held.head;
      if ((entries.get(stream)?.revision ?? -1) > revision) return;
      drop(stream);
      const weight = weigh(held.state, revision);
      if (weight > maxWeight) return;
      entries.set(stream, { held, revision, weight });
      total += weight;
      for (const oldest of entries.keys()) {
        if (total <= maxWeight) break;
        drop(oldest);
      }
    },
    clear: () => {
      entries.clear();
      total = 0;
    },
  };
};
