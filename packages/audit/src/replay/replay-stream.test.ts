import {
  RECEIPT_EVENTS,
  cloudDeviceStream,
  paymentStream,
  receiptStream,
  shiftStream,
} from '@cloud-kassa/core';
import { CLOUD_DEVICE_EVENTS, PAYMENT_EVENTS, SHIFT_EVENTS } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import type { GoodStore } from '../good-store.testing';
import { goodStore } from '../good-store.testing';
import { DEVICE, REGISTER, right } from '../shop.testing';
import { changed, isOf, rewritten, storeWith, withData } from '../tampering.testing';
import { EVENT_WORDS } from './event-words';
import { replayStream } from './replay-stream';

let good: GoodStore;
beforeAll(async () => {
  good = await goodStore();
});

const stream = (): string => receiptStream(good.plain);
const replayed = async (point = {}) =>
  right(await replayStream(good.shop.store, good.shop.keyRing, stream(), point)());

describe('a replay', () => {
  it('folds a stream to its end with the aggregate’s own decider', async () => {
    const replay = await replayed();
    expect(replay.aggregate === 'receipt' ? replay.state : undefined).toEqual(
      await good.shop.stateOf(good.plain),
    );
    expect(replay).toMatchObject({ stream: stream(), revision: 4, lastRevision: 4 });
  });

  it('stops at a revision', async () => {
    const replay = await replayed({ revision: 2 });
    expect(replay).toMatchObject({ revision: 2, lastRevision: 4 });
    expect(replay.aggregate === 'receipt' && replay.state?.attempt.phase).toBe('Ready');
    expect(await replayed({ revision: 99 })).toMatchObject({ revision: 4 });
  });

  it('stops before the first event with a later time', async () => {
    const events = good.shop.log.stream(stream());
    const intended = events[3]?.metadata.at as Instant;
    const replay = await replayed({ at: intended });
    expect(replay).toMatchObject({ revision: 3 });
    const before = await replayed({ at: '2020-01-01T00:00:00.000Z' as Instant });
    expect(before).toMatchObject({ revision: -1, lastRevision: 4, timeline: [] });
    expect(before.state).toBeUndefined();
  });

  it('tells what happened, who did it, why, and how long it took', async () => {
    const { timeline } = await replayed();
    expect(timeline.map(({ type }) => type)).toEqual([
      'receipt.Registered',
      'receipt.Enqueued',
      'receipt.Routed',
      'receipt.SendIntended',
      'receipt.Fiscalized',
    ]);
    const last = timeline.at(-1);
    expect(last).toMatchObject({
      revision: 4,
      actor: 'shop',
      english: 'The document exists.',
      russian: 'Чек фискализирован.',
      sincePreviousMs: 60_000,
      facts: { fn: '9999078900000001', fd: expect.any(Number), contentChecked: true, source: 'provider' },
    });
    expect(last?.causationId).toBe(last?.commandId);
    expect(timeline[0]).not.toHaveProperty('sincePreviousMs');
    expect(JSON.stringify(timeline)).not.toContain('@example.com');
  });

  it('reads every aggregate', async () => {
    const { store, keyRing } = good.shop;
    const of = async (name: string) => right(await replayStream(store, keyRing, name)()).aggregate;
    expect(await of(paymentStream('order-1'))).toBe('payment');
    expect(await of(shiftStream(REGISTER))).toBe('shift');
    expect(await of(cloudDeviceStream(DEVICE))).toBe('clouddevice');
  });

  it('is refused where the chain is bad, also behind the point that was asked for', async () => {
    const broken = changed(
      good.events,
      isOf(stream(), 'receipt.Fiscalized'),
      withData({ contentChecked: false }),
    );
    const { keyRing } = good.shop;
    const answer = await replayStream(storeWith(broken), keyRing, stream(), { revision: 1 })();
    expect(answer).toMatchObject({ _tag: 'Left', left: { _tag: 'Corrupt', stream: stream(), revision: 4 } });
  });

  it('is refused for streams of others, streams without events, and events that can not be read', async () => {
    const { store, keyRing } = good.shop;
    const failure = async (name: string, from = store) => {
      const answer = await replayStream(from, keyRing, name)();
      return answer._tag === 'Left' ? answer.left._tag : 'replayed';
    };
    expect(await failure('lamp-1')).toBe('UnknownStream');
    expect(await failure(receiptStream('nobody'))).toBe('NoSuchStream');
    const unread = rewritten(good.events, (events) =>
      changed(events, isOf(stream(), 'receipt.Fiscalized'), withData({ source: 'rumour' })),
    );
    expect(await failure(stream(), storeWith(unread))).toBe('Undecodable');
  });
});

it('every event has its words in both languages', () => {
  const families = [RECEIPT_EVENTS, PAYMENT_EVENTS, CLOUD_DEVICE_EVENTS, SHIFT_EVENTS];
  const types = families.flatMap(({ definitions }) => Object.keys(definitions)).toSorted();
  expect(Object.keys(EVENT_WORDS).toSorted()).toEqual(types);
  for (const { english, russian } of Object.values(EVENT_WORDS)) {
    expect(english).toMatch(/^[A-Z].*\.$/);
    expect(russian).toMatch(/^[А-ЯЁ].*\.$/);
  }
});
