import * as E from 'fp-ts/Either';
import type { EventStore, MemoryLog, ReadItem } from '@cloud-kassa/event-store';
import { memoryStore } from '@cloud-kassa/event-store';
import type { Random, SeededRuntime } from '@cloud-kassa/runtime';
import type { FaultPlan } from './faults';

export interface WorkerStoreOptions {
  readonly log: MemoryLog;
  readonly runtime: SeededRuntime;
  readonly random: Random;
  readonly plan: () => FaultPlan;
  readonly noteFault: (kind: string) => void;
}

/** How one simulated process reaches the store: with delays, so that it can die between any two steps, and with appends of unknown outcome. */
export const workerStore = ({ log, runtime, random, plan, noteFault }: WorkerStoreOptions): EventStore => {
  const inner = memoryStore({
    log,
    faults: () => {
      const { storeUnavailable, storeTimeoutApplied, storeTimeoutNotApplied } = plan();
      const drawn = random.next();
      if (drawn < storeUnavailable) {
        noteFault('store-unavailable');
        return 'unavailable';
      }
      if (drawn < storeUnavailable + storeTimeoutApplied) {
        noteFault('store-timeout-applied');
        return 'timed-out-applied';
      }
      if (drawn < storeUnavailable + storeTimeoutApplied + storeTimeoutNotApplied) {
        noteFault('store-timeout-not-applied');
        return 'timed-out-not-applied';
      }
      return 'ok';
    },
  });

  const pause = (): Promise<void> => runtime.sleep(1 + random.integer(8));

  async function* delayed(items: AsyncIterable<ReadItem>): AsyncGenerator<ReadItem> {
    for await (const item of items) {
      await pause();
      yield item;
    }
  }

  return {
    ...inner,
    append: (stream, expected, events) => async () => {
      await pause();
      const answer = await inner.append(stream, expected, events)();
      await pause();
      return E.isLeft(answer) ? answer : E.right(answer.right);
    },
    readStream: (stream, options) => delayed(inner.readStream(stream, options)),
    readAll: (options) => delayed(inner.readAll(options)),
    subscribeAll: (options) => delayed(inner.subscribeAll(options)),
  };
};
