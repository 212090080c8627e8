import type { AppendExpectedRevision, EventStoreDBClient } from '@eventstore/db-client';
import { binaryEvent, FORWARDS, jsonEvent, START } from '@eventstore/db-client';
import { CLASSIC, clientOf, started } from '../server/server.testing';
import type { EsdbTestServer } from '../server/start-server';

let server: EsdbTestServer;
let client: EventStoreDBClient;
beforeEach(async () => {
  server = await started();
  client = clientOf(server);
});
afterEach(async () => {
  await client.dispose();
  await server.close();
});

const ids = Array.from({ length: 9 }, (_, n) => `0000000${n}-0000-4000-8000-000000000000`);
const event = (n: number) => jsonEvent({ id: ids[n] ?? '', type: 'N', data: { n } });
const read = async (stream = 's-1'): Promise<ReadonlyArray<unknown>> => {
  const found: Array<unknown> = [];
  for await (const { event: stored } of client.readStream(stream, {
    direction: FORWARDS,
    fromRevision: START,
  })) {
    found.push(stored?.id);
  }
  return found;
};

describe.each([
  ['classic', CLASSIC],
  ['batch', {}],
])('%s append', (_path, path) => {
  const append = (numbers: ReadonlyArray<number>, expectedRevision: AppendExpectedRevision, stream = 's-1') =>
    client.appendToStream(stream, numbers.map(event), { ...path, expectedRevision });
  const wrong = (
    expectedVersion: AppendExpectedRevision,
    actualVersion: bigint | 'no_stream',
    streamName = 's-1',
  ) => ({
    type: 'wrong-expected-version',
    streamName,
    expectedVersion,
    actualVersion,
  });

  test('of several events is one, with the last revision and position', async () => {
    const answer = await append([0, 1, 2], 'no_stream');
    expect(answer).toMatchObject({ success: true, nextExpectedRevision: 2n });
    const events = [];
    for await (const { event: stored } of client.readAll({ direction: FORWARDS })) events.push(stored);
    expect(events.at(-1)?.position).toEqual(answer.position);
    expect(events.map((stored) => stored?.revision)).toEqual([0n, 1n, 2n]);
  });

  test('keeps data and metadata, text and bytes, and the moment of the server', async () => {
    const text = 'Касса №1 — 100 ₽ 😀';
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    await client.appendToStream(
      'поток-1',
      [
        jsonEvent({ type: 'Текст', data: { text }, metadata: { $correlationId: text } }),
        binaryEvent({ type: 'Bytes', data: bytes, metadata: bytes }),
        jsonEvent({ type: 'Empty', data: [] }),
      ],
      { ...path },
    );
    const stored = [];
    for await (const { event: one } of client.readStream('поток-1')) stored.push(one);
    expect(stored).toMatchObject([
      {
        streamId: 'поток-1',
        type: 'Текст',
        isJson: true,
        data: { text },
        metadata: { $correlationId: text },
      },
      { type: 'Bytes', isJson: false },
      { type: 'Empty', data: [], metadata: undefined },
    ]);
    expect(Buffer.from(stored[1]?.data as Uint8Array)).toEqual(Buffer.from(bytes));
    expect(Buffer.from(stored[1]?.metadata as Uint8Array)).toEqual(Buffer.from(bytes));
    expect(Number.isNaN(stored[0]?.created.getTime())).toBe(false);
  });

  test('NO_STREAM, exact, ANY and STREAM_EXISTS where they fit', async () => {
    await append([0], 'no_stream');
    await append([1], 0n);
    await append([2], 'stream_exists');
    expect(await append([3], 'any')).toMatchObject({ nextExpectedRevision: 3n });
    expect(await read()).toEqual(ids.slice(0, 4));
  });

  test('and where they do not', async () => {
    await expect(append([0], 5n)).rejects.toMatchObject(wrong(5n, 'no_stream'));
    await expect(append([0], 'stream_exists')).rejects.toMatchObject(wrong('stream_exists', 'no_stream'));
    await append([0, 1], 'no_stream');
    await expect(append([2], 'no_stream')).rejects.toMatchObject(wrong('no_stream', 1n));
    await expect(append([2], 0n)).rejects.toMatchObject(wrong(0n, 1n));
    await expect(append([2], 2n)).rejects.toMatchObject(wrong(2n, 1n));
    expect(await read()).toEqual(ids.slice(0, 2));
  });

  test('repeated at its own exact revision succeeds with its own revision, not the head; nothing is written', async () => {
    const first = await append([0, 1], 'no_stream');
    const second = await append([2], 1n);
    await append([3], 2n);
    expect(await append([0, 1], 'no_stream')).toEqual(first);
    expect(await append([2], 1n)).toEqual(second);
    // A prefix of an earlier batch, and a batch over the border of two.
    expect(await append([0], 'no_stream')).toMatchObject({ nextExpectedRevision: 0n });
    expect(await append([1, 2], 0n)).toMatchObject({ nextExpectedRevision: 2n });
    expect(await read()).toEqual(ids.slice(0, 4));
  });

  test('repeated in part is refused: the first id differs, or a later one', async () => {
    await append([0, 1], 'no_stream');
    await expect(append([7, 1], 'no_stream')).rejects.toMatchObject(wrong('no_stream', 1n));
    await expect(append([0, 7], 'no_stream')).rejects.toMatchObject(wrong('no_stream', 1n));
    await expect(append([0, 1, 2], 'no_stream')).rejects.toMatchObject(wrong('no_stream', 1n));
  });

  test('at the head does not look at ids: a used id is stored again', async () => {
    await append([0], 'no_stream');
    await append([0], 0n);
    expect(await read()).toEqual([ids[0], ids[0]]);
  });

  test('with ANY is repeated without harm as long as the server remembers; half known is refused, new first is written', async () => {
    const first = await append([0, 1], 'any');
    expect(await append([0, 1], 'any')).toEqual(first);
    await expect(append([0, 2], 'any')).rejects.toMatchObject(wrong('any', 1n));
    await append([2, 0], 'any');
    expect(await read()).toEqual([ids[0], ids[1], ids[2], ids[0]]);
  });

  test('with ANY: the same id in a second stream makes the first forgotten', async () => {
    await append([0], 'any', 's-1');
    await append([0], 'any', 's-2');
    await append([0], 'any', 's-1');
    expect(await read('s-1')).toEqual([ids[0], ids[0]]);
  });

  test('of nothing is refused behind the head, and changes nothing at it', async () => {
    await append([0], 'no_stream');
    await expect(append([], 'no_stream')).rejects.toMatchObject(wrong('no_stream', 0n));
    expect(await append([], 0n)).toMatchObject({ nextExpectedRevision: 0n });
    expect(server.count()).toBe(1);
  });

  test('of 1 MiB is taken, of more refused with the limit', async () => {
    // Data, metadata and two bytes for each letter of the type count.
    const large = (size: number) =>
      client.appendToStream('s-1', binaryEvent({ type: 'T', data: Buffer.alloc(size - 2) }), { ...path });
    await large(1024 * 1024);
    await expect(large(1024 * 1024 + 1)).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 1024 * 1024,
    });
    const halves = [0, 1].map(() => binaryEvent({ type: 'T', data: Buffer.alloc(600_000) }));
    await expect(client.appendToStream('s-1', halves, { ...path })).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
    });
    expect(server.count()).toBe(1);
  });

  test('with an id that is no UUID, or without a type, is refused', async () => {
    const bad = client.appendToStream('s-1', jsonEvent({ id: 'not-a-uuid', type: 'T', data: {} }), {
      ...path,
    });
    await expect(bad).rejects.toMatchObject({ type: 'unknown' });
    expect(server.count()).toBe(0);
  });

  test('to $all is refused', async () => {
    await expect(append([0], 'any', '$all')).rejects.toMatchObject({ type: 'unknown' });
  });
});

describe('deleted streams', () => {
  const append = (numbers: ReadonlyArray<number>, expectedRevision: AppendExpectedRevision) =>
    client.appendToStream('s-1', numbers.map(event), { ...CLASSIC, expectedRevision });

  test('a deleted stream is not found, and goes on counting when it is written to again', async () => {
    await append([0, 1], 'no_stream');
    await client.deleteStream('s-1', { expectedRevision: 1n });
    await expect(read()).rejects.toMatchObject({ type: 'stream-not-found' });
    await expect(append([2], 'stream_exists')).rejects.toMatchObject({ type: 'stream-deleted' });
    expect(await append([2], 'no_stream')).toMatchObject({ nextExpectedRevision: 2n });
    expect(await read()).toEqual([ids[2]]);
    expect((await client.getStreamMetadata('s-1')).metadata).toEqual({ truncateBefore: 2 });
  });

  test('ids of before the deletion still count for a repetition', async () => {
    await append([0, 1], 'no_stream');
    await client.deleteStream('s-1');
    expect(await append([0, 1], 'no_stream')).toMatchObject({ nextExpectedRevision: 1n });
    await expect(read()).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  test('metadata of a deleted stream makes it readable again from its next event', async () => {
    await append([0, 1], 'no_stream');
    await client.deleteStream('s-1');
    await client.setStreamMetadata('s-1', { maxCount: 5 });
    expect((await client.getStreamMetadata('s-1')).metadata).toEqual({ maxCount: 5, truncateBefore: 2 });
    await append([2], 1n);
    expect(await read()).toEqual([ids[2]]);
  });

  test('a tombstone is for ever', async () => {
    await append([0], 'no_stream');
    const { position } = await client.tombstoneStream('s-1', { expectedRevision: 0n });
    const gone = { type: 'stream-deleted', streamName: 's-1' };
    await expect(read()).rejects.toMatchObject(gone);
    await expect(append([1], 'any')).rejects.toMatchObject(gone);
    await expect(client.appendToStream('s-1', event(1))).rejects.toMatchObject(gone);
    await expect(client.deleteStream('s-1')).rejects.toMatchObject(gone);
    await expect(client.tombstoneStream('s-1')).rejects.toMatchObject(gone);
    const everything = [];
    for await (const { event: stored } of client.readAll()) everything.push(stored);
    expect(everything.at(-1)).toMatchObject({ type: '$streamDeleted', revision: 2n ** 63n - 1n, position });
  });

  test('deletes expect revisions too', async () => {
    await append([0, 1], 'no_stream');
    for (const remove of [client.deleteStream.bind(client), client.tombstoneStream.bind(client)]) {
      await expect(remove('s-1', { expectedRevision: 0n })).rejects.toMatchObject({
        type: 'wrong-expected-version',
        expectedVersion: 0n,
        actualVersion: 1n,
      });
      await expect(remove('s-1', { expectedRevision: 'no_stream' })).rejects.toMatchObject({
        type: 'wrong-expected-version',
        expectedVersion: -1n,
      });
    }
    await client.tombstoneStream('never-there', { expectedRevision: 'no_stream' });
    await expect(read('never-there')).rejects.toMatchObject({ type: 'stream-deleted' });
  });
});
