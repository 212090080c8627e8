import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { memoryStore, type EventStore } from '@cloud-kassa/event-store';
import { systemRuntime } from '@cloud-kassa/runtime';
import { nodeDriver, pragma } from '@cloud-kassa/sqlite';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import { cursed, eventsIn, filled, jars, jarWriter, shelves, succeeded } from './jars.testing';
import { projectionRunner } from './projection-runner';
import type { Projection } from './projection';
import type { ReadModels } from './read-models';
import { openSqliteReadModels } from './sqlite-read-models';
import { readModelSchema } from './sqlite-schema';
import { contentsOf, recompute } from './testing';

const folder = temporaryFolder();
const runtime = systemRuntime();
afterAll(folder.remove);

/** A file as version 1 of the schema left it: the jars stand at position 4, nothing was put on shelves. */
const versionOne = (name: string): string => {
  const file = folder.path(name);
  const text = readFileSync(join(__dirname, 'samples/read-models-version-1.db.gz.base64'), 'utf8');
  writeFileSync(file, gunzipSync(Buffer.from(text, 'base64')), { mode: 0o600 });
  return file;
};

/** The log that the file was made of. */
const logOfVersionOne = async (): Promise<EventStore> => {
  const store = memoryStore();
  const writer = jarWriter(store);
  await writer.write('a', filled(1));
  await writer.write('b', filled(2, 'honey'));
  await writer.write('b', cursed());
  await writer.write('a', filled(3));
  return store;
};

const otherLog = async (): Promise<EventStore> => {
  const store = memoryStore();
  const writer = jarWriter(store, 'another');
  for (let amount = 1; amount < 8; amount += 1) await writer.write('z', filled(amount));
  return store;
};

const caughtUp = async (
  store: EventStore,
  readModels: ReadModels,
  projection: Projection<Parameters<ReturnType<typeof jars>['project']>[0]['event']> = jars(),
): Promise<number> => {
  let applied = 0;
  const runner = projectionRunner({ store, readModels, projection, runtime });
  await succeeded(runner.catchUp((events) => (applied += events)));
  expect(await succeeded(contentsOf(readModels, projection))).toEqual(
    recompute(projection, await eventsIn(store)),
  );
  return applied;
};

const liveOf = async (readModels: ReadModels, projection = 'jars') =>
  (await succeeded(readModels.survey(projection, (survey) => survey.generations()))).find(
    ({ status }) => status === 'live',
  );

describe('a file of version 1', () => {
  it('is led to the newest version and goes on from where it is', async () => {
    const file = versionOne('goes on.db');
    const readModels = await succeeded(openSqliteReadModels({ file, runtime }));
    const store = await logOfVersionOne();
    expect(await liveOf(readModels)).toMatchObject({ generation: 1, position: '4', lastEvent: 'unknown' });
    expect(await caughtUp(store, readModels)).toBe(0);
    expect((await liveOf(readModels))?.lastEvent).toBe('unknown');
    await readModels.close();
    const connection = nodeDriver.connect(file);
    expect(pragma(connection, 'user_version')).toBe(readModelSchema.steps.length);
    connection.close();
  });

  it('knows its store from the next event on', async () => {
    const readModels = await succeeded(openSqliteReadModels({ file: versionOne('next event.db'), runtime }));
    const store = await logOfVersionOne();
    await jarWriter(store).write('c', filled(5));
    expect(await caughtUp(store, readModels)).toBe(1);
    expect(await liveOf(readModels)).toMatchObject({
      generation: 1,
      lastEvent: { stream: 'jar-c', revision: 0, hash: (await eventsIn(store)).at(-1)?.hash },
    });
    expect(await caughtUp(await otherLog(), readModels)).toBe(7);
    await readModels.close();
  });

  it('of which nothing was made yet takes any store', async () => {
    const readModels = await succeeded(openSqliteReadModels({ file: versionOne('nothing.db'), runtime }));
    expect((await liveOf(readModels, 'shelves'))?.lastEvent).toBeUndefined();
    expect(await caughtUp(await otherLog(), readModels, shelves({ curse: 'counts' }))).toBe(7);
    expect(await liveOf(readModels, 'shelves')).toMatchObject({ generation: 2 });
    await readModels.close();
  });
});

describe('a file that an older version of the library writes to as well', () => {
  it('does not know its store until the next event, and is not taken for that of another', async () => {
    const file = folder.path('older writer.db');
    const readModels = await succeeded(openSqliteReadModels({ file, runtime }));
    const store = await logOfVersionOne();
    await caughtUp(store, readModels);
    const position = await jarWriter(store).write('e', { type: 'jar.Broken', data: {} });
    const older = nodeDriver.connect(file);
    older.prepare('UPDATE generations SET position = ? WHERE generation = 1').run(position);
    older.close();
    expect((await liveOf(readModels))?.lastEvent).toBe('unknown');
    expect(await caughtUp(store, readModels)).toBe(0);
    await jarWriter(store).write('e', filled(1));
    expect(await caughtUp(store, readModels)).toBe(1);
    expect(await liveOf(readModels)).toMatchObject({ generation: 1, lastEvent: { stream: 'jar-e' } });
    await readModels.close();
  });
});
