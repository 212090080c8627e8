import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { verifyChain, type StoreError } from '@cloud-kassa/event-store';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import * as E from 'fp-ts/Either';
import { eventsOf, given, openStore } from './dealings.testing';
import { batch } from './samples.testing';
import type { SqliteStore } from './sqlite-store';

const folder = temporaryFolder();
const disk = folder.path('disk');

const mount = (...options: ReadonlyArray<string>): boolean => {
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', ...options, 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

mkdirSync(disk);
const mounted = mount('-o', 'size=3m');
const where = mounted ? '' : ' (skipped: this user may not mount a small disk)';
const onSmallDisk = mounted ? describe : describe.skip;

afterAll(() => {
  if (mounted) execFileSync('/bin/umount', [disk]);
  folder.remove();
});

/** Appends to a stream each until the disk is full, and tells the streams that were acknowledged. */
const fill = async (
  store: SqliteStore,
  category: string,
): Promise<{
  readonly acknowledged: ReadonlyArray<string>;
  readonly failures: ReadonlyArray<StoreError>;
}> => {
  const acknowledged: string[] = [];
  const failures: StoreError[] = [];
  for (let count = 0; failures.length < 5; count += 1) {
    const stream = `${category}-${count}`;
    const answer = await store.append(stream, 'no-stream', eventsFor(stream))();
    if (E.isLeft(answer)) failures.push(answer.left);
    else acknowledged.push(stream);
  }
  return { acknowledged, failures };
};

const eventsFor = (stream: string) => batch(stream, { label: 'full', padding: 20_000 }).events;

const streamsIn = async (store: SqliteStore): Promise<ReadonlySet<string>> =>
  new Set((await eventsOf(store.readAll())).map(({ stream }) => stream));

const largerDisk = (): void => {
  execFileSync('/bin/mount', ['-o', 'remount,size=16m', disk]);
};

const smallDisk = (): void => {
  execFileSync('/bin/mount', ['-o', 'remount,size=3m', disk]);
};

onSmallDisk(`a full disk${where}`, () => {
  it('is a clear answer while there is still room for what was begun, and appends go on when there is more', async () => {
    const file = `${disk}/kept-free.db`;
    const store = await openStore(file, { minimumFreeBytes: 512 * 1024 });
    const { acknowledged, failures } = await fill(store, 'sample');
    expect(acknowledged.length).toBeGreaterThan(20);
    for (const failure of failures) expect(failure).toMatchObject({ _tag: 'Unavailable', full: true });
    expect(await streamsIn(store)).toEqual(new Set(acknowledged));
    largerDisk();
    await given(store.append('sample-later', 'no-stream', eventsFor('sample-later')));
    await given(verifyChain(store.readAll()));
    await store.close();
    rmSync(file);
  });

  it('that nothing was kept free on loses nothing that was acknowledged, and what is unknown can be found out', async () => {
    smallDisk();
    const file = `${disk}/filled.db`;
    const store = await openStore(file, { minimumFreeBytes: 0 });
    const ballast = `${disk}/ballast`;
    writeFileSync(ballast, Buffer.alloc(512 * 1024));
    const { acknowledged, failures } = await fill(store, 'sample');
    expect(acknowledged.length).toBeGreaterThan(10);
    for (const { _tag } of failures) expect(['Unavailable', 'OutcomeUnknown']).toContain(_tag);
    const there = await streamsIn(store);
    for (const stream of acknowledged) expect(there).toContain(stream);
    rmSync(ballast);
    for (const stream of Array.from({ length: acknowledged.length + 5 }, (_, index) => `sample-${index}`))
      expect(await given(store.append(stream, 'no-stream', eventsFor(stream)))).toMatchObject({
        _tag: 'Appended',
        revision: 0,
      });
    await store.close();
    const again = await openStore(file, { minimumFreeBytes: 0 });
    expect(await given(again.integrityCheck())).toEqual([]);
    await given(verifyChain(again.readAll()));
    expect(await eventsOf(again.readAll())).toHaveLength(acknowledged.length + 5);
    await again.close();
  });
});
