import { seededKernel } from '@cloud-kassa/runtime';
import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { rightOf } from '../counted-store.testing';
import type { StoredEvent } from '../envelope';
import { memoryLog, type MemoryLog } from '../memory-log';
import { memoryStore, type AppendFault } from '../memory-store';
import type { EventStore, ReadItem } from '../store';
import { copyEvents, type CopyEventsOptions } from './copy-events';
import type { CopyError, CopyProgress, CopyReport } from './copy-report';
import { envelopes, histories, written, type Deed } from './histories.testing';

const deed = (stream: string, size = 1): Deed => ({ stream, size });

const storeOn = (log: MemoryLog, faults: () => AppendFault = () => 'ok'): EventStore =>
  memoryStore({ log, faults, pageSize: 3 });

/** In virtual time, so that patience costs nothing. */
const copy = (
  from: EventStore,
  to: EventStore,
  options: Partial<CopyEventsOptions> = {},
): Promise<Either<CopyError, CopyReport>> => {
  const kernel = seededKernel('copy');
  const runtime = kernel.runtime({ label: 'copy' });
  return kernel.complete(() =>
    copyEvents({ from, to, runtime, runEvents: 5, patience: 10_000, ...options })(),
  );
};

const errorOf = <A>(outcome: Either<CopyError, A>): CopyError | undefined =>
  E.isLeft(outcome) ? outcome.left : undefined;

/** A store whose events are read changed. */
const reading = (store: EventStore, change: (event: StoredEvent) => StoredEvent): EventStore => ({
  ...store,
  readAll: async function* changed(options): AsyncGenerator<ReadItem> {
    for await (const item of store.readAll(options))
      yield item._tag === 'Events' ? { ...item, events: item.events.map(change) } : item;
  },
});

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
  it('names the first event that differs, though the streams are equal before it and long', async () => {
    const both = [deed('receipt-a', 4), deed('receipt-b', 2), deed('receipt-a', 3)];
    const [from, to] = [written(both), written(both)];
    written([deed('receipt-a', 4), deed('receipt-a', 4), deed('receipt-b')], from, 'here ');
    written([deed('receipt-a', 2)], to, 'there ');
    const expected = E.left({ _tag: 'Diverged', stream: 'receipt-a', revision: 7 });
    expect(await copy(storeOn(from), storeOn(to))).toEqual(expected);
    // Also where the target is longer.
    expect(await copy(storeOn(to), storeOn(from))).toEqual(expected);
    expect(to.stream('receipt-b')).toHaveLength(2);
  });

  it.each<readonly [string, (event: StoredEvent) => StoredEvent, string]>([
    ['data', (event) => ({ ...event, data: { label: 'changed' } }), 'the data differ from the kept text'],
    [
      'text and data',
      (event) => ({
        ...event,
        data: { index: 0, label: 'changed' },
        canonicalText: event.canonicalText?.replace(/"label":"[^"]*"/, '"label":"changed"') ?? '',
      }),
      'the hash does not follow from the event before and the text of this one',
    ],
    ['revision', (event) => ({ ...event, revision: 9 }), 'the event of this revision is missing'],
    ['type', (event) => ({ ...event, type: 'sample.Other' }), 'the kept text is of another event'],
  ])(
    'names an event of the source whose %s were changed, and copies nothing behind it',
    async (_, change, why) => {
      const [from, to] = [
        written([deed('receipt-a', 2), deed('receipt-b', 2), deed('shift-1', 2)]),
        memoryLog(),
      ];
      const bad = from.events[3];
      const tampered = reading(storeOn(from), (event) => (event === bad ? change(event) : event));
      const expected = { _tag: 'Corrupt', stream: 'receipt-b', revision: 1, why };
      expect(await copy(tampered, storeOn(to))).toEqual(
        E.left({ _tag: 'StoreFailed', side: 'from', error: expected }),
      );
      expect(envelopes(to)).toEqual(envelopes(from).slice(0, to.events.length));
      expect(to.events.length).toBeLessThanOrEqual(3);
      // What is there already is verified all the same.
      rightOf(await copy(storeOn(from), storeOn(to)));
      expect(await copy(tampered, storeOn(to))).toMatchObject(E.left({ side: 'from', error: expected }));
    },
  );

  it('verifies what the target has before it writes, and what it wrote after', async () => {
    const from = written([deed('receipt-a', 2), deed('receipt-b')]);
    const to = memoryLog();
    rightOf(await copy(storeOn(from), storeOn(to)));
    const bad = reading(storeOn(to), (event) =>
      event.stream === 'receipt-b' ? { ...event, data: {} } : event,
    );
    const expected = { _tag: 'StoreFailed', side: 'to', error: { _tag: 'Corrupt', stream: 'receipt-b' } };
    written([deed('receipt-a')], from, 'more ');
    expect(await copy(storeOn(from), bad)).toMatchObject(E.left(expected));
    expect(to.events).toHaveLength(3);
    written([deed('receipt-b')], from, 'more ');
    let copied = false;
    const forgets = reading(storeOn(to), (event) => {
      copied ||= event.revision === 1 && event.stream === 'receipt-b';
      return copied ? { ...event, data: {} } : event;
    });
    expect(await copy(storeOn(from), forgets)).toMatchObject(E.left(expected));
    expect(copied).toBe(true);
  });

  it('finds out that the target lost what it had acknowledged', async () => {
    const from = written([deed('receipt-a', 2), deed('receipt-b')]);
    const to = storeOn(memoryLog());
    const forgetful: EventStore = {
      ...to,
      append: (stream, expected, events) =>
        stream === 'receipt-b'
          ? () => Promise.resolve(E.right({ _tag: 'Appended', revision: 0, position: '1' }))
          : to.append(stream, expected, events),
    };
    expect(await copy(storeOn(from), forgetful)).toEqual(
      E.left({ _tag: 'Lost', stream: 'receipt-b', revision: 0 }),
    );
  });

  it('finds out that the target was emptied meanwhile', async () => {
    const from = written([deed('receipt-a', 2)]);
    const full = memoryLog();
    rightOf(await copy(storeOn(from), storeOn(full)));
    written([deed('receipt-a')], from, 'more ');
    const emptied = { ...storeOn(memoryLog()), readAll: storeOn(full).readAll };
    expect(await copy(storeOn(from), emptied)).toEqual(
      E.left({ _tag: 'Lost', stream: 'receipt-a', revision: 1 }),
    );
  });

  it('goes on with the rest where another copy wrote the same, and stops where something else was written', async () => {
    const from = written([deed('receipt-a', 4), deed('receipt-b'), deed('receipt-a', 2)]);
    const meanwhile = (write: (log: MemoryLog) => void): readonly [MemoryLog, EventStore] => {
      const log = memoryLog();
      let isFirst = true;
      const faults = (): AppendFault => {
        if (isFirst) write(log);
        isFirst = false;
        return 'ok';
      };
      return [log, storeOn(log, faults)];
    };
    const [same, withSame] = meanwhile((log) => {
      rightOf(log.write('receipt-a', 'no-stream', from.stream('receipt-a').slice(0, 3)));
    });
    expect(rightOf(await copy(storeOn(from), withSame))).toMatchObject({ events: 7, copied: 7 });
    expect(envelopes(same)).toEqual(envelopes(from));
    const [whole, withWhole] = meanwhile((log) => {
      rightOf(log.write('receipt-a', 'no-stream', from.stream('receipt-a')));
    });
    expect(rightOf(await copy(storeOn(from), withWhole))).toMatchObject({ events: 7, copied: 7 });
    expect(whole.events).toHaveLength(7);
    const [other, withOther] = meanwhile((log) => written([deed('receipt-a')], log, 'other '));
    expect(await copy(storeOn(from), withOther)).toEqual(
      E.left({ _tag: 'Diverged', stream: 'receipt-a', revision: 0 }),
    );
    expect(other.events).toHaveLength(1);
  });

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

  it('asks a store that is away again, and tells in the end which one it is', async () => {
    const from = written([deed('receipt-a', 4), deed('receipt-b', 4)]);
    const away = { _tag: 'Unavailable', why: 'away' } as const;
    /** Every read breaks off after one page, as often as that. */
    const flaky = (store: EventStore, breaks: number): EventStore => {
      let left = breaks;
      return {
        ...store,
        readAll: async function* broken(options): AsyncGenerator<ReadItem> {
          for await (const item of store.readAll(options)) {
            yield item;
            left -= 1;
            if (left >= 0) return yield { _tag: 'Failed', error: away };
          }
        },
      };
    };
    const to = memoryLog();
    const report = await copy(flaky(storeOn(from), 2), flaky(storeOn(to), 2));
    expect(rightOf(report)).toMatchObject({ events: 8, copied: 8, streams: 2 });
    const gone: EventStore = { ...storeOn(from), head: () => () => Promise.resolve(E.left(away)) };
    expect(await copy(gone, storeOn(to))).toEqual(E.left({ _tag: 'StoreFailed', side: 'from', error: away }));
    const shut = storeOn(memoryLog(), () => 'unavailable');
    expect(await copy(storeOn(from), shut)).toMatchObject(E.left({ _tag: 'StoreFailed', side: 'to' }));
    const silent = storeOn(memoryLog(), () => 'timed-out-not-applied');
    expect(await copy(storeOn(from), silent)).toMatchObject(
      E.left({ side: 'to', error: { _tag: 'OutcomeUnknown' }, stream: 'receipt-a', revision: 0 }),
    );
  });

  it('does not wait for a disk that is full, nor for what never passes', async () => {
    const kernel = seededKernel('full');
    const from = storeOn(written([deed('receipt-a')]));
    const full = { _tag: 'Unavailable', why: 'full', full: true } as const;
    const to: EventStore = { ...storeOn(memoryLog()), append: () => () => Promise.resolve(E.left(full)) };
    const runtime = kernel.runtime({ label: 'copy' });
    expect(await kernel.complete(copyEvents({ from, to, runtime }))).toMatchObject(
      E.left({ side: 'to', error: full }),
    );
    expect(kernel.now()).toBe(0);
  });

  it('ends while it waits for a store, when it is told to', async () => {
    const stopping = new AbortController();
    const from = storeOn(written([deed('receipt-a')]));
    const to = storeOn(memoryLog(), () => {
      stopping.abort();
      return 'unavailable';
    });
    expect(await copy(from, to, { signal: stopping.signal })).toEqual(
      E.left({ _tag: 'Interrupted', copied: 0 }),
    );
  });

  it('writes nothing more when it is told to end', async () => {
    const turns = [deed('receipt-a'), deed('receipt-b'), deed('payment-a'), deed('receipt-a')];
    const stopping = new AbortController();
    const to = memoryLog();
    const from = memoryStore({ log: written(turns) });
    const outcome = await copy(
      from,
      storeOn(to, () => {
        if (to.events.length === 1) stopping.abort();
        return 'ok';
      }),
      { signal: stopping.signal },
    );
    expect(outcome).toEqual(E.left({ _tag: 'Interrupted', copied: 2 }));
    expect(to.events).toHaveLength(2);
  });

  it('says that an outcome is unknown also where the store does not answer any more after it', async () => {
    const from = storeOn(written([deed('receipt-a')]));
    const faults: AppendFault[] = ['timed-out-not-applied'];
    const to = storeOn(memoryLog(), () => faults.shift() ?? 'unavailable');
    expect(await copy(from, to)).toMatchObject(E.left({ error: { _tag: 'OutcomeUnknown' } }));
  });

  it('finds out that the target has another event than it has acknowledged', async () => {
    const from = written([deed('receipt-a', 2)]);
    const log = memoryLog();
    const to = storeOn(log);
    const wrong: EventStore = {
      ...to,
      append: (stream, expected, events) => {
        written([deed('receipt-a', 2)], log, 'other ');
        return () =>
          Promise.resolve(E.right({ _tag: 'Appended', revision: events.length - 1, position: '2' }));
      },
    };
    expect(await copy(storeOn(from), wrong)).toEqual(
      E.left({ _tag: 'Diverged', stream: 'receipt-a', revision: 1 }),
    );
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
