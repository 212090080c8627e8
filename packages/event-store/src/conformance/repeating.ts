import assert from 'node:assert/strict';
import { answerOf, appended, eventsOf, everything, rejectedBy } from './dealings';
import { sample } from './samples';
import { storeTests, type StoreUnderTest } from './subject';
import type { TestApi } from './test-api';

/** The answer to an append may get lost; whoever repeats it must learn what became of the first. */
export const repeating = (subject: StoreUnderTest, api: TestApi): void => {
  const { test, testReopening } = storeTests(subject, api);
  const { seesKnownIds = true } = subject.capabilities ?? {};

  api.describe('repeating an append', () => {
    test('answers as the first time and writes nothing', async (store) => {
      const first = sample('sample-a', { label: 'first', size: 3 });
      const second = sample('sample-a', { label: 'second', after: first.head, size: 2 });
      const answers = [
        await appended(store, 'sample-a', 'no-stream', first.events),
        await appended(store, 'sample-a', 2, second.events),
      ];
      for (let again = 0; again < 3; again += 1) {
        assert.deepEqual(await answerOf(store, 'sample-a', 'no-stream', first.events), answers[0]);
        assert.deepEqual(await answerOf(store, 'sample-a', 2, second.events), answers[1]);
      }
      assert.equal((await everything(store)).length, 5);
    });

    test('answers as the first time after others have written to this stream and to others', async (store) => {
      const first = sample('sample-a', { label: 'first', size: 2 });
      const answer = await appended(store, 'sample-a', 'no-stream', first.events);
      await appended(store, 'sample-b', 'no-stream', sample('sample-b', { label: 'b' }).events);
      await appended(
        store,
        'sample-a',
        1,
        sample('sample-a', { label: 'later', after: first.head, size: 4 }).events,
      );
      assert.deepEqual(await answerOf(store, 'sample-a', 'no-stream', first.events), answer);
    });

    test('writes once when it is repeated at the same time', async (store) => {
      const { events } = sample('sample-a', { label: 'twice', size: 2 });
      const answers = await Promise.all(
        [1, 2, 3].map(() => answerOf(store, 'sample-a', 'no-stream', events)),
      );
      assert.deepEqual(answers.slice(1), [answers[0], answers[0]]);
      assert.equal((await everything(store)).length, 2);
    });

    test('knows the beginning of an earlier batch for what it is', async (store) => {
      const { events } = sample('sample-a', { label: 'batch', size: 3 });
      await appended(store, 'sample-a', 'no-stream', events);
      const [, second] = await eventsOf(store.readStream('sample-a'));
      assert.deepEqual(await answerOf(store, 'sample-a', 'no-stream', events.slice(0, 2)), {
        _tag: 'Appended',
        revision: 1,
        position: second?.position,
      });
    });

    test('is a conflict when the batch has grown, and writes no part of it', async (store) => {
      const { events } = sample('sample-a', { label: 'batch', size: 4 });
      await appended(store, 'sample-a', 'no-stream', events.slice(0, 2));
      assert.deepEqual(await answerOf(store, 'sample-a', 'no-stream', events), {
        _tag: 'Conflict',
        actual: 1,
      });
      assert.equal((await everything(store)).length, 2);
    });

    test('is a conflict when someone else has written at this revision', async (store) => {
      const base = sample('sample-a', { label: 'base' });
      await appended(store, 'sample-a', 'no-stream', base.events);
      await appended(
        store,
        'sample-a',
        0,
        sample('sample-a', { label: 'theirs', after: base.head, size: 2 }).events,
      );
      const ours = sample('sample-a', { label: 'ours', after: base.head, size: 2 }).events;
      assert.deepEqual(await answerOf(store, 'sample-a', 0, ours), { _tag: 'Conflict', actual: 2 });
    });

    test('is a conflict when only the first of the ids is the same', async (store) => {
      const { events } = sample('sample-a', { label: 'batch', size: 2 });
      await appended(store, 'sample-a', 'no-stream', events);
      const other = sample('sample-a', { label: 'other', size: 2 }).events;
      assert.deepEqual(
        await answerOf(store, 'sample-a', 'no-stream', [...events.slice(0, 1), ...other.slice(1)]),
        {
          _tag: 'Conflict',
          actual: 1,
        },
      );
    });

    test('is a conflict when another process made other bytes of the same command', async (store) => {
      const ours = sample('sample-a', {
        label: 'command',
        size: 2,
        data: (index) => ({ at: '12:00', index }),
      }).events;
      const theirs = sample('sample-a', {
        label: 'command',
        size: 2,
        data: (index) => ({ at: '12:01', index }),
      }).events;
      assert.deepEqual(
        ours.map(({ eventId }) => eventId),
        theirs.map(({ eventId }) => eventId),
      );
      await appended(store, 'sample-a', 'no-stream', theirs);
      assert.deepEqual(await answerOf(store, 'sample-a', 'no-stream', ours), { _tag: 'Conflict', actual: 1 });
    });

    const knownId =
      'is rejected when an id stands at another revision of the stream, and writes no part of it';
    if (!seesKnownIds)
      api.it.skip(`${knownId} (this store does not look through a stream for ids)`, () => Promise.resolve());
    else
      test(knownId, async (store) => {
        const first = sample('sample-a', { label: 'first', size: 2 });
        await appended(store, 'sample-a', 'no-stream', first.events);
        const again = sample('sample-a', { label: 'first', after: first.head }).events;
        const fresh = sample('sample-a', { label: 'fresh', after: first.head });
        const behind = sample('sample-a', { label: 'first', after: fresh.head }).events;
        await rejectedBy(store, 'event-id', 'sample-a', 1, again);
        await rejectedBy(store, 'event-id', 'sample-a', 1, [...fresh.events, ...behind]);
        assert.equal((await everything(store)).length, 2);
        await appended(store, 'sample-a', 1, fresh.events);
      });

    testReopening(
      'answers as the first time after the store was closed and opened',
      async (store, reopen) => {
        const first = sample('sample-a', { label: 'first', size: 2 });
        const answer = await appended(store, 'sample-a', 'no-stream', first.events);
        await appended(
          store,
          'sample-a',
          1,
          sample('sample-a', { label: 'later', after: first.head }).events,
        );
        const again = await reopen();
        assert.deepEqual(await answerOf(again, 'sample-a', 'no-stream', first.events), answer);
        assert.equal((await everything(again)).length, 3);
      },
    );
  });
};
