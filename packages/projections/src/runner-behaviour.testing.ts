import { memoryLog, memoryStore, type EventStore, type Position } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import {
  anyEvent,
  cursed,
  emptied,
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
import { projectionRunner, type ProjectionRunner } from './projection-runner';
import type { Projection } from './projection';
import type { ReadModels } from './read-models';
import { contentsOf, recompute } from './testing';

/** A store of read models under test. */
export interface Subject {
  readonly runtime: Runtime;
  /** A new, empty place for read models; opened anew each time it is called: as by another process. */
  readonly place: () => { readonly open: () => Promise<ReadModels>; readonly remove: () => void };
  readonly numRuns: number;
}

interface Stage {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly write: (jar: string, ...events: ReadonlyArray<JarEvent>) => Promise<Position>;
  readonly writeRaw: (jar: string, type: string, data: object, version?: number) => Promise<Position>;
  readonly runner: (projection?: Projection<JarEvent>, batch?: number) => ProjectionRunner;
  readonly expected: (projection: Projection<JarEvent>) => Promise<ReturnType<typeof recompute>>;
  /** The store of read models as another process opens it. */
  readonly reopened: () => Promise<ReadModels>;
}

/** What a runner promises, on any store of read models. */
export const runnerBehaviour = (name: string, { runtime, place, numRuns }: Subject): void => {
  const onStage = async (play: (stage: Stage) => Promise<void>): Promise<void> => {
    const { open, remove } = place();
    const opened: ReadModels[] = [];
    const reopened = async (): Promise<ReadModels> => {
      const readModels = await open();
      opened.push(readModels);
      return readModels;
    };
    try {
      const store = memoryStore({ pageSize: 5 });
      const readModels = await reopened();
      const writer = jarWriter(store);
      await play({
        store,
        readModels,
        write: async (jar, ...events) => {
          let position: Position = '0';
          for (const event of events) position = await writer.write(jar, event);
          return position;
        },
        writeRaw: writer.writeRaw,
        runner: (projection = jars(), batch = 4) =>
          projectionRunner({ store, readModels, projection, runtime, batch }),
        expected: async (projection) => recompute(projection, await eventsIn(store)),
        reopened,
      });
    } finally {
      for (const one of opened) await one.close();
      remove();
    }
  };

  describe(`${name}: what a projection makes of a log`, () => {
    it.each([
      ['within streams', jars],
      ['across streams', shelves],
    ] as const)(
      '%s is the same live, rebuilt and recomputed slowly, however the log is cut',
      async (_, make) => {
        await fc.assert(
          fc.asyncProperty(
            fc.array(logOf(anyEvent, 20), { maxLength: 4 }),
            fc.integer({ min: 1, max: 9 }),
            (parts, batch) =>
              onStage(async ({ readModels, write, runner, expected }) => {
                const projection = make();
                const running = runner(projection, batch);
                await succeeded(running.catchUp());
                for (const part of parts) {
                  for (const [jar, event] of part) await write(jar, event);
                  await succeeded(running.catchUp());
                }
                const slowly = await expected(projection);
                expect(await succeeded(contentsOf(readModels, projection))).toEqual(slowly);
                await succeeded(running.rebuild());
                expect(await succeeded(contentsOf(readModels, projection))).toEqual(slowly);
              }),
          ),
          { numRuns },
        );
      },
    );

    it('of an empty one is empty, and caught up', () =>
      onStage(async ({ readModels, runner }) => {
        expect(await succeeded(runner().catchUp())).toBeUndefined();
        expect(await succeeded(contentsOf(readModels, jars()))).toEqual({ rows: { jars: [] }, parked: [] });
        expect(await succeeded(runner().status())).toMatchObject({ caughtUp: true, state: 'idle' });
        await succeeded(runner().rebuild());
        expect(await succeeded(contentsOf(readModels, jars()))).toEqual({ rows: { jars: [] }, parked: [] });
      }));

    it('stands at the head of the store, also where the last events are not its own', () =>
      onStage(async ({ store, write, runner }) => {
        await write('a', filled(1));
        const elsewhere = await jarWriter(store).writeRaw('a', 'jar.Emptied', {});
        const { prefixes: _, ...rest } = jars();
        const sparse = { ...rest, prefixes: ['lid-'] };
        expect(await succeeded(runner(sparse).catchUp())).toBe(elsewhere);
        expect(await succeeded(runner(sparse).status())).toMatchObject({ caughtUp: true });
      }));

    it('is not to be read before anything was built', () =>
      onStage(async ({ readModels }) => {
        const read = await readModels.read(jars(), () => 'seen')();
        expect(read).toEqual(E.left({ _tag: 'NotBuilt', projection: 'jars' }));
      }));
  });

  describe(`${name}: a stream with an event that can not be projected`, () => {
    it.each([
      ['project-threw', (write: Stage['write']) => write('b', cursed()), 'jar.Cursed'],
      [
        'unknown-type',
        (_: Stage['write'], raw: Stage['writeRaw']) => raw('b', 'jar.Unheard', {}),
        'jar.Unheard',
      ],
      [
        'newer-version',
        (_: Stage['write'], raw: Stage['writeRaw']) => raw('b', 'jar.Filled', {}, 2),
        'jar.Filled',
      ],
      [
        'codec',
        (_: Stage['write'], raw: Stage['writeRaw']) => raw('b', 'jar.Filled', { amount: 1 }),
        'jar.Filled',
      ],
    ] as const)('is parked (%s): it is told, later ones wait, all others go on', (rule, poison, type) =>
      onStage(async ({ readModels, write, writeRaw, runner, reopened }) => {
        await write('b', filled(1));
        await poison(write, writeRaw);
        await write('b', filled(2));
        await write('c', filled(4));
        await succeeded(runner().catchUp());
        await write('b', filled(8));
        await write('c', filled(16));
        await succeeded(runner().catchUp());
        const parked = [{ stream: 'jar-b', revision: 1, through: 3, type, rule }];
        const seen = await succeeded(contentsOf(readModels, jars()));
        expect(seen.parked).toEqual(parked);
        expect(seen.rows['jars']).toMatchObject([
          { jar: 'b', amount: 1 },
          { jar: 'c', amount: 20 },
        ]);
        expect((await succeeded(runner().status())).parked).toMatchObject(parked);
        // As a process that starts anew finds it.
        const again = await reopened();
        expect((await succeeded(contentsOf(again, jars()))).parked).toEqual(parked);
      }),
    );

    it('names the field that the codec refuses, never what stands in it', () =>
      onStage(async ({ writeRaw, runner }) => {
        await writeRaw('b', 'jar.Filled', { amount: 'a secret', label: 'jam' });
        await succeeded(runner().catchUp());
        const { parked } = await succeeded(runner().status());
        expect(parked).toMatchObject([{ rule: 'codec', path: 'amount' }]);
        expect(JSON.stringify(parked)).not.toContain('secret');
      }));

    it('is parked where a row does not fit its table; nothing of the event is applied', () =>
      onStage(async ({ readModels, write, runner }) => {
        await write('b', filled(1), cursed());
        const misfits = jars({ curse: 'misfits' });
        await succeeded(runner(misfits).catchUp());
        const { rows, parked } = await succeeded(contentsOf(readModels, misfits));
        expect(rows['jars']).toMatchObject([{ jar: 'b', amount: 1 }]);
        expect(parked).toMatchObject([{ stream: 'jar-b', rule: 'row-refused' }]);
      }));

    it('goes on when it is released with code that can project it, as if it had never waited', async () => {
      await fc.assert(
        fc.asyncProperty(logOf(anyEvent, 25), logOf(anyEvent, 10), (before, after) =>
          onStage(async ({ readModels, write, runner, expected }) => {
            for (const [jar, event] of before) await write(jar, event);
            await succeeded(runner().catchUp());
            for (const [jar, event] of after) await write(jar, event);
            // Some are caught up before they are released, some are not.
            if (after.length % 2 === 0) await succeeded(runner().catchUp());
            const better = runner(jars({ curse: 'counts' }));
            for (const { stream } of (await succeeded(better.status())).parked)
              expect(await succeeded(better.release(stream))).toEqual({ _tag: 'Released' });
            await succeeded(better.catchUp());
            const counts = jars({ curse: 'counts' });
            const parkedStill = (await succeeded(contentsOf(readModels, counts))).parked;
            expect(parkedStill).toEqual([]);
            expect(await succeeded(contentsOf(readModels, counts))).toEqual(await expected(counts));
          }),
        ),
        { numRuns },
      );
    });

    it('waits again, at the event that still can not be projected', () =>
      onStage(async ({ readModels, write, runner }) => {
        await write('b', filled(1), cursed(), filled(2));
        await succeeded(runner().catchUp());
        expect(await succeeded(runner().release('jar-b'))).toEqual({
          _tag: 'ParkedAgain',
          parked: { stream: 'jar-b', revision: 1, through: 2, type: 'jar.Cursed', rule: 'project-threw' },
        });
        expect(await succeeded(runner().release('jar-c'))).toEqual({ _tag: 'NotParked' });
        expect((await succeeded(contentsOf(readModels, jars()))).parked).toHaveLength(1);
      }));

    it('is caught up by a rebuild where the order between streams counts', () =>
      onStage(async ({ readModels, write, runner, expected }) => {
        await write('b', cursed(), filled(1, 'jam'));
        await write('c', filled(2, 'jam'));
        await succeeded(runner(shelves()).catchUp());
        const same = await succeeded(runner(shelves()).release('jar-b'));
        expect(same).toMatchObject({ _tag: 'ParkedAgain', parked: { stream: 'jar-b', revision: 0 } });
        const better = shelves({ curse: 'counts' });
        expect(await succeeded(runner(better).release('jar-b'))).toEqual({ _tag: 'Released' });
        expect(await succeeded(contentsOf(readModels, better))).toEqual(await expected(better));
        expect((await succeeded(contentsOf(readModels, better))).rows['shelves']).toMatchObject([
          { number: 0, jar: 'b' },
          { number: 1, jar: 'c' },
        ]);
        expect(await succeeded(runner(better).release('jar-b'))).toEqual({ _tag: 'NotParked' });
      }));
  });

  describe(`${name}: a new version`, () => {
    /** The same rows, doubled: nothing but the version tells which code has made them. */
    const doubled = (version: number): Projection<JarEvent> => ({
      ...jars({ version }),
      project: (read, rows) =>
        jars().project(
          read.event.type === 'jar.Filled'
            ? { ...read, event: filled(2 * read.event.data.amount, read.event.data.label) }
            : read,
          rows,
        ),
    });
    const amounts = (readModels: ReadModels, projection: Projection<JarEvent>) =>
      readModels.read(projection, (view) => [view.version, view.get(JARS, { jar: 'a' })?.amount])();

    it('is built beside the live one, which readers see until it takes over in one step', () =>
      onStage(async ({ store, readModels, write, runner }) => {
        await write('a', filled(1), filled(2), filled(3));
        await succeeded(runner().catchUp());
        const seen: unknown[] = [];
        const [old, taken] = [
          [1, 6],
          [2, 12],
        ];
        const watched: EventStore = {
          ...store,
          readAll: (options) => ({
            async *[Symbol.asyncIterator]() {
              for await (const item of store.readAll(options)) {
                seen.push(await amounts(readModels, doubled(2)));
                yield item;
              }
              seen.push(await amounts(readModels, doubled(2)));
            },
          }),
        };
        const newer = projectionRunner({
          store: watched,
          readModels,
          projection: doubled(2),
          runtime,
          batch: 1,
        });
        await succeeded(newer.catchUp());
        // Once it has taken over, the same call looks whether more has come.
        const turns = seen.map((one) => JSON.stringify(one)).join();
        expect(turns).toBe([old, old, taken].map((one) => JSON.stringify(E.right(one))).join());
        expect(await amounts(readModels, doubled(2))).toEqual(E.right([2, 12]));
        expect(await amounts(readModels, jars())).toEqual(E.right([2, 12]));
      }));

    it('leaves nothing of the old one behind', () =>
      onStage(async ({ readModels, write, runner }) => {
        await write('a', filled(1));
        await succeeded(runner().catchUp());
        await succeeded(runner(doubled(2)).catchUp());
        const left = await succeeded(readModels.survey('jars', (survey) => survey.generations()));
        expect(left).toMatchObject([{ status: 'live', version: 2 }]);
      }));

    it('stands aside where a newer one is live, and writes nothing', () =>
      onStage(async ({ readModels, write, runner }) => {
        await succeeded(runner(doubled(2)).catchUp());
        await write('a', filled(1));
        expect(await runner().catchUp()()).toEqual(
          E.left({ _tag: 'Superseded', projection: 'jars', version: 1, live: 2 }),
        );
        expect(await runner().rebuild()()).toMatchObject(E.left({ _tag: 'Superseded' }));
        expect(await amounts(readModels, jars())).toEqual(E.right([2, undefined]));
      }));

    it('with other tables can not be read before it has taken over, and then the old one can not', () =>
      onStage(async ({ readModels, write, runner }) => {
        await write('a', filled(1));
        await succeeded(runner().catchUp());
        const other = { ...doubled(2), tables: [{ ...JARS, indexes: [] }] };
        expect(await readModels.read(other, () => 'seen')()).toEqual(
          E.left({ _tag: 'OtherVersion', projection: 'jars', live: 1, wanted: 2 }),
        );
        const tables = [table2];
        const renamed = { ...shelves({ version: 2 }), name: 'jars', tables };
        await succeeded(runner({ ...renamed, project: () => [] }).catchUp());
        expect(await readModels.read(jars(), () => 'seen')()).toEqual(
          E.left({ _tag: 'OtherVersion', projection: 'jars', live: 2, wanted: 1 }),
        );
      }));

    it('is needed for other tables', () =>
      onStage(async ({ runner }) => {
        await succeeded(runner().catchUp());
        const changed = { ...jars(), tables: [table2] };
        expect(await runner(changed).catchUp()()).toEqual(
          E.left({ _tag: 'ShapeChanged', projection: 'jars', version: 1 }),
        );
      }));

    it('that was interrupted is resumed; one that is older than wanted by now is left', () =>
      onStage(async ({ store, readModels, write, runner, expected }) => {
        await write('a', ...Array.from({ length: 12 }, () => filled(1)));
        await succeeded(runner().catchUp());
        const interruptedAfter = (pages: number): EventStore => ({
          ...store,
          readAll: (options) => ({
            async *[Symbol.asyncIterator]() {
              let given = 0;
              for await (const item of store.readAll(options)) {
                given += 1;
                yield given > pages
                  ? { _tag: 'Failed', error: { _tag: 'Unavailable', why: 'a test' } }
                  : item;
              }
            },
          }),
        });
        const interrupted = (version: number) =>
          projectionRunner({
            store: interruptedAfter(1),
            readModels,
            projection: doubled(version),
            runtime,
            batch: 5,
          }).catchUp()();
        const building = async () =>
          (await succeeded(runner().status())).building ?? { version: 0, position: 'none' };
        expect(await interrupted(2)).toMatchObject(E.left({ _tag: 'Unavailable' }));
        expect(await building()).toMatchObject({ version: 2, position: '5' });
        expect(await interrupted(2)).toMatchObject(E.left({ _tag: 'Unavailable' }));
        expect(await building()).toMatchObject({ version: 2, position: '10' });
        expect(await interrupted(3)).toMatchObject(E.left({ _tag: 'Unavailable' }));
        expect(await building()).toMatchObject({ version: 3, position: '5' });
        // The live one goes on meanwhile.
        await write('a', emptied);
        await succeeded(runner().catchUp());
        expect(await succeeded(contentsOf(readModels, jars()))).toEqual(await expected(jars()));
        await succeeded(runner(doubled(3)).catchUp());
        expect(await succeeded(contentsOf(readModels, doubled(3)))).toEqual(await expected(doubled(3)));
      }));
  });

  describe(`${name}: a generation`, () => {
    it('that is retired, cleared away or of another version is not written to', () =>
      onStage(async ({ readModels, write, runner }) => {
        await write('a', filled(1));
        await succeeded(runner().catchUp());
        const writeTo = (version: number, generation: number) =>
          succeeded(readModels.write(jars({ version }), generation, () => 'written'));
        expect(await writeTo(1, 1)).toBe('written');
        expect(await writeTo(2, 1)).toBe('gone');
        expect(await writeTo(1, 7)).toBe('gone');
        await succeeded(readModels.administer('jars', (ledger) => ledger.setStatus(1, 'retired')));
        expect(await writeTo(1, 1)).toBe('gone');
        const cleared = await succeeded(
          readModels.administer('jars', (ledger) => [
            ledger.clear(1, 1),
            ledger.clear(1, 1),
            ledger.clear(1, 1),
          ]),
        );
        expect(cleared.at(-1)).toBe(true);
        expect(await writeTo(1, 1)).toBe('gone');
        // Its number is not given again.
        await succeeded(runner().catchUp());
        expect((await succeeded(runner().status())).live).toMatchObject({ generation: 2 });
      }));
  });

  describe(`${name}: a store of events`, () => {
    it('that was put back to an older copy is projected anew', () =>
      onStage(async ({ readModels, write, runner }) => {
        await write('a', filled(1), filled(2));
        await succeeded(runner().catchUp());
        const older = memoryStore({ log: memoryLog() });
        await jarWriter(older).write('z', filled(5));
        const onOlder = projectionRunner({ store: older, readModels, projection: jars(), runtime });
        expect(await succeeded(onOlder.catchUp())).toBe('1');
        expect(await succeeded(contentsOf(readModels, jars()))).toEqual(
          recompute(jars(), await eventsIn(older)),
        );
      }));

    it('that can not be read is told, and what was read before is kept', () =>
      onStage(async ({ store, readModels, write, runner }) => {
        await write('a', filled(1));
        await succeeded(runner().catchUp());
        await store.close();
        expect(await runner().catchUp()()).toMatchObject(E.left({ _tag: 'Rejected', rule: 'closed' }));
        expect((await succeeded(contentsOf(readModels, jars()))).rows['jars']).toMatchObject([{ amount: 1 }]);
      }));
  });

  describe(`${name}: a position`, () => {
    it('is reached by catching up where nothing follows the store', () =>
      onStage(async ({ readModels, write, runner }) => {
        const first = await write('a', filled(1));
        const last = await write('a', filled(2));
        expect(await succeeded(runner().reached(first))).toBe(last);
        expect((await succeeded(contentsOf(readModels, jars()))).rows['jars']).toMatchObject([{ amount: 3 }]);
        expect(await succeeded(runner().reached(first))).toBe(last);
      }));

    it('that lies after the head is not reached, and one of another store never is', () =>
      onStage(async ({ write, runner }) => {
        await write('a', filled(1));
        expect(await runner().reached('999')()).toEqual(E.left({ _tag: 'NotReached' }));
        expect(await runner().reached('C:1/P:1')()).toEqual(E.left({ _tag: 'ForeignPosition' }));
      }));
  });
};

const table2 = { ...JARS, columns: { ...JARS.columns, more: JARS.columns.label } };
