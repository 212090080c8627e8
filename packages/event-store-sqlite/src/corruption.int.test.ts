import { readFileSync, writeFileSync } from 'node:fs';
import { verifyChain } from '@cloud-kassa/event-store';
import { nodeDriver } from '@cloud-kassa/sqlite';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import * as E from 'fp-ts/Either';
import { appended, eventsOf, failedRead, failure, given, openStore } from './dealings.testing';
import { batch } from './samples.testing';

const folder = temporaryFolder();
afterAll(folder.remove);

/** A closed file with three events in `sample-a`, the second of which was tampered with. */
const tampered = async (name: string, change: (content: Buffer) => void): Promise<string> => {
  const file = folder.path(name);
  const store = await openStore(file);
  await appended(store, 'sample-a', 'no-stream', batch('sample-a', { label: 'mark', size: 3 }).events);
  await appended(store, 'sample-b', 'no-stream', batch('sample-b', { label: 'other' }).events);
  await store.close();
  const content = readFileSync(file);
  change(content);
  writeFileSync(file, content);
  return file;
};

const replace = (from: string, to: string) => (content: Buffer) => {
  const at = content.indexOf(from);
  expect(at).toBeGreaterThan(0);
  content.write(to, at, 'latin1');
};

describe('a byte that was changed in the file', () => {
  it.each([
    ['in the data', '{"data":{"index":1,', '{"data":{"index":7,', 'the hash does not follow'],
    ['in the metadata', '"commandId":"mark"', '"commandId":"murk"', 'the hash does not follow'],
  ])('%s is found when the chain is verified, by stream and revision', async (name, from, to, why) => {
    const file = await tampered(`${name}.db`, replace(from, to));
    const store = await openStore(file);
    expect(await given(store.integrityCheck())).toEqual([]);
    const found = await failure(verifyChain(store.readAll()));
    expect(found).toMatchObject({ _tag: 'Corrupt', stream: 'sample-a', why: expect.stringContaining(why) });
    expect(await failedRead(store.readStream('sample-a'))).toMatchObject({ error: undefined });
    await store.close();
  });

  it('in a column that the text says too is found as well', async () => {
    const file = await tampered('column.db', (content) => {
      // The columns stand before the text in a record.
      const text = content.indexOf('{"data":{"index":1,');
      const at = content.lastIndexOf('sample.Happened', text);
      content.write('sample.Happenee', at, 'latin1');
    });
    const store = await openStore(file);
    expect(await failure(verifyChain(store.readAll()))).toMatchObject({ _tag: 'Corrupt', revision: 1 });
    await store.close();
  });

  it('that makes a text unreadable fails the read there, after what stands before', async () => {
    const file = await tampered('text.db', replace('{"data":{"index":1,', '{"data":{"index"!1,'));
    const store = await openStore(file);
    const corrupt = { _tag: 'Corrupt', stream: 'sample-a', revision: 1, why: expect.any(String) };
    expect(await failedRead(store.readStream('sample-a'))).toEqual({ revisions: [0], error: corrupt });
    expect(await failedRead(store.readAll())).toEqual({ revisions: [0], error: corrupt });
    expect(await failedRead(store.subscribeAll())).toEqual({ revisions: [0], error: corrupt });
    expect(await eventsOf(store.readStream('sample-b'))).toHaveLength(1);
    await store.close();
  });

  it('in a page of the index is found by the check of the file', async () => {
    const file = await tampered('index.db', (content) => {
      const id = content.lastIndexOf(batch('sample-a', { label: 'mark', size: 3 }).events[1]?.eventId ?? '?');
      content.write('f', id, 'latin1');
    });
    const store = await openStore(file);
    expect(await given(store.integrityCheck())).not.toEqual([]);
    await store.close();
  });

  it('in the structure of the file is an answer, not an exception', async () => {
    const file = await tampered('structure.db', (content) => {
      content.fill(0xff, 4096);
    });
    const store = await openStore(file);
    expect(E.isLeft(await verifyChain(store.readAll())())).toBe(true);
    expect(await failedRead(store.readAll())).toMatchObject({ error: { _tag: 'Corrupt' } });
    const { events } = batch('sample-a', { label: 'new' });
    expect(await failure(store.append('sample-a', 2, events))).toMatchObject({ _tag: 'Corrupt' });
    await store.close();
  });
});

describe('the events in the file', () => {
  it('are neither changed nor deleted, also by those who have the file', async () => {
    const file = await tampered('kept.db', () => undefined);
    const connection = nodeDriver.connect(file);
    expect(() => connection.exec("UPDATE events SET text = ''")).toThrow('events are not changed');
    expect(() => connection.exec('DELETE FROM events')).toThrow('events are not deleted');
    connection.close();
  });
});
