import { memoryStore, type EventStore } from '@cloud-kassa/event-store';
import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import {
  anyEvent,
  copyOf,
  eventsIn,
  filled,
  jars,
  jarWriter,
  logOf,
  shelves,
  succeeded,
  type JarEvent,
} from './jars.testing';
import { projectionRunner } from './projection-runner';
import type { Projection } from './projection';
import type { ReadModels } from './read-models';
import { stageOf, type Subject } from './runner-stage.testing';
import { contentsOf, recompute } from './testing';

/** Jars a and b only: events of others move the position and nothing else. */
const some = (make: typeof jars): Projection<JarEvent> => ({ ...make(), prefixes: ['jar-a', 'jar-b'] });

/** What becomes of a read model that meets another store than the one it was made of, on any store of read models. */
export const otherStoreBehaviour = (name: string, subject: Subject): void => {
  const { runtime, numRuns } = subject;
  const onStage = stageOf(subject);

  const runnerOn = (store: EventStore, readModels: ReadModels, projection = jars()) =>
    projectionRunner({ store, readModels, projection, runtime, batch: 4 });

  /** A store with another history of as many events. */
  const otherStore = async (...amounts: ReadonlyArray<number>): Promise<EventStore> => {
    const store = memoryStore({ pageSize: 5 });
    const writer = jarWriter(store, 'another');
    for (const amount of amounts) await writer.write('z', filled(amount));
    return store;
  };

  describe(`${name}: a store of events`, () => {
    it.each([
      ['some streams within streams', some(jars)],
      ['some streams across streams', some(shelves)],
      ['all streams', jars()],
    ] as const)(
      'that was put back and has grown otherwise is noticed by what is made of it, and by nothing else (%s)',
      async (_, projection) => {
        await fc.assert(
          fc.asyncProperty(
            logOf(anyEvent, 12),
            fc.nat({ max: 12 }),
            logOf(anyEvent, 12),
            async (before, kept, after) =>
              onStage(async ({ store, readModels, write }) => {
                for (const [jar, event] of before) await write(jar, event);
                await succeeded(runnerOn(store, readModels, projection).catchUp());
                const backup = await copyOf(store, kept);
                const writer = jarWriter(backup, 'another');
                for (const [jar, event] of after) await writer.write(jar, event);
                const onBackup = runnerOn(backup, readModels, projection);
                await succeeded(onBackup.catchUp());
                expect(await succeeded(contentsOf(readModels, projection))).toEqual(
                  recompute(projection, await eventsIn(backup)),
                );
                // It is built anew where, up to where it stood, there is not what it was made of.
                const hashesIn = async (log: EventStore): Promise<ReadonlyArray<string>> =>
                  (await eventsIn(log))
                    .slice(0, before.length)
                    .filter(({ stream }) => projection.prefixes.some((prefix) => stream.startsWith(prefix)))
                    .map(({ hash }) => hash);
                const isShorter = (await eventsIn(backup)).length < before.length;
                const [was, is] = [await hashesIn(store), await hashesIn(backup)];
                const isSame = !isShorter && JSON.stringify(was) === JSON.stringify(is);
                expect((await succeeded(onBackup.status())).live).toMatchObject({
                  generation: isSame ? 1 : 2,
                });
              }),
          ),
          { numRuns },
        );
      },
    );

    it.each([
      ['behind', [5]],
      ['as long', [5, 6]],
      ['ahead', [5, 6, 7]],
    ] as const)('that is another one is noticed by a new version too (%s)', (_, amounts) =>
      onStage(async ({ readModels, write, runner }) => {
        await write('a', filled(1), filled(2));
        await succeeded(runner().catchUp());
        const other = await otherStore(...amounts);
        const newer = jars({ version: 2 });
        for (const amount of [8, 9]) {
          expect(await succeeded(runnerOn(other, readModels, newer).catchUp())).toBe(
            String((await eventsIn(other)).length),
          );
          expect(await succeeded(contentsOf(readModels, newer))).toEqual(
            recompute(newer, await eventsIn(other)),
          );
          // The one that was built took over; nothing had to be begun anew.
          expect((await succeeded(runnerOn(other, readModels, newer).status())).live).toMatchObject({
            generation: 2,
          });
          await jarWriter(other).write('z', filled(amount));
        }
      }),
    );

    it('that is the same is not taken for another one by a new version that reads more streams', () =>
      onStage(async ({ write, runner }) => {
        await write('a', filled(1));
        await write('c', filled(1));
        await succeeded(runner(some(jars)).catchUp());
        expect(await succeeded(runner(jars({ version: 2 })).status())).toMatchObject({
          caughtUp: true,
          lag: 0,
        });
      }));

    it('that is the same is not read again by another process, and the status knows no other', () =>
      onStage(async ({ store, write, runner, reopened }) => {
        await write('a', filled(1), filled(2));
        await write('b', filled(1));
        await succeeded(runner().catchUp());
        const again = runnerOn(store, await reopened());
        expect(await succeeded(again.status())).toMatchObject({
          caughtUp: true,
          live: { lastEvent: { stream: 'jar-b', revision: 0 } },
        });
        const applied: number[] = [];
        await succeeded(again.catchUp((events) => applied.push(events)));
        expect(applied).toEqual([]);
        expect((await succeeded(again.status())).live).toMatchObject({ generation: 1 });
      }));

    it('that is another one is not taken for caught up, and its positions are not reached before it is read', () =>
      onStage(async ({ readModels, write, runner }) => {
        await write('a', filled(1), filled(2));
        await succeeded(runner().catchUp());
        const other = await otherStore(3, 4);
        const status = await succeeded(runnerOn(other, readModels).status());
        expect(status).toMatchObject({ caughtUp: false, head: '2', live: { position: '2' } });
        expect(status.lag).toBeUndefined();
        expect(await succeeded(runnerOn(other, readModels).reached('1'))).toBe('2');
        expect(await succeeded(contentsOf(readModels, jars()))).toEqual(
          recompute(jars(), await eventsIn(other)),
        );
      }));

    it('that is another one releases no stream of the one before', () =>
      onStage(async ({ readModels, write, writeRaw, runner }) => {
        await writeRaw('z', 'jar.Unheard', {});
        await write('z', filled(2));
        await succeeded(runner().catchUp());
        const other = await otherStore(3, 4, 5);
        expect(await succeeded(runnerOn(other, readModels).release('jar-z'))).toEqual({ _tag: 'NotParked' });
        await succeeded(runnerOn(other, readModels).catchUp());
        expect(await succeeded(contentsOf(readModels, jars()))).toEqual(
          recompute(jars(), await eventsIn(other)),
        );
      }));

    it('that is another one is noticed by an interrupted build', () =>
      onStage(async ({ store, readModels, write, runner }) => {
        await write('a', filled(1), filled(2), filled(3));
        await succeeded(runner().catchUp());
        const newer = jars({ version: 2 });
        const generation = await succeeded(
          readModels.administer('jars', (ledger) => ledger.create(newer, 'building')),
        );
        const [first] = await eventsIn(store);
        if (first === undefined) throw new Error('There is no event.');
        const { stream, revision, hash } = first;
        await succeeded(
          readModels.write(newer, generation, (batch) => batch.moveTo('1', { stream, revision, hash })),
        );
        const other = await otherStore(3, 4, 5, 6);
        await succeeded(runnerOn(other, readModels, newer).catchUp());
        expect(await succeeded(contentsOf(readModels, newer))).toEqual(
          recompute(newer, await eventsIn(other)),
        );
      }));

    it('that does not answer, or answers with a damage, is no other one', () =>
      onStage(async ({ store, readModels, write, runner }) => {
        await write('a', filled(1));
        await succeeded(runner().catchUp());
        for (const error of [
          { _tag: 'Unavailable', why: 'a test' },
          { _tag: 'Corrupt', stream: 'jar-a', why: 'a test' },
        ] as const) {
          const away: EventStore = {
            ...store,
            readStream: () => ({
              async *[Symbol.asyncIterator]() {
                yield { _tag: 'Failed' as const, error };
              },
            }),
          };
          expect(await runnerOn(away, readModels).catchUp()()).toEqual(E.left(error));
          expect(await runnerOn(away, readModels).release('jar-a')()).toEqual(E.left(error));
        }
        expect((await succeeded(runner().status())).live).toMatchObject({ generation: 1, position: '1' });
      }));

    it('whose stream was taken away is another one', () =>
      onStage(async ({ store, readModels, write, runner }) => {
        await write('a', filled(1));
        await succeeded(runner().catchUp());
        const error = { _tag: 'Rejected', rule: 'stream-gone', why: 'a test' } as const;
        const without: EventStore = {
          ...store,
          readStream: () => ({
            async *[Symbol.asyncIterator]() {
              yield { _tag: 'Failed' as const, error };
            },
          }),
        };
        await succeeded(runnerOn(without, readModels).catchUp());
        expect((await succeeded(runner().status())).live).toMatchObject({ generation: 2 });
      }));
  });
};
