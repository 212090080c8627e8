/** Those who wait for something to change. */
export interface Waiters {
  /** Grows with all news. */
  readonly heard: () => number;
  /** Resolves when there is news that `heard` did not know of, or with the signal. */
  readonly after: (heard: number, signal?: AbortSignal) => Promise<void>;
  readonly tell: () => void;
}

export const waiters = (): Waiters => {
  let count = 0;
  let waiting: Array<() => void> = [];
  return {
    heard: () => count,
    after: (heard, signal) =>
      new Promise((resolve) => {
        if (heard !== count || signal?.aborted === true) {
          resolve();
          return;
        }
        const wake = (): void => {
          signal?.removeEventListener('abort', wake);
          waiting = waiting.filter((other) => other !== wake);
          resolve();
        };
        waiting.push(wake);
        signal?.addEventListener('abort', wake);
      }),
    tell: () => {
      count += 1;
      for (const wake of waiting) wake();
    },
  };
};
