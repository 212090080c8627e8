import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { WorkStore } from '@cloud-kassa/event-store';
import { checkpointStoreConformance, leaseStoreConformance } from '@cloud-kassa/event-store/conformance';
import { seededRandom } from '@cloud-kassa/runtime';
import { nodeDriver, pragma } from '@cloud-kassa/sqlite';
import { failingOnce, temporaryFolder } from '@cloud-kassa/sqlite/testing';
import type { Beaten } from './beating-process.testing';
import { bundledProcess, type ProcessEnd, type StartProcess } from './bundled-process.testing';
import { failure, given, runtime } from './dealings.testing';
import { openWorkStore, openWorkStoreOn } from './work-store';
import { workSchema } from './work-schema';

const folder = temporaryFolder();
let beating: StartProcess;
beforeAll(() => {
  beating = bundledProcess('beating-process.testing.ts', folder.path('beating.cjs'));
});
afterAll(folder.remove);

const newFile = (): string => folder.path(`${runtime.ids.next()}.db`);
const open = (file: string): Promise<WorkStore> => given(openWorkStore({ file, runtime }));

/** Two stores on one file. */
const openTwice = async (): Promise<readonly [WorkStore, WorkStore, () => Promise<void>]> => {
  const file = newFile();
  const [one, other] = [await open(file), await open(file)];
  const close = async (): Promise<void> => {
    await one.close();
    await other.close();
  };
  return [one, other, close];
};

leaseStoreConformance({
  name: 'a work file',
  open: async () => {
    const [one, other, close] = await openTwice();
    return { stores: [one.leases, other.leases], close };
  },
});

checkpointStoreConformance({
  name: 'a work file',
  open: async () => {
    const [one, other, close] = await openTwice();
    return { stores: [one.checkpoints, other.checkpoints], close };
  },
});

/** A closed file with a lease for each of many shards. */
const filled = async (): Promise<string> => {
  const file = newFile();
  const store = await open(file);
  const beats = Array.from({ length: 2_000 }, (_, shard) => ({ shard, seen: undefined }));
  await given(store.leases.beat(beats, 'someone'));
  await given(store.checkpoints.save('payments', '7'));
  await store.close();
  return file;
};

describe('a work file', () => {
  it('keeps leases and checkpoints over a restart', async () => {
    const file = await filled();
    const store = await open(file);
    expect(await given(store.leases.read())).toHaveLength(2_000);
    expect(await given(store.checkpoints.load('payments'))).toBe('7');
    await store.close();
  });

  it('may be lost between two runs: it is made anew, empty', async () => {
    const file = await filled();
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    const store = await open(file);
    expect(await given(store.leases.read())).toEqual([]);
    expect(await given(store.checkpoints.load('payments'))).toBeUndefined();
    await store.close();
  });

  it('is not synchronised at every commit, and is only for its owner', async () => {
    const seen: number[] = [];
    const driver = {
      ...nodeDriver,
      connect: (path: string) => {
        const connection = nodeDriver.connect(path);
        const close = (): void => {
          seen.push(pragma(connection, 'synchronous'));
          connection.close();
        };
        return { ...connection, close };
      },
    };
    const file = newFile();
    await (await given(openWorkStoreOn(driver, { file, runtime }))).close();
    expect(seen).toEqual([1, 1, 1]);
    chmodSync(file, 0o644);
    expect(await failure(openWorkStore({ file, runtime }))).toMatchObject({ _tag: 'PermissionsTooWide' });
  });

  it('answers that it is unavailable when it is closed, moved away or failing, and goes on afterwards', async () => {
    const file = newFile();
    const faults = failingOnce(nodeDriver);
    const store = await given(openWorkStoreOn(faults.driver, { file, runtime }));
    const beat = store.leases.beat([{ shard: 0, seen: undefined }], 'a');
    renameSync(file, `${file}.moved`);
    expect(await failure(beat)).toMatchObject({ _tag: 'LeasesUnavailable' });
    expect(await failure(store.checkpoints.save('payments', '1'))).toMatchObject({ _tag: 'WorkUnavailable' });
    renameSync(`${file}.moved`, file);
    faults.fail('COMMIT', { instead: 13 });
    expect(await failure(beat)).toMatchObject({ why: expect.stringContaining('SQLITE_FULL') });
    expect(await given(beat)).toEqual([0]);
    await store.close();
    expect(await failure(store.leases.read())).toMatchObject({ _tag: 'LeasesUnavailable' });
    expect(await failure(beat)).toEqual({ _tag: 'LeasesUnavailable', why: 'the store is closed' });
    expect(await failure(store.checkpoints.load('payments'))).toMatchObject({ _tag: 'WorkUnavailable' });
  });
});

describe('a work file that is not opened, and may be deleted', () => {
  const advice = expect.stringContaining('delete it, with its -wal and -shm');

  it('was written by a newer version of the library', async () => {
    const file = await filled();
    const connection = nodeDriver.connect(file);
    connection.exec(`PRAGMA user_version = ${workSchema.steps.length + 1}`);
    connection.close();
    const before = readFileSync(file);
    expect(await failure(openWorkStore({ file, runtime }))).toMatchObject({
      _tag: 'NewerSchema',
      why: advice,
    });
    expect(readFileSync(file)).toEqual(before);
  });

  it.each([
    ['in its header', 'ForeignFile', 0, 100],
    ['in its pages', 'Damaged', 8_192, 20_000],
  ])('is damaged %s', async (_, _tag, from, to) => {
    const file = await filled();
    const content = readFileSync(file);
    content.fill(0xff, from, to);
    writeFileSync(file, content);
    expect(await failure(openWorkStore({ file, runtime }))).toMatchObject({ _tag, why: advice });
    rmSync(file);
    await (await open(file)).close();
    expect(existsSync(file)).toBe(true);
  });
});

const ROUNDS = 100;
const SHARDS = 4;

const beatenOf = (line: string): Beaten => {
  const [shard = Number.NaN, seen = Number.NaN] = line.split(' ').map(Number);
  return { shard, seen };
};

/** How often a lease was seen with the same beat by two who both wrote the next one. */
const doubled = (ends: ReadonlyArray<ProcessEnd>): ReadonlyArray<string> => {
  const written = ends.flatMap(({ lines }) => lines);
  return written.filter((line, index) => written.indexOf(line) !== index);
};

describe('several processes on one work file', () => {
  it('never both give the sign of life that follows the same one, and lose none', async () => {
    const file = newFile();
    const ends = await Promise.all(['a', 'b'].map((name) => beating([file, name, String(ROUNDS), '0'])));
    for (const { errors, code } of ends) expect({ errors, code }).toEqual({ errors: '', code: 0 });
    expect(doubled(ends)).toEqual([]);
    const store = await open(file);
    const beats = (await given(store.leases.read())).reduce((sum, { beat }) => sum + beat, 0);
    expect(beats).toBe(ends.reduce((sum, { lines }) => sum + lines.length, 0));
    expect(beats).toBeGreaterThanOrEqual(ROUNDS * SHARDS);
    expect(await given(store.checkpoints.load('a'))).toBe(String(ROUNDS - 1));
    await store.close();
  });

  it('lose no sign of life that was answered when they are killed, and leave a file that can be opened', async () => {
    const file = newFile();
    const random = seededRandom('kill');
    const ends: ProcessEnd[] = [];
    for (let cycle = 0; cycle < 6; cycle += 1) {
      ends.push(
        // One at a point between two statements, one wherever it is.
        ...(await Promise.all([
          beating([file, `${cycle}.a`, '5000', String(1 + random.integer(400))]),
          beating([file, `${cycle}.b`, '5000', '0'], 1 + random.integer(40)),
        ])),
      );
      const store = await open(file);
      const there = new Map((await given(store.leases.read())).map(({ shard, beat }) => [shard, beat]));
      for (const { shard, seen } of ends.flatMap(({ lines }) => lines.map(beatenOf)))
        expect(there.get(shard)).toBeGreaterThan(seen);
      await store.close();
    }
    for (const end of ends) expect(end).toMatchObject({ signal: 'SIGKILL', errors: '' });
    expect(doubled(ends)).toEqual([]);
    expect(ends.flatMap(({ lines }) => lines).length).toBeGreaterThan(30);
  });
});
