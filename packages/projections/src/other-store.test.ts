import { memoryStore, type EventStore } from '@cloud-kassa/event-store';
import { seededKernel, type Kernel, type LogEntry } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { copyOf, eventsIn, filled, jars, JARS, jarWriter, succeeded } from './jars.testing';
import { memoryReadModels } from './memory-read-models';
import { projectionRunner } from './projection-runner';
import type { ReadModels } from './read-models';
import { contentsOf, recompute } from './testing';

const ANEW = 'a read model does not belong to this store and is built anew';

/** One read model, and processes that keep it up to stores of their own. */
const stage = (readModels: ReadModels = memoryReadModels()) => {
  const log: LogEntry[] = [];
  const kernel = seededKernel('other store', { log: (entry) => log.push(entry) });
  const runnerOn = (store: EventStore, label: string, on = readModels) =>
    projectionRunner({
      store,
      readModels: on,
      projection: jars(),
      runtime: kernel.runtime({ label }),
      batch: 4,
    });
  const begunAnew = (): number => log.filter(({ message }) => message === ANEW).length;
  return { kernel, readModels, runnerOn, begunAnew };
};

const settled = async (kernel: Kernel, forMs = 60_000): Promise<void> => {
  await kernel.run({ until: kernel.now() + forMs });
};

/** @param label tells rows of this store from those of others. */
const storeWith = async (label: string, count: number): Promise<EventStore> => {
  const store = memoryStore({ pageSize: 3 });
  const writer = jarWriter(store, label);
  for (let amount = 1; amount <= count; amount += 1)
    await writer.write(`${label}${amount % 5}`, filled(amount, label));
  return store;
};

const labelsIn = async (readModels: ReadModels): Promise<ReadonlyArray<unknown>> => {
  const { rows } = await succeeded(contentsOf(readModels, jars()));
  return [...new Set((rows[JARS.name] ?? []).map(({ label }) => label))];
};

describe('a store that was away and comes back as another one', () => {
  it.each([
    ['with another history', () => storeWith('honey', 9)],
    [
      'as an older copy that has grown since',
      async (store: EventStore) => {
        const copy = await copyOf(store, 3);
        const writer = jarWriter(copy, 'honey');
        for (let amount = 1; amount < 9; amount += 1) await writer.write('h', filled(amount, 'honey'));
        return copy;
      },
    ],
  ] as const)('is noticed by those who follow it (%s)', async (_, replaced) => {
    const { kernel, readModels, runnerOn, begunAnew } = stage();
    let current = await storeWith('jam', 6);
    const before = current;
    const after = await replaced(before);
    const changing: EventStore = {
      append: (...given) => current.append(...given),
      readStream: (...given) => current.readStream(...given),
      readAll: (...given) => current.readAll(...given),
      subscribeAll: (...given) => current.subscribeAll(...given),
      head: () => current.head(),
      comparePositions: (...given) => current.comparePositions(...given),
      close: () => current.close(),
    };
    const end = new AbortController();
    const running = runnerOn(changing, 'one');
    const ended = running.run(end.signal);
    await settled(kernel);
    expect(await labelsIn(readModels)).toEqual(['jam']);
    current = after;
    await before.close();
    await settled(kernel);
    expect(await succeeded(contentsOf(readModels, jars()))).toEqual(recompute(jars(), await eventsIn(after)));
    expect(begunAnew()).toBe(1);
    expect(await succeeded(running.status())).toMatchObject({ state: 'following', caughtUp: true });
    end.abort();
    await kernel.complete(() => ended);
  });
});

describe('processes that share a read model', () => {
  it('of one store never take it for that of another', async () => {
    const { kernel, readModels, runnerOn, begunAnew } = stage();
    const store = await storeWith('jam', 20);
    const writer = jarWriter(store);
    const end = new AbortController();
    const ended = ['one', 'two', 'three'].map((label) => runnerOn(store, label).run(end.signal));
    for (let amount = 1; amount < 40; amount += 1) {
      await writer.write('a', filled(amount));
      await settled(kernel, amount % 3);
    }
    await settled(kernel);
    expect(begunAnew()).toBe(0);
    expect(await succeeded(contentsOf(readModels, jars()))).toEqual(recompute(jars(), await eventsIn(store)));
    end.abort();
    await kernel.complete(() => Promise.all(ended));
  });

  it('but not a store never mix events, say so each time, and leave each other more and more time', async () => {
    const { kernel, readModels, runnerOn, begunAnew } = stage();
    const [jam, honey] = [await storeWith('jam', 30), await storeWith('honey', 30)];
    const [first, second] = [new AbortController(), new AbortController()];
    const ends = [runnerOn(jam, 'one').run(first.signal), runnerOn(honey, 'two').run(second.signal)];
    const [jamWriter, honeyWriter] = [jarWriter(jam, 'jam'), jarWriter(honey, 'honey')];
    let most = 0;
    const steps = 400;
    for (let step = 1; step < steps; step += 1) {
      await jamWriter.write('more', filled(step, 'jam'));
      await honeyWriter.write('more', filled(step, 'honey'));
      await settled(kernel, 25);
      most = Math.max(most, (await labelsIn(readModels)).length);
    }
    expect(most).toBe(1);
    expect(begunAnew()).toBeGreaterThan(4);
    expect(begunAnew()).toBeLessThan(steps / 10);
    second.abort();
    await settled(kernel);
    await jamWriter.write('more', filled(1, 'jam'));
    await settled(kernel);
    expect(await succeeded(contentsOf(readModels, jars()))).toEqual(recompute(jars(), await eventsIn(jam)));
    first.abort();
    await kernel.complete(() => Promise.all(ends));
  });

  it('but not a store: who follows notices it with its next event, though the other one is far ahead', async () => {
    const { kernel, readModels, runnerOn, begunAnew } = stage();
    const jam = await storeWith('jam', 9);
    const backup = await copyOf(jam, 3);
    const end = new AbortController();
    const ended = runnerOn(backup, 'one').run(end.signal);
    await settled(kernel);
    // Up to the third event the two are the same.
    await kernel.complete(() => succeeded(runnerOn(jam, 'two').catchUp()));
    expect(await succeeded(contentsOf(readModels, jars()))).toEqual(recompute(jars(), await eventsIn(jam)));
    expect(begunAnew()).toBe(0);
    await jarWriter(backup, 'honey').write('a', filled(1, 'honey'));
    await settled(kernel);
    expect(await succeeded(contentsOf(readModels, jars()))).toEqual(
      recompute(jars(), await eventsIn(backup)),
    );
    expect(begunAnew()).toBe(1);
    end.abort();
    await kernel.complete(() => ended);
  });

  it('but not a store: who finds an empty one filled meanwhile looks at it before going on', async () => {
    const { kernel, readModels, runnerOn, begunAnew } = stage();
    const [jam, honey] = [await storeWith('jam', 3), await storeWith('honey', 9)];
    const rival = runnerOn(honey, 'two');
    let fillings = 0;
    const filledOnce: ReadModels = {
      ...readModels,
      administer: (projection, work) => async () => {
        const done = await readModels.administer(projection, work)();
        fillings += 1;
        if (fillings === 1) await succeeded(rival.catchUp());
        return done;
      },
    };
    await kernel.complete(() => succeeded(runnerOn(jam, 'one', filledOnce).catchUp()));
    expect(await succeeded(contentsOf(readModels, jars()))).toEqual(recompute(jars(), await eventsIn(jam)));
    expect(begunAnew()).toBe(1);
  });

  it('but not a store: a single call does not go on for ever', async () => {
    const { kernel, readModels, runnerOn, begunAnew } = stage();
    const [jam, honey] = [await storeWith('jam', 6), await storeWith('honey', 6)];
    const rival = runnerOn(honey, 'two');
    // The rival is always faster.
    const contested: ReadModels = {
      ...readModels,
      administer: (projection, work) => async () => {
        const done = await readModels.administer(projection, work)();
        await succeeded(rival.catchUp());
        return done;
      },
    };
    const one = runnerOn(jam, 'one', contested);
    expect(await kernel.complete(() => one.catchUp()())).toEqual(
      E.left({
        _tag: 'Unavailable',
        why: 'another process fills this read model with events of another store',
      }),
    );
    expect(begunAnew()).toBe(3);
    expect(await labelsIn(readModels)).toEqual(['honey']);
  });
});
