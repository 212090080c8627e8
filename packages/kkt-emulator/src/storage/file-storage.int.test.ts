import * as E from 'fp-ts/Either';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { right } from '../kkt/kkt.testing';
import { fileStorage } from './file-storage';
import type { Durability, StorageFailure, Stored } from './storage';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kkt-emulator-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const logs = (): ReadonlyArray<string> =>
  readdirSync(directory)
    .filter((name) => name !== 'lock')
    .toSorted();

/** Opens the directory, lets something be done, and closes it. */
const opened = async (
  work: (storage: ReturnType<typeof fileStorage>) => unknown = () => undefined,
  durability: Durability = 'fsync',
): Promise<Stored> => {
  const storage = fileStorage(directory, durability);
  const stored = right(await storage.open());
  await work(storage);
  await storage.close();
  return stored;
};

const refusal = async (): Promise<StorageFailure | undefined> => {
  const storage = fileStorage(directory);
  const stored = await storage.open();
  if (E.isRight(stored)) await storage.close();
  return E.isLeft(stored) ? stored.left : undefined;
};

test.each(['none', 'flush', 'fsync'] as const)(
  'calls are read again in their order (%s)',
  async (durability) => {
    expect(await opened()).toEqual({ snapshot: [], calls: [] });
    await opened(async (storage) => {
      for (let number = 0; number < 100; number += 1) storage.append(`${number}`);
      expect(right(await storage.settled())).toBeUndefined();
      storage.append('"last"');
    }, durability);
    expect((await opened()).calls).toEqual([
      ...Array.from({ length: 100 }, (_, number) => `${number}`),
      '"last"',
    ]);
  },
);

test.each(['flush', 'fsync'] as const)('a settled call is in the file (%s)', async (durability) => {
  await opened(async (storage) => {
    storage.append('"one"');
    await storage.settled();
    expect(readFileSync(join(directory, 'journal-00000000.log'), 'utf8')).toContain('"one"');
  }, durability);
});

test('only the owner can read what is stored: contacts are among it', async () => {
  await opened((storage) => storage.append('1'));
  expect(statSync(join(directory, 'journal-00000000.log')).mode & 0o077).toBe(0);
});

test('a torn last line is cut off, and what is written next follows the good ones', async () => {
  await opened((storage) => storage.append('"whole"'));
  appendFileSync(join(directory, 'journal-00000000.log'), '0badc0de "to');
  expect((await opened((storage) => storage.append('"after"'))).calls).toEqual(['"whole"']);
  expect((await opened()).calls).toEqual(['"whole"', '"after"']);
});

test('a line damaged among good ones is refused with its number', async () => {
  await opened((storage) => ['1', '2', '3'].forEach((line) => storage.append(line)));
  const file = join(directory, 'journal-00000000.log');
  writeFileSync(file, readFileSync(file, 'utf8').replace(' 2\n', ' 5\n'));
  expect(await refusal()).toEqual({ _tag: 'StorageCorrupt', file: 'journal-00000000.log', line: 2 });
});

describe('a snapshot', () => {
  const compacted = () =>
    opened(async (storage) => {
      storage.append('"before"');
      const written = storage.compact(['"state"', '"more"']);
      storage.append('"after"');
      expect(storage.callsSinceSnapshot()).toBe(1);
      right(await written);
    });

  test('replaces the calls before it', async () => {
    await compacted();
    expect(logs()).toEqual(['journal-00000001.log', 'snapshot-00000001.log']);
    expect(await opened()).toEqual({ snapshot: ['"state"', '"more"'], calls: ['"after"'] });
  });

  test('that was not finished is as if it had not been begun', async () => {
    await opened((storage) => storage.append('"before"'));
    writeFileSync(join(directory, 'snapshot-00000001.log.new'), 'half');
    await opened(async (storage) => {
      storage.append('"then"');
    });
    expect(await opened()).toEqual({ snapshot: [], calls: ['"before"', '"then"'] });
  });

  test('whose journal goes on in the next file before it is whole: both files are read', async () => {
    await opened((storage) => storage.append('"one"'));
    const line = readFileSync(join(directory, 'journal-00000000.log'), 'utf8');
    writeFileSync(join(directory, 'journal-00000001.log'), line);
    expect((await opened()).calls).toEqual(['"one"', '"one"']);
    appendFileSync(join(directory, 'journal-00000000.log'), 'torn');
    expect(await refusal()).toEqual({ _tag: 'StorageCorrupt', file: 'journal-00000000.log', line: 2 });
  });

  test('a journal that is missing is told', async () => {
    await compacted();
    writeFileSync(join(directory, 'journal-00000003.log'), '');
    expect(await refusal()).toEqual({ _tag: 'StorageCorrupt', file: 'journal-00000002.log', line: 0 });
  });

  test('without its end it is damaged', async () => {
    await compacted();
    const file = join(directory, 'snapshot-00000001.log');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${lines.slice(0, 2).join('\n')}\n`);
    expect(await refusal()).toEqual({ _tag: 'StorageCorrupt', file: 'snapshot-00000001.log', line: 3 });
  });
});

test('a directory is held by one living process; a dead one loses it', async () => {
  writeFileSync(join(directory, 'lock'), '1');
  expect(await refusal()).toEqual({ _tag: 'StorageInUse', pid: 1 });
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(join(directory, 'lock'), String(pid));
  expect(await refusal()).toBeUndefined();
  expect(readdirSync(directory)).not.toContain('lock');
  writeFileSync(join(directory, 'lock'), String(process.pid));
  expect(await refusal()).toBeUndefined();
});

test('two that open a directory at once: one has it, in this process too', async () => {
  const storages = [fileStorage(directory), fileStorage(directory)];
  const outcomes = await Promise.all(storages.map((storage) => storage.open()));
  expect(outcomes.filter(E.isRight)).toHaveLength(1);
  expect(outcomes.filter(E.isLeft)).toEqual([E.left({ _tag: 'StorageInUse', pid: process.pid })]);
  for (const storage of storages) await storage.close();
  expect(await refusal()).toBeUndefined();
});

test('what the operating system refuses is a failure without paths', async () => {
  writeFileSync(join(directory, 'file'), '');
  const storage = fileStorage(join(directory, 'file', 'inside'));
  expect(await storage.open()).toEqual(E.left({ _tag: 'StorageFailed', step: 'open', code: 'ENOTDIR' }));
});
