import type { EsdbTestServer } from '@cloud-kassa/event-store-esdb-testserver';
import { jsonEvent } from '@eventstore/db-client';
import { appended, batch, eventsOf, placesOf, write } from './appended.testing';
import type { EsdbStore } from './esdb-store';
import { failure, given, openOn, startServer, STRANGER, strangerOn } from './test-server.testing';

let server: EsdbTestServer;
let store: EsdbStore;
beforeEach(async () => {
  server = await startServer();
  store = await openOn(server, { deadline: 1_500, attempt: 200 });
});
afterEach(async () => {
  await store.close();
  await server.close();
});

const everything = async (): Promise<ReadonlyArray<string>> => placesOf(await eventsOf(store.readAll()));

describe('an append to a server', () => {
  it('pitfall 1: that never answers is an unknown outcome, and its calls are over', async () => {
    server.faults.set({ on: 'append', times: 'all', fault: { do: 'silence' } });
    expect(await failure(store.append('receipt-1', 'no-stream', batch('receipt-1').events))).toMatchObject({
      _tag: 'OutcomeUnknown',
    });
    expect(store.statistics()).toMatchObject({ openCalls: 0 });
    expect(store.statistics().unknown).toBe(store.statistics().attempts);
    await server.calls.until((calls) => calls.of('append').open === 0);
  });

  it.each([
    ['commits and then drops the connection', { do: 'drop', at: 'after' }],
    ['drops the connection and commits nothing', { do: 'drop', at: 'before' }],
    ['commits and never answers', { do: 'silence', at: 'after' }],
    ['commits and answers nothing with status OK', { do: 'end', at: 'after' }],
    ['says that its own time was over', { do: 'refuse', as: 'timed-out', at: 'before' }],
    ['commits and says that its own time was over', { do: 'refuse', as: 'timed-out', at: 'after' }],
    ['commits and says something that is not known', { do: 'refuse', as: 'unknown', at: 'after' }],
  ] as const)('pitfall 2: that %s is repeated, and there is exactly one copy', async (_, fault) => {
    server.faults.set({ on: 'append', stream: 'receipt-', fault });
    const answer = await write(store, 'receipt-1', 3);
    expect(await everything()).toEqual(['receipt-1@0', 'receipt-1@1', 'receipt-1@2']);
    expect(answer).toEqual({ _tag: 'Appended', revision: 2, position: await given(store.head()) });
    expect(store.statistics()).toMatchObject({ attempts: 2, unknown: 1 });
  });

  it('pitfall 3: where another was faster before the repetition is a conflict', async () => {
    server.faults.set({ on: 'append', stream: 'receipt-', fault: { do: 'drop' } });
    server.faults.set({ on: 'append', stream: 'receipt-', nth: 2, fault: { do: 'foreign-append' } });
    const answer = await given(
      store.append('receipt-1', 'no-stream', batch('receipt-1', { size: 2 }).events),
    );
    expect(answer).toEqual({ _tag: 'Conflict', actual: 0 });
    expect(server.count()).toBe(1);
  });

  it('pitfall 3: where another wrote behind what was committed is no conflict', async () => {
    server.faults.set({ on: 'append', stream: 'receipt-', fault: { do: 'foreign-append', at: 'after' } });
    server.faults.set({ on: 'append', stream: 'receipt-', fault: { do: 'drop', at: 'after' } });
    expect(await write(store, 'receipt-1', 2)).toMatchObject({ revision: 1 });
    expect(server.count()).toBe(3);
  });

  it('pitfall 4: goes on when another store of the process loses its connection or is closed', async () => {
    const sibling = await openOn(server, { deadline: 1_500, attempt: 200 });
    server.faults.set({ on: 'append', stream: 'broken-', times: 'all', fault: { do: 'drop', at: 'after' } });
    const broken = Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        sibling.append(`broken-${index}`, 'no-stream', batch(`broken-${index}`).events)(),
      ),
    );
    const answers = Promise.all(Array.from({ length: 50 }, (_, index) => write(store, `receipt-${index}`)));
    await sibling.close();
    expect(await answers).toHaveLength(50);
    expect(await broken).toHaveLength(10);
    expect(store.statistics()).toMatchObject({ attempts: 50, unknown: 0 });
  });

  it('pitfall 11: is answered as the first time also when the head has moved on since', async () => {
    const first = batch('receipt-1', { size: 2 });
    const answer = await appended(store, 'receipt-1', 'no-stream', first.events);
    await appended(
      store,
      'receipt-1',
      1,
      batch('receipt-1', { label: 'on', after: first.head, size: 3 }).events,
    );
    expect(await appended(store, 'receipt-1', 'no-stream', first.events)).toEqual(answer);
    expect(server.count()).toBe(5);
  });

  it('pitfall 12: of which only a part was written before is a conflict and no crash', async () => {
    const { events } = batch('receipt-1', { size: 3 });
    await appended(store, 'receipt-1', 'no-stream', events.slice(0, 2));
    expect(await given(store.append('receipt-1', 'no-stream', events))).toEqual({
      _tag: 'Conflict',
      actual: 1,
    });
  });

  it('pitfall 13: to a stream that someone deleted is told as a damage, because its numbers go on', async () => {
    await write(store, 'receipt-1', 2);
    const stranger = strangerOn(server);
    await stranger.deleteStream('receipt-1');
    expect(await eventsOf(store.readStream('receipt-1'))).toEqual([]);
    expect(
      await failure(store.append('receipt-1', 'no-stream', batch('receipt-1', { label: 'again' }).events)),
    ).toMatchObject({ _tag: 'Corrupt', revision: 2, why: expect.stringContaining('was deleted') });
    await stranger.dispose();
  });

  it('pitfall 13: to a stream that someone deleted for good names the cause, and so does a read', async () => {
    await write(store, 'receipt-1');
    const stranger = strangerOn(server);
    await stranger.tombstoneStream('receipt-1');
    const gone = { _tag: 'Rejected', rule: 'stream-gone', why: expect.stringContaining('deleted for good') };
    expect(await failure(store.append('receipt-1', 0, batch('receipt-1').events))).toMatchObject(gone);
    const items = [];
    for await (const item of store.readStream('receipt-1')) items.push(item);
    expect(items).toEqual([{ _tag: 'Failed', error: gone }]);
    await stranger.dispose();
  });

  it('pitfall 15: that is not the leader is repeated where the leader is said to be', async () => {
    const { host, port } = server;
    server.faults.set({ on: 'append', times: 2, fault: { do: 'not-leader', host, port } });
    expect(await write(store, 'receipt-1')).toMatchObject({ revision: 0 });
    expect(store.statistics()).toMatchObject({ attempts: 3, unknown: 0 });
  });

  it.each(['not-ready', 'too-busy'] as const)(
    'pitfall 15: that is %s is repeated until it takes it',
    async (as) => {
      server.faults.set({ on: 'append', times: 2, fault: { do: 'refuse', as } });
      expect(await write(store, 'receipt-1')).toMatchObject({ revision: 0 });
      server.faults.set({ on: 'append', times: 'all', fault: { do: 'refuse', as } });
      const answer = await failure(store.append('receipt-2', 'no-stream', batch('receipt-2').events));
      expect(['Unavailable', 'OutcomeUnknown']).toContain(answer._tag);
      expect(server.count()).toBe(1);
    },
  );

  it('pitfall 16: whose clock is wrong by hours goes through, because no batch append is ever used', async () => {
    const batches = server.faults.set({ on: 'append', path: 'batch', times: 'all', fault: { do: 'end' } });
    for (const hours of [-5, 5]) {
      server.skewClock(hours * 3_600_000);
      await write(store, `receipt-${hours + 10}`);
    }
    expect(batches.seen()).toBe(0);
  });

  it('pitfall 19: of more bytes than a limit is rejected at once: ours without a call, that of the server with one', async () => {
    const large = batch('receipt-1', { padding: 1024 * 1024 }).events;
    expect(await failure(store.append('receipt-1', 'no-stream', large))).toMatchObject({ rule: 'too-large' });
    expect(store.statistics().attempts).toBe(0);
    const strict = await startServer({ maxAppendSize: 1_000 });
    const there = await openOn(strict);
    expect(
      await failure(there.append('receipt-1', 'no-stream', batch('receipt-1', { padding: 1_000 }).events)),
    ).toEqual({ _tag: 'Rejected', rule: 'too-large', why: 'the server takes 1000 bytes in an append' });
    expect(there.statistics()).toMatchObject({ attempts: 1, unknown: 0 });
    await there.close();
    await strict.close();
  });
});

describe('what stands in the database', () => {
  it('has JSON data, and metadata under the names that the system projections look for', async () => {
    await write(store, 'receipt-1');
    const stranger = strangerOn(server);
    const seen = [];
    for await (const { event } of stranger.readStream('receipt-1')) seen.push(event);
    expect(seen).toMatchObject([
      {
        type: 'sample.Happened',
        isJson: true,
        data: { index: 0, label: 'only' },
        metadata: {
          $correlationId: 'only',
          $causationId: 'only',
          eventId: batch('receipt-1').events[0]?.eventId,
        },
      },
    ]);
    await stranger.dispose();
  });

  it('pitfall 18: of other programs is passed over in all streams, and is a damage in a stream of ours', async () => {
    await write(store, 'receipt-1');
    const stranger = strangerOn(server);
    const foreign = [
      jsonEvent({ type: 'Foreign', data: { a: 1 } }),
      jsonEvent({ type: 'Foreign', data: { a: 1 }, metadata: { $correlationId: 'x' } }),
      {
        ...jsonEvent({ type: 'Foreign', data: 'x' }),
        contentType: 'application/octet-stream' as const,
        data: Uint8Array.of(255, 0),
      },
    ];
    await stranger.appendToStream('order-1', foreign, STRANGER);
    await stranger.appendToStream('no category at all', foreign, STRANGER);
    await stranger.setStreamMetadata('receipt-1', { cacheControl: 1 }, STRANGER);
    await stranger.appendToStream(
      'link-1',
      [
        {
          ...jsonEvent({ type: '$>', data: 'x' }),
          contentType: 'application/octet-stream' as const,
          data: Buffer.from('7@gone-1'),
        },
      ],
      STRANGER,
    );
    await write(store, 'receipt-2');
    expect(await everything()).toEqual(['receipt-1@0', 'receipt-2@0']);
    await stranger.appendToStream('receipt-2', foreign.slice(0, 1), STRANGER);
    const items = [];
    for await (const item of store.readStream('receipt-2')) items.push(item);
    expect(items).toMatchObject([
      { _tag: 'Events', events: [{ revision: 0 }] },
      { _tag: 'Failed', error: { _tag: 'Corrupt', stream: 'receipt-2', revision: 1 } },
    ]);
    await stranger.dispose();
  });
});
