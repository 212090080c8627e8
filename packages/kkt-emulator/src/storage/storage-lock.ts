import * as E from 'fp-ts/Either';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCode, failureOf } from './storage-failure';
import type { StorageFailure } from './storage';

type Taken = E.Either<StorageFailure, () => Promise<void>>;

/** Locks of this process: its own number in a file may also be that of one that died and had the same, as in a container. */
const held = new Set<string>();

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
};

const holderOf = async (file: string): Promise<number | undefined> => {
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  return Number.isInteger(pid) && pid > 0 && pid !== process.pid && isAlive(pid) ? pid : undefined;
};

/** Makes the file, which only one can do; `EEXIST` where it is there. */
const make = (file: string): Promise<string | undefined> =>
  writeFile(file, String(process.pid), { mode: 0o600, flag: 'wx' }).then(() => undefined, errorCode);

const takeFile = async (file: string): Promise<StorageFailure | undefined> => {
  let code = await make(file);
  if (code === 'EEXIST') {
    const pid = await holderOf(file);
    if (pid !== undefined) return { _tag: 'StorageInUse', pid };
    await rm(file, { force: true });
    code = await make(file);
  }
  if (code === 'EEXIST') return { _tag: 'StorageInUse', pid: (await holderOf(file)) ?? 0 };
  return code === undefined ? undefined : failureOf('lock', { code });
};

/**
 * Takes a directory for this process by a file `lock` with its number. One left behind by a dead process is taken over. This keeps an
 * emulator from being started twice by mistake; it is no fence between machines.
 */
export const takeLock = async (directory: string): Promise<Taken> => {
  const file = resolve(directory, 'lock');
  if (held.has(file)) return E.left({ _tag: 'StorageInUse', pid: process.pid });
  held.add(file);
  const failure = await takeFile(file);
  if (failure !== undefined) {
    held.delete(file);
    return E.left(failure);
  }
  return E.right(async () => {
    await rm(file, { force: true });
    held.delete(file);
  });
};
