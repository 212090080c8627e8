/** Something to do at a moment of the monotonic clock. */
interface Timer<A> {
  readonly at: number;
  readonly order: number;
  readonly what: A;
}

/** Timers by moment, equal moments in the order they were set. */
export interface TimerHeap<A> {
  readonly set: (at: number, what: A) => void;
  /** Takes the next timer that is due. */
  readonly due: (now: number) => A | undefined;
  readonly nextAt: () => number | undefined;
}

export const timerHeap = <A>(): TimerHeap<A> => {
  const heap: Timer<A>[] = [];
  let order = 0;

  const isBefore = (a: Timer<A>, b: Timer<A>): boolean => (a.at === b.at ? a.order < b.order : a.at < b.at);

  const settle = (last: Timer<A>): void => {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const leftTimer = heap[left];
      const rightTimer = heap[left + 1];
      if (leftTimer === undefined) break;
      const [child, timer] =
        rightTimer !== undefined && isBefore(rightTimer, leftTimer)
          ? [left + 1, rightTimer]
          : [left, leftTimer];
      if (!isBefore(timer, last)) break;
      heap[index] = timer;
      index = child;
    }
    heap[index] = last;
  };

  return {
    set: (at, what) => {
      const timer: Timer<A> = { at, order: (order += 1), what };
      let index = heap.length;
      heap.push(timer);
      while (index > 0) {
        const above = (index - 1) >> 1;
        const parent = heap[above];
        if (parent === undefined || !isBefore(timer, parent)) break;
        heap[index] = parent;
        index = above;
      }
      heap[index] = timer;
    },
    due: (now) => {
      const [top] = heap;
      if (top === undefined || top.at > now) return undefined;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) settle(last);
      return top.what;
    },
    nextAt: () => heap[0]?.at,
  };
};
