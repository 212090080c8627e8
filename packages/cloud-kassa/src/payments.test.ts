import type { PostponementReason } from '@cloud-kassa/core';
import type { BasketInput } from './receipt-input';
import type { Shop } from './shop.testing';
import {
  anonymous,
  BASKET,
  connectionTo,
  errorOf,
  INN,
  openShop,
  OTHER_INN,
  REGISTRATION,
  ruleOf,
  sure,
} from './shop.testing';

const AMOUNT = 490_000;

const request = ({ kassa }: Shop, paymentId: string, basket: BasketInput = BASKET) =>
  kassa.payments.request({ paymentId, organisation: INN, sourceDocument: paymentId, basket });

const confirm = ({ kassa }: Shop, paymentId: string, amount = AMOUNT, instrument: 'sbp' | 'card' = 'sbp') =>
  kassa.payments.confirm(paymentId, {
    settlementId: `bank-${paymentId}`,
    organisation: INN,
    amount,
    instrument,
  });

const paid = async (shop: Shop, paymentId: string, basket: BasketInput = BASKET): Promise<void> => {
  sure(await request(shop, paymentId, basket));
  sure(await confirm(shop, paymentId));
};

const reasons = async ({ kassa }: Shop): Promise<ReadonlyArray<PostponementReason | undefined>> =>
  sure(await kassa.queue.paymentsWithoutReceipt()).rows.map(({ reason }) => reason);

/** The work goes on until every confirmed payment has its receipt and its document. */
const ends = async (shop: Shop): Promise<void> => {
  expect(await shop.idle()).toEqual({ receipts: [], settlements: [] });
  expect(await reasons(shop)).toEqual([]);
  expect(sure(await shop.kassa.queue.count()).fiscalized).toBe(1);
};

describe('an order that is examined before the money is taken', () => {
  const examine = ({ kassa }: Shop, basket: BasketInput = BASKET) =>
    kassa.payments.examine({ paymentId: 'p-1', organisation: INN, sourceDocument: 'p-1', basket });

  it('names the register and the device, and whether the provider makes receipts now; nothing is written', async () => {
    const shop = await openShop();
    const way = { registerId: 'site', deviceId: 'garden' };
    expect(sure(await examine(shop))).toEqual({ ...way, available: true });
    shop.provider.availability = () => ({ _tag: 'NotAvailable', why: 'drive-full', units: [] });
    expect(sure(await examine(shop))).toEqual({ ...way, available: false, why: 'drive-full' });
    shop.provider.availability = () => ({ _tag: 'Unreachable' });
    expect(sure(await examine(shop))).toEqual({ ...way, available: false, why: 'unreachable' });
    expect(errorOf(await shop.kassa.payments.get('p-1')).code).toBe('not-found');
    expect(sure(await shop.kassa.queue.list()).rows).toEqual([]);
  });

  it('is refused as its receipt would be', async () => {
    const shop = await openShop();
    expect(ruleOf(await examine(shop, anonymous(BASKET)))).toBe('contact-required buyer');
    expect(errorOf(await examine(shop, { ...BASKET, taxation: 2 }))).toMatchObject({ code: 'no-route' });
    const nowhere = await openShop({ device: false });
    expect(errorOf(await examine(nowhere))).toMatchObject({ code: 'no-route', reason: 'no-device' });
  });
});

describe('a payment', () => {
  it('becomes a receipt and a document by itself, however often the bank tells of it', async () => {
    const shop = await openShop();
    await paid(shop, 'p-1');
    expect(sure(await confirm(shop, 'p-1'))).toMatchObject({ duplicate: true });
    expect(sure(await request(shop, 'p-1'))).toMatchObject({ duplicate: true });
    await ends(shop);
    const view = sure(await shop.kassa.payments.get('p-1'));
    expect(view.phase).toBe('confirmed');
    expect([...view.payment.settlements.values()].map(({ fiscalization }) => fiscalization.state)).toEqual([
      'linked',
    ]);
    expect(shop.provider.sends).toHaveLength(1);
  });

  it('goes through its link, its decline and its expiry, and money that comes late is taken all the same', async () => {
    const shop = await openShop();
    const { payments } = shop.kassa;
    sure(await request(shop, 'p-1'));
    const link = { linkId: 'qr-1', kind: 'single-use', address: 'https://qr.example/1' } as const;
    sure(await payments.issueLink('p-1', { ...link, expiresAt: '2026-11-27T07:00:00.000Z' }));
    sure(await payments.decline('p-1', { code: 'I05043' }));
    sure(await payments.expire('p-1', { linkId: 'qr-1' }));
    sure(await confirm(shop, 'p-1'));
    const { payment } = sure(await payments.get('p-1'));
    expect([...payment.settlements.values()][0]).toMatchObject({ late: true });
    await ends(shop);
  });

  it('of which nobody knows is not declined, not found, and money for it is kept', async () => {
    const shop = await openShop();
    const { payments } = shop.kassa;
    expect(sure(await payments.decline('p-9'))).toEqual({ duplicate: true });
    expect(sure(await payments.declineRefund('p-9', { refundId: 'r' }))).toEqual({ duplicate: true });
    expect(errorOf(await payments.get('p-9'))).toMatchObject({ code: 'not-found' });
    expect(errorOf(await payments.get('p 9 ?'))).toMatchObject({ code: 'not-found' });
    sure(await confirm(shop, 'p-9'));
    await shop.idle();
    expect(await reasons(shop)).toEqual(['no-basket']);
  });

  it('is refunded at the bank: a receipt of its own, after that of the payment', async () => {
    const shop = await openShop();
    const { payments } = shop.kassa;
    await paid(shop, 'p-1');
    await shop.idle();
    const refund = { refundId: 'back-1', settlementId: 'bank-p-1', amount: AMOUNT };
    sure(await payments.requestRefund('p-1', refund));
    sure(await payments.confirmRefund('p-1', refund));
    expect(sure(await payments.confirmRefund('p-1', refund))).toMatchObject({ duplicate: true });
    expect(await shop.idle()).toEqual({ receipts: [], settlements: [] });
    const documents = sure(await shop.kassa.status.documents()).rows;
    expect(new Set(documents.map(({ sign, total }) => `${sign} ${total}`))).toEqual(
      new Set([`1 ${AMOUNT}`, `2 ${AMOUNT}`]),
    );
    expect(ruleOf(await payments.requestRefund('p-1', { ...refund, refundId: 'back-2' }))).toBe(
      'refund-above-paid amount',
    );
  });

  it('is refunded in part: the request says what goes back; money that is back already waits for it', async () => {
    const shop = await openShop();
    const { payments } = shop.kassa;
    const [item] = BASKET.items;
    if (item === undefined) throw new Error('no item');
    const half = AMOUNT / 2;
    await paid(shop, 'p-1', { ...BASKET, items: [{ ...item, price: half, quantity: '2' }] });
    const basket = { ...BASKET, items: [{ ...item, price: half }] };
    const part = { refundId: 'back-1', settlementId: 'bank-p-1', amount: half };
    expect(ruleOf(await payments.requestRefund('p-1', part))).toBe('basket-missing basket');
    sure(await payments.requestRefund('p-1', { ...part, basket }));
    sure(await payments.confirmRefund('p-1', part));
    sure(await payments.confirmRefund('p-1', { ...part, refundId: 'back-2' }));
    await shop.idle();
    expect(await reasons(shop)).toEqual(['no-basket']);
    sure(await payments.resume('p-1', 'back-2', { basket }));
    expect(await shop.idle()).toEqual({ receipts: [], settlements: [] });
    const documents = sure(await shop.kassa.status.documents()).rows;
    expect(documents.map(({ sign, total }) => `${sign} ${total}`).toSorted()).toEqual([
      `1 ${AMOUNT}`,
      `2 ${half}`,
      `2 ${half}`,
    ]);
  });

  it('has rules whose names others have too, in its own words', async () => {
    const shop = await openShop();
    await paid(shop, 'p-1');
    const error = errorOf(await confirm(shop, 'p-1', 1));
    expect(error).toMatchObject({ rule: 'settlement-differs' });
    expect(error.message).toMatch(/money|amount|settlement/i);
    expect(error.message).not.toMatch(/receipt/i);
  });
});

describe('confirmed money without a receipt shows its reason, and goes on when the reason is gone', () => {
  it('no-device', async () => {
    const shop = await openShop({ device: false });
    await paid(shop, 'p-1');
    expect((await shop.idle()).settlements).toMatchObject([{ paymentId: 'p-1', reason: 'no-device' }]);
    expect(await reasons(shop)).toEqual(['no-device']);
    sure(
      await shop.kassa.devices.register({
        deviceId: 'garden',
        title: 'Garden',
        connection: connectionTo('main'),
        registration: REGISTRATION,
      }),
    );
    sure(await shop.kassa.registers.attach('garden', { registerId: 'site', name: 'sad.example' }));
    await ends(shop);
  });

  it('no-register', async () => {
    const shop = await openShop({ register: false });
    await paid(shop, 'p-1');
    await shop.idle();
    expect(await reasons(shop)).toEqual(['no-register']);
    sure(await shop.kassa.registers.attach('garden', { registerId: 'site', name: 'sad.example' }));
    await ends(shop);
  });

  it('policy', async () => {
    const shop = await openShop();
    sure(await shop.kassa.registers.changePolicy('site', { policy: '3.0.8' }));
    sure(await request(shop, 'p-1'));
    sure(await confirm(shop, 'p-1', AMOUNT, 'card'));
    await shop.idle();
    expect(await reasons(shop)).toEqual(['policy']);
    sure(await shop.kassa.registers.changePolicy('site', { policy: '3.0.9' }));
    await ends(shop);
  });

  it('no-contact, given by a person', async () => {
    const shop = await openShop();
    await paid(shop, 'p-1', anonymous(BASKET));
    await shop.idle();
    expect(await reasons(shop)).toEqual(['no-contact']);
    sure(await shop.kassa.payments.resume('p-1', 'bank-p-1', { buyer: { phone: '89123456789' } }));
    await ends(shop);
  });

  it('no-contact, asked of the shop again by itself', async () => {
    let known = false;
    const shop = await openShop({
      findContact: () => Promise.resolve(known ? { email: 'buyer@example.ru' } : undefined),
    });
    await paid(shop, 'p-1', { ...anonymous(BASKET), customerId: 'c-1' });
    await shop.idle();
    expect(await reasons(shop)).toEqual(['no-contact']);
    known = true;
    await shop.work(11 * 60_000);
    await ends(shop);
  });

  it('no-basket', async () => {
    const shop = await openShop();
    sure(await confirm(shop, 'p-1'));
    await shop.idle();
    expect(await reasons(shop)).toEqual(['no-basket']);
    sure(await shop.kassa.payments.resume('p-1', 'bank-p-1', { basket: BASKET }));
    await ends(shop);
  });

  it('amount-differs', async () => {
    const shop = await openShop();
    sure(await request(shop, 'p-1'));
    sure(await confirm(shop, 'p-1', AMOUNT + 1));
    await shop.idle();
    expect(await reasons(shop)).toEqual(['amount-differs']);
    const [item] = BASKET.items;
    if (item === undefined) throw new Error('no item');
    expect(ruleOf(await shop.kassa.payments.resume('p-1', 'bank-p-1', { basket: BASKET }))).toBe(
      'basket-amount payments.cashless',
    );
    const basket = { ...BASKET, items: [{ ...item, price: AMOUNT + 1 }] };
    sure(await shop.kassa.payments.resume('p-1', 'bank-p-1', { basket }));
    await ends(shop);
  });

  it('refused, with the rule and the field', async () => {
    const shop = await openShop();
    const [item] = BASKET.items;
    if (item === undefined) throw new Error('no item');
    // 20 % is over.
    await paid(shop, 'p-1', { ...BASKET, items: [{ ...item, vatCode: 1 }] });
    await shop.idle();
    expect(sure(await shop.kassa.queue.paymentsWithoutReceipt()).rows).toMatchObject([
      { reason: 'refused', objectionField: 'items.0.vatCode' },
    ]);
    sure(await shop.kassa.payments.resume('p-1', 'bank-p-1', { basket: BASKET }));
    await ends(shop);
  });
});

describe('payments of two organisations', () => {
  it('are asked for apart', async () => {
    const shop = await openShop();
    await paid(shop, 'p-1', anonymous(BASKET));
    await shop.idle();
    const { queue } = shop.kassa;
    expect(sure(await queue.paymentsWithoutReceipt({ organisation: INN })).rows).toHaveLength(1);
    expect(sure(await queue.paymentsWithoutReceipt({ organisation: OTHER_INN })).rows).toEqual([]);
    expect(
      sure(await queue.paymentsWithoutReceipt({ reason: 'no-contact', state: 'postponed' })).rows,
    ).toHaveLength(1);
  });
});
