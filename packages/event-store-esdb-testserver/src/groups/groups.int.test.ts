import type {
  EventStoreDBClient,
  PersistentSubscriptionToStreamSettings,
  ResolvedEvent,
} from '@eventstore/db-client';
import {
  jsonEvent,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { clientOf, started } from '../server/server.testing';
import type { EsdbTestServer } from '../server/start-server';
import type { GroupReader } from './group-reader.testing';
import { groupReader } from './group-reader.testing';

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

const write = (stream: string, ...numbers: ReadonlyArray<number>) =>
  client.appendToStream(
    stream,
    numbers.map((n) => jsonEvent({ type: 'N', data: { n } })),
  );
const settings = (given: Partial<PersistentSubscriptionToStreamSettings> = {}) =>
  persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START, ...given });
const consume = (bufferSize = 10): GroupReader =>
  groupReader(client.subscribeToPersistentSubscriptionToStream('s-1', 'g', { bufferSize }));
const seen = (messages: ReadonlyArray<ResolvedEvent>) =>
  messages.map(({ event, ...rest }) => [event?.data, Reflect.get(rest, 'retryCount')]);
const parked = async () =>
  (await client.getPersistentSubscriptionToStreamInfo('s-1', 'g')).stats.parkedMessageCount;

test('messages come in order, once, and go on with what is written later', async () => {
  await write('s-1', 1, 2, 3);
  await client.createPersistentSubscriptionToStream('s-1', 'g', settings());
  const reader = consume();
  const first = await reader.take(3);
  expect(seen(first)).toEqual([
    [{ n: 1 }, 0],
    [{ n: 2 }, 0],
    [{ n: 3 }, 0],
  ]);
  await reader.subscription.ack(...first);
  await write('s-1', 4);
  expect(seen(await reader.take(1))).toEqual([[{ n: 4 }, 0]]);
  await reader.close();
});

test('a group that begins at the end gets only what is new; one that begins at a revision gets that too', async () => {
  await write('s-1', 1, 2, 3);
  await client.createPersistentSubscriptionToStream('s-1', 'g', settings({ startFrom: 'end' }));
  await client.createPersistentSubscriptionToStream('s-1', 'h', settings({ startFrom: 1n }));
  const reader = consume();
  await write('s-1', 4);
  expect(seen(await reader.take(1))).toEqual([[{ n: 4 }, 0]]);
  await reader.close();
  const other = groupReader(client.subscribeToPersistentSubscriptionToStream('s-1', 'h'));
  expect(seen(await other.take(3)).map(([data]) => data)).toEqual([{ n: 2 }, { n: 3 }, { n: 4 }]);
  await other.close();
});

test('a consumer gets no more than its buffer before it acknowledges', async () => {
  await write('s-1', 1, 2, 3);
  await client.createPersistentSubscriptionToStream('s-1', 'g', settings());
  const reader = consume(2);
  const first = await reader.take(2);
  const { connections, stats } = await client.getPersistentSubscriptionToStreamInfo('s-1', 'g');
  expect(connections).toMatchObject([{ availableSlots: 0, inFlightMessages: 2, totalItems: 2n }]);
  expect(stats).toMatchObject({ outstandingMessagesCount: 2, totalItems: 2n, lastKnownEventRevision: 2n });
  await reader.subscription.ack(...first);
  expect(seen(await reader.take(1))).toEqual([[{ n: 3 }, 0]]);
  await reader.close();
});

test('competing consumers share the messages by turns', async () => {
  await client.createPersistentSubscriptionToStream('s-1', 'g', settings());
  const [one, two] = [consume(), consume()];
  await server.calls.until((calls) => calls.of('group-read').open === 2);
  await one.confirmed;
  await two.confirmed;
  await write('s-1', 1, 2, 3, 4);
  const [first, second] = [seen(await one.take(2)), seen(await two.take(2))];
  const both = [...first, ...second].map(([data]) => (data as { readonly n: number }).n);
  expect(both.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
  await one.close();
  await two.close();
});

describe('nack', () => {
  test('retry: it comes again at once, and is parked after as many times as allowed', async () => {
    await write('s-1', 1);
    await client.createPersistentSubscriptionToStream('s-1', 'g', settings({ maxRetryCount: 2 }));
    const reader = consume();
    for (const count of [0, 1, 2]) {
      const messages = await reader.take(1);
      expect(seen(messages)).toEqual([[{ n: 1 }, count]]);
      await reader.subscription.nack('retry', 'again', ...messages);
    }
    await write('s-1', 2);
    expect(seen(await reader.take(1))).toEqual([[{ n: 2 }, 0]]);
    expect(await parked()).toBe(1n);
    await reader.close();
  });

  test.each(['skip', 'stop'] as const)('%s: it is gone', async (action) => {
    await write('s-1', 1, 2);
    await client.createPersistentSubscriptionToStream('s-1', 'g', settings());
    const reader = consume(1);
    const messages = await reader.take(1);
    await reader.subscription.nack(action, 'not for me', ...messages);
    expect(seen(await reader.take(1))).toEqual([[{ n: 2 }, 0]]);
    expect(await parked()).toBe(0n);
    await reader.close();
  });

  test('park: it is put aside as a link with the reason, and comes again by a replay', async () => {
    await write('s-1', 1, 2);
    await client.createPersistentSubscriptionToStream('s-1', 'g', settings());
    const reader = consume();
    const [poison, fine] = await reader.take(2);
    await reader.subscription.nack('park', 'poison', poison ?? {});
    await reader.subscription.ack(fine ?? {});
    await server.calls.until(({ of }) => of('group-ack').started === 1 && of('group-ack').open === 0);
    const links = [];
    for await (const { event } of client.readStream('$persistentsubscription-s-1::g-parked'))
      links.push(event);
    expect(links).toMatchObject([
      { type: '$>', metadata: { reason: "Client explicitly NAK'ed message.\npoison" } },
    ]);
    expect(Buffer.from((links[0]?.data ?? []) as Uint8Array).toString()).toBe('0@s-1');
    await client.replayParkedMessagesToStream('s-1', 'g');
    const replayed = await reader.take(1);
    expect(replayed).toMatchObject([
      { event: { streamId: 's-1', data: { n: 1 } }, link: { type: '$>', id: links[0]?.id } },
    ]);
    expect(await parked()).toBe(0n);
    await reader.subscription.nack('park', 'still poison', ...replayed);
    await write('s-1', 3);
    await reader.take(1);
    expect(await parked()).toBe(1n);
    await reader.close();
  });

  test('a replay may be limited', async () => {
    await write('s-1', 1, 2, 3);
    await client.createPersistentSubscriptionToStream('s-1', 'g', settings());
    const reader = consume();
    await reader.subscription.nack('park', 'later', ...(await reader.take(3)));
    await write('s-1', 4);
    await reader.take(1);
    await client.replayParkedMessagesToStream('s-1', 'g', { stopAt: 2 });
    expect(seen(await reader.take(2))).toEqual([
      [{ n: 1 }, 0],
      [{ n: 2 }, 0],
    ]);
    expect(await parked()).toBe(1n);
    await reader.close();
  });
});

describe('faults', () => {
  beforeEach(async () => {
    await write('s-1', 1, 2);
    await client.createPersistentSubscriptionToStream('s-1', 'g', settings());
  });

  test('an acknowledgement that is lost: the client does not notice, and the message comes again', async () => {
    server.faults.set({ on: 'group-ack', fault: { do: 'silence' } });
    const reader = consume();
    await reader.subscription.ack(...(await reader.take(2)));
    await server.calls.until(({ of }) => of('group-ack').started === 1);
    await reader.close();
    await server.calls.until(({ of }) => of('group-read').open === 0);
    const second = consume();
    expect(seen(await second.take(2))).toEqual([
      [{ n: 1 }, 1],
      [{ n: 2 }, 1],
    ]);
    await second.close();
  });

  test('a connection that breaks with the acknowledgement, before or after it counts', async () => {
    for (const [at, again] of [
      ['before', { n: 1 }],
      ['after', { n: 2 }],
    ] as const) {
      server.faults.set({ on: 'group-ack', fault: { do: 'drop', at } });
      const reader = consume(1);
      await reader.subscription.ack(...(await reader.take(1)));
      await expect(reader.failed).resolves.toMatchObject({ type: 'unavailable' });
      await server.calls.until(({ of }) => of('group-read').open === 0);
      const next = consume(1);
      expect(seen(await next.take(1)).map(([data]) => data)).toEqual([again]);
      await next.close();
      await server.calls.until(({ of }) => of('group-read').open === 0);
    }
  });

  test('a consumer is refused, ended, dropped, or gets no more', async () => {
    server.faults.set({ on: 'group-read', fault: { do: 'refuse', as: 'not-ready' } });
    await expect(consume().failed).resolves.toMatchObject({ type: 'unavailable' });
    server.faults.set({ on: 'group-read', fault: { do: 'end', at: 1 } });
    // `dispose` of this client never returns after that: it waits for its own side of the call to end.
    const ended = groupReader(
      clientOf(server).subscribeToPersistentSubscriptionToStream('s-1', 'g', { bufferSize: 1 }),
    );
    expect(seen(await ended.take(1))).toEqual([[{ n: 1 }, 0]]);
    await ended.ended;
    server.faults.set({ on: 'group-read', fault: { do: 'drop', at: 2 } });
    await expect(consume().failed).resolves.toMatchObject({ type: 'unavailable' });
    server.faults.set({ on: 'group-read', fault: { do: 'silence', at: 1 } });
    const silent = consume(1);
    const [message = {}] = await silent.take(1);
    await silent.subscription.ack(message);
    const other = consume(1);
    await other.take(1);
    await silent.close();
    await other.close();
  });
});

test('what a consumer held when it went away comes to the next one', async () => {
  await write('s-1', 1);
  await client.createPersistentSubscriptionToStream('s-1', 'g', settings());
  const first = consume();
  await first.take(1);
  await first.close();
  await server.calls.until(({ of }) => of('group-read').open === 0);
  const second = consume();
  expect(seen(await second.take(1))).toEqual([[{ n: 1 }, 1]]);
  await second.close();
});

test('to everything, with a filter', async () => {
  await write('order-1', 1);
  const filter = streamNameFilter({ prefixes: ['order-'] });
  await client.createPersistentSubscriptionToAll(
    'g',
    persistentSubscriptionToAllSettingsFromDefaults({ startFrom: START }),
    { filter },
  );
  await write('other-1', 2);
  await write('order-2', 3);
  const reader = groupReader(client.subscribeToPersistentSubscriptionToAll('g'));
  const messages = await reader.take(2);
  expect(seen(messages)).toEqual([
    [{ n: 1 }, 0],
    [{ n: 3 }, 0],
  ]);
  await reader.subscription.ack(...messages);
  const info = await client.getPersistentSubscriptionToAllInfo('g');
  expect(info).toMatchObject({ eventSource: '$all', groupName: 'g', settings: { startFrom: 'start' } });
  expect(info.stats.lastKnownEventPosition).toEqual(messages[1]?.event?.position);
  await reader.close();
});

test('the filter of a group stays when it is updated', async () => {
  const all = persistentSubscriptionToAllSettingsFromDefaults({ startFrom: START });
  await client.createPersistentSubscriptionToAll('g', all, {
    filter: streamNameFilter({ prefixes: ['order-'] }),
  });
  await client.updatePersistentSubscriptionToAll('g', all);
  await write('other-1', 1);
  await write('order-1', 2);
  const reader = groupReader(client.subscribeToPersistentSubscriptionToAll('g'));
  expect(seen(await reader.take(1))).toEqual([[{ n: 2 }, 0]]);
  await reader.close();
});

describe('a group', () => {
  test('is there once; what is not there cannot be used', async () => {
    await client.createPersistentSubscriptionToStream('s-1', 'g', settings());
    await expect(client.createPersistentSubscriptionToStream('s-1', 'g', settings())).rejects.toMatchObject({
      type: 'persistent-subscription-exists',
      streamName: 's-1',
      groupName: 'g',
    });
    const missing = { type: 'persistent-subscription-does-not-exist', groupName: 'no' };
    await expect(client.deletePersistentSubscriptionToStream('s-1', 'no')).rejects.toMatchObject(missing);
    await expect(client.updatePersistentSubscriptionToStream('s-1', 'no', settings())).rejects.toMatchObject(
      missing,
    );
    await expect(client.getPersistentSubscriptionToStreamInfo('s-1', 'no')).rejects.toMatchObject(missing);
    await expect(client.replayParkedMessagesToStream('s-1', 'no')).rejects.toMatchObject(missing);
    const reader = groupReader(client.subscribeToPersistentSubscriptionToStream('s-1', 'no'));
    await expect(reader.failed).resolves.toMatchObject(missing);
  });

  test('sends its consumers away when it is updated or deleted, and begins again at its checkpoint', async () => {
    await write('s-1', 1);
    await client.createPersistentSubscriptionToStream('s-1', 'g', settings());
    const before = consume();
    await before.take(1);
    await client.updatePersistentSubscriptionToStream('s-1', 'g', settings({ maxRetryCount: 7 }));
    await expect(before.failed).resolves.toMatchObject({ type: 'persistent-subscription-dropped' });
    const after = consume();
    expect(seen(await after.take(1))).toEqual([[{ n: 1 }, 0]]);
    expect(await client.getPersistentSubscriptionToStreamInfo('s-1', 'g')).toMatchObject({
      settings: { maxRetryCount: 7 },
    });
    await client.deletePersistentSubscriptionToStream('s-1', 'g');
    await expect(after.failed).resolves.toMatchObject({ type: 'persistent-subscription-dropped' });
    expect(await client.listAllPersistentSubscriptions()).toEqual([]);
  });

  test('has as many consumers as it may', async () => {
    await client.createPersistentSubscriptionToStream('s-1', 'g', settings({ maxSubscriberCount: 1 }));
    const first = consume();
    await first.confirmed;
    await expect(consume().failed).resolves.toMatchObject({ type: 'maximum-subscribers-reached' });
    await first.close();
  });

  test('is listed by its source', async () => {
    await client.createPersistentSubscriptionToStream('s-1', 'g', settings());
    await client.createPersistentSubscriptionToStream('s-2', 'g', settings());
    await client.createPersistentSubscriptionToAll('a', persistentSubscriptionToAllSettingsFromDefaults());
    const names = (list: ReadonlyArray<{ readonly eventSource: string }>) =>
      list.map(({ eventSource }) => eventSource);
    expect(names(await client.listAllPersistentSubscriptions())).toEqual(['s-1', 's-2', '$all']);
    expect(names(await client.listPersistentSubscriptionsToStream('s-2'))).toEqual(['s-2']);
    expect(names(await client.listPersistentSubscriptionsToAll())).toEqual(['$all']);
  });

  test('with sizes that contradict each other is refused', async () => {
    await expect(
      client.createPersistentSubscriptionToStream('s-1', 'g', settings({ readBatchSize: 600 })),
    ).rejects.toMatchObject({ code: 3 });
  });

  test('sends its consumers away when the subsystem is restarted', async () => {
    await client.createPersistentSubscriptionToStream('s-1', 'g', settings());
    const reader = consume();
    await reader.confirmed;
    await client.restartPersistentSubscriptionSubsystem();
    await expect(reader.failed).resolves.toMatchObject({ type: 'persistent-subscription-dropped' });
  });
});
