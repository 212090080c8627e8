import type { EventStoreDBClient } from '@eventstore/db-client';
import { END, jsonEvent, START } from '@eventstore/db-client';
import { seededKernel } from '@cloud-kassa/runtime';
import { followed } from '../read/followed.testing';
import { CLASSIC, clientOf, started } from '../server/server.testing';
import type { EsdbTestServer } from '../server/start-server';
import type { Fault } from './fault-rule';

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
const append = (n: number, expectedRevision: bigint | 'no_stream' | 'any' = 'any', stream = 's-1') =>
  client.appendToStream(stream, event(n), { ...CLASSIC, expectedRevision });
const read = async (stream = 's-1'): Promise<ReadonlyArray<unknown>> => {
  const found: Array<unknown> = [];
  for await (const { event: stored } of client.readStream(stream))
    found.push((stored?.data as { n?: number } | undefined)?.n);
  return found;
};

describe('an append', () => {
  test('dropped before it is done: unavailable, and nothing is there', async () => {
    server.faults.set({ on: 'append', fault: { do: 'drop' } });
    await expect(append(0)).rejects.toMatchObject({ type: 'unavailable' });
    expect(server.count()).toBe(0);
    await append(0, 'no_stream');
    expect(await read()).toEqual([0]);
  });

  test('dropped after it is done: unavailable, and the same append again succeeds with one copy', async () => {
    server.faults.set({ on: 'append', fault: { do: 'drop', at: 'after' } });
    await expect(append(0, 'no_stream')).rejects.toMatchObject({ type: 'unavailable' });
    expect(await append(0, 'no_stream')).toMatchObject({ nextExpectedRevision: 0n });
    expect(await read()).toEqual([0]);
  });

  test('a foreign writer before it', async () => {
    server.faults.set({ on: 'append', fault: { do: 'foreign-append', type: 'Foreign' } });
    await expect(append(0, 'no_stream')).rejects.toMatchObject({ actualVersion: 0n });
  });

  test('a foreign writer after it, and one in another stream', async () => {
    server.faults.set({ on: 'append', fault: { do: 'foreign-append', at: 'after' } });
    server.faults.set({ on: 'append', fault: { do: 'foreign-append', stream: 's-2', at: 'after' } });
    await append(0, 'no_stream');
    await expect(append(1, 0n)).rejects.toMatchObject({ actualVersion: 1n });
    expect(await read('s-2')).toEqual([undefined]);
  });

  test('lost answer, then a foreign writer: the repetition still finds its own events', async () => {
    server.faults.set({ on: 'append', fault: { do: 'drop', at: 'after' } });
    server.faults.set({ on: 'append', nth: 2, fault: { do: 'foreign-append' } });
    await expect(append(0, 'no_stream')).rejects.toMatchObject({ type: 'unavailable' });
    expect(await append(0, 'no_stream')).toMatchObject({ nextExpectedRevision: 0n });
    await expect(append(1, 0n)).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 1n });
  });

  test('never answered: the deadline of the client; done or not as the fault says', async () => {
    server.faults.set({ on: 'append', fault: { do: 'silence' } });
    server.faults.set({ on: 'append', nth: 2, fault: { do: 'silence', at: 'after' } });
    const late = { type: 'deadline-exceeded' };
    const hurried = (n: number) => client.appendToStream('s-1', event(n), { ...CLASSIC, deadline: 50 });
    await expect(hurried(0)).rejects.toMatchObject(late);
    expect(server.count()).toBe(0);
    await expect(hurried(1)).rejects.toMatchObject(late);
    expect(server.count()).toBe(1);
    await server.calls.until(({ open }) => open() === 0);
    expect(server.calls.of('append')).toEqual({ started: 2, open: 0, cancelled: 2 });
  });

  test.each([
    ['not-ready', 'unavailable', 'unknown'],
    ['too-busy', 'unavailable', 'unknown'],
    ['unavailable', 'unavailable', 'unknown'],
    ['timed-out', 'timeout', 'deadline-exceeded'],
    ['deadline-exceeded', 'deadline-exceeded', 'deadline-exceeded'],
    ['access-denied', 'access-denied', 'access-denied'],
    ['unknown', 'unknown', 'unknown'],
  ] as const)('refused as %s: %s, and %s on the batch path', async (as, classic, batch) => {
    server.faults.set({ on: 'append', times: 'all', fault: { do: 'refuse', as } });
    await expect(append(0)).rejects.toMatchObject({ type: classic });
    await expect(client.appendToStream('s-1', event(0))).rejects.toMatchObject({ type: batch });
    expect(server.count()).toBe(0);
  });

  test('refused after it is done', async () => {
    server.faults.set({ on: 'append', fault: { do: 'refuse', as: 'timed-out', at: 'after' } });
    await expect(append(0)).rejects.toMatchObject({ type: 'timeout' });
    expect(server.count()).toBe(1);
  });

  test('not the leader: the client is told who is, and goes there', async () => {
    const leader = await started();
    const fault: Fault = { do: 'not-leader', host: leader.host, port: leader.port };
    server.faults.set({ on: 'append', times: 'all', fault });
    await expect(append(0)).rejects.toMatchObject({
      type: 'not-leader',
      leader: { address: leader.host, port: leader.port },
    });
    await append(0);
    expect([server.count(), leader.count()]).toEqual([0, 1]);
    await client.dispose();
    await leader.close();
  });

  test('held until it is released', async () => {
    const held = server.faults.set({ on: 'append', fault: { do: 'hold' } });
    const slow = append(0);
    await held.strike();
    await append(1);
    expect(await read()).toEqual([1]);
    held.release();
    await slow;
    expect(await read()).toEqual([1, 0]);
  });

  test('answered with OK and nothing: on the batch path the stream of appends ends', async () => {
    server.faults.set({ on: 'append', path: 'batch', fault: { do: 'end' } });
    const other = clientOf(server);
    const settled = jest.fn();
    void other.appendToStream('s-1', event(0)).then(settled, settled);
    await server.calls.until(({ of }) => of('append').started === 1);
    await append(1);
    void other.appendToStream('s-1', event(2)).then(settled, settled);
    await append(3);
    expect(settled).not.toHaveBeenCalled();
    expect(await read()).toEqual([1, 3]);
  });
});

test('a wait is by the clock of the server', async () => {
  const kernel = seededKernel('slow');
  const slow = await started({ runtime: kernel.runtime({ label: 'server' }) });
  const patient = clientOf(slow);
  const fault = slow.faults.set({ on: 'append', fault: { do: 'wait', milliseconds: 60_000 } });
  const appended = patient.appendToStream('s-1', event(0));
  await fault.strike();
  await kernel.run({ until: 59_999 });
  expect(slow.count()).toBe(0);
  await kernel.run({ until: 60_000 });
  await appended;
  await patient.dispose();
  await slow.close();
});

describe('which calls', () => {
  test('the how many-th, every so many-th, so often', async () => {
    const fault = server.faults.set({
      on: 'append',
      nth: 2,
      every: 3,
      times: 2,
      fault: { do: 'refuse', as: 'unavailable' },
    });
    const outcomes: Array<boolean> = [];
    for (let n = 0; n < 9; n += 1) {
      outcomes.push(
        await append(n).then(
          () => true,
          () => false,
        ),
      );
    }
    expect(outcomes).toEqual([true, false, true, true, false, true, true, true, true]);
    expect([fault.seen(), fault.struck()]).toEqual([9, 2]);
  });

  test('of one stream, of one path, of one operation', async () => {
    server.faults.set({
      on: 'append',
      stream: 'a-',
      times: 'all',
      fault: { do: 'refuse', as: 'unavailable' },
    });
    server.faults.set({
      on: 'append',
      path: 'batch',
      times: 'all',
      fault: { do: 'refuse', as: 'access-denied' },
    });
    await append(0, 'any', 'b-1');
    await expect(append(0, 'any', 'a-1')).rejects.toMatchObject({ type: 'unavailable' });
    await expect(client.appendToStream('b-1', event(1))).rejects.toMatchObject({ type: 'access-denied' });
    expect(await read('b-1')).toEqual([0]);
  });

  test('a rule that is removed, and all that are cleared, strike no more', async () => {
    const fault = server.faults.set({ on: 'any', times: 'all', fault: { do: 'refuse', as: 'unavailable' } });
    await expect(append(0)).rejects.toMatchObject({ type: 'unavailable' });
    fault.remove();
    await append(0);
    server.faults.set({ on: 'any', times: 'all', fault: { do: 'refuse', as: 'unavailable' } });
    server.faults.clear();
    await append(1);
  });
});

describe('reads and subscriptions', () => {
  beforeEach(async () => {
    for (const n of [0, 1, 2, 3, 4]) await append(n);
  });

  test('a read that ends early, breaks, or is refused in the middle', async () => {
    server.faults.set({ on: 'read-stream', fault: { do: 'end', at: 2 } });
    expect(await read()).toEqual([0, 1]);
    server.faults.set({ on: 'read-stream', fault: { do: 'drop', at: 2 } });
    await expect(read()).rejects.toMatchObject({ type: 'unavailable' });
    server.faults.set({ on: 'read-stream', fault: { do: 'refuse', as: 'unavailable', at: 3 } });
    await expect(read()).rejects.toMatchObject({ type: 'unavailable' });
    expect(await read()).toEqual([0, 1, 2, 3, 4]);
  });

  test('a read that falls silent lasts until it is cancelled', async () => {
    server.faults.set({ on: 'read-stream', fault: { do: 'silence', at: 2 } });
    const reading = client.readStream('s-1');
    const got: Array<unknown> = [];
    for await (const { event: stored } of reading) {
      got.push(stored?.revision);
      if (got.length === 2) break;
    }
    expect(server.calls.of('read-stream').open).toBe(1);
    await reading.cancel();
    await server.calls.until(({ of }) => of('read-stream').open === 0);
  });

  test('a subscription that ends with OK in the middle ends, and can be taken up again', async () => {
    server.faults.set({ on: 'subscribe-all', fault: { do: 'end', at: 3 } });
    const first = followed().of(client.subscribeToAll({ fromPosition: START }));
    await first.ended;
    expect(first.numbers()).toEqual([0, 1, 2]);
    const from = first.positions.at(-1) ?? START;
    const second = followed().of(client.subscribeToAll({ fromPosition: from }));
    await second.until(4);
    expect(second.numbers()).toEqual([3, 4]);
    await second.close();
  });

  test('a subscription whose connection breaks fails', async () => {
    const subscription = followed().of(client.subscribeToStream('s-1', { fromRevision: END }));
    await subscription.until('caughtUp');
    expect(server.connections.dropAll()).toBe(1);
    await expect(subscription.failed).resolves.toMatchObject({ type: 'unavailable' });
  });

  test('a subscription that is not confirmed', async () => {
    const fault = server.faults.set({ on: 'subscribe-all', fault: { do: 'silence' } });
    const silent = client.subscribeToAll();
    const confirmed = jest.fn();
    silent.on('confirmation', confirmed);
    await fault.strike();
    expect(await read()).toEqual([0, 1, 2, 3, 4]);
    expect(confirmed).not.toHaveBeenCalled();
    await silent.unsubscribe();
  });
});

test('other calls: features, gossip, deletes', async () => {
  server.faults.set({ on: 'features', fault: { do: 'refuse', as: 'not-ready' } });
  await expect(client.appendToStream('s-1', event(0))).rejects.toMatchObject({ code: 14 });
  await append(0);
  server.faults.set({ on: 'delete', fault: { do: 'drop', at: 'after' } });
  await expect(client.deleteStream('s-1')).rejects.toMatchObject({ type: 'unavailable' });
  await expect(read()).rejects.toMatchObject({ type: 'stream-not-found' });
  server.faults.set({ on: 'tombstone', fault: { do: 'refuse', as: 'not-ready' } });
  await expect(client.tombstoneStream('s-1')).rejects.toMatchObject({ type: 'unavailable' });
});

test('a server that is frozen answers nothing, pings neither; thawed it goes on', async () => {
  const freezable = await started({ freezable: true });
  const other = clientOf(freezable);
  await other.appendToStream('s-1', event(0), CLASSIC);
  expect(freezable.connections.freeze()).toBe(true);
  await expect(other.appendToStream('s-1', event(1), { ...CLASSIC, deadline: 50 })).rejects.toMatchObject({
    type: 'deadline-exceeded',
  });
  expect(freezable.count()).toBe(1);
  freezable.connections.thaw();
  await other.appendToStream('s-1', event(2), CLASSIC);
  const subscription = followed().of(other.subscribeToAll());
  await subscription.until('caughtUp');
  expect(freezable.connections.dropAll()).toBe(1);
  await expect(subscription.failed).resolves.toMatchObject({ type: 'unavailable' });
  await other.appendToStream('s-1', event(3), CLASSIC);
  await other.dispose();
  await freezable.close();
  expect(server.connections.freeze()).toBe(false);
});
