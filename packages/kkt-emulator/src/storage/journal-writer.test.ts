import * as E from 'fp-ts/Either';
import type { FileHandle } from 'node:fs/promises';
import { journalWriter } from './journal-writer';

/** A file in memory whose writes end when the test says so. */
const slowFile = () => {
  const log: Array<string> = [];
  const open: Array<(error?: Error) => void> = [];
  const step =
    (name: string) =>
    (text = ''): Promise<void> =>
      new Promise((resolve, reject) => {
        log.push(`${name} ${text}`.trim());
        open.push((error) => (error === undefined ? resolve() : reject(error)));
      });
  const handle = { appendFile: step('write'), datasync: step('sync'), close: async () => undefined };
  return {
    handle: handle as unknown as FileHandle,
    log,
    /** Ends the oldest step that runs. */
    end: async (error?: Error) => {
      open.shift()?.(error);
      for (let job = 0; job < 20; job += 1) await Promise.resolve();
    },
  };
};

test('what comes while a write runs goes into one write and one sync', async () => {
  const file = slowFile();
  const writer = journalWriter(file.handle, 'fsync');
  const settled: Array<number> = [];
  for (const number of [1, 2, 3]) {
    writer.append(`${number};`);
    void writer.settled().then(() => settled.push(number));
  }
  expect(file.log).toEqual(['write 1;']);
  await file.end();
  expect([file.log.at(-1), settled]).toEqual(['sync', []]);
  await file.end();
  expect([file.log.at(-1), settled]).toEqual(['write 2;3;', [1]]);
  await file.end();
  await file.end();
  expect(settled).toEqual([1, 2, 3]);
});

test('later lines do not keep an answer waiting', async () => {
  const file = slowFile();
  const writer = journalWriter(file.handle, 'flush');
  let settled = false;
  writer.append('1;');
  void writer.settled().then(() => (settled = true));
  writer.append('2;');
  await file.end();
  writer.append('3;');
  expect(settled).toBe(true);
  expect(file.log).toEqual(['write 1;', 'write 2;']);
});

test('without durability nothing waits', async () => {
  const writer = journalWriter(slowFile().handle, 'none');
  writer.append('1;');
  expect(await writer.settled()).toEqual(E.right(undefined));
});

test('after a failure nothing is written and everybody is told', async () => {
  const file = slowFile();
  const writer = journalWriter(file.handle, 'flush');
  writer.append('1;');
  const waiting = writer.settled();
  await file.end(Object.assign(new Error('/secret/path'), { code: 'ENOSPC' }));
  const failed = E.left({ _tag: 'StorageFailed', step: 'append', code: 'ENOSPC' });
  expect(await waiting).toEqual(failed);
  writer.append('2;');
  expect(await writer.settled()).toEqual(failed);
  expect(file.log).toEqual(['write 1;']);
});
