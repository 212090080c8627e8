import { fc, test as property } from '@fast-check/jest';
import { decodeTlv } from '@cloud-kassa/ffd';
import { moscow, right, saleFor, shop } from '../kkt/kkt.testing';
import { ledgerTlv } from '../ledger/ledger-tlv';
import { ledgerLine } from '../ledger/ledger-line';
import type { ReceiptRequest } from '../request';
import type { Fault, FaultKind } from './faults';
import type { GroupSnapshot } from './group-state';
import { internetShopGroup } from './internet-shop-group';
import { createKktGroup, restoreKktGroup } from './kkt-group';
import type { KktGroup } from './kkt-group';
import type { Operation } from './operate';

const start = moscow('2026-03-01T08:00:00');
const CAPACITY = 40;
const keys = Array.from('abcdefghijklmnop');

fc.configureGlobal({ seed: 54, numRuns: 15 });

type Step =
  | { readonly do: 'submit'; readonly key: string; readonly request: ReceiptRequest }
  | { readonly do: 'advance'; readonly by: number }
  | { readonly do: 'operate'; readonly unit: number; readonly operation: Operation }
  | { readonly do: 'faults'; readonly faults: ReadonlyArray<Fault> };

const request: fc.Arbitrary<ReceiptRequest> = fc
  .record({
    price: fc.integer({ min: 0, max: 1_000_000 }),
    millis: fc.integer({ min: 1, max: 9_999 }),
    vatCode: fc.constantFrom(2, 4, 5, 6, 7, 11, 12),
    settlementSign: fc.constantFrom(1, 2, 3, 4),
    correction: fc.boolean(),
    prepaid: fc.boolean(),
    wrong: fc.boolean(),
  })
  .map(({ price, millis, vatCode, settlementSign, correction, prepaid, wrong }) => {
    const [item] = saleFor().items;
    const quantity = `${Math.floor(millis / 1000)}.${String(millis % 1000).padStart(3, '0')}`;
    const sum = Number((BigInt(price) * BigInt(millis) * 2n + 1000n) / 2000n);
    const paid = wrong && price % 5 === 0 ? sum + 1 : sum;
    return {
      kind: correction ? 'correction' : 'receipt',
      settlementSign,
      items: item === undefined ? [] : [{ ...item, price, quantity, vatCode }],
      payments: prepaid ? { prepaid: paid } : { cashless: paid },
      ...(correction ? { correction: { type: 0, date: '2026-02-20' } } : {}),
    };
  });

const kinds: ReadonlyArray<FaultKind> = [
  'drive-full',
  'key-expired',
  'unit-unreachable',
  'ofd-unreachable',
  'shift-keeper-asleep',
  'clock-offset',
  'fails-before-signing',
  'fails-after-signing',
  'late-success',
  'never-ends',
  'rejected-before-signing',
  'rejected-after-signing',
  'queue-timeout',
  'slow',
  'racy-duplicates',
  'forgets-keys',
];

const fault: fc.Arbitrary<Fault> = fc.record(
  {
    kind: fc.constantFrom(...kinds),
    unit: fc.constantFrom(
      ...right(internetShopGroup({ ...shop, units: 2 })).units.map(({ kkt }) => kkt.serial),
    ),
    times: fc.integer({ min: 1, max: 3 }),
    probability: fc.constantFrom(0.2, 0.9),
    milliseconds: fc.constantFrom(-7_200_000, -1000, 5000, 7_200_000),
  },
  { requiredKeys: ['kind', 'milliseconds'] },
);

const operation: fc.Arbitrary<Operation> = fc.constantFrom<Operation>(
  { kind: 'open-shift' },
  { kind: 'close-shift' },
  { kind: 'report-state' },
  { kind: 'close-drive' },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('submit' as const),
      key: fc.constantFrom(...keys),
      request,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('advance' as const),
      by: fc.constantFrom(300, 1000, 5000, 400_000, 3_600_000, 20 * 3_600_000, 9 * 86_400_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('operate' as const), unit: fc.constantFrom(0, 1), operation }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('faults' as const), faults: fc.array(fault, { maxLength: 3 }) }),
  },
);

const newGroup = (units = 2): KktGroup =>
  right(createKktGroup(right(internetShopGroup({ ...shop, units, capacity: CAPACITY })), start));

const take = (group: KktGroup, each: Step): unknown => {
  if (each.do === 'submit') return group.submit(each.key, each.request, group.now());
  if (each.do === 'advance') return group.advance(group.now() + each.by);
  if (each.do === 'faults') return group.setFaults(each.faults, group.now());
  return group.operate(group.units()[each.unit]?.serial ?? '', each.operation, group.now());
};

const steps = fc.array(step, { minLength: 10, maxLength: 60 });
const documentsOf = (group: KktGroup, fn: string) =>
  group.ledger.entries().flatMap(({ document }) => (document.fn === fn ? [document] : []));

describe('whatever is done to a group', () => {
  property.prop([steps])(
    'documents of a drive are numbered from 1 without gaps, and time does not go back',
    (script) => {
      const group = newGroup();
      for (const each of script) take(group, each);
      for (const { drive } of group.units()) {
        const documents = documentsOf(group, drive?.serial ?? '');
        expect(documents.map(({ fd }) => fd)).toEqual(documents.map((_, index) => index + 1));
        expect(documents.every(({ at }, index) => index === 0 || at >= (documents[index - 1]?.at ?? 0))).toBe(
          true,
        );
        expect(drive?.documents).toBe(documents.length);
      }
    },
  );

  property.prop([steps])(
    'shifts and receipts in them are numbered from 1 by 1, no receipt later than 24 hours',
    (script) => {
      const group = newGroup();
      for (const each of script) take(group, each);
      for (const { drive } of group.units()) {
        let shift = 0;
        let inShift = 0;
        let openedAt: number | undefined;
        for (const { at, content } of documentsOf(group, drive?.serial ?? '')) {
          if (content.kind === 'shift-opening') {
            expect([openedAt, content.shift]).toEqual([undefined, shift + 1]);
            [shift, inShift, openedAt] = [shift + 1, 0, at];
          } else if (content.kind === 'shift-closing') {
            expect(openedAt).toBeDefined();
            expect([content.shift, content.receipts]).toEqual([shift, inShift]);
            openedAt = undefined;
          } else if (content.kind === 'receipt') {
            inShift += 1;
            expect([content.shift, content.numberInShift]).toEqual([shift, inShift]);
            expect(at - (openedAt ?? Number.NaN)).toBeLessThanOrEqual(86_400);
          }
        }
      }
    },
  );

  property.prop([steps])(
    'counters equal the sum of the documents: of shifts, of drives, of what waits for the OFD',
    (script) => {
      const group = newGroup();
      for (const each of script) take(group, each);
      for (const { drive, shift } of group.units()) {
        const fn = drive?.serial ?? '';
        for (const { content } of documentsOf(group, fn)) {
          if (content.kind === 'shift-closing')
            expect(content.shiftCounters).toEqual(group.ledger.shiftTotals(fn, content.shift));
        }
        if (shift !== null) expect(shift.counters).toEqual(group.ledger.shiftTotals(fn, shift.number));
        const totals = group.ledger.driveTotals(fn);
        const snapshot = group.snapshot().units.find(({ kkt }) => kkt.drive?.serial === fn)?.kkt.drive;
        expect(snapshot?.counters).toEqual(totals);
        const confirmed = documentsOf(group, fn).filter(
          ({ fd }) => group.ledger.confirmationOf(fn, fd) !== undefined,
        );
        expect(snapshot?.queue.confirmed).toBe(confirmed.length);
        expect(drive?.unsent.count).toBe(documentsOf(group, fn).length - confirmed.length);
        const waits = [...totals.receipts, ...totals.corrections].reduce((sum, { count }) => sum + count, 0);
        const sent = confirmed.filter(({ content }) => content.kind === 'receipt').length;
        const unsent = [
          ...(drive?.unsent.counters.receipts ?? []),
          ...(drive?.unsent.counters.corrections ?? []),
        ];
        expect(unsent.reduce((sum, { count }) => sum + count, 0)).toBe(waits - sent);
      }
    },
  );

  property.prop([fc.array(request, { minLength: 60, maxLength: 90 })])(
    'a drive never signs more than it can',
    (requests) => {
      const group = newGroup(1);
      requests.forEach((each, index) => group.submit(`k${index}`, each, group.now()));
      group.advance(start + 3_600_000);
      const [unit] = group.units();
      const [closedShift, closedDrive] = (['close-shift', 'close-drive'] as const).map((kind, index) =>
        group.operate(unit?.serial ?? '', { kind }, start + 3_700_000 + index * 5000),
      );
      expect([closedShift?._tag, closedDrive?._tag]).toEqual(['Right', 'Right']);
      expect(group.ledger.size()).toBeLessThanOrEqual(CAPACITY);
      expect(group.ledger.size()).toBe(group.units()[0]?.drive?.documents);
    },
  );

  property.prop([steps])('without faults of memory a key has one document at most', (script) => {
    const group = newGroup();
    for (const each of script) {
      if (each.do === 'faults') {
        const faults = each.faults.filter(
          ({ kind }) => kind !== 'racy-duplicates' && kind !== 'forgets-keys',
        );
        take(group, { do: 'faults', faults });
      } else if (each.do !== 'advance' || each.by < 86_400_000) take(group, each);
    }
    const made = group.ledger.entries().flatMap(({ key }) => (key === undefined ? [] : [key]));
    expect(new Set(made).size).toBe(made.length);
  });

  property.prop([steps])('every document is written as TLV again and decodes', (script) => {
    const group = newGroup();
    for (const each of script) take(group, each);
    for (const entry of group.ledger.entries()) {
      const [node] = right(decodeTlv(right(ledgerTlv(group.ledger, entry))));
      expect(node?.tag).toBe(entry.document.form);
    }
  });
});

const story = (group: KktGroup): ReadonlyArray<unknown> => [
  ...group.ledger.entries().map(ledgerLine),
  group.units(),
  keys.map((key) => group.result(key)),
  group.nextEventAt(),
];

describe('a group is its calls', () => {
  property.prop([steps, steps])(
    'restored from a snapshot that went through JSON it goes on as the first',
    (before, after) => {
      const first = newGroup();
      for (const each of before) take(first, each);
      const second = restoreKktGroup(JSON.parse(JSON.stringify(first.snapshot())) as GroupSnapshot);
      for (const each of after) expect(take(second, each)).toEqual(take(first, each));
      expect(story(second)).toEqual(story(first));
      expect(second.snapshot()).toEqual(first.snapshot());
    },
  );

  property.prop([steps])('the same calls give the same documents', (script) => {
    const [first, second] = [newGroup(), newGroup()];
    for (const each of script) expect(take(second, each)).toEqual(take(first, each));
    expect(story(second)).toEqual(story(first));
  });

  property.prop([steps])(
    'how often it is asked to advance makes no difference to what it makes',
    (script) => {
      const [coarse, fine] = [newGroup(), newGroup()];
      for (const each of script) {
        take(coarse, each);
        if (each.do === 'advance') {
          const until = fine.now() + each.by;
          for (let next = fine.nextEventAt(); next !== undefined && next < until; next = fine.nextEventAt())
            fine.advance(next);
          fine.advance(until);
        } else take(fine, each);
      }
      expect(story(fine)).toEqual(story(coarse));
    },
  );
});
