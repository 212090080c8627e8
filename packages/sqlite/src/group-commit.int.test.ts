import { renameSync, symlinkSync, unlinkSync } from 'node:fs';
import * as E from 'fp-ts/Either';
import { nodeDriver } from './driver';
import { notesIn, runtime, textsIn, write } from './notes.testing';
import { failingOnce } from './testing/faulty-driver';
import { temporaryFolder } from './testing/temporary-folder';
import { checkpointOf, integrityOf } from './upkeep';

const folder = temporaryFolder();
afterAll(folder.remove);

const newFile = (): string => folder.path(`${runtime.ids.next()}.db`);

describe('pieces of work that come at the same time', () => {
  it('share transactions, up to a number of them and of bytes, and each has its own answer', async () => {
    const { writer, reader, committed, close } = await notesIn(newFile());
    const small = await Promise.all(
      Array.from({ length: 25 }, (_, n) => writer.commit(1, write(`small ${n}`))),
    );
    expect(small).toEqual(Array.from({ length: 25 }, (_, n) => E.right(`small ${n}`)));
    expect(writer.figures()).toMatchObject({ groups: 3, committed: 25, largestGroup: 10 });
    await Promise.all(Array.from({ length: 5 }, (_, n) => writer.commit(400, write(`large ${n}`))));
    expect(writer.figures()).toMatchObject({ groups: 6 });
    expect(committed()).toBe(6);
    expect(E.map((texts: ReadonlyArray<unknown>) => texts.length)(await reader.read(textsIn))).toEqual(
      E.right(30),
    );
    await close();
  });

  it('that break a rule are undone alone', async () => {
    const { writer, reader, close } = await notesIn(newFile());
    const answers = await Promise.all([
      writer.commit(1, write('a')),
      writer.commit(1, (connection) => write('a')(connection) + write('b')(connection)),
      writer.commit(1, write('c')),
    ]);
    expect(answers).toEqual([E.right('a'), E.left({ _tag: 'Refused' }), E.right('c')]);
    expect(await reader.read(textsIn)).toEqual(E.right(['a', 'c']));
    expect(await reader.read(integrityOf)).toEqual(E.right([]));
    await close();
  });

  it('are not written while the file is away, and are told so', async () => {
    const file = newFile();
    const { writer, close } = await notesIn(file);
    renameSync(file, `${file}.moved`);
    expect(await writer.commit(1, write('a'))).toMatchObject(E.left({ _tag: 'NotWritten', full: false }));
    renameSync(`${file}.moved`, file);
    expect(await writer.commit(1, write('a'))).toEqual(E.right('a'));
    await close();
    expect(await writer.commit(1, write('b'))).toEqual(E.left({ _tag: 'Closed' }));
  });

  it('are not written while the file can not be looked at, and are told so', async () => {
    const file = newFile();
    const { writer, close } = await notesIn(file);
    renameSync(file, `${file}.moved`);
    // A link that leads to itself: the system reports an error, not that there is nothing.
    symlinkSync(file, file);
    expect(await writer.commit(1, write('a'))).toMatchObject(E.left({ _tag: 'NotWritten', full: false }));
    unlinkSync(file);
    renameSync(`${file}.moved`, file);
    expect(await writer.commit(1, write('a'))).toEqual(E.right('a'));
    await close();
  });

  it('that throw what is no report of SQLite end with that, and the next ones are done', async () => {
    const { writer, reader, close } = await notesIn(newFile());
    const thrown = writer.commit(1, (connection) => {
      write('a')(connection);
      throw new RangeError('a fault of the program');
    });
    await expect(thrown).rejects.toThrow(RangeError);
    expect(await writer.commit(1, write('b'))).toEqual(E.right('b'));
    expect(await reader.read(textsIn)).toEqual(E.right(['b']));
    await close();
  });

  it.each([
    ['COMMIT', { afterwards: 1034 }, 'Unknown', ['a', 'b']],
    ['COMMIT', { instead: 13 }, 'Unknown', ['b']],
    ['INSERT', { instead: 13 }, 'NotWritten', ['b']],
    ['INSERT', { instead: 11 }, 'Damaged', ['b']],
  ] as const)('fail together with the transaction: %s %j is %s', async (statement, fault, _tag, there) => {
    const faults = failingOnce(nodeDriver);
    const { writer, reader, close } = await notesIn(newFile(), { driver: faults.driver });
    faults.fail(statement, fault);
    expect(await writer.commit(1, write('a'))).toMatchObject(E.left({ _tag }));
    expect(await writer.commit(1, write('b'))).toEqual(E.right('b'));
    expect(await reader.read(textsIn)).toEqual(E.right(there));
    await close();
  });

  it('are seen by readers of other connections, which notice that something was committed', async () => {
    const file = newFile();
    const [one, other] = [await notesIn(file), await notesIn(file)];
    const before = other.reader.seen();
    expect(other.reader.seen()).toBe(before);
    await one.writer.commit(1, write('a'));
    expect(other.reader.seen()).toBeGreaterThan(before);
    expect(await other.reader.read(textsIn)).toEqual(E.right(['a']));
    await other.close();
    expect(await one.writer.between(checkpointOf)).toEqual(E.right({ complete: true }));
    await one.close();
  });
});
