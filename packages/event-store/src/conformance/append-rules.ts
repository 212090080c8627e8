import assert from 'node:assert/strict';
import type { AppendedEvent } from '../envelope';
import { appended, eventsOf, everything, failsBy, rejectedBy } from './dealings';
import { sample } from './samples';
import { storeTests, type StoreUnderTest } from './subject';
import type { TestApi } from './test-api';

const GOOD_NAMES = [
  'receipt-00000000-0000-5000-8000-000000000000',
  'x-1',
  'shop.receipt_2-A-b.c_d-',
  'sample-__proto__',
  'constructor-toString',
  `sample-${'x'.repeat(193)}`,
];

const BAD_NAMES = [
  '',
  'receipt',
  '-1',
  'receipt-',
  '$all',
  '$et-receipt',
  '$$receipt-1',
  'receipt-1 ',
  'чек-1',
  'receipt-\u{1f9fe}',
  'receipt-a/b',
  'receipt-1\n',
  'receipt-1\0',
  `sample-${'x'.repeat(194)}`,
];

export const appendRules = (subject: StoreUnderTest, api: TestApi): void => {
  const { test } = storeTests(subject, api);
  const [good] = sample('sample-a', { label: 'good' }).events;
  const withOne = (change: Partial<AppendedEvent>): ReadonlyArray<AppendedEvent> => [
    { ...(good ?? assert.fail()), ...change },
  ];

  api.describe('the form of an append', () => {
    test('lets streams be named category-id, up to 200 ASCII letters, digits, ., _ and -', async (store) => {
      for (const name of GOOD_NAMES) {
        await appended(store, name, 'no-stream', sample(name, { label: 'name' }).events);
        assert.equal((await eventsOf(store.readStream(name)))[0]?.stream, name);
      }
      assert.deepEqual(
        (await everything(store)).map(({ stream }) => stream),
        GOOD_NAMES,
      );
    });

    test('rejects every other name, also for reading', async (store) => {
      for (const name of BAD_NAMES) {
        await rejectedBy(store, 'stream-name', name, 'no-stream', withOne({}));
        await failsBy('stream-name', store.readStream(name));
      }
    });

    test('rejects an append without events', async (store) => {
      await rejectedBy(store, 'empty', 'sample-a', 'no-stream', []);
      await rejectedBy(store, 'empty', 'sample-a', 5, []);
    });

    test('rejects an expected revision that is none', async (store) => {
      for (const expected of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
        await rejectedBy(store, 'revision', 'sample-a', expected, withOne({}));
      }
    });

    test('rejects an event id that is no UUID in lowercase', async (store) => {
      for (const eventId of ['', 'not-a-uuid', '0B8F7A8E-52C4-4C0E-9D0B-6A3A1F6F0D51', `${good?.eventId} `]) {
        await rejectedBy(store, 'event-id', 'sample-a', 'no-stream', withOne({ eventId }));
      }
    });

    test('rejects two events of one id, and writes neither', async (store) => {
      await rejectedBy(store, 'event-id', 'sample-a', 'no-stream', [...withOne({}), ...withOne({})]);
      assert.deepEqual(await everything(store), []);
    });

    test('rejects an event type that is none, and a version below 1', async (store) => {
      for (const type of ['', '$metadata', 'чек.Пробит', 'a b', 'x'.repeat(201)]) {
        await rejectedBy(store, 'event-type', 'sample-a', 'no-stream', withOne({ type }));
      }
      for (const version of [0, -1, 1.5, Number.NaN]) {
        await rejectedBy(store, 'event-type', 'sample-a', 'no-stream', withOne({ version }));
      }
    });

    test('writes nothing of a batch with one bad event', async (store) => {
      const { events } = sample('sample-a', { label: 'batch', size: 2 });
      await rejectedBy(store, 'event-id', 'sample-a', 'no-stream', [
        ...events,
        ...withOne({ eventId: 'bad' }),
      ]);
      assert.deepEqual(await everything(store), []);
      await appended(store, 'sample-a', 'no-stream', events);
    });
  });
};
