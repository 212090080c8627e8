import assert from 'node:assert/strict';
import { seededRandom, type Random } from '@cloud-kassa/runtime';
import { CHAIN_START } from '../chain';
import type { EventStore, Position, StreamFilter } from '../store';
import { answerOf, appended, eventsOf, everything, failsBy, follow, headOf, idsOf } from './dealings';
import { sample } from './samples';
import { storeTests, type StoreUnderTest } from './subject';
import type { TestApi } from './test-api';

/** A stream of its own for each label. */
const write = async (store: EventStore, category: string, label: string, size = 1): Promise<Position> => {
  const stream = `${category}-${label}`;
  return (await appended(store, stream, 'no-stream', sample(stream, { label, size }).events)).position;
};

export const subscribing = (subject: StoreUnderTest, api: TestApi): void => {
  const { test, testReopening } = storeTests(subject, api);

  api.describe('subscribing to all streams', () => {
    test('gives what there is, says that it has caught up, and gives what comes', async (store) => {
      await write(store, 'sample', '1', 3);
      const follower = follow(store, store.subscribeAll());
      assert.equal(await follower.untilCaughtUp(), await headOf(store));
      assert.equal(follower.events.length, 3);
      await write(store, 'sample', '2', 2);
      await follower.untilEvents(5);
      assert.equal(await follower.untilCaughtUp(), await headOf(store));
      assert.deepEqual(follower.events, await everything(store));
      await follower.leave();
    });

    test('says that it has caught up with an empty store, with a position to go on from', async (store) => {
      const follower = follow(store, store.subscribeAll());
      const after = await follower.untilCaughtUp();
      await follower.leave();
      await write(store, 'sample', '1');
      const next = follow(store, store.subscribeAll({ after }));
      await next.untilEvents(1);
      await next.leave();
      assert.deepEqual(next.events, await everything(store));
    });

    test('goes on after a position, that one excluded, be it of an event or of a caught-up mark', async (store) => {
      for (const label of ['1', '2', '3', '4']) await write(store, 'sample', label, 2);
      const all = await everything(store);
      for (const [index, { position }] of all.entries()) {
        const follower = follow(store, store.subscribeAll({ after: position }));
        const mark = await follower.untilCaughtUp();
        assert.deepEqual(idsOf(follower.events), idsOf(all).slice(index + 1));
        await follower.leave();
        const next = follow(store, store.subscribeAll({ after: mark }));
        await next.untilCaughtUp();
        assert.deepEqual(next.events, []);
        await next.leave();
      }
    });

    test('fails by name on a text that is no position', async (store) => {
      for (const after of ['', 'no position']) await failsBy('position', store.subscribeAll({ after }));
    });

    test('moves the mark on when nothing matches the filter, before and after the head was reached', async (store) => {
      await write(store, 'other', '1', 700);
      const filter: StreamFilter = { prefixes: ['rare-'] };
      const follower = follow(store, store.subscribeAll({ filter }));
      assert.equal(await follower.untilCaughtUp(), await headOf(store));
      const position = await write(store, 'other', '2');
      await follower.untilMarkAt(position);
      assert.equal(follower.events.length, 0);
      await write(store, 'rare', '1');
      await follower.untilEvents(1);
      assert.equal(follower.events[0]?.stream, 'rare-1');
      await follower.leave();
      const next = follow(store, store.subscribeAll({ filter, after: position }));
      await next.untilEvents(1);
      await next.leave();
    });

    test('gives only marks for a filter without prefixes', async (store) => {
      await write(store, 'sample', '1');
      const follower = follow(store, store.subscribeAll({ filter: { prefixes: [] } }));
      assert.equal(await follower.untilCaughtUp(), await headOf(store));
      assert.deepEqual(follower.events, []);
      await follower.leave();
    });

    test('waits for a slow reader and loses nothing', async (store) => {
      const follower = follow(store, store.subscribeAll());
      await follower.untilCaughtUp();
      for (let batch = 0; batch < 10; batch += 1) await write(store, 'sample', String(batch), 200);
      await follower.untilEvents(2000);
      assert.deepEqual(idsOf(follower.events), idsOf(await everything(store)));
      await follower.leave();
    });

    test('never skips and never repeats an event, whoever writes and wherever it is resumed', async (store) => {
      for (const seed of ['a', 'b', 'c']) await underWriters(store, seededRandom(seed), seed);
    });
  });

  api.describe('the end of a subscription', () => {
    test('comes at once when its signal was aborted before', async (store) => {
      await write(store, 'sample', '1');
      const follower = follow(store, store.subscribeAll({ signal: AbortSignal.abort() }));
      assert.equal(await follower.step(), false);
    });

    test('comes when its signal is aborted while it waits', async (store) => {
      const abort = new AbortController();
      const follower = follow(store, store.subscribeAll({ signal: abort.signal }));
      await follower.untilCaughtUp();
      const waiting = follower.step();
      abort.abort();
      assert.equal(await waiting, false);
      assert.equal(await follower.step(), false);
    });

    test('comes when its signal is aborted between two pages', async (store) => {
      await write(store, 'sample', '1', 1500);
      await write(store, 'sample', '2', 1500);
      const abort = new AbortController();
      const follower = follow(store, store.subscribeAll({ signal: abort.signal }));
      await follower.untilEvents(1);
      abort.abort();
      while (await follower.step()) assert.ok(follower.events.length < 3000, 'It read on to the end.');
    });

    test('comes when the reader leaves while it waits', async (store) => {
      const follower = follow(store, store.subscribeAll());
      await follower.untilCaughtUp();
      const waiting = follower.iterator.next();
      await follower.leave();
      assert.equal((await waiting).done, true);
      await write(store, 'sample', '1');
      assert.equal(await follower.step(), false);
    });

    test('of one does not disturb the others', async (store) => {
      const followers = Array.from({ length: 120 }, () => follow(store, store.subscribeAll()));
      for (const follower of followers) await follower.untilCaughtUp();
      for (const follower of followers.slice(1)) await follower.leave();
      await write(store, 'sample', '1');
      await followers[0]?.untilEvents(1);
      assert.equal((await everything(store)).length, 1);
      await followers[0]?.leave();
    });
  });

  testReopening(
    'a subscription goes on from its mark after the store was closed and opened',
    async (store, reopen) => {
      await write(store, 'sample', '1', 5);
      const follower = follow(store, store.subscribeAll());
      const mark = await follower.untilCaughtUp();
      const again = await reopen();
      const position = await write(again, 'sample', '2', 2);
      const next = follow(again, again.subscribeAll({ after: mark }));
      await next.untilMarkAt(position);
      assert.deepEqual(idsOf(next.events), idsOf(await everything(again)).slice(5));
      await next.leave();
    },
  );
};

/** Writers contend; subscribers come at different times, leave and resume at marks or events; all must see the commit order. */
const underWriters = async (store: EventStore, random: Random, seed: string): Promise<void> => {
  const start = await headOf(store);
  const after = start === undefined ? {} : { after: start };
  const filter: StreamFilter = { prefixes: [`s${seed}.a-`, `s${seed}.b-`] };
  const progress = { writing: true };
  const ending: { now?: () => void } = {};
  const ended = new Promise<void>((resolve) => {
    ending.now = resolve;
  });

  const writer = async (name: string): Promise<void> => {
    for (let round = 0; round < 25; round += 1) {
      const stream = `s${seed}.${'abcd'.charAt(random.integer(4))}-${random.integer(2)}`;
      const there = await eventsOf(store.readStream(stream));
      const size = 1 + random.integer(3);
      const { events } = sample(stream, {
        label: `${name}.${round}`,
        after: there.at(-1) ?? CHAIN_START,
        size,
      });
      await answerOf(store, stream, there.length === 0 ? 'no-stream' : there.length - 1, events);
    }
  };

  const subscriber = async (filtered: boolean): Promise<ReadonlyArray<string>> => {
    const seen: string[] = [];
    let resume = after;
    for (let last = false; ;) {
      if (!progress.writing) last = true;
      const follower = follow(store, store.subscribeAll({ ...resume, ...(filtered ? { filter } : {}) }));
      // What was written last is to be seen by all, so nobody looks at the head before it is there.
      if (last) await ended.then(async () => follower.untilMarkAt((await headOf(store)) ?? ''));
      else
        for (let steps = 1 + random.integer(5); steps > 0 && progress.writing; steps -= 1)
          await follower.step();
      await follower.leave();
      seen.push(...idsOf(follower.events));
      if (last) return seen;
      const place = follower.marks.at(-1) ?? follower.events.at(-1)?.position;
      const event = follower.events.at(-1)?.position;
      const further =
        place !== undefined && event !== undefined && store.comparePositions(event, place) === 1
          ? event
          : place;
      if (further !== undefined) resume = { after: further };
    }
  };

  const subscribers = [subscriber(false), subscriber(true), subscriber(false)];
  await Promise.all(Array.from({ length: 4 }, (_, name) => writer(String(name))));
  progress.writing = false;
  // A subscriber that waits for news gets some.
  await write(store, `s${seed}.end`, 'end');
  ending.now?.();
  const seen = await Promise.all(subscribers);
  const all = await eventsOf(store.readAll(after));
  const some = await eventsOf(store.readAll({ ...after, filter }));
  assert.deepEqual(seen, [idsOf(all), idsOf(some), idsOf(all)]);
};
