import type { Operation } from '../faults/fault-rule';

/** Calls of one operation so far. A message with acknowledgements counts as a call of its own. */
export interface CallCount {
  readonly started: number;
  readonly open: number;
  /** Given up by the client, or lost with the connection. */
  readonly cancelled: number;
}

/** How many calls there were and are. */
export interface CallCounts {
  readonly of: (operation: Operation) => CallCount;
  /** Streams that are open over all operations, the streams of batch appends among them. */
  readonly open: () => number;
  /** Counts a call; the answer is called once when it is over. */
  readonly start: (operation: Operation) => (how: 'ended' | 'cancelled') => void;
  /** Resolves when the counts satisfy the condition, which is asked at every change. */
  readonly until: (condition: (counts: Pick<CallCounts, 'of' | 'open'>) => boolean) => Promise<void>;
}

export const callCounts = (): CallCounts => {
  const counts = new Map<Operation, { started: number; open: number; cancelled: number }>();
  const watchers = new Set<() => void>();
  let open = 0;
  const of = (operation: Operation): { started: number; open: number; cancelled: number } => {
    const known = counts.get(operation);
    if (known !== undefined) return known;
    const made = { started: 0, open: 0, cancelled: 0 };
    counts.set(operation, made);
    return made;
  };
  const tell = (): void => {
    for (const look of watchers) look();
  };
  const view = { of: (operation: Operation) => ({ ...of(operation) }), open: () => open };
  return {
    ...view,
    start: (operation) => {
      const count = of(operation);
      count.started += 1;
      count.open += 1;
      open += 1;
      tell();
      let over = false;
      return (how) => {
        if (over) return;
        over = true;
        count.open -= 1;
        open -= 1;
        if (how === 'cancelled') count.cancelled += 1;
        tell();
      };
    },
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition(view)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
};
