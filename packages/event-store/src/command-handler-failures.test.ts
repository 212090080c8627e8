import * as E from 'fp-ts/Either';
import { as, bank, deposit, openAccount, withdraw, type Bank } from './banking.testing';
import { countedStore, inOrder, rightOf } from './counted-store.testing';
import { appended, eventsOf, everything } from './conformance/dealings';
import { memoryLog } from './memory-log';
import { memoryStore } from './memory-store';
import type { EventStore, ReadItem } from './store';

/** Handles under virtual time, so that pauses between tries pass. */
const underTime = <A>({ runtime }: Bank, work: () => Promise<A>): Promise<A> => runtime.kernel.complete(work);

async function* failing(): AsyncGenerator<ReadItem> {
  yield { _tag: 'Failed', error: { _tag: 'Unavailable', why: 'a fault was asked for' } };
}

/** The first so many events of a store. */
const copyOf = async (store: EventStore, count: number): Promise<EventStore> => {
  const copy = memoryStore();
  const events = await eventsOf(store.readAll({ limit: count }));
  for (const [index, event] of events.entries()) {
    await appended(copy, event.stream, index === 0 ? 'no-stream' : index - 1, [event]);
  }
  return copy;
};

/** A handler with a warm account of 500, whose store is then another. */
const putBack = async (at: Bank, original: EventStore, swap: { store: EventStore }) => {
  const { handle } = at.handler({
    store: {
      ...original,
      append: (...args) => swap.store.append(...args),
      readStream: (...args) => swap.store.readStream(...args),
    },
  });
  await handle('a', openAccount(), as('c1'))();
  await handle('a', deposit(500), as('c2'))();
  return handle;
};

describe('when the store does not answer as hoped', () => {
  it('a lost answer is found out by appending the same events again', async () => {
    const store = countedStore(inOrder('timed-out-applied', 'timed-out-applied'));
    const at = bank('lost', store);
    const outcome = await underTime(at, at.handler().handle('a', openAccount(), as('c1')));
    expect(outcome).toMatchObject(E.right({ revision: 0, duplicate: false }));
    expect(store.calls).toEqual({ appends: 3, reads: 1 });
    expect(await everything(store)).toHaveLength(1);
  });

  it('an append that never arrived is made again, with the same bytes', async () => {
    const sent: unknown[] = [];
    const store = memoryStore({
      faults: ({ events }) => {
        sent.push(events);
        return sent.length < 3 ? 'timed-out-not-applied' : 'ok';
      },
    });
    const at = bank('not arrived', store);
    expect(await underTime(at, at.handler().handle('a', openAccount(), as('c1')))).toMatchObject(
      E.right({ revision: 0 }),
    );
    expect(sent).toHaveLength(3);
    expect(sent[2]).toBe(sent[0]);
    expect(JSON.stringify(sent[0])).toContain('"sealed"');
  });

  it('after the last try the stream is read and what is there is compared', async () => {
    const store = countedStore(() => 'timed-out-applied');
    const at = bank('compare', store);
    expect(
      await underTime(at, at.handler({ attempts: 2 }).handle('a', openAccount(), as('c1'))),
    ).toMatchObject(E.right({ revision: 0, position: '1', duplicate: false }));
    expect(store.calls).toEqual({ appends: 2, reads: 2 });
  });

  it('the outcome stays unknown when nothing can be seen, and the repeated command settles it', async () => {
    const faults = Array.from({ length: 3 }, () => 'timed-out-not-applied' as const);
    const at = bank('unknown', countedStore(inOrder(...faults)));
    const { handle } = at.handler({ attempts: 3 });
    expect(await underTime(at, handle('a', openAccount(), as('c1')))).toMatchObject(
      E.left({ _tag: 'OutcomeUnknown' }),
    );
    expect(await underTime(at, handle('a', openAccount(), as('c1')))).toMatchObject(E.right({ revision: 0 }));
  });

  it('the outcome stays unknown when the stream can not be read, and the repeated command is a duplicate', async () => {
    const store = countedStore(inOrder('timed-out-applied'));
    let reads = 0;
    const at = bank('unread', {
      ...store,
      readStream: (...args) => ((reads += 1) === 2 ? failing() : store.readStream(...args)),
    });
    const { handle } = at.handler({ attempts: 1 });
    expect(await handle('a', openAccount(), as('c1'))()).toMatchObject(E.left({ _tag: 'OutcomeUnknown' }));
    expect(await handle('a', openAccount(), as('c1'))()).toMatchObject(
      E.right({ revision: 0, duplicate: true }),
    );
  });

  it('a failure after an unknown outcome does not make it known', async () => {
    const at = bank(
      'failure after',
      countedStore(inOrder('timed-out-applied', 'unavailable', 'unavailable')),
    );
    expect(
      await underTime(at, at.handler({ attempts: 3 }).handle('a', openAccount(), as('c1'))),
    ).toMatchObject(E.right({ revision: 0, duplicate: false }));
  });

  it('there is a conflict when others are seen where ours should be', async () => {
    const log = memoryLog();
    const at = bank('seen', memoryStore({ log }));
    await at.handler().handle('a', openAccount(), as('c1'))();
    const store = countedStore(inOrder('timed-out-not-applied', 'timed-out-not-applied'), log);
    const { handle } = at.handler({ store, attempts: 2 });
    const outcome = underTime(at, async () => {
      const waiting = handle('a', deposit(1), as('c2'))();
      at.runtime.schedule(0, () => void at.handler().handle('a', deposit(2), as('d1'))());
      return waiting;
    });
    expect(await outcome).toMatchObject(E.right({ revision: 2, state: { balance: 3 } }));
  });

  it('that nothing was written is said at once', async () => {
    const store = countedStore(inOrder('unavailable'));
    const { handle } = bank('unavailable', store).handler();
    expect(await handle('a', openAccount(), as('c1'))()).toMatchObject(E.left({ _tag: 'Unavailable' }));
    expect(store.calls.appends).toBe(1);
  });

  it('what the store rejects is handed on', async () => {
    const { handle, load } = bank('rejected', memoryStore()).handler();
    const rejected = E.left({ _tag: 'Rejected', rule: 'stream-name', why: expect.any(String) });
    expect(await handle('чек', openAccount(), as('c1'))()).toEqual(rejected);
    expect(await load('a b')()).toEqual(rejected);
  });

  it('a command is decided again after each conflict, and given up after so many', async () => {
    const log = memoryLog();
    const store = memoryStore({ log });
    const at = bank('contended', store);
    const rival = at.handler();
    await rival.handle('a', openAccount(), as('c1'))();
    let round = 0;
    const contended: EventStore = {
      ...store,
      append:
        (...args) =>
        async () => {
          round += 1;
          await rival.handle('a', deposit(1), as(`r${round}`))();
          return store.append(...args)();
        },
    };
    const { handle } = at.handler({ store: contended, attempts: 4 });
    const outcome = await underTime(at, handle('a', deposit(100), as('c2')));
    expect(outcome).toEqual(E.left({ _tag: 'TooContended', stream: 'account-a', attempts: 4 }));
    expect(round).toBe(4);
    expect(at.runtime.kernel.now()).toBeGreaterThan(0);
  });

  it('a failed read ends the command, and the next one reads again', async () => {
    const store = memoryStore();
    let broken = true;
    const at = bank('broken read', {
      ...store,
      readStream: (...args) => (broken ? failing() : store.readStream(...args)),
    });
    const { handle, load } = at.handler();
    expect(await handle('a', openAccount(), as('c1'))()).toMatchObject(E.left({ _tag: 'Unavailable' }));
    expect(await load('a')()).toMatchObject(E.left({ _tag: 'Unavailable' }));
    broken = false;
    expect(await handle('a', openAccount(), as('c1'))()).toMatchObject(E.right({ revision: 0 }));
  });
});

describe('a store that was put back to an older copy', () => {
  it('is read from the start where it is shorter than what is cached', async () => {
    const store = memoryStore();
    const at = bank('shorter', store);
    const swap = { store };
    const handle = await putBack(at, store, swap);
    swap.store = await copyOf(store, 1);
    expect(await underTime(at, handle('a', deposit(200), as('c3')))).toMatchObject(
      E.right({ revision: 1, state: { balance: 200 } }),
    );
  });

  it('is read from the start where it went on in another way', async () => {
    const store = memoryStore();
    const at = bank('other way', store);
    const swap = { store };
    const handle = await putBack(at, store, swap);
    swap.store = await copyOf(store, 1);
    for (const n of [1, 2, 3])
      rightOf(await at.handler({ store: swap.store }).handle('a', deposit(1), as(`d${n}`))());
    expect(await underTime(at, handle('a', withdraw(1), as('c3')))).toMatchObject(
      E.right({ revision: 4, state: { balance: 2 } }),
    );
  });
});
