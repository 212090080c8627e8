import * as E from 'fp-ts/Either';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, failureOf } from './storage-failure';
import type { StorageFailure } from './storage';

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

/**
 * Takes a directory for this process by a file `lock` with its number. One left behind by a dead process is taken over. This keeps an
 * emulator from being started twice by mistake; it is no fence between machines.
 */
export const takeLock = async (directory: string): Promise<E.Either<StorageFailure, () => Promise<void>>> => {
  const file = join(directory, 'lock');
  const pid = await holderOf(file);
  if (pid !== undefined) return E.left({ _tag: 'StorageInUse', pid });
  try {
    await writeFile(file, String(process.pid), { mode: 0o600 });
  } catch (error) {
    return E.left(failureOf('lock', error));
  }
  return E.right(() => rm(file, { force: true }));
};
