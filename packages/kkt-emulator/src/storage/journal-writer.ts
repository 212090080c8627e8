import * as E from 'fp-ts/Either';
import type { FileHandle } from 'node:fs/promises';
import { failureOf } from './storage-failure';
import type { Durability, StorageFailure } from './storage';

/** Writes lines to one file after another, many at once when many wait: one write and one sync for all of them. */
export interface JournalWriter {
  readonly append: (line: string) => void;
  /** Lines appended from now on go into the file that `open` opens. */
  readonly turn: (open: () => Promise<FileHandle>) => void;
  /** Resolves when the lines appended so far are as safe as they have to be. */
  readonly settled: () => Promise<E.Either<StorageFailure, void>>;
  /** Writes and syncs what is left, whatever the durability, and closes the file. */
  readonly close: () => Promise<void>;
}

type Work = { readonly line: string } | { readonly open: () => Promise<FileHandle> };

interface Waiter {
  readonly upTo: number;
  readonly wake: () => void;
}

export const journalWriter = (first: FileHandle, durability: Durability): JournalWriter => {
  let handle = first;
  let queue: Array<Work> = [];
  let waiters: Array<Waiter> = [];
  let added = 0;
  let done = 0;
  let running: Promise<void> | undefined;
  let failure: StorageFailure | undefined;

  const write = async (text: string): Promise<void> => {
    if (text === '') return;
    await handle.appendFile(text);
    if (durability === 'fsync') await handle.datasync();
  };

  const carryOut = async (batch: ReadonlyArray<Work>): Promise<void> => {
    let text = '';
    for (const work of batch) {
      if ('line' in work) {
        text += work.line;
      } else {
        await write(text);
        text = '';
        const before = handle;
        // Nothing of the next file may outlive a part of this one.
        await before.datasync();
        handle = await work.open();
        await before.close();
      }
    }
    await write(text);
  };

  const wakeAll = (): void => {
    const woken = waiters.filter(({ upTo }) => upTo <= done || failure !== undefined);
    waiters = waiters.filter(({ upTo }) => upTo > done && failure === undefined);
    for (const { wake } of woken) wake();
  };

  const run = async (): Promise<void> => {
    while (queue.length > 0 && failure === undefined) {
      const batch = queue;
      queue = [];
      try {
        await carryOut(batch);
        done += batch.length;
      } catch (error) {
        failure = failureOf('append', error);
      }
      wakeAll();
    }
    running = undefined;
  };

  const add = (work: Work): void => {
    if (failure !== undefined) return;
    added += 1;
    queue.push(work);
    running ??= run();
  };

  return {
    append: (line) => add({ line }),
    turn: (open) => add({ open }),
    settled: async () => {
      if (durability !== 'none' && done < added && failure === undefined) {
        await new Promise<void>((wake) => {
          waiters.push({ upTo: added, wake });
        });
      }
      return failure === undefined ? E.right(undefined) : E.left(failure);
    },
    close: async () => {
      await running;
      await handle.datasync().catch(() => undefined);
      await handle.close().catch(() => undefined);
    },
  };
};
