import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { anyEvent, cursed, filled, jars, jarWriter, logOf, shelves, succeeded } from './jars.testing';
import { stageOf, type Stage, type Subject } from './runner-stage.testing';
import { contentsOf } from './testing';

/** What a runner promises, on any store of read models. */
export const runnerBehaviour = (name: string, subject: Subject): void => {
  const { numRuns } = subject;
  const onStage = stageOf(subject);

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

    it('of a long one is cut into transactions, and what a rebuild leaves behind is cleared away', () =>
      onStage(async ({ readModels, write, runner, expected }) => {
        for (let number = 0; number < 2_500; number += 1) await write(`jar${number}`, filled(number));
        const sizes: number[] = [];
        await succeeded(runner(jars(), 500).catchUp((events) => sizes.push(events)));
        expect(sizes).toEqual([500, 500, 500, 500, 500]);
        await succeeded(runner(jars(), 500).rebuild());
        expect(await succeeded(contentsOf(readModels, jars()))).toEqual(await expected(jars()));
        const left = await succeeded(readModels.survey('jars', (survey) => survey.generations()));
        expect(left).toMatchObject([{ generation: 2, status: 'live' }]);
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

  describe(`${name}: a store of events`, () => {
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
