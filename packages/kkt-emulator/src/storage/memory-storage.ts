import * as E from 'fp-ts/Either';
import type { EmulatorStorage } from './storage';

/** Keeps calls in memory: an emulator made again with the same storage is as it was, as long as the process lives. */
export const memoryStorage = (): EmulatorStorage => {
  let snapshot: ReadonlyArray<string> = [];
  let calls: Array<string> = [];
  return {
    open: async () => E.right({ snapshot, calls: [...calls] }),
    append: (line) => {
      calls.push(line);
    },
    settled: async () => E.right(undefined),
    compact: async (lines) => {
      calls = [];
      snapshot = [...lines];
      return E.right(undefined);
    },
    callsSinceSnapshot: () => calls.length,
    close: async () => undefined,
  };
};
