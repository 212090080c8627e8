import assert from 'node:assert/strict';
import * as E from 'fp-ts/Either';
import { appended, failsBy, follow, rejectedBy, ruleOf } from './dealings';
import { sample } from './samples';
import { storeTests, type StoreUnderTest } from './subject';
import type { TestApi } from './test-api';

export const closing = (subject: StoreUnderTest, api: TestApi): void => {
  const { test } = storeTests(subject, api);

  api.describe('closing', () => {
    test('rejects every later call by name, and may be repeated', async (store) => {
      const { events } = sample('sample-a', { label: 'open' });
      await appended(store, 'sample-a', 'no-stream', events);
      await store.close();
      await store.close();
      await rejectedBy(store, 'closed', 'sample-a', 0, events);
      await failsBy('closed', store.readStream('sample-a'));
      await failsBy('closed', store.readAll());
      await failsBy('closed', store.subscribeAll());
      const head = await store.head()();
      assert.equal(E.isLeft(head) ? ruleOf(head.left) : 'open', 'closed');
    });

    test('ends subscriptions, also those that wait', async (store) => {
      const waiting = follow(store, store.subscribeAll());
      await waiting.untilCaughtUp();
      const step = waiting.step();
      await store.close();
      assert.equal(await step, false);
    });
  });
};
