/** Something to be run at a virtual time. A cancelled entry stays where it lies and has nothing to run. */
export interface QueueEntry {
  readonly time: number;
  readonly sequence: number;
  run: (() => void) | undefined;
}

/** Entries ordered by time, then by the order in which they came: a binary heap. */
export interface EventQueue {
  readonly push: (entry: QueueEntry) => void;
  /** The first entry that was not cancelled. */
  readonly peek: () => QueueEntry | undefined;
  readonly pop: () => QueueEntry | undefined;
}

const before = (a: QueueEntry, b: QueueEntry): boolean =>
  a.time < b.time || (a.time === b.time && a.sequence < b.sequence);

export const eventQueue = (): EventQueue => {
  const heap: QueueEntry[] = [];

  const push = (entry: QueueEntry): void => {
    let hole = heap.length;
    heap.push(entry);
    while (hole > 0) {
      const parentAt = (hole - 1) >> 1;
      const parent = heap[parentAt];
      if (parent === undefined || before(parent, entry)) break;
      heap[hole] = parent;
      hole = parentAt;
    }
    heap[hole] = entry;
  };

  const sink = (entry: QueueEntry): void => {
    let hole = 0;
    for (;;) {
      let childAt = 2 * hole + 1;
      let child = heap[childAt];
      const right = heap[childAt + 1];
      if (child === undefined) break;
      if (right !== undefined && before(right, child)) {
        childAt += 1;
        child = right;
      }
      if (before(entry, child)) break;
      heap[hole] = child;
      hole = childAt;
    }
    heap[hole] = entry;
  };

  const take = (): QueueEntry | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) sink(last);
    return first;
  };

  const peek = (): QueueEntry | undefined => {
    while (heap.length > 0 && heap[0]?.run === undefined) take();
    return heap[0];
  };

  return {
    push,
    peek,
    pop: () => (peek() === undefined ? undefined : take()),
  };
};
