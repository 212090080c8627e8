import * as E from 'fp-ts/Either';
import type { EmulatorStorage } from './storage';

/** Keeps nothing: an emulator that ends with its process. */
export const noStorage = (): EmulatorStorage => ({
  open: async () => E.right({ snapshot: [], calls: [] }),
  append: () => undefined,
  settled: async () => E.right(undefined),
  compact: async () => E.right(undefined),
  callsSinceSnapshot: () => 0,
  close: async () => undefined,
});
