import * as E from 'fp-ts/Either';
import { rightOf } from '../counted-store.testing';
import type { StoredEvent } from '../envelope';
import { memoryLog, type MemoryLog } from '../memory-log';
import type { AppendFault } from '../memory-store';
import type { EventStore } from '../store';
import { copy, deed, reading, storeOn } from './copies.testing';
import { envelopes, written } from './histories.testing';

describe('a copy whose stores differ', () => {
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
});
