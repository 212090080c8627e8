import { NO_TOTALS, receiptStream } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import { PLAIN_SUM, closeShift } from '../good-store.testing';
import { REGISTER, openShop, right } from '../shop.testing';
import { changed, isOf, storeWith, withData } from '../tampering.testing';
import { fiscalStateAt } from './fiscal-state';

const story = async () => {
  const shop = openShop();
  const times: Instant[] = [];
  const mark = async (): Promise<void> => {
    times.push(shop.now());
    await shop.pass(1_000);
  };
  await shop.openShift('monday');
  const sale = await shop.pay(1);
  await mark();
  await shop.fiscalize(sale);
  await mark();
  await shop.fiscalize(await shop.refund(sale, 1));
  await closeShift(shop, 'monday', {
    ...NO_TOTALS,
    sale: {
      receipts: 1,
      total: PLAIN_SUM as never,
      payments: { ...NO_TOTALS.sale.payments, cashless: PLAIN_SUM as never },
    },
    saleRefund: {
      receipts: 1,
      total: PLAIN_SUM as never,
      payments: { ...NO_TOTALS.sale.payments, cashless: PLAIN_SUM as never },
    },
  });
  await shop.register(2);
  await mark();
  const at = async (instant: Instant) =>
    right(await fiscalStateAt(shop.store, { at: instant, runtime: shop.runtime })());
  return { shop, sale, times, at };
};

describe('the fiscal state at an instant', () => {
  it('is what it was then, however much has happened since', async () => {
    const { times, at, shop } = await story();
    const [paid, sold, closed] = await Promise.all(times.map(at));
    expect(paid).toMatchObject({
      receipts: { registered: 1, byStatus: { new: 1, fiscalized: 0 } },
      settlements: { confirmed: 1, linked: 1 },
      documents: { recorded: 0, drives: [] },
      openShifts: [{ registerId: REGISTER, shiftId: 'monday', number: 1 }],
      unread: 0,
    });
    expect(sold).toMatchObject({
      receipts: { registered: 1, byStatus: { new: 0, fiscalized: 1 } },
      documents: {
        recorded: 1,
        totals: { 1: { documents: 1, total: PLAIN_SUM }, 2: { documents: 0, total: 0 } },
        drives: [{ fn: '9999078900000001', documents: 1, lastNumber: 3 }],
      },
    });
    expect(closed).toMatchObject({
      receipts: { registered: 3, open: 1, byStatus: { new: 1, fiscalized: 2 } },
      documents: { recorded: 2, totals: { 2: { documents: 1, total: PLAIN_SUM } } },
      openShifts: [],
      events: shop.log.events.length,
    });
  });

  it('before everything is empty', async () => {
    const { at } = await story();
    expect(await at('2020-01-01T00:00:00.000Z' as Instant)).toMatchObject({
      events: 0,
      receipts: { registered: 0 },
    });
  });

  it('needs no keys, and needs sound chains up to the present', async () => {
    const { shop, sale, times } = await story();
    const broken = changed(
      shop.log.events,
      isOf(receiptStream(sale), 'receipt.Fiscalized'),
      withData({ contentChecked: false }),
    );
    const [at] = times;
    if (at === undefined) throw new Error('no time');
    expect(await fiscalStateAt(storeWith(broken), { at, runtime: shop.runtime })()).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'Corrupt', stream: receiptStream(sale), why: 'chain-broken' },
    });
  });
});
