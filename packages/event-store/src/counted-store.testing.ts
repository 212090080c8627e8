import * as E from 'fp-ts/Either';
import { memoryLog, type MemoryLog } from './memory-log';
import { memoryStore, type AppendFault } from './memory-store';
import type { EventStore } from './store';

export interface CountedStore extends EventStore {
  readonly calls: { appends: number; reads: number };
}

/** Counts what a handler costs, and asks before each append what is to become of it. */
export const countedStore = (
  next: () => AppendFault = () => 'ok',
  log: MemoryLog = memoryLog(),
): CountedStore => {
  const calls = { appends: 0, reads: 0 };
  const store = memoryStore({
    log,
    faults: () => {
      calls.appends += 1;
      return next();
    },
  });
  const readStream: EventStore['readStream'] = (...args) => {
    calls.reads += 1;
    return store.readStream(...args);
  };
  return { ...store, readStream, calls };
};

/** These faults, one after the other, and none after them. */
export const inOrder = (...faults: ReadonlyArray<AppendFault>): (() => AppendFault) => {
  const waiting = [...faults];
  return () => waiting.shift() ?? 'ok';
};

export const rightOf = <A>(outcome: E.Either<unknown, A>): A => {
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  return outcome.right;
};
