import type { EventStore } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import { emptied, filled, jars, JARS, shelves, succeeded, type JarEvent } from './jars.testing';
import { projectionRunner } from './projection-runner';
import type { Projection } from './projection';
import type { ReadModels } from './read-models';
import { stageOf, type Subject } from './runner-stage.testing';
import { contentsOf } from './testing';

const table2 = { ...JARS, columns: { ...JARS.columns, more: JARS.columns.label } };

/** What becomes of generations and versions, on any store of read models. */
export const versionBehaviour = (name: string, subject: Subject): void => {
  const { runtime } = subject;
  const onStage = stageOf(subject);

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
        // One after the other; once it has taken over, the same call looks whether more has come.
        const turns = seen.filter((one, index) => JSON.stringify(one) !== JSON.stringify(seen[index - 1]));
        expect(turns).toEqual([old, taken].map(E.right));
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
};
