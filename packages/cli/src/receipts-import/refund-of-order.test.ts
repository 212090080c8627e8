import { receiptIdOf } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type { RegistrationOrder } from './index';
import { DOCUMENT_EXAMPLE, documentsReader, refundOfOrder } from './index';
import { readJsonLine } from './reading/read-json-line';

const orderOf = (change: object): RegistrationOrder => {
  const json = readJsonLine(JSON.stringify({ ...(JSON.parse(DOCUMENT_EXAMPLE) as object), ...change }));
  const order = E.isLeft(json) ? json : documentsReader()(json.right, 1);
  if (E.isLeft(order)) throw new Error(JSON.stringify(order.left));
  return order.right;
};

const here = { document: 'order-1042', id: 'payment-7' };
const item = { name: 'Гамак', price: 490_000, quantity: '1.5', vatCode: 6, method: 4, subject: 1 };

describe('an order that refunds', () => {
  it('a receipt registered here names it and what goes back, with sums and all five payments', () => {
    const order = orderOf({
      id: 'refund-1',
      sign: 2,
      items: [item],
      payments: { cashless: 735_000 },
      refundOf: here,
    });
    const refund = refundOfOrder(order);
    expect(refund).toMatchObject({
      right: {
        source: { document: 'order-1042', settlementId: 'refund-1' },
        contact: { email: 'buyer@example.ru' },
        sale: {
          kind: 'receipt',
          receiptId: receiptIdOf('7707083893', { document: 'order-1042', settlementId: 'payment-7' }),
        },
        returned: {
          what: 'document',
          document: {
            items: [{ name: 'Гамак', quantity: '1.5', sum: 735_000 }],
            payments: { cash: 0, cashless: 735_000, prepaid: 0, credit: 0, provision: 0 },
          },
        },
      },
    });
    expect(refund).not.toHaveProperty('right.draft');
    expect(refund).not.toHaveProperty('right.parents');
  });

  it('a document made elsewhere, and one that refunds nothing, are registered like any other', () => {
    const elsewhere = { fn: '9999078900006211', fd: 12, fp: 3 };
    expect(refundOfOrder(orderOf({ sign: 2, refundOf: elsewhere }))).toBeUndefined();
    expect(refundOfOrder(orderOf({ corrects: here }))).toBeUndefined();
    expect(refundOfOrder(orderOf({}))).toBeUndefined();
  });

  it('more than a line can hold is refused', () => {
    const huge = { ...item, price: 281_474_976_710_655, quantity: '2' };
    expect(refundOfOrder(orderOf({ sign: 2, items: [huge], refundOf: here }))).toEqual(
      E.left({ rule: 'amount-too-large', field: 'items.0.sum' }),
    );
  });
});
