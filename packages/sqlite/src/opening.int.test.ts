import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as E from 'fp-ts/Either';
import { nodeDriver } from './driver';
import { NOTES, notesIn, openNotes, runtime, textsIn, write } from './notes.testing';
import type { OpenError } from './open-error';
import { pragma } from './schema';
import { faultyDriver } from './testing/faulty-driver';
import { temporaryFolder } from './testing/temporary-folder';

const folder = temporaryFolder();
afterAll(folder.remove);

const newFile = (): string => folder.path(`${runtime.ids.next()}.db`);

const refusal = async (file: string, driver = nodeDriver): Promise<OpenError> => {
  const opened = await openNotes(file, { driver });
  if (E.isRight(opened)) throw new Error('It was opened.');
  return opened.left;
};

/** A file that was made by others. */
const foreign = (sql: string): string => {
  const file = newFile();
  writeFileSync(file, '', { mode: 0o600 });
  const connection = nodeDriver.connect(file);
  connection.exec(sql);
  connection.close();
  return file;
};

describe('a new file', () => {
  it('is for its owner only, as are its log and its shared memory, and has the newest version of the schema', async () => {
    const file = newFile();
    const { writer, close } = await notesIn(file);
    await writer.commit(1, write('a'));
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(`${file}${suffix}`).mode & 0o777).toBe(0o600);
    await close();
    const connection = nodeDriver.connect(file);
    expect(pragma(connection, 'application_id')).toBe(NOTES.applicationId);
    expect(pragma(connection, 'user_version')).toBe(2);
    connection.close();
  });

  it.each([
    ['full', 2],
    ['normal', 1],
  ] as const)('is synchronised as asked: %s', async (durability, synchronous) => {
    const opened = await openNotes(newFile(), { durability });
    if (E.isLeft(opened)) throw new Error(opened.left.why);
    const { first, connect } = opened.right;
    for (const connection of [first, connect('write'), connect('read')]) {
      expect(pragma(connection, 'synchronous')).toBe(synchronous);
      connection.close();
    }
  });
});

describe('a file of an older version of the schema', () => {
  const versionOne = (): string =>
    foreign(
      `${NOTES.steps[0]}; INSERT INTO notes VALUES ('old');
       PRAGMA application_id = ${NOTES.applicationId}; PRAGMA user_version = 1`,
    );

  it('is led to the newest one with what is in it', async () => {
    const { reader, writer, close } = await notesIn(versionOne());
    expect(await reader.read(textsIn)).toEqual(E.right(['old']));
    expect(await writer.commit(1, write('old'))).toEqual(E.left({ _tag: 'Refused' }));
    await close();
  });

  it('stays as it was when a step fails, and is led on the next time', async () => {
    const file = versionOne();
    const driver = faultyDriver(nodeDriver, (sql) =>
      sql.startsWith('PRAGMA user_version = ') ? { instead: 13 } : undefined,
    );
    expect(await refusal(file, driver)).toMatchObject({ _tag: 'CannotOpen' });
    const connection = nodeDriver.connect(file);
    expect(pragma(connection, 'user_version')).toBe(1);
    expect(connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'notes_once'").get()).toBeUndefined();
    connection.close();
    await (await notesIn(file)).close();
  });
});

describe('a file that is not opened', () => {
  it('belongs to another application, and is left as it was', async () => {
    const file = foreign('CREATE TABLE theirs (a)');
    const before = readFileSync(file);
    expect(await refusal(file)).toMatchObject({ _tag: 'ForeignFile' });
    expect(readFileSync(file)).toEqual(before);
    const other = foreign('PRAGMA application_id = 7; CREATE TABLE theirs (a)');
    expect(await refusal(other)).toMatchObject({ _tag: 'ForeignFile' });
  });

  it('is no database', async () => {
    const file = newFile();
    writeFileSync(file, 'Кассовый чек '.repeat(200), { mode: 0o600 });
    expect(await refusal(file)).toMatchObject({ _tag: 'ForeignFile' });
  });

  it('was written by a newer version of the library, and is left as it was', async () => {
    const file = foreign(
      `PRAGMA application_id = ${NOTES.applicationId}; PRAGMA user_version = 3; CREATE TABLE t (a)`,
    );
    const before = readFileSync(file);
    const newer = { _tag: 'NewerSchema', found: 3, newestKnown: 2, why: expect.any(String) };
    expect(await refusal(file)).toEqual(newer);
    expect(readFileSync(file)).toEqual(before);
  });

  it('is open to others than its owner', async () => {
    const file = newFile();
    await (await notesIn(file)).close();
    chmodSync(file, 0o640);
    expect(await refusal(file)).toMatchObject({ _tag: 'PermissionsTooWide', mode: '0640' });
    chmodSync(file, 0o600);
    await (await notesIn(file)).close();
  });

  it('lies in no folder, is one, or is no file at all', async () => {
    expect(await refusal(folder.path('missing/notes.db'))).toMatchObject({ _tag: 'CannotOpen' });
    mkdirSync(folder.path('a-folder'));
    expect(await refusal(folder.path('a-folder'))).toMatchObject({ _tag: 'CannotOpen' });
    for (const file of ['', ':memory:']) expect(await refusal(file)).toMatchObject({ _tag: 'CannotOpen' });
    expect(existsSync(':memory:')).toBe(false);
  });

  it('is locked by another process for longer than is waited', async () => {
    const file = newFile();
    await (await notesIn(file)).close();
    const other = nodeDriver.connect(file);
    other.exec('BEGIN IMMEDIATE');
    expect(await refusal(file)).toMatchObject({ _tag: 'Busy' });
    other.exec('ROLLBACK');
    other.close();
  });

  it('lies where locks do not hold: two connections got the write lock at the same time', async () => {
    let locks = 0;
    const lockless = faultyDriver(nodeDriver, (sql) => {
      if (sql === 'BEGIN IMMEDIATE') locks += 1;
      return undefined;
    });
    const driver = {
      ...lockless,
      // The second lock is asked for on a connection to another file.
      connect: (file: string) => lockless.connect(locks === 1 ? newFile() : file),
    };
    expect(await refusal(newFile(), driver)).toMatchObject({ _tag: 'LocksDoNotHold' });
  });

  it('would be kept by a SQLite that can corrupt it', async () => {
    const file = newFile();
    expect(await refusal(file, { ...nodeDriver, version: '3.51.2' })).toMatchObject({
      _tag: 'SqliteVersionRefused',
      version: '3.51.2',
    });
    expect(existsSync(file)).toBe(false);
  });
});
