import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';
import { rightOf } from '../counted-store.testing';
import { memoryLog, type MemoryLog } from '../memory-log';
import { memoryStore, type AppendFault } from '../memory-store';
import type { EventStore, ReadItem } from '../store';
import { copy, deed, errorOf, storeOn } from './copies.testing';
import type { CopyEventsOptions } from './copy-events';
import type { CopyProgress } from './copy-report';
import { envelopes, histories, written } from './histories.testing';

describe('a copy of the events', () => {
  property.prop([histories(25)])('has the same envelopes in the same order', async (deeds) => {
    const [from, to] = [written(deeds), memoryLog()];
    const report = rightOf(await copy(storeOn(from), storeOn(to)));
    expect(envelopes(to)).toEqual(envelopes(from));
    const head = from.events.at(-1)?.position;
    expect(report).toEqual({
      streams: new Set(deeds.map(({ stream }) => stream)).size,
      events: from.events.length,
      copied: from.events.length,
      keys: 0,
      ...(head === undefined ? {} : { head }),
      movedOn: 0,
      ahead: 0,
      others: 0,
    });
  });

  property.prop([histories(20), fc.array(fc.nat(9), { maxLength: 8 })], { numRuns: 60 })(
    'is a beginning of the source wherever it breaks off, and whole when it is repeated',
    async (deeds, ends) => {
      const [from, to] = [written(deeds), memoryLog()];
      for (const end of ends) {
        const stopping = new AbortController();
        let appends = 0;
        const faults = (): AppendFault => {
          if (appends === end) stopping.abort();
          appends += 1;
          return 'ok';
        };
        const outcome = await copy(storeOn(from), storeOn(to, faults), { signal: stopping.signal });
        if (stopping.signal.aborted) expect(errorOf(outcome)?._tag).toBe('Interrupted');
        expect(envelopes(to)).toEqual(envelopes(from).slice(0, to.events.length));
      }
      const left = from.events.length - to.events.length;
      expect(rightOf(await copy(storeOn(from), storeOn(to)))).toMatchObject({ copied: left });
      expect(envelopes(to)).toEqual(envelopes(from));
      expect(rightOf(await copy(storeOn(from), storeOn(to)))).toMatchObject({ copied: 0 });
    },
  );

  const FAULTS = ['ok', 'ok', 'unavailable', 'timed-out-applied', 'timed-out-not-applied'] as const;

  property.prop([histories(20), fc.array(fc.constantFrom(...FAULTS), { maxLength: 60 })])(
    'writes everything once, whatever becomes of single appends',
    async (deeds, faults) => {
      const [from, to] = [written(deeds), memoryLog()];
      const waiting = [...faults];
      const report = await copy(
        storeOn(from),
        storeOn(to, () => waiting.shift() ?? 'ok'),
      );
      expect(rightOf(report).copied).toBe(from.events.length);
      expect(envelopes(to)).toEqual(envelopes(from));
    },
  );

  property.prop([histories(20), histories(6)])(
    'stops before a stream that went another way',
    async (deeds, others) => {
      const [from, to] = [written(deeds), written(others, memoryLog(), 'other ')];
      const before = new Map(to.events.map(({ stream }) => [stream, to.stream(stream).length]));
      const isMet = from.events.find(({ stream }) => before.has(stream));
      const outcome = await copy(storeOn(from), storeOn(to));
      if (isMet === undefined) {
        expect(rightOf(outcome).others).toBe(before.size);
        return;
      }
      expect(outcome).toMatchObject(E.left({ _tag: 'Diverged', revision: 0 }));
      for (const [stream, length] of before) expect(to.stream(stream)).toHaveLength(length);
    },
  );

  property.prop([histories(20), histories(20), histories(4)])(
    'goes on from any beginning, and tells where the target went on by itself',
    async (deeds, more, ahead) => {
      const from = written(deeds);
      const to = memoryLog();
      rightOf(await copy(storeOn(from), storeOn(to)));
      written(more, from, 'more ');
      const known = new Set(from.events.map(({ stream }) => stream));
      const wouldDiverge = new Set(more.map(({ stream }) => stream));
      const onlyAhead = ahead.filter(({ stream }) => !wouldDiverge.has(stream));
      written(onlyAhead, to, 'ahead ');
      const report = rightOf(await copy(storeOn(from), storeOn(to)));
      const wrote = [...new Set(onlyAhead.map(({ stream }) => stream))];
      expect(report.ahead).toBe(wrote.filter((stream) => known.has(stream)).length);
      expect(report.others).toBe(wrote.filter((stream) => !known.has(stream)).length);
      for (const stream of known)
        expect(
          to
            .stream(stream)
            .slice(0, from.stream(stream).length)
            .map(({ hash }) => hash),
        ).toEqual(from.stream(stream).map(({ hash }) => hash));
    },
  );
});

describe('a copy', () => {
  it('copies up to the head there was, and tells how many came later', async () => {
    const from = written([deed('receipt-a', 2)]);
    const to = memoryLog();
    let isFirst = true;
    const report = await copy(
      storeOn(from),
      storeOn(to, () => {
        if (isFirst) written([deed('receipt-a', 2), deed('payment-a')], from, 'later ');
        isFirst = false;
        return 'ok';
      }),
    );
    expect(rightOf(report)).toMatchObject({ events: 2, copied: 2, movedOn: 3, head: '8' });
    expect(to.events).toHaveLength(2);
    expect(rightOf(await copy(storeOn(from), storeOn(to)))).toMatchObject({
      events: 5,
      copied: 3,
      movedOn: 0,
    });
  });

  it('copies what comes while the target is looked through into an empty store only up to its head', async () => {
    const from = memoryLog();
    const to = storeOn(memoryLog());
    const late: EventStore = {
      ...to,
      readAll: (options) => {
        if (from.events.length === 0) written([deed('receipt-a', 2)], from);
        return to.readAll(options);
      },
    };
    expect(rightOf(await copy(storeOn(from), late))).toEqual({
      streams: 0,
      keys: 0,
      events: 0,
      copied: 0,
      movedOn: 2,
      ahead: 0,
      others: 0,
    });
  });

  it('divides what is too large for the target, and names a single event that is', async () => {
    const from = written([deed('receipt-a', 4)]);
    const limited = (most: number, log = memoryLog()): readonly [MemoryLog, EventStore] => {
      const store = storeOn(log);
      const append: EventStore['append'] = (stream, expected, events) =>
        events.length > most
          ? () => Promise.resolve(E.left({ _tag: 'Rejected', rule: 'too-large', why: 'It is.' }))
          : store.append(stream, expected, events);
      return [log, { ...store, append }];
    };
    const [log, one] = limited(1);
    expect(rightOf(await copy(storeOn(from), one)).copied).toBe(4);
    expect(envelopes(log)).toEqual(envelopes(from));
    expect(await copy(storeOn(from), limited(0)[1])).toMatchObject(
      E.left({ _tag: 'StoreFailed', side: 'to', stream: 'receipt-a', revision: 0 }),
    );
  });

  it('keeps to the limits of an append', async () => {
    const from = written([deed('receipt-a', 4), deed('receipt-a', 4), deed('receipt-b')]);
    const sizes = async (limits: Partial<CopyEventsOptions>): Promise<ReadonlyArray<number>> => {
      const seen: number[] = [];
      const to = memoryStore({
        faults: ({ events }) => {
          seen.push(events.length);
          return 'ok';
        },
      });
      rightOf(await copy(storeOn(from), to, limits));
      return seen;
    };
    expect(await sizes({ runEvents: 500 })).toEqual([8, 1]);
    expect(await sizes({ runEvents: 3 })).toEqual([3, 3, 2, 1]);
    expect(await sizes({ runEvents: 500, runBytes: 1 })).toEqual(Array.from({ length: 9 }, () => 1));
  });

  it('goes no further than the head there was where a read broke off and is begun again', async () => {
    const from = written([deed('receipt-a', 4)]);
    const to = memoryLog();
    const store = storeOn(from);
    let isFirst = true;
    const breaking: EventStore = {
      ...store,
      readAll: async function* broken(options): AsyncGenerator<ReadItem> {
        for await (const item of store.readAll(options)) {
          yield item;
          if (!isFirst) continue;
          isFirst = false;
          written([deed('receipt-a', 3)], from, 'later ');
          return yield { _tag: 'Failed', error: { _tag: 'Unavailable', why: 'away' } };
        }
      },
    };
    expect(rightOf(await copy(breaking, storeOn(to)))).toMatchObject({ events: 4, copied: 4, movedOn: 3 });
    expect(to.events).toHaveLength(4);
  });

  it('tells how far it is', async () => {
    const told: CopyProgress[] = [];
    const from = storeOn(written([deed('receipt-a', 4), deed('receipt-b', 1)]));
    rightOf(await copy(from, storeOn(memoryLog()), { progress: (progress) => void told.push(progress) }));
    expect(told).toEqual([
      { step: 'copying', events: 3, copied: 0 },
      { step: 'copying', events: 5, copied: 4 },
      { step: 'verifying', events: 3, copied: 5 },
      { step: 'verifying', events: 5, copied: 5 },
    ]);
  });

  it('into itself changes nothing', async () => {
    const log = written([deed('receipt-a', 2), deed('receipt-b')]);
    expect(rightOf(await copy(storeOn(log), storeOn(log)))).toMatchObject({ events: 3, copied: 0 });
  });
});
