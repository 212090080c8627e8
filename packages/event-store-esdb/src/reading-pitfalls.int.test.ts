import type { EsdbTestServer, EsdbTestServerOptions } from '@cloud-kassa/event-store-esdb-testserver';
import { batch, appended, eventsOf, follow, placesOf, write } from './appended.testing';
import type { EsdbStore } from './esdb-store';
import type { EsdbSettings } from './settings';
import { given, openOn, runtime, startServer, STRANGER, strangerOn } from './test-server.testing';
import { jsonEvent } from '@eventstore/db-client';

const open: Array<{ readonly close: () => Promise<void> }> = [];
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

const opened = async (
  settings: Partial<EsdbSettings> = {},
  options: Partial<EsdbTestServerOptions> = {},
): Promise<{ readonly server: EsdbTestServer; readonly store: EsdbStore }> => {
  const server = await startServer(options);
  const store = await openOn(server, settings);
  open.push(server, store);
  return { server, store };
};

const places = (stream: string, size: number): ReadonlyArray<string> =>
  Array.from({ length: size }, (_, revision) => `${stream}@${revision}`);

describe('a read', () => {
  it('pitfall 6: that is left early is cancelled: 150 of them, and the connection takes calls as before', async () => {
    const { server, store } = await opened();
    await appended(store, 'receipt-1', 'no-stream', batch('receipt-1', { size: 1_000 }).events);
    for (let times = 0; times < 50; times += 1) {
      for await (const item of store.readStream('receipt-1')) if (item._tag === 'Events') break;
      for await (const item of store.readAll()) if (item._tag === 'Events') break;
      for await (const item of store.subscribeAll()) if (item._tag === 'Events') break;
    }
    await server.calls.until((calls) => calls.open() === 0);
    expect(store.statistics().openCalls).toBe(0);
    expect(await eventsOf(store.readStream('receipt-1'))).toHaveLength(1_000);
  });

  it('of a few events or of none ends by itself: a server that closes the connection after 1,000 cancelled calls keeps it open', async () => {
    const { server, store } = await opened({ patience: 100 });
    await write(store, 'receipt-1', 3);
    const connections = server.connections.open();
    for (let times = 0; times < 40; times += 1) {
      // As many reads of streams that there are not.
      expect(await given(store.work.leases.read())).toEqual([]);
      const read = (): Promise<unknown> => eventsOf(store.readStream('receipt-1', { limit: 1 }));
      await Promise.all(Array.from({ length: 50 }, read));
      await given(store.head());
    }
    expect(server.connections.open()).toBe(connections);
    await server.calls.until((calls) => calls.open() === 0);
    // This side hears of it a little later.
    for (let tries = 0; tries < 1_000 && store.statistics().openCalls > 0; tries += 1) await runtime.sleep(0);
    expect(store.statistics()).toMatchObject({ openCalls: 0, drops: 0 });
  });

  it.each(['drop', 'end'] as const)(
    'that the server breaks off by "%s" goes on where it was',
    async (fault) => {
      const { server, store } = await opened({ pageSize: 16 });
      await appended(store, 'receipt-1', 'no-stream', batch('receipt-1', { size: 100 }).events);
      server.faults.set({ on: 'read-all', nth: 2, fault: { do: fault, at: 40 } });
      const seen = placesOf(await eventsOf(store.readAll()));
      expect(seen).toEqual(places('receipt-1', 100));
      server.faults.set({ on: 'subscribe-all', fault: { do: fault, at: 40 } });
      const filter = { prefixes: ['receipt-'] };
      expect(placesOf(await eventsOf(store.readAll({ filter })))).toEqual(places('receipt-1', 100));
      server.faults.set({ on: 'read-stream', fault: { do: 'drop', at: 40 } });
      expect(placesOf(await eventsOf(store.readStream('receipt-1')))).toEqual(places('receipt-1', 100));
    },
  );

  it('of a silent server is begun again, and fails when its time is over', async () => {
    const { server, store } = await opened({ silence: 50, deadline: 400, attempt: 100 });
    await write(store, 'receipt-1', 3);
    server.faults.set({ on: 'read-stream', fault: { do: 'silence', at: 1 } });
    expect(placesOf(await eventsOf(store.readStream('receipt-1')))).toEqual(places('receipt-1', 3));
    server.faults.set({ on: 'any', times: 'all', fault: { do: 'silence' } });
    for (const items of [store.readStream('receipt-1'), store.readAll()]) {
      const seen = [];
      for await (const item of items) seen.push(item);
      expect(seen).toMatchObject([{ _tag: 'Failed', error: { _tag: 'Unavailable' } }]);
    }
    await server.calls.until((calls) => calls.open() === 0);
  });
});

describe('a subscription', () => {
  it.each(['end', 'drop'] as const)(
    'pitfall 7: that the server breaks off by "%s" goes on without gap and repetition',
    async (fault) => {
      const { server, store } = await opened();
      for (const at of [0, 1, 50, 120]) server.faults.set({ on: 'subscribe-all', fault: { do: fault, at } });
      const follower = follow(store.subscribeAll());
      for (let stream = 0; stream < 10; stream += 1) await write(store, `receipt-${stream}`, 20);
      await follower.untilEvents(200);
      await write(store, 'receipt-last');
      await follower.untilEvents(201);
      expect(placesOf(follower.events)).toEqual(placesOf(await eventsOf(store.readAll())));
      expect(store.statistics().drops).toBeGreaterThan(0);
      await follower.leave();
    },
  );

  it('pitfall 8: goes on after its connection was frozen, and those who look see that it broke off', async () => {
    const { server, store } = await opened({ silence: 100, liveness: 300 }, { freezable: true });
    await write(store, 'receipt-1');
    const follower = follow(store.subscribeAll({ filter: { prefixes: ['receipt-'] } }));
    await follower.untilCaughtUp();
    server.connections.freeze();
    const news = follower.untilEvents(2);
    server.append('receipt-2', [], 'no_stream');
    while (store.statistics().drops < 2) await runtime.sleep(0);
    server.connections.thaw();
    await write(store, 'receipt-2');
    await news;
    expect(placesOf(follower.events)).toEqual(['receipt-1@0', 'receipt-2@0']);
    await follower.leave();
  });

  it('that brings nothing any more on a living connection is dropped and resumed', async () => {
    const { server, store } = await opened({ liveness: 100 });
    await write(store, 'receipt-1');
    for (const filter of [undefined, { prefixes: ['receipt-'] }]) {
      server.faults.set({ on: 'subscribe-all', fault: { do: 'silence', at: 1 } });
      const follower = follow(store.subscribeAll(filter === undefined ? {} : { filter }));
      await follower.untilEvents(1);
      await write(store, `receipt-2${String(filter === undefined)}`);
      await follower.untilEvents(2);
      await follower.leave();
    }
    expect(store.statistics().drops).toBe(2);
  });

  it('that is not confirmed is dropped and begun again', async () => {
    const { server, store } = await opened({ silence: 50 });
    server.faults.set({ on: 'subscribe-all', times: 2, fault: { do: 'silence' } });
    const follower = follow(store.subscribeAll());
    await write(store, 'receipt-1');
    await follower.untilEvents(1);
    expect(store.statistics().drops).toBe(2);
    await follower.leave();
  });

  it('fails when the server stays away, and can be taken up at its last position', async () => {
    const { server, store } = await opened({ patience: 100 });
    await write(store, 'receipt-1');
    const follower = follow(store.subscribeAll());
    const after = await follower.untilCaughtUp();
    server.faults.set({ on: 'subscribe-all', times: 'all', fault: { do: 'refuse', as: 'unavailable' } });
    server.connections.dropAll();
    expect(await follower.next()).toMatchObject({ _tag: 'Failed', error: { _tag: 'Unavailable' } });
    expect(await follower.next()).toBeUndefined();
    server.faults.clear();
    await write(store, 'receipt-2');
    const next = follow(store.subscribeAll({ after }));
    await next.untilEvents(1);
    expect(placesOf(next.events)).toEqual(['receipt-2@0']);
    await next.leave();
  });

  it('pitfall 9: resumes at positions of which both numbers count, at every event and mark', async () => {
    const { store } = await opened({ searchWindow: 4 }, { origin: 2n ** 54n, explicitTransactions: true });
    for (let index = 0; index < 6; index += 1) {
      await write(store, `other-${index}`, 3);
      await write(store, `receipt-${index}`, 3);
    }
    const filter = { prefixes: ['receipt-'] };
    const all = await eventsOf(store.readAll({ filter }));
    expect(all).toHaveLength(18);
    expect(all.some(({ position }) => new Set(position.split('/')).size === 2)).toBe(true);
    for (const [index, { position }] of all.entries()) {
      const follower = follow(store.subscribeAll({ filter, after: position }));
      const mark = await follower.untilCaughtUp();
      expect(placesOf(follower.events)).toEqual(placesOf(all).slice(index + 1));
      expect(store.comparePositions(mark, position)).not.toBe(-1);
      await follower.leave();
    }
  });

  it('pitfall 10: loses nothing when those who follow fail and come back at their checkpoint', async () => {
    const { store } = await opened({ pageSize: 8 });
    for (let stream = 0; stream < 20; stream += 1) await write(store, `receipt-${stream}`, 5);
    const kept: string[] = [];
    let after: string | undefined;
    let failures = 0;
    while (kept.length < 100) {
      try {
        for await (const item of store.subscribeAll(after === undefined ? {} : { after })) {
          if (item._tag !== 'Events') continue;
          if (failures < 10 && (kept.length + failures) % 3 === 0)
            throw new Error('the checkpoint can not be saved');
          kept.push(...placesOf(item.events));
          after = item.events.at(-1)?.position;
          if (kept.length === 100) break;
        }
      } catch {
        failures += 1;
      }
    }
    expect(kept).toEqual(placesOf(await eventsOf(store.readAll())));
    expect(failures).toBeGreaterThan(0);
  });

  it('moves its mark on while only other programs write, so that nobody has to pass their events twice', async () => {
    const { server, store } = await opened({ mark: 1 });
    await write(store, 'receipt-1');
    const follower = follow(store.subscribeAll());
    const first = await follower.untilCaughtUp();
    const stranger = strangerOn(server);
    await stranger.appendToStream('order-1', jsonEvent({ type: 'Foreign', data: {} }), STRANGER);
    const second = await follower.untilCaughtUp();
    expect(store.comparePositions(first, second)).toBe(-1);
    expect(follower.events).toHaveLength(1);
    await follower.leave();
    await stranger.dispose();
  });

  it('reaches the head of this store, which other programs do not move, unless they bury it', async () => {
    const { server, store } = await opened();
    const stranger = strangerOn(server);
    const foreign = (count: number): Promise<unknown> =>
      stranger.appendToStream(
        'order-1',
        Array.from({ length: count }, () => jsonEvent({ type: 'Foreign', data: {} })),
        STRANGER,
      );
    await foreign(10);
    expect(await given(store.head())).toBeUndefined();
    const { position } = await write(store, 'receipt-1');
    await foreign(100);
    const fresh = await openOn(server);
    expect(await given(store.head())).toBe(position);
    expect(await given(fresh.head())).toBe(position);
    await foreign(1_500);
    const late = await openOn(server);
    const buried = await given(late.head());
    expect(store.comparePositions(buried ?? '', position)).toBe(1);
    expect(await given(store.head())).toBe(buried);
    const follower = follow(late.subscribeAll({ filter: { prefixes: ['receipt-'] } }));
    expect(await follower.untilCaughtUp()).toBe(buried);
    expect(placesOf(follower.events)).toEqual(['receipt-1@0']);
    await follower.leave();
    await fresh.close();
    await late.close();
    await stranger.dispose();
  });

  it('is refused at a position that lies behind the end of the log: it is one of another database', async () => {
    const { store } = await opened();
    await write(store, 'receipt-1');
    const after = `${2n ** 60n}/${2n ** 60n}`;
    const foreign = { _tag: 'Failed', error: { _tag: 'Rejected', rule: 'position' } };
    expect(await follow(store.subscribeAll({ after })).next()).toMatchObject(foreign);
    expect(await follow(store.readAll({ after })).next()).toMatchObject(foreign);
  });
});
