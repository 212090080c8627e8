import { checkpointStoreConformance, leaseStoreConformance } from '@cloud-kassa/event-store/conformance';
import { SAMPLE_EVENT } from '../appended.testing';
import type { EsdbStore } from '../esdb-store';
import { failure, given, openOn, startServer, strangerOn } from '../test-server.testing';

/** Two stores on one server. */
const openTwice = async (): Promise<readonly [EsdbStore, EsdbStore, () => Promise<void>]> => {
  const server = await startServer();
  const [one, other] = [await openOn(server), await openOn(server)];
  const close = async (): Promise<void> => {
    await one.close();
    await other.close();
    await server.close();
  };
  return [one, other, close];
};

leaseStoreConformance({
  name: 'a database of EventStoreDB',
  open: async () => {
    const [one, other, close] = await openTwice();
    return { stores: [one.work.leases, other.work.leases], close };
  },
});

checkpointStoreConformance({
  name: 'a database of EventStoreDB',
  open: async () => {
    const [one, other, close] = await openTwice();
    return { stores: [one.work.checkpoints, other.work.checkpoints], close };
  },
});

describe('the streams of work', () => {
  it('are cut by the server to their last event', async () => {
    const server = await startServer();
    const store = await openOn(server);
    let [seen] = await given(store.work.leases.read());
    for (let beats = 0; beats < 5; beats += 1) {
      await given(store.work.leases.beat([{ shard: 3, seen }], 'a'));
      [seen] = await given(store.work.leases.read());
      await given(store.work.checkpoints.save('payments', String(beats)));
    }
    expect(seen).toEqual({ shard: 3, owner: 'a', beat: 5 });
    const stranger = strangerOn(server);
    for (const stream of ['lease-3', 'checkpoint-payments']) {
      const revisions: bigint[] = [];
      for await (const { event } of stranger.readStream(stream)) revisions.push(event?.revision ?? -1n);
      expect(revisions).toEqual([4n]);
    }
    await stranger.dispose();
    await store.close();
    await server.close();
  });

  it('are no events of the store: they are in no read, do not move the head, and nobody can append to them', async () => {
    const server = await startServer();
    const store = await openOn(server);
    await given(store.work.leases.beat([{ shard: 3, seen: undefined }], 'a'));
    await given(store.work.checkpoints.save('payments', '1/1'));
    for await (const item of store.readAll()) expect(item).toBeUndefined();
    for await (const item of store.subscribeAll()) {
      expect(item).toMatchObject({ _tag: 'CaughtUp' });
      break;
    }
    for (const stream of ['lease-3', 'checkpoint-payments'])
      expect(await failure(store.append(stream, 'no-stream', [SAMPLE_EVENT]))).toMatchObject({
        rule: 'stream-name',
      });
    await store.close();
    await server.close();
  });

  it('answer that they are unavailable when the server is away or the store is closed, and for shards that are not kept', async () => {
    const server = await startServer();
    const store = await openOn(server, { deadline: 300, attempt: 100 });
    const beat = store.work.leases.beat([{ shard: 0, seen: undefined }], 'a');
    expect(await failure(store.work.leases.beat([{ shard: 64, seen: undefined }], 'a'))).toMatchObject({
      why: 'leases are kept of the shards below 64',
    });
    await server.close();
    expect(await failure(beat)).toMatchObject({ _tag: 'LeasesUnavailable' });
    expect(await failure(store.work.leases.read())).toMatchObject({ _tag: 'LeasesUnavailable' });
    expect(await failure(store.work.checkpoints.load('a'))).toMatchObject({ _tag: 'WorkUnavailable' });
    expect(await failure(store.work.checkpoints.save('a', '1/1'))).toMatchObject({ _tag: 'WorkUnavailable' });
    await store.close();
    expect(await failure(beat)).toEqual({ _tag: 'LeasesUnavailable', why: 'the store is closed' });
    expect(await failure(store.work.checkpoints.load('a'))).toMatchObject({ why: 'the store is closed' });
  });
});
