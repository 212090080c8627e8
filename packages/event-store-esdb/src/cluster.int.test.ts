import type { EsdbTestServer, Operation } from '@cloud-kassa/event-store-esdb-testserver';
import { appended, batch, eventsOf, follow, placesOf, write } from './appended.testing';
import { given, openOn, startServer, strangerOn } from './test-server.testing';

/** Two nodes. Nothing is replicated between them by itself: a test does it where a real cluster would have. */
let nodes: readonly [EsdbTestServer, EsdbTestServer];
beforeEach(async () => {
  nodes = [await startServer(), await startServer()];
  elect(0);
});
afterEach(async () => {
  for (const node of nodes) await node.close();
});

/** What gossip tells from now on, on both. */
const elect = (leader: 0 | 1): void => {
  const members = nodes.map(({ host, port }, node) => ({
    host,
    port,
    state: node === leader ? ('leader' as const) : ('follower' as const),
  }));
  for (const { setMembers } of nodes) setMembers(members);
};

/** The second gets all that the first has. */
const replicate = async (): Promise<void> => {
  const [from, to] = nodes;
  const reader = strangerOn(from);
  const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8');
  for await (const { event } of reader.readAll()) {
    if (event === undefined) continue;
    const { id, type, isJson: json, data, metadata, streamId, revision } = event;
    to.append(
      streamId,
      [{ id, type, json, data: bytes(data), metadata: bytes(metadata) }],
      revision === 0n ? 'no_stream' : revision - 1n,
    );
  }
  await reader.dispose();
};

/** The first refuses what wants the leader, and names the second. */
const stepDown = (): void => {
  const [old, { host, port }] = nodes;
  const ofLeader: ReadonlyArray<Operation> = ['append', 'read-all', 'read-stream'];
  for (const on of ofLeader) old.faults.set({ on, times: 'all', fault: { do: 'not-leader', host, port } });
};

const addresses = (): string => nodes.map(({ host, port }) => `${host}:${port}`).join(',');
const settings = { deadline: 5_000, attempt: 300, liveness: 100, silence: 200 };

describe('a cluster whose leader changes', () => {
  it('is connected to by its leader, whichever node that is', async () => {
    elect(1);
    const connectionString = `esdb://${addresses()}?tls=false`;
    const store = await openOn({ connectionString }, settings);
    await write(store, 'receipt-1');
    expect(nodes.map(({ count }) => count())).toEqual([0, 1]);
    await store.close();
  });

  it.each([
    ['one node', () => `esdb://${nodes[0].host}:${nodes[0].port}?tls=false`],
    ['all of them', () => `esdb://${addresses()}?tls=false`],
    ['a name for all', () => `esdb+discover://${nodes[0].host}:${nodes[0].port}?tls=false`],
  ])(
    'pitfall 15: appends, reads and subscriptions go on at the leader that the old one names (given %s)',
    async (_, connectionString) => {
      const store = await openOn({ connectionString: connectionString() }, settings);
      const follower = follow(store.subscribeAll());
      await write(store, 'receipt-1', 3);
      await follower.untilEvents(3);
      await replicate();
      elect(1);
      stepDown();
      const { events, head } = batch('receipt-1', { size: 3 });
      expect(await given(store.append('receipt-1', 'no-stream', events))).toMatchObject({ revision: 2 });
      await appended(store, 'receipt-1', 2, batch('receipt-1', { label: 'more', after: head }).events);
      await follower.untilEvents(4);
      expect(placesOf(follower.events)).toEqual([0, 1, 2, 3].map((revision) => `receipt-1@${revision}`));
      expect(placesOf(await eventsOf(store.readStream('receipt-1')))).toHaveLength(4);
      expect(await given(store.work.leases.beat([{ shard: 1, seen: undefined }], 'a'))).toEqual([1]);
      expect(nodes[0].count()).toBe(3);
      await follower.leave();
      await store.close();
    },
  );

  it('finds the new leader by gossip when the old one is gone, and the answer to an append with it', async () => {
    const connectionString = `esdb://${addresses()}?tls=false&maxDiscoverAttempts=1`;
    const store = await openOn({ connectionString }, settings);
    const follower = follow(store.subscribeAll());
    await write(store, 'receipt-1');
    await follower.untilEvents(1);
    // Written and replicated, and then the leader dies before it can answer.
    const held = nodes[0].faults.set({ on: 'append', fault: { do: 'hold', at: 'after' } });
    const append = store.append('receipt-2', 'no-stream', batch('receipt-2').events)();
    await held.strike(1);
    await replicate();
    elect(1);
    await nodes[0].kill();
    expect(await given(() => append)).toMatchObject({ _tag: 'Appended', revision: 0 });
    await write(store, 'receipt-3');
    await follower.untilEvents(3);
    expect(placesOf(follower.events)).toEqual(['receipt-1@0', 'receipt-2@0', 'receipt-3@0']);
    await follower.leave();
    await store.close();
  });

  it('that lost what it had acknowledged is told to those who go on behind it', async () => {
    const connectionString = `esdb://${addresses()}?tls=false&maxDiscoverAttempts=1`;
    const store = await openOn({ connectionString }, settings);
    await write(store, 'receipt-1', 3);
    const { position } = await write(store, 'receipt-2', 3);
    elect(1);
    await nodes[0].kill();
    const items = [];
    for await (const item of store.subscribeAll({ after: position })) items.push(item);
    expect(items).toMatchObject([{ _tag: 'Failed', error: { _tag: 'Rejected', rule: 'position' } }]);
    await store.close();
  });
});
