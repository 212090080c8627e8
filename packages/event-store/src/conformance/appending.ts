import assert from 'node:assert/strict';
import type { Json } from '@cloud-kassa/core';
import { canonicalEventText } from '../canonical-event';
import { CHAIN_START } from '../chain';
import { answerOf, appended, eventsOf, everything, headOf, idsOf, rejectedBy } from './dealings';
import { sample } from './samples';
import { storeTests, type StoreUnderTest } from './subject';
import type { TestApi } from './test-api';

const MIB = 1024 * 1024;

export const appending = (subject: StoreUnderTest, api: TestApi): void => {
  const { test, testReopening } = storeTests(subject, api);
  const { maxAppendBytes = 16 * MIB, keepsText = false } = subject.capabilities ?? {};

  api.describe('appending', () => {
    test('answers with the revision and the position of the last event', async (store) => {
      const { events, head } = sample('sample-a', { label: 'first', size: 3 });
      const answer = await appended(store, 'sample-a', 'no-stream', events);
      assert.equal(answer.revision, 2);
      assert.equal(answer.position, await headOf(store));
      const more = sample('sample-a', { label: 'second', after: head, size: 2 });
      assert.equal((await appended(store, 'sample-a', 2, more.events)).revision, 4);
    });

    test('gives events back as they were written, each with stream, revision and position', async (store) => {
      const { events } = sample('sample-a', { label: 'first', size: 3, data: () => odd });
      await appended(store, 'sample-a', 'no-stream', events);
      const read = await eventsOf(store.readStream('sample-a'));
      assert.equal(read.length, events.length);
      for (const [index, stored] of read.entries()) {
        const { stream, revision, position, canonicalText, ...rest } = stored;
        const { canonicalText: text, ...written } = events[index] ?? assert.fail();
        assert.deepEqual(JSON.parse(JSON.stringify(rest)), written);
        assert.deepEqual({ stream, revision }, { stream: 'sample-a', revision: index });
        assert.equal(typeof position, 'string');
        assert.deepEqual(canonicalEventText(stream, revision, stored), { _tag: 'Right', right: text });
        if (keepsText || canonicalText !== undefined) assert.equal(canonicalText, text);
      }
    });

    test('lets one of several first writers win, and tells the others', async (store) => {
      const writers = Array.from({ length: 8 }, (_, writer) =>
        sample('sample-race', { label: `writer ${writer}`, size: 2 }),
      );
      const answers = await Promise.all(
        writers.map(({ events }) => answerOf(store, 'sample-race', 'no-stream', events)),
      );
      const winner = answers.findIndex(({ _tag }) => _tag === 'Appended');
      assert.deepEqual(
        answers.filter((_, writer) => writer !== winner),
        Array.from({ length: 7 }, () => ({ _tag: 'Conflict', actual: 1 })),
      );
      assert.deepEqual(
        idsOf(await eventsOf(store.readStream('sample-race'))),
        idsOf(writers[winner]?.events ?? []),
      );
    });

    test('lets one of several writers at the same revision win', async (store) => {
      const base = sample('sample-race', { label: 'base' });
      await appended(store, 'sample-race', 'no-stream', base.events);
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, writer) =>
          answerOf(
            store,
            'sample-race',
            0,
            sample('sample-race', { label: `writer ${writer}`, after: base.head }).events,
          ),
        ),
      );
      assert.equal(answers.filter(({ _tag }) => _tag === 'Appended').length, 1);
      assert.equal((await eventsOf(store.readStream('sample-race'))).length, 2);
    });

    test('keeps revisions without gaps and loses nothing when writers contend for streams', async (store) => {
      const streams = ['sample-1', 'sample-2', 'sample-3'];
      const wins = await Promise.all(
        Array.from({ length: 6 }, async (_, writer) => {
          const won: string[] = [];
          for (let round = 0; round < 8; round += 1) {
            const stream = streams[(writer + round) % streams.length] ?? '';
            const there = await eventsOf(store.readStream(stream));
            const { events } = sample(stream, {
              label: `${writer}.${round}`,
              after: there.at(-1) ?? CHAIN_START,
              size: 2,
            });
            const answer = await answerOf(
              store,
              stream,
              there.length === 0 ? 'no-stream' : there.length - 1,
              events,
            );
            if (answer._tag === 'Appended') won.push(...idsOf(events));
          }
          return won;
        }),
      );
      for (const stream of streams) {
        const events = await eventsOf(store.readStream(stream));
        assert.deepEqual(
          events.map(({ revision }) => revision),
          events.map((_, index) => index),
        );
      }
      assert.deepEqual(idsOf(await everything(store)).toSorted(), wins.flat().toSorted());
    });

    test('answers with a conflict, and the revision there is, to any other expectation', async (store) => {
      const { events, head } = sample('sample-a', { label: 'there', size: 3 });
      await appended(store, 'sample-a', 'no-stream', events);
      const other = sample('sample-a', { label: 'other', after: head }).events;
      for (const expected of ['no-stream', 0, 1, 3, 1000] as const) {
        assert.deepEqual(await answerOf(store, 'sample-a', expected, other), { _tag: 'Conflict', actual: 2 });
      }
      assert.equal((await everything(store)).length, 3);
    });

    test('answers with a conflict where a stream is expected that does not exist, and does not make it', async (store) => {
      const { events } = sample('sample-a', { label: 'early' });
      for (const expected of [0, 7]) {
        assert.deepEqual(await answerOf(store, 'sample-a', expected, events), {
          _tag: 'Conflict',
          actual: 'no-stream',
        });
      }
      assert.equal((await appended(store, 'sample-a', 'no-stream', events)).revision, 0);
    });

    test('does not let anyone change what is stored through what was passed in or handed out', async (store) => {
      const basket = { items: ['tea'] };
      const { events } = sample('sample-a', { label: 'basket', data: () => basket });
      await appended(store, 'sample-a', 'no-stream', events);
      basket.items.push('passed in');
      for (const { data } of await eventsOf(store.readStream('sample-a'))) meddle(data);
      const [event] = await eventsOf(store.readStream('sample-a'));
      assert.deepEqual(JSON.parse(JSON.stringify(event?.data)), { items: ['tea'] });
    });

    test('takes 10,000 events at once', async (store) => {
      const { events } = sample('sample-many', { label: 'many', size: 10_000, data: (index) => index });
      if (sizeOf(events) > maxAppendBytes) return;
      assert.equal((await appended(store, 'sample-many', 'no-stream', events)).revision, 9_999);
      assert.deepEqual(idsOf(await eventsOf(store.readStream('sample-many'))), idsOf(events));
    });

    test('takes an event of 1 MB, or rejects as too large what is above its limit', async (store) => {
      const big = sample('sample-big', { label: 'big', data: () => 'x'.repeat(1_000_000) }).events;
      if (sizeOf(big) > maxAppendBytes) {
        await rejectedBy(store, 'too-large', 'sample-big', 'no-stream', big);
      } else {
        await appended(store, 'sample-big', 'no-stream', big);
        assert.deepEqual(idsOf(await eventsOf(store.readStream('sample-big'))), idsOf(big));
      }
      if (maxAppendBytes > 64 * MIB || subject.capabilities?.maxAppendBytes === undefined) return;
      const huge = sample('sample-huge', { label: 'huge', data: () => 'x'.repeat(maxAppendBytes) }).events;
      await rejectedBy(store, 'too-large', 'sample-huge', 'no-stream', huge);
    });

    testReopening('has everything that was acknowledged after it was closed', async (store, reopen) => {
      const { events, head } = sample('sample-a', { label: 'kept', size: 3, data: () => odd });
      await appended(store, 'sample-a', 'no-stream', events);
      const before = await everything(store);
      const again = await reopen();
      assert.deepEqual(await everything(again), before);
      assert.equal(
        (await appended(again, 'sample-a', 2, sample('sample-a', { label: 'on', after: head }).events))
          .revision,
        3,
      );
    });
  });
};

/** What gets lost on the way when someone is careless. */
const odd: Json = {
  ключ: 'Чек №5 «Кофе»',
  emoji: '\u{1f9fe}\u{1f469}\u200d\u{1f4bb}',
  separators: '\u2028\u2029\u0000\t"\\/',
  constructor: { toString: 1, hasOwnProperty: false },
  empty: { text: '', list: [], object: {} },
  largest: [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0],
  '10': 'after',
  '9': 'before',
};

const sizeOf = (events: ReadonlyArray<{ readonly canonicalText?: string }>): number =>
  events.reduce((sum, { canonicalText = '' }) => sum + Buffer.byteLength(canonicalText), 0);

const meddle = (data: unknown): void => {
  if (typeof data !== 'object' || data === null) return;
  for (const inner of Object.values(data)) {
    try {
      if (Array.isArray(inner)) inner.push('handed out');
    } catch {
      // A frozen value says no: just as good.
    }
  }
};
