import { systemRuntime } from '@cloud-kassa/runtime';
import type { Runtime } from '@cloud-kassa/runtime';

/** A runtime whose clocks stand still until a test moves them. Sockets and promises go on as ever. */
export interface SteppedRuntime {
  readonly runtime: Runtime;
  /** Moves both clocks; whoever's sleep ends by then wakes, in order. */
  readonly advance: (milliseconds: number) => void;
  /** Every line of the log as JSON. */
  readonly logged: ReadonlyArray<string>;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

const START = Date.parse('2026-11-24T09:00:00.000Z');

export const steppedRuntime = (): SteppedRuntime => {
  let now = 0;
  const sleepers = new Set<Sleeper>();
  const logged: string[] = [];

  const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted === true || milliseconds <= 0) {
        resolve();
        return;
      }
      const wake = (): void => {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper: Sleeper = { until: now + milliseconds, wake };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', wake);
    });

  return {
    logged,
    advance: (milliseconds) => {
      now += milliseconds;
      const due = [...sleepers].filter(({ until }) => until <= now).toSorted((a, b) => a.until - b.until);
      for (const { wake } of due) wake();
    },
    runtime: {
      ...systemRuntime(),
      wall: () => new Date(START + now).toISOString(),
      monotonic: () => now,
      sleep,
      log: {
        write: (level, message, fields) => void logged.push(JSON.stringify({ level, message, ...fields })),
      },
    },
  };
};
