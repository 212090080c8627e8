import assert from 'node:assert/strict';
import type { StoredEvent } from '../envelope';
import type { EventStore } from '../store';
import { appended, eventsOf, everything, failsBy, headOf, idsOf } from './dealings';
import { sample } from './samples';
import { storeTests, type StoreUnderTest } from './subject';
import type { TestApi } from './test-api';

/** Five streams of two events each, interleaved. */
const interleaved = async (store: EventStore): Promise<ReadonlyArray<StoredEvent>> => {
  const streams = ['sample-1', 'sample-2', 'other-1', 'sample-10', 'others-1'];
  const firsts = streams.map((stream) => sample(stream, { label: 'first' }));
  for (const [index, stream] of streams.entries()) {
    await appended(store, stream, 'no-stream', firsts[index]?.events ?? []);
  }
  for (const [index, stream] of streams.entries()) {
    const { head } = firsts[index] ?? assert.fail();
    await appended(store, stream, 0, sample(stream, { label: 'second', after: head }).events);
  }
  return everything(store);
};

const streamsOf = (events: ReadonlyArray<StoredEvent>): ReadonlyArray<string> =>
  events.map(({ stream }) => stream);

const twice = (streams: ReadonlyArray<string>): ReadonlyArray<string> => [...streams, ...streams];

export const reading = (subject: StoreUnderTest, api: TestApi): void => {
  const { test, testReopening } = storeTests(subject, api);

  api.describe('reading a stream', () => {
    test('gives nothing of a stream that does not exist', async (store) => {
      assert.deepEqual(await eventsOf(store.readStream('sample-none')), []);
      assert.deepEqual(
        await eventsOf(store.readStream('sample-none', { direction: 'backwards', limit: 1 })),
        [],
      );
      assert.deepEqual(await eventsOf(store.readStream('sample-none', { from: 3 })), []);
    });

    test('gives the events from a revision on, that one included, in either direction and as many as asked', async (store) => {
      const revisions = [0, 1, 2, 3, 4];
      await appended(store, 'sample-a', 'no-stream', sample('sample-a', { label: 'five', size: 5 }).events);
      for (const direction of ['forwards', 'backwards'] as const) {
        for (const from of [undefined, 0, 1, 4, 5, 100]) {
          for (const limit of [undefined, 0, 1, 3, 5, 100]) {
            const read = await eventsOf(
              store.readStream('sample-a', {
                direction,
                ...(from === undefined ? {} : { from }),
                ...(limit === undefined ? {} : { limit }),
              }),
            );
            const expected =
              direction === 'forwards'
                ? revisions.filter((revision) => revision >= (from ?? 0))
                : revisions.filter((revision) => revision <= (from ?? 4)).toReversed();
            assert.deepEqual(
              read.map(({ revision }) => revision),
              expected.slice(0, limit ?? 100),
              `${direction} from ${from} limit ${limit}`,
            );
          }
        }
      }
    });

    test('rejects a revision or a limit that is no integer from 0 on', async (store) => {
      for (const number of [-1, 0.5, Number.NaN]) {
        await failsBy('revision', store.readStream('sample-a', { from: number }));
        await failsBy('revision', store.readStream('sample-a', { limit: number }));
        await failsBy('revision', store.readAll({ limit: number }));
      }
    });

    test('may be left early, any number of times', async (store) => {
      await appended(store, 'sample-a', 'no-stream', sample('sample-a', { label: 'left', size: 600 }).events);
      for (let times = 0; times < 150; times += 1) {
        for await (const item of store.readStream('sample-a')) {
          assert.equal(item._tag, 'Events');
          break;
        }
      }
      assert.equal((await eventsOf(store.readStream('sample-a'))).length, 600);
    });
  });

  api.describe('reading all streams', () => {
    test('gives the events in the order they were committed, each once', async (store) => {
      const all = await interleaved(store);
      const streams = ['sample-1', 'sample-2', 'other-1', 'sample-10', 'others-1'];
      assert.deepEqual(streamsOf(all), twice(streams));
      assert.deepEqual(
        idsOf(await eventsOf(store.readAll({ direction: 'backwards' }))),
        idsOf(all).toReversed(),
      );
      assert.deepEqual(idsOf(await eventsOf(store.readAll({ limit: 4 }))), idsOf(all).slice(0, 4));
      assert.deepEqual(idsOf(await eventsOf(store.readAll({ limit: 0 }))), []);
      assert.deepEqual(
        idsOf(await eventsOf(store.readAll({ direction: 'backwards', limit: 3 }))),
        idsOf(all).toReversed().slice(0, 3),
      );
    });

    test('goes on after a position, that one excluded, in either direction', async (store) => {
      const all = await interleaved(store);
      for (const [index, { position }] of all.entries()) {
        const after = JSON.parse(JSON.stringify(position));
        assert.deepEqual(idsOf(await eventsOf(store.readAll({ after }))), idsOf(all).slice(index + 1));
        assert.deepEqual(
          idsOf(await eventsOf(store.readAll({ after, direction: 'backwards' }))),
          idsOf(all).slice(0, index).toReversed(),
        );
      }
    });

    test('gives the streams whose names begin with one of the prefixes; none for no prefix', async (store) => {
      const all = await interleaved(store);
      const matching = async (...prefixes: ReadonlyArray<string>): Promise<ReadonlyArray<string>> =>
        streamsOf(await eventsOf(store.readAll({ filter: { prefixes } })));
      assert.deepEqual(
        await matching('sample-'),
        streamsOf(all).filter((stream) => stream.startsWith('sample-')),
      );
      assert.deepEqual(await matching('other-', 'sample-1'), twice(['sample-1', 'other-1', 'sample-10']));
      assert.deepEqual(await matching(), []);
      assert.deepEqual(await matching('Sample-'), []);
      assert.deepEqual(await matching('s%', '_ample', '.*', '*'), []);
      const limited = store.readAll({ filter: { prefixes: ['other-'] }, limit: 1, direction: 'backwards' });
      assert.deepEqual(idsOf(await eventsOf(limited)), [all[7]?.eventId]);
    });

    test('ends at the head there was, while others go on writing', async (store) => {
      const all = await interleaved(store);
      const seen: string[] = [];
      for await (const item of store.readAll()) {
        if (item._tag !== 'Events') assert.fail(item._tag);
        seen.push(...idsOf(item.events));
        const stream = `sample-later${seen.length}`;
        await appended(store, stream, 'no-stream', sample(stream, { label: 'later' }).events);
      }
      assert.deepEqual(seen, idsOf(all));
    });

    test('fails by name on a text that is no position', async (store) => {
      await interleaved(store);
      for (const after of ['', 'no position', '1;drop table events'])
        await failsBy('position', store.readAll({ after }));
    });
  });

  api.describe('positions', () => {
    test('grow with every event and are compared by the store', async (store) => {
      const all = await interleaved(store);
      for (const [index, { position }] of all.entries()) {
        for (const [other, { position: otherPosition }] of all.entries()) {
          assert.equal(store.comparePositions(position, otherPosition), Math.sign(index - other));
        }
        assert.equal(store.comparePositions(position, 'no position'), undefined);
        assert.equal(store.comparePositions('no position', position), undefined);
      }
    });

    test('lead to the head, which an empty store has not', async (store) => {
      assert.equal(await headOf(store), undefined);
      const all = await interleaved(store);
      assert.equal(await headOf(store), all.at(-1)?.position);
    });

    testReopening('stay the same after the store was closed and opened', async (store, reopen) => {
      const all = await interleaved(store);
      const again = await reopen();
      assert.deepEqual(await everything(again), all);
      assert.equal(await headOf(again), all.at(-1)?.position);
      assert.deepEqual(
        idsOf(await eventsOf(again.readAll({ after: all[3]?.position ?? '' }))),
        idsOf(all).slice(4),
      );
    });
  });
};
