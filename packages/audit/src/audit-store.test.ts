import { auditStore } from './audit-store';
import { openShop, right } from './shop.testing';

describe('an audit of a store that deciders made', () => {
  it('finds nothing, counts what is open, and agrees with the ledger', async () => {
    const shop = openShop();
    await shop.connect();
    await shop.openShift('monday');
    const sale = await shop.sell(1);
    await shop.sell(2, { vatCode: 6 });
    const refund = await shop.refund(sale, 1);
    await shop.fiscalize(refund);
    await shop.pay(3);
    await shop.shift({
      type: 'CloseShift',
      data: {
        now: shop.now(),
        shiftId: 'monday',
        closedBy: 'keeper',
        totals: {
          sale: {
            receipts: 2,
            total: 4_880_000 as never,
            payments: { cash: 0, cashless: 4_880_000, prepaid: 0, credit: 0, provision: 0 } as never,
          },
          saleRefund: {
            receipts: 1,
            total: 2_440_000 as never,
            payments: { cash: 0, cashless: 2_440_000, prepaid: 0, credit: 0, provision: 0 } as never,
          },
          purchase: {
            receipts: 0,
            total: 0 as never,
            payments: { cash: 0, cashless: 0, prepaid: 0, credit: 0, provision: 0 } as never,
          },
          purchaseRefund: {
            receipts: 0,
            total: 0 as never,
            payments: { cash: 0, cashless: 0, prepaid: 0, credit: 0, provision: 0 } as never,
          },
          corrections: 0,
        },
        upToPosition: right(await shop.store.head()()) ?? '',
        openReceipts: 1,
      },
    });
    const { store, keyRing, runtime, ledger } = shop;
    const report = right(await auditStore({ store, keyRing, runtime }, { ledger })());
    console.log(JSON.stringify({ ...report, heads: report.heads.size }, null, 1));
    expect(report.findings).toEqual([]);
  });
});
