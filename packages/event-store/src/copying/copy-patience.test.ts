import { seededKernel } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { rightOf } from '../counted-store.testing';
import { memoryLog } from '../memory-log';
import { memoryStore, type AppendFault } from '../memory-store';
import type { EventStore, ReadItem } from '../store';
import { copy, deed, storeOn } from './copies.testing';
import { copyEvents } from './copy-events';
import { written } from './histories.testing';

describe('a copy whose stores do not answer, or that is told to end', () => {
  it('asks a store that is away again, and tells in the end which one it is', async () => {
    const from = written([deed('receipt-a', 4), deed('receipt-b', 4)]);
    const away = { _tag: 'Unavailable', why: 'away' } as const;
    /** Every read breaks off after one page, as often as that. */
    const flaky = (store: EventStore, breaks: number): EventStore => {
      let left = breaks;
      return {
        ...store,
        readAll: async function* broken(options): AsyncGenerator<ReadItem> {
          for await (const item of store.readAll(options)) {
            yield item;
            left -= 1;
            if (left >= 0) return yield { _tag: 'Failed', error: away };
          }
        },
      };
    };
    const to = memoryLog();
    const report = await copy(flaky(storeOn(from), 2), flaky(storeOn(to), 2));
    expect(rightOf(report)).toMatchObject({ events: 8, copied: 8, streams: 2 });
    const gone: EventStore = { ...storeOn(from), head: () => () => Promise.resolve(E.left(away)) };
    expect(await copy(gone, storeOn(to))).toEqual(E.left({ _tag: 'StoreFailed', side: 'from', error: away }));
    const shut = storeOn(memoryLog(), () => 'unavailable');
    expect(await copy(storeOn(from), shut)).toMatchObject(E.left({ _tag: 'StoreFailed', side: 'to' }));
    const silent = storeOn(memoryLog(), () => 'timed-out-not-applied');
    expect(await copy(storeOn(from), silent)).toMatchObject(
      E.left({ side: 'to', error: { _tag: 'OutcomeUnknown' }, stream: 'receipt-a', revision: 0 }),
    );
  });

  it('does not wait for a disk that is full, nor for what never passes', async () => {
    const kernel = seededKernel('full');
    const from = storeOn(written([deed('receipt-a')]));
    const full = { _tag: 'Unavailable', why: 'full', full: true } as const;
    const to: EventStore = { ...storeOn(memoryLog()), append: () => () => Promise.resolve(E.left(full)) };
    const runtime = kernel.runtime({ label: 'copy' });
    expect(await kernel.complete(copyEvents({ from, to, runtime }))).toMatchObject(
      E.left({ side: 'to', error: full }),
    );
    expect(kernel.now()).toBe(0);
  });

  it('ends while it waits for a store, when it is told to', async () => {
    const stopping = new AbortController();
    const from = storeOn(written([deed('receipt-a')]));
    const to = storeOn(memoryLog(), () => {
      stopping.abort();
      return 'unavailable';
    });
    expect(await copy(from, to, { signal: stopping.signal })).toEqual(
      E.left({ _tag: 'Interrupted', copied: 0 }),
    );
  });

  it('writes nothing more when it is told to end', async () => {
    const turns = [deed('receipt-a'), deed('receipt-b'), deed('payment-a'), deed('receipt-a')];
    const stopping = new AbortController();
    const to = memoryLog();
    const from = memoryStore({ log: written(turns) });
    const outcome = await copy(
      from,
      storeOn(to, () => {
        if (to.events.length === 1) stopping.abort();
        return 'ok';
      }),
      { signal: stopping.signal },
    );
    expect(outcome).toEqual(E.left({ _tag: 'Interrupted', copied: 2 }));
    expect(to.events).toHaveLength(2);
  });

  it('says that an outcome is unknown also where the store does not answer any more after it', async () => {
    const from = storeOn(written([deed('receipt-a')]));
    const faults: AppendFault[] = ['timed-out-not-applied'];
    const to = storeOn(memoryLog(), () => faults.shift() ?? 'unavailable');
    expect(await copy(from, to)).toMatchObject(E.left({ error: { _tag: 'OutcomeUnknown' } }));
  });
});
