import type { EventStoreDBClient, SubscribeToAllOptions } from '@eventstore/db-client';
import {
  END,
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { clientOf, started } from '../server/server.testing';
import type { EsdbTestServer } from '../server/start-server';
import type { Followed } from './followed.testing';
import { followed } from './followed.testing';

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

const append = async (stream: string, ...numbers: ReadonlyArray<number>) => {
  for (const n of numbers) await client.appendToStream(stream, jsonEvent({ type: `T${n % 2}`, data: { n } }));
};
const toAll = (options: SubscribeToAllOptions = {}): Followed => {
  const follow = followed();
  const { filter, ...rest } = options;
  const withCheckpoints = filter === undefined ? rest : { ...rest, filter: follow.noting(filter) };
  return follow.of(client.subscribeToAll(withCheckpoints));
};
const toStream = (fromRevision: bigint | typeof START | typeof END, name = 's-1'): Followed =>
  followed().of(client.subscribeToStream(name, { fromRevision }));

describe('to a stream', () => {
  test('from the start: what was, the mark, what comes', async () => {
    await append('s-1', 0, 1);
    const subscription = toStream(START);
    await subscription.until('caughtUp');
    await append('s-1', 2);
    await append('s-2', 9);
    await append('s-1', 3);
    await subscription.until(3);
    expect(subscription.log).toEqual(['confirmation', 0, 1, 'caughtUp', 2, 3]);
    await subscription.close();
  });

  test('from a revision exclusive, and from the end', async () => {
    await append('s-1', 0, 1, 2);
    const [after, end] = [toStream(1n), toStream(END)];
    await end.until('caughtUp');
    await append('s-1', 3);
    await after.until(3);
    await end.until(3);
    expect(after.log).toEqual(['confirmation', 2, 'caughtUp', 3]);
    expect(end.log).toEqual(['confirmation', 'caughtUp', 3]);
    await after.close();
    await end.close();
  });

  test('from a revision that is not there yet: only what is behind it', async () => {
    await append('s-1', 0);
    const subscription = toStream(1n);
    await subscription.until('caughtUp');
    await append('s-1', 1, 2);
    await subscription.until(2);
    expect(subscription.log).toEqual(['confirmation', 'caughtUp', 2]);
    await subscription.close();
  });

  test('that does not exist waits for it; one that is deleted goes on when it is written to again', async () => {
    const subscription = toStream(START);
    await subscription.until('caughtUp');
    await append('s-1', 0);
    await subscription.until(0);
    await client.deleteStream('s-1');
    await append('s-1', 1);
    await subscription.until(1);
    expect(subscription.log).toEqual(['confirmation', 'caughtUp', 0, 1]);
    await subscription.close();
  });

  test('ends with the tombstone', async () => {
    await append('s-1', 0);
    const subscription = toStream(START);
    await subscription.until('caughtUp');
    await client.tombstoneStream('s-1');
    await expect(subscription.failed).resolves.toMatchObject({ type: 'stream-deleted', streamName: 's-1' });
    await expect(toStream(START).failed).resolves.toMatchObject({ type: 'stream-deleted' });
  });
});

describe('to everything', () => {
  test('from the start, from a position exclusive, from the end', async () => {
    await append('s-1', 0, 1);
    await append('s-2', 2);
    const start = toAll();
    await start.until('caughtUp');
    const at = start.positions[1] ?? { commit: 0n, prepare: 0n };
    const [after, end] = [toAll({ fromPosition: at }), toAll({ fromPosition: END })];
    await end.until('caughtUp');
    await append('s-1', 3);
    for (const one of [start, after, end]) await one.until(3);
    expect(start.log).toEqual(['confirmation', 0, 1, 2, 'caughtUp', 3]);
    expect(after.log).toEqual(['confirmation', 2, 'caughtUp', 3]);
    expect(end.log).toEqual(['confirmation', 'caughtUp', 3]);
    for (const one of [start, after, end]) await one.close();
  });

  test('nothing is lost or doubled between catching up and being live, while others write', async () => {
    await append('s-1', ...Array.from({ length: 50 }, (_, n) => n));
    const subscription = toAll();
    await append('s-2', ...Array.from({ length: 50 }, (_, n) => 50 + n));
    await subscription.until(99);
    expect(subscription.log.filter((entry) => typeof entry === 'number')).toEqual(
      Array.from({ length: 100 }, (_, n) => n),
    );
    await subscription.close();
  });

  test.each<[string, SubscribeToAllOptions['filter'], ReadonlyArray<number>]>([
    ['prefixes of streams', streamNameFilter({ prefixes: ['a-', 'c-'] }), [0, 1, 4]],
    ['a regular expression of streams', streamNameFilter({ regex: '^.-2$' }), [3, 4]],
    ['prefixes of types', eventTypeFilter({ prefixes: ['T1'] }), [1, 3]],
    ['a regular expression of types', eventTypeFilter({ regex: '0$' }), [0, 2, 4]],
    ['no system events', excludeSystemEvents(), [0, 1, 2, 3, 4]],
  ])('%s', async (_, filter, expected) => {
    await append('a-1', 0, 1);
    await append('b-1', 2);
    await append('b-2', 3);
    await client.setStreamMetadata('b-2', { maxCount: 9 });
    await append('c-2', 4);
    const subscription = toAll(filter === undefined ? {} : { filter });
    await subscription.until('caughtUp');
    expect(subscription.numbers()).toEqual(expected);
    await subscription.close();
  });
});

describe('checkpoints of a filtered subscription', () => {
  const filter = streamNameFilter({ prefixes: ['a-'], maxSearchWindow: 4, checkpointInterval: 2 });
  const others = Array.from({ length: 20 }, (_, n) => 100 + n);

  test('come while it catches up over what does not match, and at the head', async () => {
    await append('b-1', ...others);
    await append('a-1', 0);
    const subscription = toAll({ filter });
    await subscription.until('caughtUp');
    const marks = subscription.log.map((entry) => (typeof entry === 'object' ? 'checkpoint' : entry));
    expect(marks).toEqual(['confirmation', 'checkpoint', 'checkpoint', 0, 'checkpoint', 'caughtUp']);
    await subscription.close();
  });

  test('have a commit position that an unseen event may have: both numbers are needed to resume', async () => {
    await append('b-1', ...others.slice(0, 8));
    const first = toAll({ filter });
    await first.until('caughtUp');
    const [checkpoint = { commit: 0n, prepare: 0n }] = first.checkpoints().slice(-1);
    await first.close();
    await append('a-1', 0);
    // The place where the next page begins is where the next event was written afterwards.
    const next = [];
    for await (const { event } of client.readAll({ fromPosition: checkpoint })) next.push(event);
    const skipping = next.find((event) => event?.position?.commit === checkpoint.commit);
    expect(skipping).toBeDefined();
    expect(checkpoint.prepare < (skipping?.position?.prepare ?? 0n)).toBe(true);
    const resumed = toAll({ filter, fromPosition: checkpoint });
    await resumed.until('caughtUp');
    expect(resumed.numbers()).toEqual([0]);
    await resumed.close();
  });

  test('come when it is live after every interval of events looked at', async () => {
    const subscription = toAll({ filter });
    await subscription.until('caughtUp');
    await append('b-1', ...others.slice(0, 16));
    await append('a-1', 0);
    await subscription.until(0);
    expect(subscription.checkpoints()).toHaveLength(2);
    await subscription.close();
  });

  test('every checkpoint can be resumed from without gap or repetition', async () => {
    for (let n = 0; n < 40; n += 1) await append(n % 5 === 0 ? 'a-1' : 'b-1', n);
    const whole = toAll({ filter });
    await whole.until('caughtUp');
    const { log } = whole;
    await whole.close();
    const resumptions = log.flatMap((entry, index) => (typeof entry === 'object' ? [{ entry, index }] : []));
    expect(resumptions.length).toBeGreaterThan(3);
    for (const { entry, index } of resumptions) {
      const resumed = toAll({ filter, fromPosition: entry });
      await resumed.until('caughtUp');
      const rest = log.slice(index).filter((later) => typeof later === 'number');
      expect(resumed.numbers()).toEqual(rest);
      await resumed.close();
    }
  });
});

test('a server before 25 does not tell who fell behind, one from then on does', async () => {
  for (const [version, marks] of [
    ['24.10.4', ['confirmation', 'caughtUp']],
    ['25.0.0', ['confirmation', 'caughtUp', 'fellBehind', 'caughtUp']],
  ] as const) {
    const other = await started({ version });
    const reader = clientOf(other);
    const subscription = followed().of(reader.subscribeToAll());
    await subscription.until('caughtUp');
    const many = Array.from({ length: 1500 }, (_, n) => jsonEvent({ type: 'T', data: { n } }));
    await reader.appendToStream('s-1', many);
    await subscription.until(1499);
    await reader.appendToStream('s-1', jsonEvent({ type: 'T', data: { n: 1500 } }));
    await subscription.until(1500);
    expect(subscription.log.filter((entry) => typeof entry === 'string')).toEqual(marks);
    await subscription.close();
    await reader.dispose();
    await other.close();
  }
});

test('explicit transactions: one commit position, many prepare positions, and a resumption in the middle', async () => {
  const old = await started({ explicitTransactions: true });
  const reader = clientOf(old);
  await reader.appendToStream(
    's-1',
    [0, 1, 2].map((n) => jsonEvent({ type: 'T', data: { n } })),
  );
  const whole = followed().of(reader.subscribeToAll());
  await whole.until('caughtUp');
  const [first, second, third] = whole.positions;
  expect(new Set(whole.positions.map(({ commit }) => commit)).size).toBe(1);
  expect(new Set(whole.positions.map(({ prepare }) => prepare)).size).toBe(3);
  expect(third?.prepare).not.toBe(third?.commit);
  const resumed = followed().of(reader.subscribeToAll({ fromPosition: second ?? START }));
  await resumed.until('caughtUp');
  expect(resumed.numbers()).toEqual([2]);
  // Who keeps the commit position alone loses the rest of the transaction.
  const commit = first?.commit ?? 0n;
  const careless = followed().of(reader.subscribeToAll({ fromPosition: { commit, prepare: commit } }));
  await careless.until('caughtUp');
  expect(careless.numbers()).toEqual([]);
  for (const one of [whole, resumed, careless]) await one.close();
  await reader.dispose();
  await old.close();
});
