import { readFileSync, statSync } from 'node:fs';
import { memoryStore } from '@cloud-kassa/event-store';
import { systemRuntime } from '@cloud-kassa/runtime';
import { nodeDriver } from '@cloud-kassa/sqlite';
import { failingOnce, temporaryFolder } from '@cloud-kassa/sqlite/testing';
import * as E from 'fp-ts/Either';
import { emptied, eventsIn, filled, given, jars, jarWriter, keyRing, succeeded } from './jars.testing';
import { projectionRunner } from './projection-runner';
import { contentsOf, recompute } from './testing';
import { openSqliteReadModels, openSqliteReadModelsOn } from './sqlite-read-models';

const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;

const folder = temporaryFolder();
const runtime = systemRuntime();
afterAll(folder.remove);

const stage = async (name: string) => {
  const store = memoryStore({ pageSize: 5 });
  const { driver, fail } = failingOnce(nodeDriver);
  const readModels = await succeeded(
    openSqliteReadModelsOn(driver, { file: folder.path(`${name}.db`), runtime }),
  );
  const runner = projectionRunner({ store, readModels, projection: jars(), runtime, batch: 5 });
  const writer = jarWriter(store);
  return { store, readModels, runner, writer, fail };
};

describe('a fault of the disk', () => {
  it.each([
    ['at the reading of a row', 'SELECT "jar"', SQLITE_IOERR, 'Unavailable'],
    ['at the reading of a row', 'SELECT "jar"', SQLITE_CORRUPT, 'Damaged'],
    ['at the writing of a row', 'INSERT INTO "jars_', SQLITE_FULL, 'Unavailable'],
    ['at the moving of the position', 'UPDATE generations', SQLITE_IOERR, 'Unavailable'],
    ['at the commit', 'COMMIT', SQLITE_IOERR, 'Unavailable'],
  ] as const)('%s is told, parks nothing, and is got over', async (_, statement, code, tag) => {
    const { store, readModels, runner, writer, fail } = await stage(
      `fault ${statement.slice(0, 12)} ${code}`,
    );
    await writer.write('a', filled(1));
    await succeeded(runner.catchUp());
    await writer.write('a', filled(2));
    fail(statement, { instead: code });
    expect(await runner.catchUp()()).toMatchObject(E.left({ _tag: tag }));
    await succeeded(runner.catchUp());
    expect(await succeeded(contentsOf(readModels, jars()))).toEqual(recompute(jars(), await eventsIn(store)));
    await readModels.close();
  });

  it('at a commit that was made all the same projects nothing twice', async () => {
    const { store, readModels, runner, writer, fail } = await stage('commit unknown');
    await writer.write('a', filled(1));
    await succeeded(runner.catchUp());
    await writer.write('a', filled(2));
    fail('COMMIT', { afterwards: SQLITE_IOERR });
    expect(await runner.catchUp()()).toMatchObject(E.left({ _tag: 'Unavailable' }));
    await succeeded(runner.catchUp());
    expect(await succeeded(contentsOf(readModels, jars()))).toEqual(recompute(jars(), await eventsIn(store)));
    await readModels.close();
  });

  it('with too little room writes nothing and says so', async () => {
    const file = folder.path('full.db');
    const readModels = await succeeded(
      openSqliteReadModels({ file, runtime, minimumFreeBytes: Number.MAX_SAFE_INTEGER }),
    );
    const runner = projectionRunner({ store: memoryStore(), readModels, projection: jars(), runtime });
    expect(await runner.catchUp()()).toMatchObject(E.left({ _tag: 'Unavailable', full: true }));
    await readModels.close();
  });
});

describe('a file of read models', () => {
  it('is for its owner alone', async () => {
    const { readModels } = await stage('private');
    expect(statSync(folder.path('private.db')).mode & 0o777).toBe(0o600);
    await readModels.close();
  });

  it('holds nothing of a person, before and after an erasure, live and rebuilt', async () => {
    const { store, readModels, runner, writer } = await stage('persons');
    const canary = 'canary.4711@example.org';
    await writer.write('a', given(canary));
    await writer.write('a', filled(1));
    await succeeded(runner.catchUp());
    const before = await succeeded(contentsOf(readModels, jars()));
    expect(before.rows['jars']).toMatchObject([{ owner: 'key-1', people: { erased: true } }]);
    expect(await succeeded(keyRing.erase('key-1'))).toBe(1);
    await writer.write('a', emptied);
    await succeeded(runner.rebuild());
    expect((await succeeded(contentsOf(readModels, jars()))).rows['jars']).toMatchObject([
      { people: { erased: true } },
    ]);
    expect(await succeeded(contentsOf(readModels, jars()))).toEqual(recompute(jars(), await eventsIn(store)));
    await readModels.close();
    expect(readFileSync(folder.path('persons.db')).includes(canary)).toBe(false);
  });

  it('that was lost is built anew', async () => {
    const store = memoryStore();
    const writer = jarWriter(store);
    await writer.write('a', filled(1));
    for (const name of ['lost one.db', 'lost two.db']) {
      const readModels = await succeeded(openSqliteReadModels({ file: folder.path(name), runtime }));
      await succeeded(projectionRunner({ store, readModels, projection: jars(), runtime }).catchUp());
      expect(await succeeded(contentsOf(readModels, jars()))).toEqual(
        recompute(jars(), await eventsIn(store)),
      );
      await readModels.close();
    }
  });

  it('that is closed answers so', async () => {
    const { readModels, runner } = await stage('closed');
    await readModels.close();
    expect(await readModels.read(jars(), () => 0)()).toEqual(E.left({ _tag: 'Closed' }));
    expect(await runner.catchUp()()).toEqual(E.left({ _tag: 'Closed' }));
    expect(await runner.status()()).toEqual(E.left({ _tag: 'Closed' }));
  });

  it('of another application is not touched', async () => {
    const file = folder.path('foreign.db');
    const connection = nodeDriver.connect(file);
    connection.exec('CREATE TABLE mine (x); PRAGMA application_id = 7');
    connection.close();
    expect(await openSqliteReadModels({ file, runtime })()).toMatchObject(
      E.left({ _tag: expect.any(String) }),
    );
  });
});
