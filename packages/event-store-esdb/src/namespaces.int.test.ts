import type { EsdbTestServer } from '@cloud-kassa/event-store-esdb-testserver';
import * as TE from 'fp-ts/TaskEither';
import { eventsOf, follow, placesOf, write } from './appended.testing';
import type { EsdbStore } from './esdb-store';
import { given, openOn, startServer } from './test-server.testing';

/** The first has none. */
const NAMESPACES = [undefined, 'demo', 'demo2'];

let server: EsdbTestServer;
let stores: ReadonlyArray<EsdbStore>;
beforeEach(async () => {
  server = await startServer();
  stores = await Promise.all(NAMESPACES.map((namespace) => openOn(server, { namespace })));
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await server.close();
});

describe('stores that share a database, one of them without a namespace', () => {
  it('read none but their own events, the same names included', async () => {
    for (const [number, store] of stores.entries()) {
      await write(store, 'receipt-1', number + 1);
      await write(store, `receipt-of-${number}`);
    }
    for (const [number, store] of stores.entries()) {
      const own = [
        ...Array.from({ length: number + 1 }, (_, revision) => `receipt-1@${revision}`),
        `receipt-of-${number}@0`,
      ];
      const filter = { prefixes: ['receipt-'] };
      expect(placesOf(await eventsOf(store.readAll()))).toEqual(own);
      expect(placesOf(await eventsOf(store.readAll({ filter })))).toEqual(own);
      expect(placesOf(await eventsOf(store.readAll({ direction: 'backwards' })))).toEqual(own.toReversed());
      expect(placesOf(await eventsOf(store.readStream('receipt-1')))).toEqual(own.slice(0, -1));
    }
  });

  it.each([
    ['everything', {}],
    ['prefixes', { filter: { prefixes: ['receipt-', 'd'] } }],
  ])('subscribe to %s of their own only', async (_, how) => {
    const followers = stores.map((store) => follow(store.subscribeAll(how)));
    for (const follower of followers) await follower.untilCaughtUp();
    for (const store of stores) await write(store, 'receipt-1', 3);
    for (const store of stores) await write(store, 'receipt-2');
    for (const follower of followers) {
      await follower.untilEvents(4);
      await follower.untilCaughtUp();
      expect(placesOf(follower.events)).toEqual(['receipt-1@0', 'receipt-1@1', 'receipt-1@2', 'receipt-2@0']);
      await follower.leave();
    }
  });

  it('have heads and marks that the others do not move', async () => {
    for (const [number, store] of stores.entries()) {
      const { position } = await write(store, 'receipt-1');
      const follower = follow(store.subscribeAll());
      expect(await follower.untilCaughtUp()).toBe(position);
      for (const other of stores) if (other !== store) await write(other, `noise-${number}`, 50);
      expect(await given(store.head())).toBe(position);
      const anew = follow(store.subscribeAll({ filter: { prefixes: ['receipt-'] } }));
      expect(await anew.untilCaughtUp()).toBe(position);
      await anew.leave();
      // The next mark is that of the next event of their own.
      const next = await write(store, 'receipt-2');
      expect(await follower.untilCaughtUp()).toBe(next.position);
      await follower.leave();
    }
  });

  it('have no head before their first event, under however much of others', async () => {
    const [, demo, demo2] = stores;
    if (demo === undefined || demo2 === undefined) throw new Error('A store is missing.');
    for (let stream = 0; stream < 3; stream += 1) await write(demo, `noise-${stream}`, 500);
    expect(await given(demo2.head())).toBeUndefined();
    for (let stream = 3; stream < 6; stream += 1) await write(demo, `noise-${stream}`, 500);
    expect(await given(demo2.head())).toBeUndefined();
    const { position } = await write(demo2, 'receipt-1');
    expect(await given(demo2.head())).toBe(position);
    const latecomer = await openOn(server, { namespace: 'demo2' });
    for (let stream = 6; stream < 9; stream += 1) await write(demo, `noise-${stream}`, 500);
    // Buried: the head may be told to be later than it is, never earlier.
    const head = await given(latecomer.head());
    expect(latecomer.comparePositions(head ?? '', position)).not.toBe(-1);
    await latecomer.close();
  });

  it('have leases, checkpoints and groups of consumers of their own', async () => {
    const group = { name: 'letters', version: 1, prefixes: ['receipt-', 'demo'] };
    const end = new AbortController();
    const seen = stores.map((): string[] => []);
    const consuming = stores.map((store, number) =>
      store.groups.consume(group, {
        signal: end.signal,
        handle: ({ stream, revision }) => TE.fromIO(() => void seen[number]?.push(`${stream}@${revision}`)),
      })(),
    );
    for (const [number, store] of stores.entries()) {
      await write(store, 'receipt-1', number + 1);
      expect(await given(store.work.leases.beat([{ shard: 1, seen: undefined }], 'a'))).toEqual([1]);
      await given(store.work.checkpoints.save('letters', `${number}/${number}`));
    }
    for (const [number, store] of stores.entries()) {
      expect(await given(store.work.checkpoints.load('letters'))).toBe(`${number}/${number}`);
      for (;;) {
        const state = await given(store.groups.state(group));
        if (seen[number]?.length === number + 1 && state?.outstanding === 0) break;
      }
      expect(await given(store.groups.parked(group))).toEqual([]);
    }
    end.abort();
    await Promise.all(consuming);
    expect(seen).toEqual([
      ['receipt-1@0'],
      ['receipt-1@0', 'receipt-1@1'],
      ['receipt-1@0', 'receipt-1@1', 'receipt-1@2'],
    ]);
  });
});
