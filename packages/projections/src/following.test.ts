import { memoryStore, type EventStore, type Position, type ReadItem } from '@cloud-kassa/event-store';
import { seededKernel, type Kernel, type LogEntry } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import {
  anyEvent,
  cursed,
  eventsIn,
  filled,
  jars,
  JARS,
  jarWriter,
  logOf,
  shelves,
  succeeded,
  type JarEvent,
} from './jars.testing';
import * as fc from 'fast-check';
import { memoryReadModels } from './memory-read-models';
import { projectionRunner } from './projection-runner';
import type { Projection } from './projection';
import type { ReadModels } from './read-models';
import { contentsOf, recompute } from './testing';

/** Time is virtual: every wait is run through, and nothing is left to chance. */
const stage = (seed = 'following') => {
  const log: LogEntry[] = [];
  const kernel = seededKernel(seed, { log: (entry) => log.push(entry) });
  const runtime = kernel.runtime({ label: 'main' });
  const store = memoryStore({ pageSize: 3 });
  const readModels = memoryReadModels();
  const writer = jarWriter(store);
  const runner = (projection: Projection<JarEvent> = jars(), on: EventStore = store) =>
    projectionRunner({ store: on, readModels, projection, runtime, batch: 4 });
  return { kernel, runtime, store, readModels, writer, runner, log };
};

/** A store whose subscriptions fail as often as they are told to. */
const failing = (store: EventStore, failures: { left: number }): EventStore => ({
  ...store,
  subscribeAll: (options) => {
    if (failures.left === 0) return store.subscribeAll(options);
    failures.left -= 1;
    return failed({ _tag: 'Failed', error: { _tag: 'Unavailable', why: 'a test' } });
  },
});

async function* failed(item: ReadItem): AsyncGenerator<ReadItem> {
  yield item;
}

const settled = async (kernel: Kernel): Promise<void> => {
  await kernel.run({ until: kernel.now() + 60_000 });
};

describe('following a store', () => {
  it('keeps the read model at the head, and ends with the signal', async () => {
    const { kernel, readModels, writer, runner, store } = stage();
    const running = runner();
    const end = new AbortController();
    const ended = running.run(end.signal);
    await settled(kernel);
    expect((await succeeded(running.status())).state).toBe('following');
    for (const amount of [1, 2, 3, 4, 5, 6, 7]) {
      const position = await writer.write('a', filled(amount));
      expect(await kernel.complete(() => succeeded(running.reached(position)))).toBe(position);
      const { rows } = await succeeded(contentsOf(readModels, jars()));
      expect(rows['jars']).toMatchObject([{ amount: (amount * (amount + 1)) / 2 }]);
    }
    end.abort();
    await kernel.complete(() => ended);
    expect(await succeeded(running.status())).toMatchObject({
      state: 'idle',
      caughtUp: true,
      lag: 0,
    });
    await writer.write('a', filled(100));
    await settled(kernel);
    expect(await succeeded(running.status())).toMatchObject({ caughtUp: false, lag: 1, head: '8' });
    for (let more = 0; more < 1_000; more += 1) await writer.write('b', filled(1));
    expect((await succeeded(running.status())).lag).toBeUndefined();
    await store.close();
  });

  it('that ended before it began does nothing', async () => {
    const { kernel, readModels, runner } = stage();
    const end = new AbortController();
    end.abort();
    await kernel.complete(() => runner().run(end.signal));
    expect(await readModels.read(jars(), () => 0)()).toMatchObject(E.left({ _tag: 'NotBuilt' }));
  });

  it('resumes after failures with growing pauses, and says that it fails', async () => {
    const { kernel, writer, runner, store, log, readModels } = stage();
    await writer.write('a', filled(1));
    const failures = { left: 6 };
    const running = runner(jars(), failing(store, failures));
    const end = new AbortController();
    const ended = running.run(end.signal);
    await kernel.run({ until: () => failures.left === 5 && log.length > 0 });
    expect(await succeeded(running.status())).toMatchObject({
      state: 'failing',
      failure: { _tag: 'Unavailable', why: 'a test' },
    });
    expect(await running.reached('1')()).toEqual(E.left({ _tag: 'Unavailable', why: 'a test' }));
    await settled(kernel);
    expect(await succeeded(running.status())).toMatchObject({ state: 'following', caughtUp: true });
    expect((await succeeded(contentsOf(readModels, jars()))).rows['jars']).toHaveLength(1);
    expect(log.map(({ fields }) => fields?.['failures'])).toEqual([1, 2, 3, 4, 5, 6]);
    end.abort();
    await kernel.complete(() => ended);
  });

  it('goes on from what other processes have projected, each event once', async () => {
    await fc.assert(
      fc.asyncProperty(logOf(anyEvent, 40), fc.string(), async (events, seed) => {
        const { kernel, writer, runner, store, readModels } = stage(seed);
        const end = new AbortController();
        const runners = [runner(), runner(), runner()];
        const ended = runners.map((one) => one.run(end.signal));
        for (const [index, [jar, event]] of events.entries()) {
          await writer.write(jar, event);
          if (index % 3 === 0) await kernel.run({ until: kernel.now() + 1 });
        }
        await settled(kernel);
        expect(await succeeded(contentsOf(readModels, jars()))).toEqual(
          recompute(jars(), await eventsIn(store)),
        );
        end.abort();
        await kernel.complete(() => Promise.all(ended));
      }),
      { numRuns: 40 },
    );
  });

  it('logs what it parks, without the data of the event', async () => {
    const { kernel, writer, runner, log } = stage();
    await writer.write('a', cursed(4711));
    await kernel.complete(() => succeeded(runner().catchUp()));
    expect(log).toMatchObject([
      { level: 'error', fields: { stream: 'jar-a', revision: 0, type: 'jar.Cursed', rule: 'project-threw' } },
    ]);
    expect(JSON.stringify(log)).not.toContain('4711');
  });

  it('begins anew where its read model is gone', async () => {
    const { kernel, writer, runner, readModels, store } = stage();
    await writer.write('a', filled(1));
    const running = runner();
    const end = new AbortController();
    const ended = running.run(end.signal);
    await settled(kernel);
    // As if the file had been deleted and made again by another process.
    await succeeded(
      readModels.administer('jars', (ledger) => {
        for (const { generation } of ledger.generations()) {
          ledger.setStatus(generation, 'retired');
          ledger.clear(generation, 1_000);
        }
      }),
    );
    await writer.write('a', filled(2));
    await settled(kernel);
    expect(await succeeded(contentsOf(readModels, jars()))).toEqual(recompute(jars(), await eventsIn(store)));
    end.abort();
    await kernel.complete(() => ended);
  });
});

describe('a read model that was put back to an older copy', () => {
  it.each(['live', 'building'] as const)('is brought up from there (%s)', async (status) => {
    const { kernel, runtime, writer, store } = stage();
    for (const amount of [1, 2, 3]) await writer.write('a', filled(amount));
    const older = memoryReadModels();
    if (status === 'live')
      await succeeded(older.administer('jars', (ledger) => ledger.create(jars(), 'live')));
    let current: ReadModels = memoryReadModels();
    const changing: ReadModels = {
      read: (...given) => current.read(...given),
      write: (...given) => current.write(...given),
      survey: (...given) => current.survey(...given),
      administer: (...given) => current.administer(...given),
      close: () => Promise.resolve(),
    };
    const running = projectionRunner({ store, readModels: changing, projection: jars(), runtime, batch: 2 });
    const end = new AbortController();
    const ended = running.run(end.signal);
    await settled(kernel);
    current = older;
    for (const amount of [4, 5]) await writer.write('a', filled(amount));
    await settled(kernel);
    expect(await succeeded(contentsOf(older, jars()))).toEqual(recompute(jars(), await eventsIn(store)));
    end.abort();
    await kernel.complete(() => ended);
  });

  it('in the middle of a build is built from there', async () => {
    const { kernel, runtime, writer, store } = stage();
    for (const amount of [1, 2, 3, 4, 5, 6]) await writer.write('a', filled(amount));
    const [first, second] = [memoryReadModels(), memoryReadModels()];
    for (const one of [first, second])
      await succeeded(
        one.administer('jars', (ledger) => {
          ledger.create(jars(), 'live');
          ledger.create(jars({ version: 2 }), 'building');
        }),
      );
    let writes = 0;
    const seen: unknown[] = [];
    // Every transaction but the first goes to the other copy, which knows nothing of the first.
    const changing: ReadModels = {
      ...second,
      write: (...given) => {
        writes += 1;
        return writes === 1 ? first.write(...given) : second.write(...given);
      },
      administer: (projection, work) => async () => {
        const done = await second.administer(projection, work)();
        const all = await succeeded(second.survey(projection, (survey) => survey.generations()));
        seen.push(...all.filter(({ version, status }) => version === 2 && status === 'live'));
        return done;
      },
    };
    const projection = jars({ version: 2 });
    const running = projectionRunner({ store, readModels: changing, projection, runtime, batch: 2 });
    await kernel.complete(() => succeeded(running.catchUp()));
    expect(await succeeded(contentsOf(second, projection))).toEqual(
      recompute(projection, await eventsIn(store)),
    );
    // It did not take over before it was whole.
    expect(seen[0]).toMatchObject({ position: '6' });
  });
});

describe('a rebuild while the store grows', () => {
  it.each([
    ['within streams', jars()],
    ['across streams', shelves()],
  ] as const)('%s takes over without readers ever seeing the past again', async (_, projection) => {
    await fc.assert(
      fc.asyncProperty(logOf(anyEvent, 30), logOf(anyEvent, 30), async (before, during) => {
        const { kernel, runtime, writer, runner, store, readModels } = stage();
        for (const [jar, event] of before) await writer.write(jar, event);
        const running = runner(projection);
        const end = new AbortController();
        const ended = running.run(end.signal);
        await settled(kernel);
        const seen: Position[] = [];
        const look = async (): Promise<void> => {
          const at = await succeeded(readModels.read(projection, ({ position }) => position));
          if (at !== undefined) seen.push(at);
        };
        const writing = (async () => {
          for (const [jar, event] of during) {
            await writer.write(jar, event);
            await runtime.sleep(1);
            await look();
          }
        })();
        await kernel.complete(() => succeeded(running.rebuild()));
        await look();
        await kernel.complete(() => writing);
        await settled(kernel);
        await look();
        expect(seen).toEqual(seen.toSorted((a, b) => Number(a) - Number(b)));
        expect(await succeeded(contentsOf(readModels, projection))).toEqual(
          recompute(projection, await eventsIn(store)),
        );
        const generations = await succeeded(readModels.survey(projection.name, (all) => all.generations()));
        expect(generations).toMatchObject([{ status: 'live' }]);
        end.abort();
        await kernel.complete(() => ended);
      }),
      { numRuns: 40 },
    );
  });

  it('of an empty store takes over, though the live one stands at a position of it', async () => {
    const { kernel, writer, runner, readModels } = stage();
    const running = runner();
    const end = new AbortController();
    const ended = running.run(end.signal);
    await settled(kernel);
    expect((await succeeded(running.status())).live).toMatchObject({ position: '0' });
    await kernel.complete(() => succeeded(running.rebuild()));
    expect((await succeeded(running.status())).live).toMatchObject({ generation: 2 });
    await writer.write('a', filled(1));
    await settled(kernel);
    expect((await succeeded(contentsOf(readModels, jars()))).rows['jars']).toHaveLength(1);
    end.abort();
    await kernel.complete(() => ended);
  });

  it('that another process began is brought to its end by those who follow', async () => {
    const { kernel, writer, runner, readModels, store } = stage();
    for (let amount = 1; amount < 20; amount += 1) await writer.write('a', filled(amount));
    const running = runner();
    await kernel.complete(() => succeeded(running.catchUp()));
    await succeeded(readModels.administer('jars', (ledger) => ledger.create(jars(), 'building')));
    const end = new AbortController();
    const ended = running.run(end.signal);
    await settled(kernel);
    const generations = await succeeded(readModels.survey('jars', (all) => all.generations()));
    expect(generations).toMatchObject([{ generation: 2, status: 'live' }]);
    await writer.write('a', filled(5));
    await settled(kernel);
    expect(await succeeded(contentsOf(readModels, jars()))).toEqual(recompute(jars(), await eventsIn(store)));
    end.abort();
    await kernel.complete(() => ended);
  });

  it('tells how far it is', async () => {
    const { kernel, writer, runner } = stage();
    for (let amount = 1; amount < 20; amount += 1) await writer.write('a', filled(amount));
    const running = runner();
    const progress: number[] = [];
    await kernel.complete(() => succeeded(running.catchUp((events) => progress.push(events))));
    expect(progress.reduce((sum, events) => sum + events, 0)).toBe(19);
    await kernel.complete(() => succeeded(running.rebuild((events) => progress.push(events))));
    expect(progress.reduce((sum, events) => sum + events, 0)).toBe(38);
  });
});

describe('a stream that is released while the store grows', () => {
  it('is read again where more of it was passed over meanwhile', async () => {
    const { kernel, runtime, writer, store, readModels, runner } = stage();
    await writer.write('a', cursed());
    await kernel.complete(() => succeeded(runner().catchUp()));
    let reads = 0;
    const growing: EventStore = {
      ...store,
      readStream: (stream, options) => ({
        async *[Symbol.asyncIterator]() {
          yield* store.readStream(stream, options);
          reads += 1;
          if (reads > 2) return;
          await writer.write('a', filled(10 ** reads));
          await succeeded(runner().catchUp());
        },
      }),
    };
    const counts = jars({ curse: 'counts' });
    const running = projectionRunner({ store: growing, readModels, projection: counts, runtime });
    expect(await kernel.complete(() => succeeded(running.release('jar-a')))).toEqual({ _tag: 'Released' });
    await kernel.complete(() => succeeded(running.catchUp()));
    expect(reads).toBe(3);
    expect(await succeeded(contentsOf(readModels, counts))).toEqual(recompute(counts, await eventsIn(store)));
  });

  it('is parked no more where the store was put back: the read model is begun anew', async () => {
    const { kernel, runtime, writer, readModels, runner } = stage();
    for (const event of [cursed(), filled(1), filled(2)]) await writer.write('a', event);
    await kernel.complete(() => succeeded(runner().catchUp()));
    const older = memoryStore();
    await jarWriter(older).write('a', cursed());
    const running = projectionRunner({ store: older, readModels, projection: jars(), runtime });
    expect(await succeeded(running.release('jar-a'))).toEqual({ _tag: 'NotParked' });
    await kernel.complete(() => succeeded(running.catchUp()));
    expect(await succeeded(contentsOf(readModels, jars()))).toEqual(recompute(jars(), await eventsIn(older)));
  });

  it('loses none of its events and projects none of them twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 30 }),
        async (amounts) => {
          const { kernel, runtime, writer, store, readModels } = stage();
          await writer.write('a', cursed());
          const counts = jars({ curse: 'counts' });
          const old = projectionRunner({ store, readModels, projection: jars(), runtime, batch: 2 });
          await kernel.complete(() => succeeded(old.catchUp()));
          const running = projectionRunner({ store, readModels, projection: counts, runtime, batch: 2 });
          const end = new AbortController();
          const ended = running.run(end.signal);
          const writing = (async () => {
            for (const amount of amounts) {
              await writer.write('a', filled(amount));
              await runtime.sleep(1);
            }
          })();
          await kernel.run({ until: kernel.now() + Math.floor(amounts.length / 2) });
          expect(await kernel.complete(() => succeeded(running.release('jar-a')))).toEqual({
            _tag: 'Released',
          });
          await kernel.complete(() => writing);
          await settled(kernel);
          const sum = amounts.reduce((all, amount) => all + amount, -1);
          expect((await succeeded(contentsOf(readModels, counts))).rows[JARS.name]).toMatchObject([
            { amount: sum },
          ]);
          end.abort();
          await kernel.complete(() => ended);
        },
      ),
      { numRuns: 40 },
    );
  });
});
