import { jsonEvent, START, BACKWARDS, END, FORWARDS } from '@eventstore/db-client';
import { CLASSIC, clientOf, started } from './server.testing';

test.each([
  ['classic', CLASSIC],
  ['batch', {}],
])('smoke %s', async (_, path) => {
  const server = await started();
  const client = clientOf(server);
  const a = await client.appendToStream(
    's-1',
    [jsonEvent({ type: 'A', data: { n: 1 } }), jsonEvent({ type: 'B', data: { n: 2 } })],
    { expectedRevision: 'no_stream', ...path },
  );
  expect(a).toMatchObject({ success: true, nextExpectedRevision: 1n });
  await expect(
    client.appendToStream('s-1', [jsonEvent({ type: 'A', data: { n: 1 } })], {
      expectedRevision: 'no_stream',
      ...path,
    }),
  ).rejects.toMatchObject({
    type: 'wrong-expected-version',
    actualVersion: 1n,
    expectedVersion: 'no_stream',
  });
  const events = [];
  for await (const { event } of client.readStream('s-1', { direction: FORWARDS, fromRevision: START }))
    events.push(event);
  expect(events).toMatchObject([
    { revision: 0n, type: 'A', data: { n: 1 } },
    { revision: 1n, type: 'B' },
  ]);
  const back = [];
  for await (const { event } of client.readAll({ direction: BACKWARDS, fromPosition: END }))
    back.push(event?.type);
  expect(back).toEqual(['B', 'A']);
  const got: unknown[] = [];
  const sub = client.subscribeToAll({ fromPosition: START });
  const marks: string[] = [];
  sub.on('caughtUp', () => marks.push('caughtUp'));
  sub.on('confirmation', () => marks.push('confirmation'));
  for await (const { event } of sub) {
    got.push(event?.type);
    if (got.length === 2) void client.appendToStream('s-2', jsonEvent({ type: 'C', data: {} }), path);
    if (got.length === 3) break;
  }
  await sub.unsubscribe();
  expect(got).toEqual(['A', 'B', 'C']);
  expect(marks).toEqual(['confirmation', 'caughtUp']);
  await client.dispose();
  await server.close();
});
