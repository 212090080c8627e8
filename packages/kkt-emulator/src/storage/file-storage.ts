import * as E from 'fp-ts/Either';
import { mkdir, open, readdir, readFile, rename, rm, truncate } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { checkedLine, readCheckedLines } from './checked-lines';
import { journalWriter } from './journal-writer';
import type { JournalWriter } from './journal-writer';
import { failureOf } from './storage-failure';
import { takeLock } from './storage-lock';
import type { Durability, EmulatorStorage, StorageFailure, Stored } from './storage';

const MODE = 0o600;
const NAME = /^(journal|snapshot)-(\d{8})\.log$/u;
const END = '"end"';
/** Characters of a snapshot written between two breaths. */
const STRETCH = 65_536;

const nameOf = (kind: 'journal' | 'snapshot', generation: number): string =>
  `${kind}-${String(generation).padStart(8, '0')}.log`;

/** The entry of a new or renamed file is on the disk only when its directory is. */
const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

interface Found {
  readonly stored: Stored;
  /** Generation of the journal that goes on. */
  readonly generation: number;
}

const generationsOf = (names: ReadonlyArray<string>, kind: string): ReadonlyArray<number> =>
  names
    .map((name) => NAME.exec(name))
    .flatMap((match) => (match !== null && match[1] === kind ? [Number(match[2])] : []))
    .toSorted((left, right) => left - right);

/** The lines of a file; a torn end is cut off in the one that was written last, and nowhere else. */
const readLog = async (
  directory: string,
  file: string,
  last: boolean,
): Promise<E.Either<StorageFailure, ReadonlyArray<string>>> => {
  const path = join(directory, file);
  const bytes = await readFile(path);
  const { texts, length, corrupt } = readCheckedLines(bytes);
  const bad = corrupt ?? (length < bytes.length && !last ? texts.length + 1 : undefined);
  if (bad !== undefined) return E.left({ _tag: 'StorageCorrupt', file, line: bad });
  if (length < bytes.length) await truncate(path, length);
  return E.right(texts);
};

const missing = (generation: number): StorageFailure => ({
  _tag: 'StorageCorrupt',
  file: nameOf('journal', generation),
  line: 0,
});

const find = async (directory: string): Promise<E.Either<StorageFailure, Found>> => {
  const names = await readdir(directory);
  const base = generationsOf(names, 'snapshot').at(-1) ?? 0;
  let snapshot: ReadonlyArray<string> = [];
  if (base > 0) {
    const lines = await readLog(directory, nameOf('snapshot', base), false);
    if (E.isLeft(lines)) return lines;
    if (lines.right.at(-1) !== END)
      return E.left({ _tag: 'StorageCorrupt', file: nameOf('snapshot', base), line: lines.right.length + 1 });
    snapshot = lines.right.slice(0, -1);
  }
  const calls: Array<string> = [];
  const journals = generationsOf(names, 'journal').filter((generation) => generation >= base);
  for (const [index, generation] of journals.entries()) {
    if (generation !== base + index) return E.left(missing(base + index));
    const last = generation === journals.at(-1);
    const lines = await readLog(directory, nameOf('journal', generation), last);
    if (E.isLeft(lines)) return lines;
    for (const line of lines.right) calls.push(line);
  }
  return E.right({ stored: { snapshot, calls }, generation: journals.at(-1) ?? base });
};

const removeBefore = async (directory: string, generation: number): Promise<void> => {
  for (const name of await readdir(directory)) {
    const match = NAME.exec(name.replace(/\.new$/u, ''));
    if (match !== null && Number(match[2]) < generation) await rm(join(directory, name), { force: true });
  }
};

const writeSnapshot = async (
  directory: string,
  generation: number,
  lines: Iterable<string>,
): Promise<void> => {
  const path = join(directory, nameOf('snapshot', generation));
  const handle = await open(`${path}.new`, 'w', MODE);
  try {
    let text = '';
    for (const line of lines) {
      text += checkedLine(line);
      if (text.length >= STRETCH) {
        await handle.appendFile(text);
        text = '';
      }
    }
    await handle.appendFile(text + checkedLine(END));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
  await syncDirectory(directory);
  await removeBefore(directory, generation);
};

/**
 * Keeps an emulator in a directory of its own: `journal-N.log` holds the calls one a line, `snapshot-N.log` the state before journal N;
 * every line has a checksum. A line torn by the death of the process was never answered for and is cut off. The files hold
 * what was sent to the emulator, buyers' contacts too, and are readable by their owner only.
 */
export const fileStorage = (directory: string, durability: Durability = 'fsync'): EmulatorStorage => {
  let writer: JournalWriter | undefined;
  let unlock: (() => Promise<void>) | undefined;
  let generation = 0;
  let calls = 0;
  let compacting: Promise<unknown> = Promise.resolve();

  const openJournal = async (number: number): Promise<FileHandle> => {
    const handle = await open(join(directory, nameOf('journal', number)), 'a', MODE);
    await syncDirectory(directory);
    return handle;
  };

  const start = async (): Promise<E.Either<StorageFailure, Stored>> => {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const lock = await takeLock(directory);
    if (E.isLeft(lock)) return lock;
    unlock = lock.right;
    const found = await find(directory);
    if (E.isLeft(found)) {
      await lock.right();
      return found;
    }
    ({ generation } = found.right);
    calls = found.right.stored.calls.length;
    writer = journalWriter(await openJournal(generation), durability);
    return E.right(found.right.stored);
  };

  return {
    open: () => start().catch((error: unknown) => E.left(failureOf('open', error))),
    append: (line) => {
      calls += 1;
      writer?.append(checkedLine(line));
    },
    settled: async () => writer?.settled() ?? E.right(undefined),
    compact: async (lines) => {
      generation += 1;
      calls = 0;
      const next = generation;
      writer?.turn(() => openJournal(next));
      const written = writeSnapshot(directory, next, lines).then(
        () => E.right(undefined),
        (error: unknown) => E.left(failureOf('compact', error)),
      );
      compacting = written;
      return written;
    },
    callsSinceSnapshot: () => calls,
    close: async () => {
      await compacting;
      await writer?.close();
      const free = unlock;
      unlock = undefined;
      await free?.();
    },
  };
};
