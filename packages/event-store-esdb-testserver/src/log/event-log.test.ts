import { fc, test as property } from '@fast-check/jest';
import { visibleEvents, visibleRow } from '../read/visible-events';
import type { EventLog } from './event-log';
import type { ExpectedRevision } from './expected-revision';
import type { Journal, JournalRow } from './journal';
import { naiveLog } from './naive-log.testing';
import { openEventLog } from './open-event-log';
import { comparePositions } from './position';
import type { ProposedEvent } from './proposed-event';

const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const event = (n: number, type = 'T'): ProposedEvent => ({
  id: idOf(n),
  type,
  json: true,
  data: Buffer.from('{}'),
  metadata: Buffer.alloc(0),
});

const memoryJournal = (): Journal & { readonly kept: Array<JournalRow> } => {
  const kept: Array<JournalRow> = [];
  return { kept, write: (rows) => void kept.push(...rows), rows: () => kept, close: () => undefined };
};
const open = (
  journal: Journal,
  options: { readonly origin?: bigint; readonly explicitTransactions?: boolean },
): EventLog => {
  let next = 1_000_000;
  return openEventLog({
    now: () => 0,
    newId: () => {
      next += 1;
      return idOf(next);
    },
    journal,
    ...options,
  });
};

type Step =
  | {
      readonly do: 'append';
      readonly stream: string;
      readonly count: number;
      readonly expected: ExpectedRevision;
    }
  | {
      readonly do: 'repeat';
      readonly stream: string;
      readonly from: number;
      readonly count: number;
      readonly spoil: boolean;
    }
  | { readonly do: 'delete' | 'tombstone'; readonly stream: string; readonly expected: ExpectedRevision }
  | { readonly do: 'keep'; readonly stream: string; readonly most: number }
  | { readonly do: 'reopen' };

const stream = fc.constantFrom('a-1', 'a-2', 'b-1');
const expected: fc.Arbitrary<ExpectedRevision> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<ExpectedRevision>('no_stream', 'any', 'stream_exists') },
  { weight: 3, arbitrary: fc.bigInt({ min: 0n, max: 8n }) },
);
const steps = fc.array(
  fc.oneof<Array<fc.Arbitrary<Step>>>(
    fc.record({ do: fc.constant('append' as const), stream, count: fc.nat({ max: 3 }), expected }),
    fc.record({
      do: fc.constant('append' as const),
      stream,
      count: fc.integer({ min: 1, max: 3 }),
      expected: fc.constant('any' as const),
    }),
    fc.record({
      do: fc.constant('repeat' as const),
      stream,
      from: fc.nat({ max: 6 }),
      count: fc.integer({ min: 1, max: 4 }),
      spoil: fc.boolean(),
    }),
    fc.record({ do: fc.constantFrom('delete' as const, 'tombstone' as const), stream, expected }),
    fc.record({ do: fc.constant('keep' as const), stream, most: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ do: fc.constant('reopen' as const) }),
  ),
  { maxLength: 30 },
);

/** The outcome as the naive log gives it. */
const plain = (outcome: ReturnType<EventLog['append']>): bigint | 'wrong' | 'deleted' | undefined => {
  if (outcome._tag === 'Appended') return outcome.revision ?? -1n;
  return outcome._tag === 'StreamDeleted' ? 'deleted' : 'wrong';
};

property.prop([steps, fc.constantFrom(0n, 2n ** 62n), fc.boolean()], { numRuns: 300 })(
  'random histories give what the naive log gives, and the same after reopening',
  (history, origin, explicitTransactions) => {
    const journal = memoryJournal();
    const naive = naiveLog();
    let log = open(journal, { origin, explicitTransactions });
    let number = 0;
    const take = (count: number): ReadonlyArray<ProposedEvent> =>
      Array.from({ length: count }, () => {
        number += 1;
        return event(number);
      });
    for (const step of history) {
      switch (step.do) {
        case 'append': {
          const events = take(step.count);
          const outcome = log.append(step.stream, events, step.expected);
          expect(plain(outcome)).toEqual(naive.append(step.stream, events, step.expected));
          break;
        }
        case 'repeat': {
          const own = naive.all().filter((one) => one.stream === step.stream && one.type === 'T');
          const events = own
            .slice(step.from, step.from + step.count)
            .map(({ id, type }) => ({ ...event(0, type), id }));
          if (events.length === 0) break;
          if (step.spoil) events.splice(-1, 1, ...take(1));
          const exact = step.from === 0 ? 'no_stream' : BigInt(step.from - 1);
          const outcome = log.append(step.stream, events, exact);
          expect(plain(outcome)).toEqual(naive.append(step.stream, events, exact));
          break;
        }
        case 'delete':
        case 'tombstone': {
          const hard = step.do === 'tombstone';
          const outcome = hard
            ? log.tombstone(step.stream, step.expected)
            : log.delete(step.stream, step.expected);
          const wanted = naive.remove(step.stream, step.expected, hard);
          expect(outcome._tag === 'Appended' ? 'done' : plain(outcome)).toEqual(wanted);
          break;
        }
        case 'keep': {
          const [metadata] = take(1);
          if (metadata === undefined || naive.isGone(step.stream)) break;
          const data = Buffer.from(`{"$maxCount":${step.most}}`);
          log.append(`$$${step.stream}`, [{ ...metadata, type: '$metadata', data }], 'any');
          naive.keep(step.stream, BigInt(step.most), metadata.id);
          break;
        }
        case 'reopen':
          log = open(journal, { origin, explicitTransactions });
      }
    }
    const rows = Array.from({ length: log.count() }, (_, row) => row);
    expect(rows.map((row) => [log.streamName(row), log.revisionOf(row), log.typeOf(row)])).toEqual(
      naive.all().map(({ stream: name, revision, type }) => [name, revision, type]),
    );
    for (const name of ['a-1', 'a-2', 'b-1']) {
      const visible = visibleEvents(log, name, 0);
      const wanted = naive.read(name);
      if (visible._tag !== 'Events' || typeof wanted === 'string') {
        expect([visible._tag, wanted]).toEqual(
          visible._tag === 'NoStream' ? ['NoStream', 'none'] : ['Tombstoned', 'gone'],
        );
        continue;
      }
      const found: Array<string> = [];
      for (let at = visible.first; at <= visible.last; at += 1n) {
        const row = visibleRow(log, visible, at);
        if (row !== undefined) found.push(log.idOf(row));
      }
      expect(found).toEqual(wanted.map(({ id }) => id));
    }
    // Positions rise, and every place finds its row again.
    for (const row of rows) {
      const position = log.positionOf(row);
      expect(log.rowFrom(position)).toBe(row);
      expect(log.rowAfter(position)).toBe(row + 1);
      expect(log.rowAfter(log.placeBefore(row))).toBe(row);
      if (row > 0) expect(comparePositions(log.positionOf(row - 1), position)).toBeLessThan(0);
      expect(position.commit).toBeGreaterThan(origin);
    }
    expect(log.rowFrom(log.placeBefore(log.count()))).toBe(log.count());
  },
);

test('who waits for more is woken by an append, or by his own signal', async () => {
  const log = open(memoryJournal(), {});
  const patience = new AbortController();
  const waiting = log.moreThan(0, new AbortController().signal);
  const impatient = log.moreThan(5, patience.signal);
  log.append('s', [event(1)], 'any');
  await waiting;
  await log.moreThan(0, patience.signal);
  patience.abort();
  await impatient;
  await log.moreThan(99, patience.signal);
  expect(log.count()).toBe(1);
});

test('a journal that fails leaves the log as it was', () => {
  const broken: Journal = {
    ...memoryJournal(),
    write: () => {
      throw new Error('disk full');
    },
  };
  const log = open(broken, {});
  expect(() => log.append('s', [event(1)], 'any')).toThrow('disk full');
  expect([log.count(), log.head('s')]).toEqual([0, -1n]);
});
