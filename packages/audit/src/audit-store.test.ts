import { NO_TOTALS, shiftStream, type Json } from '@cloud-kassa/core';
import type { EventStore, ReadItem } from '@cloud-kassa/event-store';
import { copyEvents, memoryLog, memoryStore } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { auditStore } from './audit-store';
import { auditOf, goodStore, PLAIN_SUM, rulesIn } from './good-store.testing';
import { REGISTER, openShop, right } from './shop.testing';
import { changed, isOf, rewritten, storeWith, withData, type Events } from './tampering.testing';

describe('an audit of a store', () => {
  it('finds nothing in one that handlers made, counts what is open, and agrees with the ledger', async () => {
    const { shop, events } = await goodStore();
    const { store, keyRing, runtime, ledger } = shop;
    const report = right(await auditStore({ store, keyRing, runtime }, { ledger })());
    expect(report).toMatchObject({
      verdict: 'ok',
      complete: true,
      events: events.length,
      streams: { receipt: 4, payment: 3, clouddevice: 1, shift: 1, others: 0 },
      findings: [],
      receipts: { registered: 4, open: 1, byStatus: { new: 1, fiscalized: 3 } },
      settlements: { confirmed: 3, linked: 3, due: 0, postponed: 0 },
      documents: { recorded: 3, contentChecked: 3, contentUnchecked: 0 },
      shifts: { open: 0, closed: 1, unjudged: 0, judgedByCount: 0, documentsPastCut: 0 },
      ledger: { groups: 1, documents: 5, receipts: 3, unrecorded: 0, contentChecked: 3 },
    });
    expect(report.heads.size).toBe(9);
  });

  it('of an empty store is a verdict too', async () => {
    const { store, keyRing, runtime } = openShop();
    const report = right(await auditStore({ store, keyRing, runtime })());
    expect(report).toMatchObject({ verdict: 'ok', events: 0 });
    expect(report).not.toHaveProperty('head');
  });

  it('ends at the head that was there when it began', async () => {
    const { shop, events } = await goodStore();
    const { keyRing, runtime } = shop;
    const store: EventStore = { ...shop.store, head: () => TE.right(events[4]?.position) };
    expect(right(await auditStore({ store, keyRing, runtime })()).events).toBe(5);
  });

  it('tells how far it is after every page, and lets others have their turn', async () => {
    const { shop, events } = await goodStore();
    let clock = 0;
    let slept = 0;
    const runtime = {
      ...shop.runtime,
      monotonic: () => (clock += 10),
      sleep: async () => {
        slept += 1;
      },
    };
    const told: Array<readonly [number, string]> = [];
    const progress = (count: number, position: string): void => {
      told.push([count, position]);
    };
    await auditStore({ store: storeWith(events, 10), keyRing: shop.keyRing, runtime, progress })();
    expect(told.map(([count]) => count)).toEqual([10, 20, events.length]);
    expect(told.at(-1)?.[1]).toBe(events.at(-1)?.position);
    expect(slept).toBeGreaterThan(0);
  });

  it('keeps so many findings of each rule as it may, and counts all', async () => {
    const { shop, events } = await goodStore();
    const { keyRing, runtime } = shop;
    const all = events.map((event) => ({ ...event, hash: 'f'.repeat(64) }));
    const report = right(
      await auditStore({ store: storeWith(all), keyRing, runtime }, { findingLimit: 2 })(),
    );
    expect(report.findings.filter(({ rule }) => rule === 'chain-broken')).toHaveLength(2);
    expect(report.byRule['chain-broken']).toBe(events.length);
  });

  it('gives no verdict where store, keys or ledger can not be reached', async () => {
    const { shop, events } = await goodStore();
    const { keyRing, runtime, ledger } = shop;
    const unavailable = { _tag: 'Unavailable', why: 'closed' } as const;
    const failing = async function* (): AsyncGenerator<ReadItem> {
      yield { _tag: 'Failed', error: unavailable };
    };
    const store = storeWith(events);
    expect(await auditStore({ store: { ...store, readAll: failing }, keyRing, runtime })()).toEqual(
      E.left(unavailable),
    );
    expect(await auditStore({ store: { ...store, readStream: failing }, keyRing, runtime })()).toEqual(
      E.left(unavailable),
    );
    const noKeys = { _tag: 'KeyRingUnavailable', why: 'locked' } as const;
    const locked = { ...keyRing, find: () => TE.left(noKeys) };
    expect(await auditStore({ store, keyRing: locked, runtime })()).toEqual(E.left(noKeys));
    const silent = { _tag: 'LedgerUnavailable', why: 'no answer' } as const;
    const gone = { ...ledger, documents: () => TE.left(silent) };
    expect(await auditStore({ store, keyRing, runtime }, { ledger: gone })()).toEqual(E.left(silent));
  });

  it.each([
    ['of another kind', '7/6'],
    ['that looks like one of this store and lies behind the closing', '99'],
    ['that looks like one of this store and lies before all of it', '0'],
  ])(
    'judges totals that were stated for a position of another store by their count: one %s',
    async (_, at) => {
      const { shop, events } = await goodStore();
      const closing = isOf(shiftStream(REGISTER), 'shift.ShiftClosed');
      const copied = (totals?: object): Events => {
        const stated = JSON.parse(JSON.stringify({ totals })) as Readonly<Record<string, Json>>;
        return rewritten(events, (all) => changed(all, closing, withData({ upToPosition: at, ...stated })));
      };
      expect(await auditOf(shop, copied())).toMatchObject({
        verdict: 'ok',
        shifts: { closed: 1, unjudged: 0, judgedByCount: 1, documentsPastCut: 0 },
      });
      const { sale, saleRefund } = NO_TOTALS;
      const one = {
        ...sale,
        receipts: 1,
        total: PLAIN_SUM,
        payments: { ...sale.payments, cashless: PLAIN_SUM },
      };
      const first = { ...NO_TOTALS, sale: one };
      expect(await auditOf(shop, copied(first))).toMatchObject({
        verdict: 'ok',
        shifts: { documentsPastCut: 2 },
      });
      const another = { ...NO_TOTALS, saleRefund: { ...saleRefund, ...one } };
      expect(rulesIn(await auditOf(shop, copied(another)))).toEqual(['shift-totals']);
      const tooMany = { ...NO_TOTALS, sale: { ...one, receipts: 4 } };
      expect(rulesIn(await auditOf(shop, copied(tooMany)))).toEqual(['shift-totals']);
    },
  );

  it('finds nothing in a copy, whose positions are others', async () => {
    const { store, keyRing, runtime } = (await goodStore()).shop;
    const log = memoryLog({ firstPosition: 1_000n });
    right(await copyEvents({ from: store, to: memoryStore({ log }), runtime })());
    const { verdict, shifts, ...counts } = await auditOf({ runtime, keyRing }, log.events);
    const original = right(await auditStore({ store, keyRing, runtime })());
    expect(verdict).toBe('ok');
    expect(shifts).toEqual({ ...original.shifts, judgedByCount: 1 });
    expect(counts).toMatchObject({ heads: original.heads, documents: original.documents });
  });
});
