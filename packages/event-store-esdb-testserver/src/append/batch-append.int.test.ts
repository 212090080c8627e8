import { once } from 'node:events';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { seededKernel } from '@cloud-kassa/runtime';
import type { RawCalls } from '../server/raw-calls.testing';
import { rawCalls } from '../server/raw-calls.testing';
import { started } from '../server/server.testing';
import type { EsdbTestServer } from '../server/start-server';
import type { Message } from '../wire/message';
import { batchAppendReq, batchAppendResp } from '../wire/stream-messages';

const START = '2026-03-01T00:00:00.000Z';
const correlation = { text: '00000000-0000-4000-8000-00000000000a' };
const stream = { name: Buffer.from('s-1') };
const proposed = (n: number) => ({
  id: { text: `0000000${n}-0000-4000-8000-000000000000` },
  metadata: { type: 'N', 'content-type': 'application/json' },
  data: Buffer.from('{}'),
});

let server: EsdbTestServer;
let raw: RawCalls;
let call: ClientDuplexStream<Buffer, Buffer>;
const kernel = seededKernel('batch', { start: START });
beforeEach(async () => {
  server = await started({ runtime: kernel.runtime({ label: 'server' }) });
  raw = rawCalls(server);
  call = raw.duplex('streams.Streams/BatchAppend');
});
afterEach(async () => {
  call.on('error', () => undefined);
  call.cancel();
  raw.close();
  await server.close();
});

type Request = Message<typeof batchAppendReq>;
const write = (request: Request): void => void call.write(batchAppendReq.encode(request));
const answer = async (): Promise<Message<typeof batchAppendResp>> => {
  const [bytes]: Array<Buffer> = await once(call, 'data');
  return batchAppendResp.decode(bytes ?? Buffer.alloc(0));
};
const typeOf = (response: Message<typeof batchAppendResp>) => response.error?.details?.typeUrl;
const seconds = (offset: number) => ({ seconds: BigInt(Date.parse(START) / 1000 + offset) });

test('an append may come in pieces, and others may come in between', async () => {
  const other = { text: '00000000-0000-4000-8000-00000000000b' };
  write({ correlationId: correlation, options: { stream, noStream: {} }, proposed: [proposed(0)] });
  write({
    correlationId: other,
    options: { stream: { name: Buffer.from('s-2') }, any: {} },
    proposed: [proposed(5)],
    isFinal: true,
  });
  expect(await answer()).toMatchObject({ correlationId: other, success: { currentRevision: 0n } });
  write({ correlationId: correlation, proposed: [proposed(1), proposed(2)], isFinal: true });
  expect(await answer()).toMatchObject({
    correlationId: correlation,
    success: { currentRevision: 2n },
    stream: { name: Buffer.from('s-1') },
  });
});

test('a deadline of the client that is past by the clock of the server is a time-out; nothing is written', async () => {
  const options = { stream, any: {}, deadline: seconds(-1) };
  write({ correlationId: correlation, options, proposed: [proposed(0)], isFinal: true });
  expect(typeOf(await answer())).toBe('type.googleapis.com/event_store.client.Timeout');
  expect(server.count()).toBe(0);
});

test('a server whose clock is ahead refuses what is due by the clock of the client', async () => {
  const append = (): void =>
    write({
      correlationId: correlation,
      options: { stream, any: {}, deadline: seconds(10) },
      proposed: [proposed(0)],
      isFinal: true,
    });
  server.skewClock(11_000);
  append();
  expect(typeOf(await answer())).toBe('type.googleapis.com/event_store.client.Timeout');
  server.skewClock(0);
  append();
  expect(await answer()).toMatchObject({ success: { currentRevision: 0n } });
});

test('an append whose end does not come is timed out after 2 seconds', async () => {
  write({ correlationId: correlation, options: { stream, any: {} }, proposed: [proposed(0)] });
  // A second append is answered: the first has been taken by then.
  const other = { text: '00000000-0000-4000-8000-00000000000b' };
  write({ correlationId: other, options: { stream, any: {} }, proposed: [proposed(5)], isFinal: true });
  await answer();
  const timedOut = answer();
  await kernel.run({ until: 1999 });
  expect(server.count()).toBe(1);
  await kernel.run({ until: 2001 });
  expect(typeOf(await timedOut)).toBe('type.googleapis.com/event_store.client.Timeout');
  // Its end comes too late and is passed over.
  write({ correlationId: correlation, proposed: [], isFinal: true });
  write({ correlationId: other, options: { stream, any: {} }, proposed: [proposed(6)], isFinal: true });
  expect(await answer()).toMatchObject({ correlationId: other });
  expect(server.count()).toBe(2);
});

test.each([
  ['an event without a type', { metadata: { 'content-type': 'application/json' } }],
  ['an event without a content type', { metadata: { type: 'N' } }],
  ['an id that is none', { id: { text: 'none' } }],
])('%s is a bad request', async (_, change) => {
  write({
    correlationId: correlation,
    options: { stream, any: {} },
    proposed: [{ ...proposed(0), ...change }],
    isFinal: true,
  });
  expect(typeOf(await answer())).toBe('type.googleapis.com/event_store.client.BadRequest');
});

test('ids of two numbers are taken too', async () => {
  const structured = { most: -1n, least: 2n ** 63n - 1n };
  write({
    correlationId: { structured },
    options: { stream, any: {} },
    proposed: [{ ...proposed(0), id: { structured } }],
    isFinal: true,
  });
  expect(await answer()).toMatchObject({ correlationId: { structured }, success: { currentRevision: 0n } });
});

test.each([
  ['bytes that are no message', Buffer.from([0xff])],
  ['a part without a correlation id', batchAppendReq.encode({ isFinal: true })],
])('%s end the stream of appends with INVALID_ARGUMENT', async (_, bytes) => {
  call.write(bytes);
  const [error]: Array<{ readonly code: number }> = await once(call, 'error');
  expect(error?.code).toBe(3);
});

test('when the client has no more to say, the stream ends after the last answer', async () => {
  write({ correlationId: correlation, options: { stream, any: {} }, proposed: [proposed(0)], isFinal: true });
  const answered = answer();
  const ended = once(call, 'end');
  call.end();
  expect(await answered).toMatchObject({ success: { currentRevision: 0n } });
  await ended;
});
