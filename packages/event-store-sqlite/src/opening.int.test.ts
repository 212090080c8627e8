import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { verifyChain } from '@cloud-kassa/event-store';
import { nodeDriver, pragma } from '@cloud-kassa/sqlite';
import { faultyDriver, temporaryFolder } from '@cloud-kassa/sqlite/testing';
import { appended, eventsOf, failure, given, openStore, runtime } from './dealings.testing';
import { eventSchema } from './event-schema';
import { batch } from './samples.testing';
import { openSqliteKeyRing } from './sqlite-key-ring';
import { openSqliteStoreOn } from './sqlite-store';

const folder = temporaryFolder();
afterAll(folder.remove);

const newFile = (): string => folder.path(`${runtime.ids.next()}.db`);

const refusal = (file: string, driver = nodeDriver) =>
  failure(openSqliteStoreOn(driver, { file, runtime, busyMilliseconds: 30 }));

const versionOne = (): string => {
  const file = newFile();
  const text = readFileSync(join(__dirname, 'samples/store-version-1.db.gz.base64'), 'utf8');
  writeFileSync(file, gunzipSync(Buffer.from(text, 'base64')), { mode: 0o600 });
  return file;
};

describe('a new store', () => {
  it('is a file that only its owner can read, and so are its log and its shared memory', async () => {
    const file = newFile();
    const store = await openStore(file);
    await appended(store, 'sample-a', 'no-stream', batch('sample-a', { label: 'a' }).events);
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(`${file}${suffix}`).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it('has its application id and the newest version of the schema', async () => {
    const file = newFile();
    const store = await openStore(file);
    await store.close();
    const connection = nodeDriver.connect(file);
    expect(pragma(connection, 'application_id')).toBe(0x434b4553);
    expect(pragma(connection, 'user_version')).toBe(eventSchema.steps.length);
    connection.close();
  });

  it('writes every commit through to the disk, and trusts no file more than it must', async () => {
    const seen: Array<Record<string, unknown>> = [];
    const driver = {
      ...nodeDriver,
      connect: (file: string) => {
        const connection = nodeDriver.connect(file);
        const close = (): void => {
          const names = [
            'journal_mode',
            'synchronous',
            'busy_timeout',
            'foreign_keys',
            'trusted_schema',
            'cell_size_check',
            'secure_delete',
            'wal_autocheckpoint',
            'journal_size_limit',
            'query_only',
          ];
          const settings = names.map((name) => [
            name,
            Object.values(connection.prepare(`PRAGMA ${name}`).get() ?? {})[0],
          ]);
          seen.push(Object.fromEntries(settings));
          connection.close();
        };
        return { ...connection, close };
      },
    };
    const store = await openStore(newFile(), {}, driver);
    await given(store.head());
    await store.close();
    const settings = {
      journal_mode: 'wal',
      synchronous: 2,
      busy_timeout: 0,
      foreign_keys: 1,
      trusted_schema: 0,
      cell_size_check: 1,
      secure_delete: 1,
      wal_autocheckpoint: 1000,
      journal_size_limit: 67108864,
    };
    // The rival of the locking probe, the writer, the reader.
    expect(seen).toEqual([
      { ...settings, query_only: 0 },
      { ...settings, query_only: 0 },
      { ...settings, query_only: 1 },
    ]);
  });
});

describe('a file that is not opened', () => {
  it('was written by a newer version of the library, and is left as it was', async () => {
    const file = newFile();
    await (await openStore(file)).close();
    const newer = eventSchema.steps.length + 1;
    const connection = nodeDriver.connect(file);
    connection.exec(`PRAGMA user_version = ${newer}`);
    connection.close();
    const before = readFileSync(file);
    expect(await refusal(file)).toMatchObject({ _tag: 'NewerSchema', found: newer });
    expect(readFileSync(file)).toEqual(before);
  });

  it('holds keys, not events', async () => {
    const file = newFile();
    const keys = { file, runtime, keyEncryptionKey: runtime.entropy(32) };
    await (await given(openSqliteKeyRing(keys))).close();
    expect(await refusal(file)).toMatchObject({ _tag: 'ForeignFile' });
  });
});

describe('a file of version 1 of the schema', () => {
  it('is led to the newest version, with every event as it was, and can be read by category', async () => {
    const file = versionOne();
    const store = await openStore(file);
    const events = await eventsOf(store.readAll());
    expect(events.map(({ stream, revision, position }) => `${position} ${stream} ${revision}`)).toEqual([
      '1 receipt-1 0',
      '2 receipt-1 1',
      '3 receipt-1 2',
      '4 shift-1 0',
      '5 receipt-2 0',
      '6 receipt-2 1',
    ]);
    const heads = await given(verifyChain(store.readAll()));
    expect([...heads.keys()]).toEqual(['receipt-1', 'shift-1', 'receipt-2']);
    const shifts = await eventsOf(store.readAll({ filter: { prefixes: ['shift-'] } }));
    expect(shifts.map(({ stream }) => stream)).toEqual(['shift-1']);
    expect(await given(store.statistics())).toMatchObject({ schemaVersion: eventSchema.steps.length });
    const { events: next } = batch('shift-1', { label: 'next', ...afterOf(heads.get('shift-1')) });
    expect(await appended(store, 'shift-1', 0, next)).toMatchObject({ position: '7' });
    await store.close();
  });

  it('stays as it was when a step fails, and is led on the next time', async () => {
    const file = versionOne();
    const driver = faultyDriver(nodeDriver, (sql) =>
      sql.startsWith('PRAGMA user_version = ') ? { instead: 13 } : undefined,
    );
    expect(await refusal(file, driver)).toMatchObject({ _tag: 'CannotOpen' });
    const connection = nodeDriver.connect(file);
    expect(pragma(connection, 'user_version')).toBe(1);
    expect(connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'events_by_category'").get()).toBe(
      undefined,
    );
    connection.close();
    const store = await openStore(file);
    expect(await eventsOf(store.readAll())).toHaveLength(6);
    await store.close();
  });
});

describe('a file that is moved away while it is open', () => {
  it('takes nothing any more: what is written there would be lost', async () => {
    const file = newFile();
    const store = await openStore(file);
    const { events } = batch('sample-a', { label: 'a' });
    renameSync(file, `${file}.moved`);
    expect(await failure(store.append('sample-a', 'no-stream', events))).toMatchObject({
      _tag: 'Unavailable',
    });
    renameSync(`${file}.moved`, file);
    await appended(store, 'sample-a', 'no-stream', events);
    await store.close();
  });
});

const afterOf = <A>(after: A | undefined): { readonly after: A } | Record<never, never> =>
  after === undefined ? {} : { after };
