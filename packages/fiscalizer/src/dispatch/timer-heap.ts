/** The timer of somebody at a moment of the monotonic clock. */
interface Timer {
  readonly key: string;
  readonly at: number;
  readonly order: number;
}

/** Timers by moment, equal moments in the order they were set. Who sets another one has that one only. */
export interface TimerHeap {
  readonly set: (key: string, at: number) => void;
  readonly cancel: (key: string) => void;
  /** Takes the next timer that is due and answers whose it was. */
  readonly due: (now: number) => string | undefined;
  readonly nextAt: () => number | undefined;
  /** What is held in memory, timers that were replaced or cancelled included: about as many as there are others. */
  readonly held: () => number;
}

/** So many void timers are always borne with. */
const FEW = 64;

const compare = (a: Timer, b: Timer): number => a.at - b.at || a.order - b.order;

export const timerHeap = (): TimerHeap => {
  let heap: Timer[] = [];
  const current = new Map<string, Timer>();
  let order = 0;

  const isVoid = (timer: Timer): boolean => current.get(timer.key) !== timer;

  const settle = (last: Timer): void => {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const leftTimer = heap[left];
      const rightTimer = heap[left + 1];
      if (leftTimer === undefined) break;
      const [child, timer] =
        rightTimer !== undefined && compare(rightTimer, leftTimer) < 0
          ? [left + 1, rightTimer]
          : [left, leftTimer];
      if (compare(timer, last) >= 0) break;
      heap[index] = timer;
      index = child;
    }
    heap[index] = last;
  };

  const push = (timer: Timer): void => {
    let index = heap.length;
    heap.push(timer);
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || compare(timer, parent) >= 0) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = timer;
  };

  const pop = (): void => {
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) settle(last);
  };

  /** What is void lies in the heap until its moment, which may be days away: it is cleared out before it outweighs the rest. */
  const tidy = (): void => {
    if (heap.length <= 2 * current.size + FEW) return;
    heap = heap.filter((timer) => !isVoid(timer)).toSorted(compare);
  };

  const top = (): Timer | undefined => {
    for (;;) {
      const [timer] = heap;
      if (timer === undefined || !isVoid(timer)) return timer;
      pop();
    }
  };

  return {
    set: (key, at) => {
      const timer = { key, at, order: (order += 1) };
      current.set(key, timer);
      push(timer);
      tidy();
    },
    cancel: (key) => {
      current.delete(key);
      tidy();
    },
    due: (now) => {
      const timer = top();
      if (timer === undefined || timer.at > now) return undefined;
      pop();
      current.delete(timer.key);
      return timer.key;
    },
    nextAt: () => top()?.at,
    held: () => heap.length,
  };
};
