import { once } from 'node:events';
import { jsonEvent } from '@eventstore/db-client';
import * as E from 'fp-ts/Either';
import { runtime, startServer } from '../test-server.testing';
import { settled } from './client-failure';
import { parseConnectionString, type EsdbAddress } from './connection-string';
import { safeClient } from './safe-client';

const addressOf = (connectionString: string): EsdbAddress => {
  const address = parseConnectionString(connectionString);
  if (E.isLeft(address)) throw new Error(address.left.why);
  return address.right;
};

describe('the client', () => {
  it('tells that nothing was sent where its channel is closed in the very moment of a call', async () => {
    const server = await startServer();
    const safe = safeClient(addressOf(server.connectionString), {});
    const append = () => settled(() => safe.client.appendToStream('a-1', jsonEvent({ type: 'A', data: {} })));
    expect(await append()).toMatchObject({ _tag: 'Right' });
    (await safe.client['getChannel']()).close();
    expect(await append()).toMatchObject({ left: { _tag: 'NotSent', passing: true } });
    // By that it has noticed, and makes another.
    expect(await append()).toMatchObject({ _tag: 'Right' });
    safe.close();
    expect(await append()).toMatchObject({ left: { _tag: 'NotSent' } });
    await server.close();
  });

  it('cancels what is open when it is closed: appends, reads, subscriptions, and the question what the server can', async () => {
    const server = await startServer();
    server.faults.set({ on: 'any', times: 'all', fault: { do: 'silence' } });
    const safe = safeClient(addressOf(server.connectionString), {});
    const pending = [
      settled(() => safe.client.appendToStream('a-1', jsonEvent({ type: 'A', data: {} }))),
      settled(() => safe.client.getPersistentSubscriptionToAllInfo('a')),
    ];
    const read = safe.client.readAll().on('error', () => undefined);
    const subscription = safe.client.subscribeToAll().on('error', () => undefined);
    await server.calls.until((calls) => calls.open() === 4);
    expect(safe.openCalls()).toBe(4);
    safe.close();
    expect(await Promise.all(pending)).toMatchObject([{ _tag: 'Left' }, { _tag: 'Left' }]);
    await server.calls.until((calls) => calls.open() === 0);
    expect(safe.openCalls()).toBe(0);
    read.destroy();
    subscription.destroy();
    await server.close();
  });

  it('keeps nothing of reads and subscriptions that were left, wherever they were left', async () => {
    const server = await startServer();
    const safe = safeClient(addressOf(server.connectionString), {});
    const events = Array.from({ length: 50 }, () => jsonEvent({ type: 'A', data: {} }));
    await safe.client.appendToStream('a-1', events);
    const turns = async (count: number): Promise<void> => {
      for (let turn = 0; turn < count; turn += 1) await runtime.sleep(0);
    };
    for (const highWaterMark of [1, 2, 64])
      for (const maxCount of [1, 2, 5])
        for (const later of [0, 1, 3]) {
          const how = { highWaterMark };
          for (const stream of [
            safe.client.readAll({ maxCount }, how),
            safe.client.readStream('a-1', { maxCount }, how),
            safe.client.subscribeToAll({}, how),
          ]) {
            await once(stream, 'readable');
            stream.read();
            await turns(later);
            void ('cancel' in stream ? stream.cancel() : stream.unsubscribe());
            stream.destroy();
          }
        }
    await server.calls.until((calls) => calls.open() === 0);
    // What the server ended ends here a little later.
    for (let tries = 0; tries < 100 && safe.client['disposableStreams'].size > 0; tries += 1) await turns(10);
    expect(safe.client['disposableStreams'].size).toBe(0);
    expect(safe.openCalls()).toBe(0);
    safe.close();
    await server.close();
  });

  it('has a connection of its own, so that those of others do not use up its 100 calls', async () => {
    const server = await startServer({ maxConcurrentStreams: 10 });
    const clients = [1, 2, 3].map(() => safeClient(addressOf(server.connectionString), {}));
    const subscriptions = clients.flatMap(({ client }) =>
      Array.from({ length: 9 }, () => client.subscribeToAll().on('error', () => undefined)),
    );
    await server.calls.until((calls) => calls.of('subscribe-all').open === 27);
    expect(clients.map(({ openCalls }) => openCalls())).toEqual([9, 9, 9]);
    for (const client of clients) client.close();
    for (const subscription of subscriptions) subscription.destroy();
    await server.close();
  });
});
