import * as E from 'fp-ts/Either';
import { eventStoreConformance } from './conformance/index';
import { appended, everything, failsBy } from './conformance/dealings';
import { sample } from './conformance/samples';
import type { EventStore } from './store';
import { memoryLog, type MemoryLogOptions } from './memory-log';
import { memoryStore, type AppendFault } from './memory-store';

/** A store that can be opened again on its log. */
const underTest = (name: string, pageSize: number, options: MemoryLogOptions): void => {
  const logs = new Map<EventStore, ReturnType<typeof memoryLog>>();
  const openOn = (log: ReturnType<typeof memoryLog>): Promise<EventStore> => {
    const store = memoryStore({ log, pageSize });
    logs.set(store, log);
    return Promise.resolve(store);
  };
  eventStoreConformance({
    name,
    open: () => openOn(memoryLog(options)),
    reopen: async (store) => {
      await store.close();
      return openOn(logs.get(store) ?? memoryLog());
    },
    capabilities: { keepsText: true },
  });
};

underTest('the memory store', 256, {});
underTest('a memory store with small pages and positions beyond 2^53', 3, { firstPosition: 2n ** 53n + 1n });

const faulty = (fault: AppendFault): EventStore => {
  const faults = [fault];
  return memoryStore({ faults: () => faults.pop() ?? 'ok' });
};

describe('faults of the memory store', () => {
  const batch = sample('sample-a', { label: 'first', size: 2 });
  it.each([
    ['unavailable', 'Unavailable', 0],
    ['timed-out-not-applied', 'OutcomeUnknown', 0],
    ['timed-out-applied', 'OutcomeUnknown', 2],
  ] as const)(
    '%s answers %s with %i events written, and the repeated append succeeds',
    async (fault, tag, written) => {
      const store = faulty(fault);
      expect(await store.append('sample-a', 'no-stream', batch.events)()).toMatchObject(
        E.left({ _tag: tag }),
      );
      expect(await everything(store)).toHaveLength(written);
      expect(await appended(store, 'sample-a', 'no-stream', batch.events)).toMatchObject({ revision: 1 });
      expect(await everything(store)).toHaveLength(2);
    },
  );
});

describe('stores on one log', () => {
  it('see the same events, and the end of one is not the end of the other', async () => {
    const log = memoryLog();
    const [one, other] = [memoryStore({ log }), memoryStore({ log })];
    await appended(one, 'sample-a', 'no-stream', sample('sample-a', { label: 'first' }).events);
    await one.close();
    expect(await everything(other)).toHaveLength(1);
  });

  it('know no position beyond their end: a reader that came from another store would miss what is to come', async () => {
    const store = memoryStore();
    const { position } = await appended(
      store,
      'sample-a',
      'no-stream',
      sample('sample-a', { label: 'first' }).events,
    );
    const after = String(BigInt(position) + 1n);
    await expect(failsBy('position', store.readAll({ after }))).resolves.toBeUndefined();
    await expect(failsBy('position', store.subscribeAll({ after }))).resolves.toBeUndefined();
  });

  it('can not begin before position 1: the one before it stands for the start', () => {
    expect(() => memoryLog({ firstPosition: 0n })).toThrow(RangeError);
  });
});
