import type { Kernel } from '@cloud-kassa/runtime';
import { seededKernel } from '@cloud-kassa/runtime';
import type { EventLog } from '../log/event-log';
import { recordedOf } from '../log/event-frame';
import { NO_JOURNAL } from '../log/journal';
import { openEventLog } from '../log/open-event-log';
import type { Refusal } from '../server/refusal';
import type { TestServerRuntime } from '../server/test-server-runtime';
import { checkpointProgress } from './checkpoint-progress';
import { chooseConsumer } from './consumer-choice';
import type { Consumer, Group, GroupMessage } from './group';
import { runGroup } from './group';
import type { GroupSettings } from './group-settings';

const settings: GroupSettings = {
  resolveLinks: false,
  extraStatistics: false,
  messageTimeout: 30_000,
  maxRetryCount: 2,
  checkpointAfter: 2000,
  minCheckpointCount: 3,
  maxCheckpointCount: 5,
  maxSubscriberCount: 0,
  liveBufferSize: 500,
  readBatchSize: 20,
  historyBufferSize: 500,
  strategy: 'RoundRobin',
};

let kernel: Kernel;
let runtime: TestServerRuntime;
let log: EventLog;
beforeEach(() => {
  kernel = seededKernel('group');
  runtime = kernel.runtime({ label: 'server' });
  log = openEventLog({ now: kernel.now, newId: runtime.ids.next, journal: NO_JOURNAL });
});

const append = (stream: string, count: number): void => {
  for (let n = 0; n < count; n += 1) {
    const event = {
      id: runtime.ids.next(),
      type: 'N',
      json: true,
      data: Buffer.from('{}'),
      metadata: Buffer.alloc(0),
    };
    log.append(stream, [event], 'any');
  }
};
const group = (given: Partial<GroupSettings> = {}): Group =>
  runGroup({
    log,
    runtime,
    now: kernel.now,
    source: { _tag: 'Stream', stream: 's', from: 'start' },
    settings: { ...settings, ...given },
    subscriptionId: 's::g',
  });

interface Probe {
  readonly consumer: Consumer;
  readonly got: Array<GroupMessage>;
  readonly dropped: Array<Refusal>;
}
const probe = (bufferSize = 10): Probe => {
  const got: Array<GroupMessage> = [];
  const dropped: Array<Refusal> = [];
  const send = (message: GroupMessage): void => void got.push(message);
  const drop = (refusal: Refusal): void => void dropped.push(refusal);
  return { consumer: { from: '', username: '', connectionName: '', bufferSize, send, drop }, got, dropped };
};
const seen = ({ got }: Probe) => got.map(({ place, retryCount }) => [place, retryCount]);
const run = (until: number) => kernel.run({ until });
const checkpoints = (): ReadonlyArray<string> =>
  (log.stream('$persistentsubscription-s::g-checkpoint')?.rows ?? []).map((row) =>
    String(JSON.parse(Buffer.from(recordedOf(log.frame(row)).data ?? []).toString())),
  );

test('what is not acknowledged in time comes again, and is parked after as many times as allowed', async () => {
  append('s', 2);
  const running = group();
  const one = probe();
  running.connect(one.consumer);
  await run(29_999);
  expect(seen(one)).toEqual([
    ['0', 0],
    ['1', 0],
  ]);
  running.ack([one.got[1]?.id ?? '']);
  await run(30_000);
  expect(seen(one).at(-1)).toEqual(['0', 1]);
  await run(60_000);
  expect(seen(one).at(-1)).toEqual(['0', 2]);
  await run(90_000);
  expect([one.got.length, running.facts().parked, running.facts().outstanding]).toEqual([4, 1n, 0]);
  const [link = 0] = log.stream('$persistentsubscription-s::g-parked')?.rows ?? [];
  const { data, customMetadata } = recordedOf(log.frame(link));
  expect(Buffer.from(data ?? []).toString()).toBe('0@s');
  expect(JSON.parse(Buffer.from(customMetadata ?? []).toString())).toMatchObject({
    reason: 'Reached retry count of 2',
  });
});

test('without a time-out a message may be kept for ever', async () => {
  append('s', 1);
  const running = group({ messageTimeout: 0 });
  const one = probe();
  running.connect(one.consumer);
  await run(1e9);
  expect(seen(one)).toEqual([['0', 0]]);
});

describe('the checkpoint', () => {
  test('is written at once after the largest count, with the last message before the first that is open', async () => {
    append('s', 8);
    const running = group();
    const one = probe();
    running.connect(one.consumer);
    await run(0);
    const ids = one.got.map(({ id }) => id);
    running.ack(ids.filter((_, index) => index !== 5));
    expect(checkpoints()).toEqual(['4']);
    running.ack(ids.slice(5, 6));
    expect(checkpoints()).toEqual(['4']);
    // Three more are done, which is the least: they wait for their time.
    await run(1999);
    expect(checkpoints()).toEqual(['4']);
    await run(2000);
    expect(checkpoints()).toEqual(['4', '7']);
    expect(running.facts().checkpoint).toBe('7');
  });

  test('is not written for less than the least', async () => {
    append('s', 2);
    const running = group();
    const one = probe();
    running.connect(one.consumer);
    await run(0);
    running.ack(one.got.map(({ id }) => id));
    await run(1e6);
    expect(checkpoints()).toEqual([]);
  });

  test('is where the next run begins: behind it, and again what was acknowledged after it', async () => {
    append('s', 8);
    const first = group();
    const one = probe();
    first.connect(one.consumer);
    await run(0);
    first.ack(one.got.slice(0, 6).map(({ id }) => id));
    first.stop({ code: 1, details: 'over', trailers: {}, batch: 'ends' });
    expect(one.dropped).toMatchObject([{ details: 'over' }]);
    const second = group();
    const two = probe();
    second.connect(two.consumer);
    await run(1);
    expect(checkpoints()).toEqual(['5']);
    expect(two.got.map(({ place }) => place)).toEqual(['6', '7']);
  });

  test('does not count what was replayed', async () => {
    append('s', 1);
    const running = group();
    const one = probe();
    running.connect(one.consumer);
    await run(0);
    running.nack([one.got[0]?.id ?? ''], 'park', 'later');
    running.replayParked(undefined);
    await run(1);
    expect(one.got.at(-1)).toMatchObject({ number: undefined, resolveLinks: true, retryCount: 0 });
    running.ack([one.got.at(-1)?.id ?? '']);
    expect(running.facts()).toMatchObject({ parked: 0n, outstanding: 0 });
  });
});

test('an id that is out already is not given out a second time', async () => {
  const event = {
    id: runtime.ids.next(),
    type: 'N',
    json: true,
    data: Buffer.from('{}'),
    metadata: Buffer.alloc(0),
  };
  log.append('s', [event], 'no_stream');
  log.append('s', [event], 0n);
  append('s', 1);
  const running = group();
  const one = probe();
  running.connect(one.consumer);
  await run(0);
  expect(one.got.map(({ place }) => place)).toEqual(['0', '2']);
});

test('answers for what is not out are passed over, and a group that was stopped does nothing more', async () => {
  append('s', 1);
  const running = group();
  const one = probe();
  running.connect(one.consumer);
  await run(0);
  running.ack(['unknown']);
  running.nack(['unknown'], 'park', '');
  expect(running.facts()).toMatchObject({ outstanding: 1, parked: 0n });
  running.stop({ code: 1, details: 'over', trailers: {}, batch: 'ends' });
  running.nack([one.got[0]?.id ?? ''], 'park', '');
  running.disconnect(one.consumer);
  append('s', 1);
  await run(1e6);
  expect([one.got.length, running.facts().parked]).toEqual([1, 0n]);
});

describe('who gets the next message', () => {
  const rooms = (...values: ReadonlyArray<number>) => values.map((value) => ({ room: () => value }));

  test.each<[Parameters<typeof chooseConsumer>[0], ReadonlyArray<number>, number, number | undefined]>([
    ['RoundRobin', [1, 1, 1], 1, 1],
    ['RoundRobin', [1, 0, 0], 1, 0],
    ['RoundRobin', [0, 0], 0, undefined],
    ['RoundRobin', [], 0, undefined],
    ['DispatchToSingle', [1, 1], 1, 0],
    ['DispatchToSingle', [0, 1], 0, 1],
  ])('%s with room %j, turn %i: %s', (strategy, room, turn, expected) => {
    const consumers = rooms(...room);
    const chosen = chooseConsumer(strategy, consumers, turn, 's');
    expect(chosen === undefined ? undefined : consumers.indexOf(chosen)).toBe(expected);
  });

  test('Pinned: a stream keeps its consumer, streams are spread, and a full one is waited for', () => {
    const consumers = rooms(1, 1, 1);
    const streams = Array.from({ length: 30 }, (_, n) => `order-${n}`);
    const chosen = streams.map((stream) => chooseConsumer('Pinned', consumers, 0, stream));
    expect(chosen).toEqual(streams.map((stream) => chooseConsumer('Pinned', consumers, 2, stream)));
    expect(new Set(chosen).size).toBe(3);
    expect(chooseConsumer('Pinned', rooms(0, 0, 0), 0, 'order-1')).toBeUndefined();
  });
});

test('progress counts what is done without a gap', () => {
  const progress = checkpointProgress();
  const numbers = ['a', 'b', 'c'].map(progress.taken);
  expect(progress.ready()).toBeUndefined();
  progress.done(numbers[1] ?? 0);
  expect(progress.ready()).toBeUndefined();
  progress.done(numbers[0] ?? 0);
  expect(progress.ready()).toEqual({ count: 2, place: 'b' });
  progress.written();
  expect(progress.ready()).toBeUndefined();
  progress.done(numbers[0] ?? 0);
  progress.done(numbers[2] ?? 0);
  expect(progress.ready()).toEqual({ count: 1, place: 'c' });
});
