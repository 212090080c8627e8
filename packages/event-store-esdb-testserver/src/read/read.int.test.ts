import { once } from 'node:events';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { BACKWARDS, binaryEvent, END, FORWARDS, jsonEvent, START } from '@eventstore/db-client';
import { seededKernel } from '@cloud-kassa/runtime';
import { rawCalls } from '../server/raw-calls.testing';
import { clientOf, started } from '../server/server.testing';
import type { EsdbTestServer } from '../server/start-server';
import { readReq, readResp } from '../wire/stream-messages';

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

const append = (stream: string, ...numbers: ReadonlyArray<number>) =>
  client.appendToStream(
    stream,
    numbers.map((n) => jsonEvent({ type: `T${n % 2}`, data: { n } })),
  );
type Options = NonNullable<Parameters<EventStoreDBClient['readStream']>[1]>;
const numbers = async (
  read: AsyncIterable<{ readonly event?: { readonly data?: unknown } | undefined }>,
): Promise<ReadonlyArray<unknown>> => {
  const found: Array<unknown> = [];
  for await (const { event } of read) found.push((event?.data as { readonly n?: number } | undefined)?.n);
  return found;
};
const stream = (options: Options = {}, name = 's-1') => numbers(client.readStream(name, options));

describe('a stream', () => {
  beforeEach(() => append('s-1', 0, 1, 2, 3, 4));

  test.each<[Options, ReadonlyArray<number>]>([
    [{}, [0, 1, 2, 3, 4]],
    [{ fromRevision: START, maxCount: 2 }, [0, 1]],
    [{ fromRevision: 3n }, [3, 4]],
    [{ fromRevision: 5n }, []],
    [{ fromRevision: 2n ** 63n - 1n }, []],
    [{ fromRevision: END }, []],
    [{ direction: BACKWARDS, fromRevision: END }, [4, 3, 2, 1, 0]],
    [{ direction: BACKWARDS, fromRevision: END, maxCount: 1 }, [4]],
    [{ direction: BACKWARDS, fromRevision: 2n }, [2, 1, 0]],
    [{ direction: BACKWARDS, fromRevision: 77n, maxCount: 2 }, [4, 3]],
    [{ direction: BACKWARDS, fromRevision: START }, [0]],
  ])('%j', async (options, expected) => {
    expect(await stream(options)).toEqual(expected);
  });

  test('that is not there is not found', async () => {
    await expect(stream({}, 's-2')).rejects.toMatchObject({ type: 'stream-not-found', streamName: 's-2' });
    await client.setStreamMetadata('s-2', { maxCount: 1 });
    await expect(stream({}, 's-2')).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  test('events have the position that they have in everything', async () => {
    await append('s-2', 5);
    const ofStream = [];
    for await (const { event } of client.readStream('s-1')) ofStream.push(event?.position);
    const ofAll = [];
    for await (const { event } of client.readAll()) ofAll.push(event?.position);
    expect(ofAll.slice(0, 5)).toEqual(ofStream);
    expect(new Set(ofAll.map((position) => position?.commit)).size).toBe(6);
  });

  test('$maxCount and $tb hide events from the stream, not from everything', async () => {
    await client.setStreamMetadata('s-1', { maxCount: 2 });
    expect(await stream()).toEqual([3, 4]);
    expect(await stream({ direction: BACKWARDS, fromRevision: END })).toEqual([4, 3]);
    await append('s-1', 5);
    expect(await stream()).toEqual([4, 5]);
    await client.setStreamMetadata('s-1', { truncateBefore: 3 });
    expect(await stream({ fromRevision: 1n, maxCount: 1 })).toEqual([3]);
    expect(await stream({ direction: BACKWARDS, fromRevision: 2n })).toEqual([]);
    await client.setStreamMetadata('s-1', { truncateBefore: 100 });
    expect(await stream()).toEqual([]);
    expect((await numbers(client.readAll())).filter((n) => n !== undefined)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('of the stream of metadata only the last event is read', async () => {
    await client.setStreamMetadata('s-1', { maxCount: 2 });
    await client.setStreamMetadata('s-1', { maxCount: 3 });
    const events = [];
    for await (const { event } of client.readStream('$$s-1')) events.push([event?.revision, event?.data]);
    expect(events).toEqual([[1n, { $maxCount: 3 }]]);
  });

  test('metadata that is no JSON object counts as none', async () => {
    await client.appendToStream(
      '$$s-1',
      binaryEvent({ type: '$metadata', data: Buffer.from('{"$maxCount":1') }),
    );
    expect(await stream()).toEqual([0, 1, 2, 3, 4]);
  });
});

test('$maxAge hides what is older, by the clock of the server', async () => {
  const kernel = seededKernel('age');
  const aged = await started({ runtime: kernel.runtime({ label: 'server' }) });
  const old = clientOf(aged);
  await old.setStreamMetadata('s-1', { maxAge: 60 });
  await old.appendToStream('s-1', jsonEvent({ type: 'T', data: { n: 0 } }));
  aged.skewClock(50_000);
  await old.appendToStream('s-1', jsonEvent({ type: 'T', data: { n: 1 } }));
  expect(await numbers(old.readStream('s-1'))).toEqual([0, 1]);
  aged.skewClock(61_000);
  expect(await numbers(old.readStream('s-1'))).toEqual([1]);
  expect(await numbers(old.readStream('s-1', { direction: BACKWARDS, fromRevision: END }))).toEqual([1]);
  await old.dispose();
  await aged.close();
});

describe('everything', () => {
  test('forwards from a position inclusive, backwards what stands before it', async () => {
    await append('s-1', 0, 1);
    await append('s-2', 2);
    await append('s-1', 3);
    const positions = [];
    for await (const { event } of client.readAll())
      positions.push(event?.position ?? { commit: 0n, prepare: 0n });
    const [, , at = { commit: 0n, prepare: 0n }] = positions;
    expect(await numbers(client.readAll())).toEqual([0, 1, 2, 3]);
    expect(await numbers(client.readAll({ fromPosition: at }))).toEqual([2, 3]);
    expect(await numbers(client.readAll({ fromPosition: at, direction: BACKWARDS }))).toEqual([1, 0]);
    expect(await numbers(client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 3 }))).toEqual([
      3, 2, 1,
    ]);
    expect(await numbers(client.readAll({ fromPosition: START, direction: BACKWARDS }))).toEqual([]);
    expect(await numbers(client.readAll({ fromPosition: END }))).toEqual([]);
    expect(await numbers(client.readAll({ maxCount: 1 }))).toEqual([0]);
    const far = { commit: 2n ** 63n - 1n, prepare: 2n ** 63n - 1n };
    expect(await numbers(client.readAll({ fromPosition: far }))).toEqual([]);
    expect(await numbers(client.readAll({ fromPosition: far, direction: BACKWARDS }))).toEqual([3, 2, 1, 0]);
  });
});

test('links are resolved when that is asked for; one whose target is gone comes alone', async () => {
  await append('s-1', 7, 8);
  const link = (target: string) => binaryEvent({ type: '$>', data: Buffer.from(target) });
  await client.appendToStream('links', [link('1@s-1'), link('9@s-1'), link('0@never'), link('nonsense')]);
  const resolved = [];
  for await (const one of client.readStream('links', { resolveLinkTos: true })) resolved.push(one);
  expect(resolved.map(({ event, link: own }) => [event?.data, own?.type])).toEqual([
    [{ n: 8 }, '$>'],
    [undefined, '$>'],
    [undefined, '$>'],
    [undefined, '$>'],
  ]);
  await client.setStreamMetadata('s-1', { truncateBefore: 2 });
  for await (const { event } of client.readStream('links', { resolveLinkTos: true, maxCount: 1 })) {
    expect(event).toBeUndefined();
  }
  const plain = [];
  for await (const { event } of client.readStream('links')) plain.push(event?.type);
  expect(plain).toEqual(['$>', '$>', '$>', '$>']);
});

test('revisions and positions beyond 2^53 are exact', async () => {
  const origin = 2n ** 62n;
  const large = await started({ origin });
  const reader = clientOf(large);
  const first = 2n ** 60n + 1n;
  expect(large.beginAt('s-1', first)).toBe(true);
  const event = () => jsonEvent({ type: 'T', data: {} });
  const answer = await reader.appendToStream('s-1', [event(), event(), event()], {
    expectedRevision: 'no_stream',
  });
  expect(answer).toMatchObject({ nextExpectedRevision: first + 2n });
  await reader.appendToStream('s-1', event(), { expectedRevision: first + 2n });
  await expect(reader.appendToStream('s-1', event(), { expectedRevision: first + 2n })).rejects.toMatchObject(
    { expectedVersion: first + 2n, actualVersion: first + 3n },
  );
  const stored = [];
  for await (const one of reader.readStream('s-1', { fromRevision: first + 1n })) stored.push(one.event);
  expect(stored.map((one) => one?.revision)).toEqual([first + 1n, first + 2n, first + 3n]);
  expect(stored[1]?.position).toEqual(answer.position);
  expect((answer.position?.commit ?? 0n) > origin).toBe(true);
  const from = answer.position ?? { commit: 0n, prepare: 0n };
  const rest = [];
  for await (const one of reader.readAll({ fromPosition: from, direction: FORWARDS }))
    rest.push(one.event?.revision);
  expect(rest).toEqual([first + 2n, first + 3n]);
  expect(large.beginAt('s-1', 1n)).toBe(false);
  await reader.dispose();
  await large.close();
});

describe('what the client cannot ask for', () => {
  const all = { start: {} };
  const answersTo = async (options: NonNullable<Parameters<typeof readReq.encode>[0]['options']>) => {
    const raw = rawCalls(server);
    const call = raw.stream('streams.Streams/Read', readReq.encode({ options }));
    const answers: Array<ReturnType<typeof readResp.decode>> = [];
    call.on('data', (bytes: Buffer) => answers.push(readResp.decode(bytes)));
    await once(call, 'end');
    raw.close();
    return answers;
  };

  test('ids of two numbers', async () => {
    const id = 'fffefdfc-fbfa-4948-8746-454443424140';
    await client.appendToStream('s-1', jsonEvent({ id, type: 'T', data: {} }));
    const options = { all, count: 10n, noFilter: {}, uuid: { structured: {} } };
    const [answer] = await answersTo(options);
    const { most = 0n, least = 0n } = answer?.event?.event?.id?.structured ?? {};
    expect([BigInt.asUintN(64, most), BigInt.asUintN(64, least)]).toEqual([
      0xfffefdfcfbfa4948n,
      0x8746454443424140n,
    ]);
  });

  test('a read of everything with a filter, and where a stream ends', async () => {
    await append('a-1', 0, 1);
    await append('b-1', 2);
    const text = { text: {} };
    const filter = { streamName: { prefixes: ['b-'] }, count: {}, checkpointIntervalMultiplier: 1 };
    const filtered = await answersTo({ all, count: 10n, filter, uuid: text });
    expect(filtered.map(({ event }) => Buffer.from(event?.event?.stream?.name ?? []).toString())).toEqual([
      'b-1',
    ]);
    const last = await answersTo({
      stream: { stream: { name: Buffer.from('a-1') }, start: {} },
      count: 1n,
      noFilter: {},
      uuid: text,
      control: { compatibility: 1 },
    });
    expect(last.at(-1)).toEqual({ lastStreamPosition: 1n });
  });

  test.each([
    ['neither stream nor everything', {}],
    [
      'a stream with a filter',
      { stream: { stream: { name: Buffer.from('s') } }, filter: { streamName: {} } },
    ],
    ['a filter by nothing', { all, filter: {} }],
    ['a regular expression that is none', { all, filter: { eventType: { regex: '(' } } }],
    [
      'checkpoints after every 0 windows',
      { all, filter: { eventType: {}, checkpointIntervalMultiplier: 0 } },
    ],
    ['a stream without a name', { stream: {} }],
  ])('%s: INVALID_ARGUMENT', async (_, options) => {
    const raw = rawCalls(server);
    const call = raw.stream('streams.Streams/Read', readReq.encode({ options }));
    const [error]: Array<{ readonly code: number }> = await once(call, 'error');
    expect(error?.code).toBe(3);
    raw.close();
  });
});
