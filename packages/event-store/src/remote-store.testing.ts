import type { Random, SeededRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { EventStore, ReadItem } from './store';

export interface RemoteStoreOptions {
  /** How often an append goes wrong: 0 never, 1 always. */
  readonly faultRate: number;
  readonly random: Random;
}

/**
 * A store at the other end of a network: answers take their time or get lost, requests get lost or arrive long after their
 * sender has given them up.
 */
export const remoteStore = (
  store: EventStore,
  process: SeededRuntime,
  options: RemoteStoreOptions,
): EventStore => {
  const { faultRate, random } = options;
  const travel = (): Promise<void> => process.sleep(random.next() * 20);
  return {
    ...store,
    append:
      (...args) =>
      async () => {
        await travel();
        const fate = random.next() < faultRate ? random.integer(4) : -1;
        if (fate === 0) return E.left({ _tag: 'Unavailable', why: 'away' });
        if (fate === 1) process.kernel.schedule(random.next() * 500, () => void store.append(...args)());
        const answer = fate === 3 || fate === -1 ? await store.append(...args)() : undefined;
        await travel();
        return fate === -1 && answer !== undefined
          ? answer
          : E.left({ _tag: 'OutcomeUnknown', why: 'silence' });
      },
    readStream: (...args) => delayed(travel, store, args),
  };
};

async function* delayed(
  travel: () => Promise<void>,
  store: EventStore,
  args: Parameters<EventStore['readStream']>,
): AsyncGenerator<ReadItem> {
  await travel();
  for await (const item of store.readStream(...args)) {
    await travel();
    yield item;
  }
}
