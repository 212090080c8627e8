import * as E from 'fp-ts/Either';
import { account, accountFamily, type AccountCommand } from './account.testing';
import { as, bank, deposit, openAccount, owner, withdraw } from './banking.testing';
import { countedStore, rightOf } from './counted-store.testing';
import { createCommandHandler } from './command-handler';
import { everything } from './conformance/dealings';
import { memoryStore } from './memory-store';

describe('a command handler', () => {
  it('decides on the events of the stream and appends what was decided', async () => {
    const store = memoryStore();
    const { handler } = bank('plain', store);
    const { handle, load } = handler();
    expect(await load('a')()).toEqual(
      E.right({ state: { limit: 0, balance: 0 }, revision: 'no-stream', position: undefined }),
    );
    expect(rightOf(await handle('a', openAccount(), as('c1'))())).toEqual({
      state: { owner, limit: 1000, balance: 0 },
      revision: 0,
      position: '1',
      events: [{ type: 'account.Opened', data: { owner, limit: 1000 } }],
      duplicate: false,
    });
    expect(rightOf(await handle('a', deposit(30), as('c2'))())).toMatchObject({ revision: 1, position: '2' });
    expect(rightOf(await handle('a', withdraw(10, 2), as('c3'))())).toMatchObject({
      state: { balance: 10 },
      revision: 3,
      position: '4',
    });
    expect(rightOf(await load('a')())).toEqual({
      state: { owner, limit: 1000, balance: 10 },
      revision: 3,
      position: '4',
    });
    expect(await handler().load('a')()).toEqual(await load('a')());
  });

  it('records who and what caused an event; a command without a cause begins a correlation', async () => {
    const store = memoryStore();
    const { handle } = bank('metadata', store).handler();
    await handle('a', openAccount(), as('c1'))();
    await handle('a', deposit(5), { ...as('c2'), correlationId: 'order 7', causationId: 'event 9' })();
    const [opened, deposited] = await everything(store);
    expect(opened?.metadata).toEqual({
      actor: 'teller',
      at: '2026-01-01T00:00:00.000Z',
      causationId: 'c1',
      commandHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      commandId: 'c1',
      correlationId: 'c1',
      organisation: '-',
    });
    expect(deposited?.metadata).toMatchObject({
      causationId: 'event 9',
      correlationId: 'order 7',
      commandId: 'c2',
    });
    expect(JSON.stringify(await everything(store))).not.toContain('buyer@');
  });

  it('costs one append and no read when the stream is warm', async () => {
    const store = countedStore();
    const { handle } = bank('warm', store).handler();
    await handle('a', openAccount(), as('c0'))();
    store.calls.appends = store.calls.reads = 0;
    for (let n = 1; n <= 10; n += 1) await handle('a', deposit(1), as(`c${n}`))();
    expect(store.calls).toEqual({ appends: 10, reads: 0 });
  });

  it('decides a refusal and an empty decision again on the tail before it gives them', async () => {
    const store = countedStore();
    const at = bank('stale', store);
    const [here, there] = [at.handler(), at.handler()];
    await here.handle('a', openAccount(), as('c1'))();
    await there.handle('a', deposit(50), as('c2'))();
    // What is cached here knows nothing of the money.
    expect(rightOf(await here.handle('a', withdraw(50), as('c3'))())).toMatchObject({
      state: { balance: 0 },
      revision: 2,
    });
    await there.handle('a', deposit(7), as('c4'))();
    expect(rightOf(await here.handle('a', deposit(0), as('c5'))())).toEqual({
      state: { owner, limit: 1000, balance: 7 },
      revision: 3,
      position: '4',
      events: [],
      duplicate: false,
    });
    store.calls.reads = 0;
    expect(await here.handle('a', withdraw(8), as('c6'))()).toEqual(
      E.left({ _tag: 'Refused', refusal: 'too-poor', revision: 3 }),
    );
    expect(store.calls.reads).toBe(1);
  });

  it('reads a cold stream once before a refusal', async () => {
    const store = countedStore();
    const { handle } = bank('cold', store).handler();
    expect(await handle('a', deposit(1), as('c1'))()).toEqual(
      E.left({ _tag: 'Refused', refusal: 'not-open', revision: 'no-stream' }),
    );
    expect(store.calls).toEqual({ appends: 0, reads: 1 });
  });
});

describe('a repeated command', () => {
  it('changes nothing and is answered with where its events lie, by this process or another', async () => {
    const store = memoryStore();
    const at = bank('repeat', store);
    const here = at.handler();
    await here.handle('a', openAccount(), as('c1'))();
    await here.handle('a', withdraw(0), as('c2'))();
    await here.handle('a', deposit(5), as('c3'))();
    await here.handle('a', withdraw(1, 2), as('c4'))();
    await here.handle('a', deposit(9), as('c5'))();
    const before = await everything(store);
    for (const process of [here, at.handler(), at.handler({ cache: { maxWeight: 0 } })]) {
      expect(rightOf(await process.handle('a', withdraw(1, 2), as('c4'))())).toEqual({
        state: { owner, limit: 1000, balance: 12 },
        revision: 3,
        position: '4',
        events: [],
        duplicate: true,
      });
      expect(rightOf(await process.handle('a', openAccount(), as('c1'))())).toMatchObject({
        revision: 0,
        duplicate: true,
      });
    }
    expect(await everything(store)).toEqual(before);
  });

  it('is found in the tail when another process was faster', async () => {
    const store = countedStore();
    const at = bank('faster', store);
    const [here, there] = [at.handler(), at.handler()];
    await here.handle('a', openAccount(), as('c1'))();
    await there.handle('a', deposit(5), as('c2'))();
    await there.handle('a', deposit(6), as('c3'))();
    expect(rightOf(await here.handle('a', deposit(5), as('c2', 'another'))())).toMatchObject({
      state: { balance: 11 },
      revision: 1,
      duplicate: true,
    });
    expect(await everything(store)).toHaveLength(3);
  });

  it('is answered with a state that has its effect, also after a query has seen more than is cached', async () => {
    const at = bank('query first', memoryStore());
    const [here, there] = [at.handler(), at.handler()];
    await here.handle('a', openAccount(), as('c1'))();
    await there.handle('a', deposit(5), as('c2', 'another'))();
    expect(rightOf(await here.load('a')()).state.balance).toBe(5);
    expect(rightOf(await here.handle('a', deposit(5), as('c2'))())).toMatchObject({
      duplicate: true,
      state: { balance: 5 },
    });
  });

  it('with other content is refused, on warm and on cold state', async () => {
    const at = bank('reused', memoryStore());
    const here = at.handler();
    await here.handle('a', openAccount(), as('c1'))();
    await here.handle('a', deposit(5), as('c2'))();
    const reused = E.left({ _tag: 'CommandIdReused', stream: 'account-a', commandId: 'c2' });
    expect(await here.handle('a', deposit(6), as('c2'))()).toEqual(reused);
    expect(await at.handler().handle('a', withdraw(5), as('c2'))()).toEqual(reused);
  });

  it('after a refusal is decided again: a refusal is not remembered', async () => {
    const { handle } = bank('refused', memoryStore()).handler();
    expect(await handle('a', deposit(5), as('c1'))()).toMatchObject(E.left({ _tag: 'Refused' }));
    await handle('a', openAccount(), as('c2'))();
    expect(rightOf(await handle('a', deposit(5), as('c1'))())).toMatchObject({
      duplicate: false,
      state: { balance: 5 },
    });
  });

  it('belongs to one stream: the same id in another stream is another command', async () => {
    const { handle } = bank('scope', memoryStore()).handler();
    for (const id of ['a', 'b']) {
      expect(rightOf(await handle(id, openAccount(), as('c1'))())).toMatchObject({ duplicate: false });
    }
  });

  it('is recognised without the person, whose data may have been erased meanwhile', async () => {
    const { handle } = bank('person', memoryStore()).handler();
    await handle('a', openAccount(), as('c1'))();
    const erased = {
      type: 'Open',
      data: { owner: { keyId: 'k1', person: { erased: true } }, limit: 1000 },
    } as const;
    expect(rightOf(await handle('a', erased, as('c1'))())).toMatchObject({ duplicate: true });
    const other = { type: 'Open', data: { owner: { ...owner, keyId: 'k2' }, limit: 1000 } } as const;
    expect(await handle('a', other, as('c1'))()).toMatchObject(E.left({ _tag: 'CommandIdReused' }));
  });

  it('is recognised as long as it is among the last so many, the same on warm and on cold state', async () => {
    const at = bank('window', memoryStore());
    const warm = at.handler({ knownCommands: 3 });
    await warm.handle('a', openAccount(), as('c0'))();
    for (let n = 1; n <= 5; n += 1) await warm.handle('a', deposit(1), as(`c${n}`))();
    for (const process of [warm, at.handler({ knownCommands: 3 })]) {
      for (const n of [3, 4, 5]) {
        expect(rightOf(await process.handle('a', deposit(1), as(`c${n}`))())).toMatchObject({
          duplicate: true,
        });
      }
      // Beyond the window the decider itself must see that there is nothing to do.
      expect(await process.handle('a', openAccount(), as('c0'))()).toMatchObject(
        E.left({ refusal: 'open-already' }),
      );
    }
  });

  it('may differ in what the caller reads anew for every try, if the handler is told so', async () => {
    const { keyRing, runtime } = bank('identity', memoryStore());
    const { handle } = createCommandHandler({
      store: memoryStore(),
      decider: account,
      family: accountFamily,
      streamOf: (id: string) => `account-${id}`,
      keyRing,
      runtime,
      knownCommands: 'all',
      identityOf: ({ type }: AccountCommand) => type,
    });
    await handle('a', openAccount(5), as('c1'))();
    expect(rightOf(await handle('a', openAccount(6), as('c1'))())).toMatchObject({ duplicate: true });
  });
});

describe('commands at the same time', () => {
  it('of one stream are handled one after the other in a process, without a conflict', async () => {
    const store = countedStore();
    const { handle } = bank('together', store).handler();
    await handle('a', openAccount(), as('c0'))();
    store.calls.appends = 0;
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, n) => handle('a', deposit(1), as(`c${n + 1}`))()),
    );
    expect(all.map((outcome) => rightOf(outcome).revision)).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 1),
    );
    expect(store.calls.appends).toBe(50);
  });

  it('of the same id are applied once, whichever process is first', async () => {
    const store = memoryStore();
    const at = bank('same id', store);
    await at.handler().handle('a', openAccount(), as('c0'))();
    const outcomes = await at.runtime.kernel.complete(() =>
      Promise.all(
        ['x', 'y', 'z'].map(async (process) => {
          const { handle } = at.handler();
          await handle('a', deposit(0), as(`warm ${process}`))();
          const twice = [
            handle('a', deposit(5), as('c1', process))(),
            handle('a', deposit(5), as('c1', process))(),
          ];
          const last = await handle('a', deposit(1), as(`last ${process}`))();
          return [...(await Promise.all(twice)), last];
        }),
      ),
    );
    expect(outcomes.flat().filter((outcome) => !rightOf(outcome).duplicate)).toHaveLength(4);
    expect(rightOf(await at.handler().load('a')())).toMatchObject({ revision: 4, state: { balance: 8 } });
  });

  it('of the same id may even be of the same bytes', async () => {
    const at = bank('same bytes', memoryStore());
    const processes = [at.handler(), at.handler()];
    await processes[0]?.handle('a', openAccount(), as('c0'))();
    for (const { handle } of processes) await handle('a', deposit(0), as('warm'))();
    for (const { handle } of processes) {
      expect(rightOf(await handle('a', deposit(5), as('c1'))())).toMatchObject({
        revision: 1,
        state: { balance: 5 },
      });
    }
    for (const [n, { handle }] of processes.entries()) {
      expect(rightOf(await handle('a', deposit(1), as(`d${n}`))())).toMatchObject({ revision: 2 + n });
    }
    expect(rightOf(await at.handler().load('a')())).toMatchObject({ revision: 3, state: { balance: 7 } });
  });

  it('by three first openers: one wins, two are refused', async () => {
    const at = bank('openers', memoryStore());
    const outcomes = await Promise.all(
      ['x', 'y', 'z'].map((id) => at.handler().handle('a', openAccount(), as(id))()),
    );
    expect(outcomes.filter(E.isRight)).toHaveLength(1);
    expect(outcomes.filter(E.isLeft).map(({ left }) => left)).toEqual([
      { _tag: 'Refused', refusal: 'open-already', revision: 0 },
      { _tag: 'Refused', refusal: 'open-already', revision: 0 },
    ]);
  });

  it('do not block a query, and are not disturbed by it', async () => {
    const store = memoryStore();
    const { handle, load } = bank('query', store).handler();
    await handle('a', openAccount(), as('c0'))();
    const work = Array.from({ length: 20 }, async (_, n) => {
      await handle('a', deposit(1), as(`c${n + 1}`))();
      return load('a')();
    });
    for (const outcome of await Promise.all(work)) {
      const { state, revision } = rightOf(outcome);
      expect(state.balance).toBe(revision);
    }
  });
});

describe('what a handler refuses to handle', () => {
  it('is a command or a context without a canonical text, named by path only', async () => {
    const { handle } = bank('canonical', memoryStore()).handler();
    expect(await handle('a', deposit(0.5), as('c1'))()).toEqual(
      E.left({ _tag: 'CommandNotCanonical', path: 'command.data.amount', rule: 'integer-range' }),
    );
    expect(await handle('a', deposit(1), { ...as('c1'), actor: 'x\ud800' })()).toEqual(
      E.left({ _tag: 'CommandNotCanonical', path: 'context.actor', rule: 'lone-surrogate' }),
    );
  });
});

describe('the cache', () => {
  it('gives way by weight, longest unused first, and is never needed', async () => {
    const store = countedStore();
    const { handle } = bank('weights', store).handler({ cache: { maxWeight: 2, weigh: () => 1 } });
    for (const id of ['a', 'b']) await handle(id, openAccount(), as('c1'))();
    await handle('a', deposit(1), as('c2'))();
    await handle('c', openAccount(), as('c1'))();
    store.calls.reads = 0;
    await handle('a', deposit(1), as('c3'))();
    await handle('c', deposit(1), as('c3'))();
    expect(store.calls.reads).toBe(0);
    await handle('b', deposit(1), as('c3'))();
    expect(store.calls.reads).toBe(1);
  });

  it('can be forgotten, so that an erased person is not remembered', async () => {
    const at = bank('forget', memoryStore());
    const { handle, load, forget } = at.handler();
    await handle('a', openAccount(), as('c1'))();
    await at.keyRing.erase('k1')();
    expect(rightOf(await load('a')()).state.owner?.person).toEqual({ email: 'buyer@example.org' });
    forget();
    expect(rightOf(await load('a')()).state.owner).toEqual({ keyId: 'k1', person: { erased: true } });
    // The stream goes on: the chain is over what was sealed.
    expect(await handle('a', deposit(3), as('c2'))()).toMatchObject(E.right({ revision: 1 }));
  });
});
