import type { ConfirmPayment, Json } from '@cloud-kassa/core';
import { cloudDeviceStream, receiptIdOf, receiptStream } from '@cloud-kassa/core';
import type { AuditReport } from '../audit-report';
import type { GoodStore } from '../good-store.testing';
import { PLAIN_SUM, auditOf, goodStore, rulesIn } from '../good-store.testing';
import type { Shop } from '../shop.testing';
import { DEVICE, DOMAIN, INN, doneBy, openShop } from '../shop.testing';
import type { Events } from '../tampering.testing';
import { changed, eventLike, insertedAfter, isOf, rewritten, withData } from '../tampering.testing';
import type { CrossRule } from './cross-rules';
import { CROSS_RULES } from './cross-rules';

let good: GoodStore;
beforeAll(async () => {
  good = await goodStore();
});

type Edit = (events: Events) => Events;

const told = (edit: Edit): Promise<AuditReport> => auditOf(good.shop, rewritten(good.events, edit));
const as = (shop: Shop, edit: Edit = (events) => events): Promise<AuditReport> =>
  auditOf(shop, rewritten(shop.log.events, edit));

const at = '2026-03-02T12:00:00.000Z';
const OTHER = { fn: '9999078900000001', fd: 99, fp: 9 } as const;

const without =
  (stream: string, ...types: ReadonlyArray<string>): Edit =>
  (events) =>
    events.filter((event) => event.stream !== stream || (types.length > 0 && !types.includes(event.type)));

/** A document of another number is shown for a receipt that has one, or was cancelled. */
const showOther = async (shop: Shop, receiptId: string): Promise<void> => {
  const { attempt } = await shop.stateOf(receiptId);
  await shop.receipt(receiptId, {
    type: 'SettleReceipt',
    data: {
      now: shop.now(),
      by: 'Иванова',
      epoch: attempt.epoch,
      settlement: { how: 'document', document: OTHER },
    },
  });
};

/** A shop whose register made something else than was asked for. */
const disputed = async (): Promise<{ readonly shop: Shop; readonly receiptId: string }> => {
  const shop = openShop();
  const receiptId = await shop.pay(1);
  await shop.route(receiptId);
  await shop.intend(receiptId);
  const done = doneBy(await shop.print(receiptId));
  await shop.record(receiptId, { ...done, found: { settlementSign: 1, total: 1 as never } });
  return { shop, receiptId };
};

const withDocument =
  (receiptId: string, change: Readonly<Record<string, Json>>): Edit =>
  (events) =>
    changed(events, isOf(receiptStream(receiptId), 'receipt.Fiscalized'), (event) => {
      const { document } = JSON.parse(JSON.stringify(event.data)) as {
        readonly document: Record<string, Json>;
      };
      return withData({ document: { ...document, ...change } })(event);
    });

const documentOf = (events: Events, receiptId: string): Readonly<Record<string, Json>> => {
  const event = events.find(isOf(receiptStream(receiptId), 'receipt.Fiscalized'));
  const { document } = JSON.parse(JSON.stringify(event?.data)) as { readonly document: Record<string, Json> };
  return document;
};

/** The bank's one operation, told for two payments. */
const tellTwice = async (shop: Shop, second: Partial<ConfirmPayment['data']> = {}): Promise<void> => {
  for (const [paymentId, change] of [
    ['order-7', {}],
    ['order-8', second],
  ] as const)
    await shop.payment(paymentId, {
      type: 'ConfirmPayment',
      data: {
        now: shop.now(),
        paymentId,
        settlementId: 'bank-7',
        organisation: INN,
        instrument: 'sbp',
        amount: 100 as never,
        paidAt: shop.now(),
        ...change,
      },
    });
};

/** For every rule a store in which nothing else is wrong. */
const BREAKAGES: Readonly<Record<CrossRule, () => Promise<AuditReport>>> = {
  doubled: async () => {
    const shop = openShop();
    await showOther(shop, await shop.sell(1));
    return as(shop);
  },
  disputed: async () => as((await disputed()).shop),
  'document-after-cancel': async () => {
    const shop = openShop();
    const receiptId = await shop.register(1);
    const data = { now: shop.now(), by: 'Иванова', reason: 'withdrawn' };
    await shop.receipt(receiptId, { type: 'CancelReceipt', data });
    await showOther(shop, receiptId);
    return as(shop);
  },
  'document-reused': () => told(withDocument(good.plain, documentOf(good.events, good.sale))),
  'documents-out-of-order': () => told(withDocument(good.plain, { shiftNumber: 7 })),
  'receipt-missing': async () => {
    const shop = openShop();
    return as(shop, without(receiptStream(await shop.pay(1))));
  },
  'receipt-linked-twice': () =>
    told((events) =>
      changed(events, isOf('payment-order-2', 'payment.ReceiptLinked'), withData({ receiptId: good.sale })),
    ),
  'linked-amount-differs': () =>
    told((events) =>
      changed(
        events,
        isOf('payment-order-3', 'payment.PaymentConfirmed'),
        withData({ amount: PLAIN_SUM - 1 }),
      ),
    ),
  'operation-told-for-two-payments': async () => {
    const shop = openShop();
    await tellTwice(shop);
    return as(shop);
  },
  'receipt-open': async () => {
    const shop = openShop();
    await shop.register(1);
    return auditOf(shop, shop.log.events, { requireClosed: true });
  },
  'settlement-open': () =>
    auditOf(
      good.shop,
      rewritten(
        good.events.filter(({ stream }) => stream === 'payment-order-3'),
        without('payment-order-3', 'payment.ReceiptLinked'),
      ),
      { requireClosed: true },
    ),
  'parent-missing': () =>
    auditOf(
      good.shop,
      rewritten(good.events, (events) =>
        events.filter(({ stream }) => stream === receiptStream(good.refund)),
      ),
    ),
  'parent-not-fiscalized': async () => {
    const shop = openShop();
    const sale = await shop.register(1);
    await shop.fiscalize(await shop.refund(sale, 1));
    return as(shop);
  },
  'reservation-missing': () =>
    told((events) =>
      insertedAfter(events, isOf(receiptStream(good.sale), 'receipt.RefundReserved'), (event) => [
        eventLike(event, 'receipt.RefundReleased', { at, refundId: good.refund }),
      ]),
    ),
  'reservation-abandoned': async () => {
    const shop = openShop();
    await shop.reserve(await shop.sell(1), 1);
    await shop.pass(3_600_000);
    await shop.register(2);
    return as(shop);
  },
  'reserved-above-sold': () =>
    told((events) =>
      changed(events, isOf(receiptStream(good.sale), 'receipt.RefundReserved'), (event) => {
        const { items } = JSON.parse(JSON.stringify(event.data)) as {
          readonly items: ReadonlyArray<Record<string, Json>>;
        };
        return withData({ items: items.map((item) => ({ ...item, quantity: '3' })) })(event);
      }),
    ),
  'refund-above-reserved': () =>
    told((events) =>
      changed(
        events,
        isOf(receiptStream(good.sale), 'receipt.RefundReserved'),
        withData({ sums: { cash: 0, cashless: PLAIN_SUM - 1, prepaid: 0, credit: 0, provision: 0 } }),
      ),
    ),
  'domain-shared': () =>
    told((events) =>
      insertedAfter(events, isOf(cloudDeviceStream(DEVICE)), (event) => {
        const data = JSON.parse(JSON.stringify(event.data)) as Record<string, Json>;
        const stream = cloudDeviceStream('other');
        return [eventLike({ ...event, stream }, event.type, { ...data, deviceId: 'other' })];
      }),
    ),
  'domain-differs': () =>
    told((events) =>
      changed(events, isOf(cloudDeviceStream(DEVICE)), withData({ dedupDomain: `${DOMAIN}, another` })),
    ),
};

describe('what is wrong between streams', () => {
  it.each(Object.keys(CROSS_RULES) as ReadonlyArray<CrossRule>)('is found: %s', async (rule) => {
    const report = await BREAKAGES[rule]();
    expect(new Set(rulesIn(report))).toEqual(new Set([rule]));
    expect(report.verdict).toBe('failed');
  });
});

describe('a double', () => {
  it('is named with the receipt and both documents', async () => {
    const { findings } = await BREAKAGES.doubled();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'doubled',
      detail: {
        receiptId: expect.any(String),
        fn: '9999078900000001',
        fd: 3,
        fp: expect.any(Number),
        'second.fn': OTHER.fn,
        'second.fd': OTHER.fd,
        'second.fp': OTHER.fp,
      },
    });
  });
});

describe('a number of a drive that two receipts claim', () => {
  it('is found under another sign too: a drive gives each number once', async () => {
    const { fp: _fp, ...document } = documentOf(good.events, good.sale);
    const report = await told(withDocument(good.plain, { ...document, fp: 77 }));
    expect(rulesIn(report)).toEqual(['document-reused']);
    expect(report.findings[0]?.detail).toMatchObject({ receiptId: good.plain, otherReceiptId: good.sale });
  });
});

describe('an operation of the bank that was told for two payments', () => {
  it('is named with both', async () => {
    const { findings } = await BREAKAGES['operation-told-for-two-payments']();
    expect(findings).toMatchObject([
      {
        stream: 'payment-order-8',
        detail: { settlementId: 'bank-7', paymentId: 'order-8', otherPaymentId: 'order-7' },
      },
    ]);
  });

  it('is made good by a full refund of one of them', async () => {
    const shop = openShop();
    await tellTwice(shop);
    const refund = { refundId: 'back-7', settlementId: 'bank-7', refundedAt: shop.now(), now: shop.now() };
    await shop.payment('order-7', { type: 'ConfirmRefund', data: { ...refund, amount: 40 as never } });
    expect(rulesIn(await as(shop))).toEqual(['operation-told-for-two-payments']);
    const rest = { ...refund, refundId: 'back-8', amount: 60 as never };
    await shop.payment('order-7', { type: 'ConfirmRefund', data: rest });
    expect((await as(shop)).verdict).toBe('ok');
  });

  it('is another one by another instrument', async () => {
    const shop = openShop();
    await tellTwice(shop, { instrument: 'card' });
    expect((await as(shop)).verdict).toBe('ok');
  });
});

describe('a dispute', () => {
  it('that was made good is counted, no finding', async () => {
    const { shop, receiptId } = await disputed();
    const { attempt } = await shop.stateOf(receiptId);
    await shop.receipt(receiptId, {
      type: 'SettleReceipt',
      data: {
        now: shop.now(),
        by: 'Иванова',
        epoch: attempt.epoch,
        settlement: { how: 'compensated', compensatingReceiptId: 'receipt-2' },
      },
    });
    const report = await as(shop);
    expect(report).toMatchObject({
      verdict: 'ok',
      receipts: { disputed: 1, compensated: 1, byStatus: { error: 1 } },
    });
  });
});

describe('a reservation', () => {
  it('may wait a while for its receipt', async () => {
    const shop = openShop();
    await shop.reserve(await shop.sell(1), 1);
    expect(await as(shop)).toMatchObject({ verdict: 'ok', reservationsOnTheirWay: 1 });
    const strict = await auditOf(shop, shop.log.events, { reservationGraceMs: 0 });
    expect(rulesIn(strict)).toEqual(['reservation-abandoned']);
  });

  it('that was released needs no receipt', async () => {
    const shop = openShop();
    const sale = await shop.sell(1);
    const refundId = await shop.reserve(sale, 1);
    await shop.receipt(sale, { type: 'ReleaseRefund', data: { now: shop.now(), refundId } });
    await shop.pass(7_200_000);
    await shop.register(2);
    expect(await as(shop)).toMatchObject({ verdict: 'ok', reservationsOnTheirWay: 0 });
  });

  it('of an advance is not offset beyond it', async () => {
    const shop = openShop();
    const advance = await shop.sell(1, { method: 1, quantity: 1 });
    const offsetId = receiptIdOf(INN, { document: 'final', settlementId: '1' });
    const data = { now: shop.now(), offsetId, amount: 1_220_000 as never };
    await shop.receipt(advance, { type: 'ReserveOffset', data });
    expect((await as(shop)).verdict).toBe('ok');
    const more = await as(shop, (events) =>
      changed(
        events,
        isOf(receiptStream(advance), 'receipt.OffsetReserved'),
        withData({ amount: 1_220_001 }),
      ),
    );
    expect(rulesIn(more)).toEqual(['reserved-above-sold']);
    expect(more.findings[0]?.detail['field']).toBe('prepaid');
  });
});

describe('open books', () => {
  it('are counted: receipts by status, settlements by reason, what is overdue', async () => {
    const shop = openShop();
    await shop.register(1);
    await shop.payment('order-7', {
      type: 'ConfirmPayment',
      data: {
        now: shop.now(),
        paymentId: 'order-7',
        settlementId: 'bank-7',
        organisation: INN,
        instrument: 'sbp',
        amount: 100 as never,
        paidAt: shop.now(),
      },
    });
    await shop.pass(7_200_000);
    const held = await shop.register(2);
    await shop.route(held);
    await shop.intend(held);
    await shop.receipt(held, {
      type: 'RecordSend',
      data: { now: shop.now(), epoch: 1, outcome: { kind: 'refused-invalid', note: { code: 'E17' } } },
    });
    expect(await as(shop)).toMatchObject({
      verdict: 'ok',
      receipts: { registered: 2, open: 2, held: 1, overdue: 1, byStatus: { new: 1, error: 1 } },
      settlements: { confirmed: 1, linked: 0, due: 0, postponed: 1, byReason: { 'no-basket': 1 } },
    });
    const closed = await auditOf(shop, shop.log.events, { requireClosed: true });
    expect(rulesIn(closed)).toEqual(['receipt-open', 'receipt-open', 'settlement-open']);
  });
});
