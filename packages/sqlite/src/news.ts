import type { Runtime } from '@cloud-kassa/runtime';
import type { Reader } from './reader';

/** Tells those who wait at the head that something was committed. */
export interface News {
  /**
   * Waits until something was committed after the snapshot that `seen` belongs to, by whichever process, or until the end of
   * `ended` or of all waiting.
   */
  readonly after: (seen: number, ended: ReadonlyArray<AbortSignal>) => Promise<void>;
  /** This process has committed. */
  readonly committed: () => void;
  /** Wakes all who wait; nobody waits any more. */
  readonly close: () => void;
}

interface Waiting {
  readonly seen: number;
  readonly wake: () => void;
}

/**
 * Commits of this process are told at once. Those of others are noticed by a look at `PRAGMA data_version`, one look for all who
 * wait, and none when nobody does.
 */
export const newsOf = (reader: Reader, runtime: Runtime, pollMilliseconds: number): News => {
  const waiting = new Set<Waiting>();
  let nobodyWaits = new AbortController();
  let watching = false;
  let closed = false;

  const look = (): void => {
    if (waiting.size === 0) return;
    const seen = reader.seen();
    for (const one of waiting) if (one.seen !== seen) one.wake();
  };

  const watch = async (): Promise<void> => {
    if (watching) return;
    watching = true;
    while (waiting.size > 0) {
      nobodyWaits = new AbortController();
      await runtime.sleep(pollMilliseconds, nobodyWaits.signal);
      look();
    }
    watching = false;
  };

  return {
    after: (seen, ended) =>
      new Promise((resolve) => {
        if (closed || ended.some(({ aborted }) => aborted) || reader.seen() !== seen) {
          resolve();
          return;
        }
        const one: Waiting = {
          seen,
          wake: () => {
            waiting.delete(one);
            for (const end of ended) end.removeEventListener('abort', one.wake);
            if (waiting.size === 0) nobodyWaits.abort('nobody waits');
            resolve();
          },
        };
        waiting.add(one);
        for (const end of ended) end.addEventListener('abort', one.wake);
        void watch();
      }),
    committed: look,
    close: () => {
      closed = true;
      for (const { wake } of waiting) wake();
    },
  };
};
