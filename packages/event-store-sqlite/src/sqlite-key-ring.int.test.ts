import { readFileSync, statSync } from 'node:fs';
import type { KeyRecord } from '@cloud-kassa/event-store';
import { nodeDriver, type Driver } from '@cloud-kassa/sqlite';
import { failingOnce, temporaryFolder } from '@cloud-kassa/sqlite/testing';
import { failure, given, openStore, runtime } from './dealings.testing';
import type { SqliteKeyRing } from './key-ring-on-file';
import { openSqliteKeyRingOn, type SqliteKeyRingOptions } from './sqlite-key-ring';

const folder = temporaryFolder();
afterAll(folder.remove);

const keyEncryptionKey = new Uint8Array(32).fill(2);
const newFile = (): string => folder.path(`${runtime.ids.next()}.db`);

const ringOn = (file: string, options: Partial<SqliteKeyRingOptions> = {}, driver: Driver = nodeDriver) =>
  openSqliteKeyRingOn(driver, { file, runtime, keyEncryptionKey, ...options });

const openRing = (
  file: string,
  options: Partial<SqliteKeyRingOptions> = {},
  driver: Driver = nodeDriver,
): Promise<SqliteKeyRing> => given(ringOn(file, options, driver));

const persons = (count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => `person-${index}`);

/** What lies in the file and in its log. */
const bytesOf = (file: string): string =>
  ['', '-wal'].map((suffix) => readFileSync(`${file}${suffix}`, 'latin1')).join('');

/** The ciphertexts of the keys that are in force, by person. */
const wrappedIn = (file: string): ReadonlyMap<string, string> => {
  const connection = nodeDriver.connect(file);
  const wrapped = new Map<string, string>();
  for (const { key_id: keyId, ct } of connection
    .prepare('SELECT key_id, ct FROM person_keys WHERE erased = 0')
    .iterate())
    wrapped.set(String(keyId), String(ct));
  connection.close();
  return wrapped;
};

describe('a key ring in a file', () => {
  it('is open to its owner only, and holds neither keys nor contacts that can be read', async () => {
    const file = newFile();
    const ring = await openRing(file);
    const keyId = await given(ring.keyIdFor('+79990000001'));
    const { secret } = await given(ring.keyFor(keyId));
    for (const suffix of ['', '-wal']) expect(statSync(`${file}${suffix}`).mode & 0o777).toBe(0o600);
    for (const form of ['latin1', 'base64url', 'hex'] as const)
      expect(bytesOf(file)).not.toContain(Buffer.from(secret).toString(form));
    expect(bytesOf(file)).not.toContain('79990000001');
    await ring.close();
  });

  it('leaves nothing of an erased key in the file or its log, however the pages were divided before', async () => {
    const file = newFile();
    const ring = await openRing(file);
    await Promise.all(persons(1500).map((person) => given(ring.keyFor(person))));
    const before = wrappedIn(file);
    expect(before.size).toBe(1500);
    const gone = persons(1500).filter((_, index) => index % 50 === 7);
    expect(bytesOf(file)).toContain(before.get(gone[0] ?? ''));
    for (const person of gone) await given(ring.erase(person));
    const left = bytesOf(file);
    const stillThere = persons(1500).filter((person) => left.includes(before.get(person) ?? 'missing'));
    expect(stillThere).toEqual(persons(1500).filter((person) => !gone.includes(person)));
    const records: KeyRecord[] = [];
    for await (const page of ring.records()) if (page._tag === 'Records') records.push(...page.records);
    expect(records.map(({ keyId }) => keyId).toSorted()).toEqual(persons(1500).toSorted());
    const erased = records.filter(({ secret }) => secret === undefined).map(({ keyId }) => keyId);
    expect(erased.toSorted()).toEqual(gone.toSorted());
    await ring.close();
  });

  it('says so when another program keeps the old bytes in the log; erasing again ends it', async () => {
    const file = newFile();
    const ring = await openRing(file, { busyMilliseconds: 20 });
    const { kid } = await given(ring.keyFor('p1'));
    const other = nodeDriver.connect(file);
    other.exec('BEGIN');
    other.prepare('SELECT count(*) FROM person_keys').get();
    expect(await failure(ring.erase('p1'))).toMatchObject({
      _tag: 'KeyRingUnavailable',
      why: expect.stringContaining('another program'),
    });
    expect(await given(ring.find([kid]))).toEqual(new Map([[kid, 'erased']]));
    other.exec('COMMIT');
    other.close();
    expect(await given(ring.erase('p1'))).toBe(0);
    expect(statSync(`${file}-wal`).size).toBe(0);
    await ring.close();
  });

  it('wraps everything under another key: the old one opens nothing any more', async () => {
    const file = newFile();
    const ring = await openRing(file);
    const keys = await Promise.all(persons(3).map((person) => given(ring.keyFor(person))));
    await given(ring.erase('person-1'));
    const id = await given(ring.keyIdFor('contact'));
    const before = wrappedIn(file);
    const next = new Uint8Array(32).fill(3);
    expect(await given(ring.rewrap(next))).toBe(2);
    for (const ciphertext of before.values()) expect(bytesOf(file)).not.toContain(ciphertext);
    expect(await given(ring.keyFor('person-0'))).toEqual(keys[0]);
    expect(await failure(ring.rewrap(new Uint8Array(31)))).toMatchObject({ _tag: 'KeyRingUnavailable' });
    await ring.close();
    expect(await failure(ringOn(file))).toMatchObject({ _tag: 'WrongKeyEncryptionKey' });
    const again = await openRing(file, { keyEncryptionKey: next });
    expect(await given(again.keyFor('person-2'))).toEqual(keys[2]);
    expect(await given(again.keyIdFor('contact'))).toBe(id);
    await again.close();
  });
});

describe('a key ring that is not opened', () => {
  it('is the file of a store', async () => {
    const file = newFile();
    await (await openStore(file)).close();
    expect(await failure(ringOn(file))).toMatchObject({ _tag: 'ForeignFile' });
  });
});

describe('a key ring that fails', () => {
  it('gives no key that it has not kept', async () => {
    const faults = failingOnce(nodeDriver);
    const ring = await openRing(newFile(), {}, faults.driver);
    faults.fail('COMMIT', { instead: 1034 });
    expect(await failure(ring.find(['a']))).toMatchObject({ _tag: 'KeyRingUnavailable' });
    faults.fail('INSERT', { instead: 13 });
    expect(await failure(ring.keyFor('p1'))).toMatchObject({ _tag: 'KeyRingUnavailable' });
    faults.fail('SELECT', { instead: 11 });
    expect(await failure(ring.keyFor('p1'))).toMatchObject({ _tag: 'KeyRingCorrupt' });
    const key = await given(ring.keyFor('p1'));
    expect(await given(ring.keyFor('p1'))).toEqual(key);
    await ring.close();
    for (const task of [ring.keyFor('p1'), ring.find([key.kid]), ring.erase('p1')])
      expect(await failure<unknown, unknown>(task)).toMatchObject({ _tag: 'KeyRingUnavailable' });
  });

  it('does not take a wrapped key that was put under another name', async () => {
    const file = newFile();
    const ring = await openRing(file);
    const [one, two] = [await given(ring.keyFor('p1')), await given(ring.keyFor('p2'))];
    const connection = nodeDriver.connect(file);
    connection
      .prepare(
        `UPDATE person_keys SET (iv, ct, tag) = (SELECT iv, ct, tag FROM person_keys WHERE kid = ?)
         WHERE kid = ?`,
      )
      .run(one.kid, two.kid);
    connection.close();
    expect(await failure(ring.keyFor('p2'))).toMatchObject({ _tag: 'KeyRingCorrupt' });
    expect(await failure(ring.find([two.kid]))).toMatchObject({ _tag: 'KeyRingCorrupt' });
    expect(await failure(ring.rewrap(new Uint8Array(32)))).toMatchObject({ _tag: 'KeyRingCorrupt' });
    expect(await given(ring.keyFor('p1'))).toEqual(one);
    await ring.close();
  });
});
