import { seededRuntime } from '@cloud-kassa/runtime';
import { nodeDriver } from '@cloud-kassa/sqlite';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import { appended, eventsOf, given } from './dealings.testing';
import { batch } from './samples.testing';
import { openSqliteStore } from './sqlite-store';

const folder = temporaryFolder();
afterAll(folder.remove);

describe('a store under a simulated clock', () => {
  it('waits for nothing but that clock: opened, locked out by others, followed, closed', async () => {
    const runtime = seededRuntime('sqlite');
    const file = folder.path('store.db');
    const store = await runtime.kernel.complete(() => given(openSqliteStore({ file, runtime })));
    const other = nodeDriver.connect(file);
    other.exec('BEGIN IMMEDIATE');
    runtime.kernel.schedule(2_000, () => {
      other.exec('ROLLBACK');
      other.close();
    });
    await runtime.kernel.complete(async () => {
      const followed = store.subscribeAll()[Symbol.asyncIterator]();
      await followed.next();
      const waiting = followed.next();
      await appended(store, 'sample-a', 'no-stream', batch('sample-a', { label: 'a' }).events);
      expect(runtime.kernel.now()).toBeGreaterThanOrEqual(2_000);
      expect(runtime.kernel.now()).toBeLessThan(2_100);
      // Its own commits a process need not look for.
      const committed = runtime.kernel.now();
      expect(await waiting).toMatchObject({ value: { _tag: 'Events' } });
      expect(runtime.kernel.now()).toBe(committed);
      expect(await eventsOf(store.readAll())).toHaveLength(1);
      await store.close();
    });
  });
});
