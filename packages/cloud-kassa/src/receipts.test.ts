import { anonymous, BASKET, errorOf, INN, openShop, order, ruleOf, sure } from './shop.testing';

describe('a receipt', () => {
  it('is registered once, whoever tells of its settlement again', async () => {
    const { kassa, idle, provider } = await openShop();
    const first = sure(await kassa.receipts.register(order(1)));
    const again = sure(await kassa.receipts.register(order(1)));
    expect(first).toMatchObject({ duplicate: false, receiptId: kassa.receipts.idOf(order(1)) });
    expect(again).toMatchObject({ duplicate: true, receiptId: first.receiptId });
    expect(await idle()).toEqual({ receipts: [], settlements: [] });
    expect(provider.sends).toHaveLength(1);
    expect(sure(await kassa.status.document(first.receiptId))).toMatchObject({
      total: 490_000,
      fn: '9999078900000001',
      fd: 1,
    });
  });

  it('is refused with other content under the same settlement, and the fields are named', async () => {
    const { kassa } = await openShop();
    sure(await kassa.receipts.register(order(1)));
    const [item] = BASKET.items;
    if (item === undefined) throw new Error('no item');
    const error = errorOf(await kassa.receipts.register(order(1, { items: [{ ...item, price: 500_000 }] })));
    expect(error).toMatchObject({ code: 'refused', rule: 'settlement-differs' });
    expect(JSON.stringify(error)).toContain('items');
  });

  it('made by hand needs an open shift (S25), one of an exchange does not', async () => {
    const { kassa, kernel } = await openShop();
    const manual = { ...order(1), manual: true };
    expect(ruleOf(await kassa.receipts.register(manual))).toMatch(/^shift-/);
    sure(await kassa.receipts.register(order(2)));
    const opened = sure(await kernel.complete(() => kassa.shifts.open('site')));
    const registered = sure(await kassa.receipts.register(manual));
    expect(sure(await kassa.receipts.get(registered.receiptId)).facts.shiftId).toBe(opened.shiftId);
  });

  it('goes nowhere without a device, without a register and against its policy; every device tells its reason', async () => {
    const none = await openShop({ device: false });
    expect(await none.kassa.receipts.register(order(1))).toMatchObject({
      error: { code: 'no-route', reason: 'no-device', refused: [] },
    });
    const bare = await openShop({ register: false });
    expect(errorOf(await bare.kassa.receipts.register(order(1)))).toEqual({
      code: 'no-route',
      reason: 'no-register',
      message: 'No register card is attached to the device of the organisation.',
      russian: 'К облачной ККТ организации не подключена касса.',
      refused: [{ deviceId: 'garden', reason: 'no-register' }],
    });
    const strict = await openShop();
    sure(await strict.kassa.registers.changePolicy('site', { policy: '3.0.8' }));
    expect(await strict.kassa.receipts.register({ ...order(1), instrument: 'card' })).toMatchObject({
      error: { code: 'no-route', reason: 'policy' },
    });
  });

  it('may be given its time as an instant or as the wall time of the register', async () => {
    const { kassa } = await openShop();
    const instant = sure(
      await kassa.receipts.register({ ...order(1), settledAt: '2026-11-27T05:00:00.000Z' }),
    );
    const local = sure(await kassa.receipts.register({ ...order(2), settledAt: '2026-11-27T08:00:00' }));
    for (const { receiptId } of [instant, local])
      expect(sure(await kassa.receipts.get(receiptId)).content.settledAt).toBe('2026-11-27T08:00:00');
    expect(ruleOf(await kassa.receipts.register({ ...order(3), settledAt: '27.11.2026' }))).toBe(
      'input-shape settledAt',
    );
  });

  it('that is not there is not found, whatever it is called', async () => {
    const { kassa } = await openShop();
    for (const id of ['00000000-0000-0000-0000-000000000000', '', 'no such name', '../events'])
      expect(errorOf(await kassa.receipts.get(id))).toMatchObject({ code: 'not-found', what: 'receiptId' });
  });
});

describe('an order that names no moment', () => {
  it('is the same receipt when it is told again later, whatever came between', async () => {
    const { kassa, work } = await openShop();
    const first = sure(await kassa.receipts.register(order(1)));
    await work(5_000);
    expect(sure(await kassa.receipts.register(order(1)))).toMatchObject({
      receiptId: first.receiptId,
      duplicate: true,
    });
  });
});

describe('a refund', () => {
  const fiscalised = async () => {
    const shop = await openShop();
    const sale = sure(
      await shop.kassa.receipts.register(
        order(1, {
          items: [{ name: 'Стул', price: 100_000, quantity: '3', vatCode: 11, measure: 0 }],
        }),
      ),
    );
    await shop.idle();
    return { ...shop, sale };
  };
  const back = (number: number, receiptId: string) => ({
    organisation: INN,
    document: `return-${number}`,
    settlementId: `refund-${number}`,
    receiptId,
  });

  it('takes lines of the sale by quantity, then all that is left, and then nothing', async () => {
    const { kassa, idle, sale } = await fiscalised();
    const one = sure(
      await kassa.receipts.refund({
        ...back(1, sale.receiptId),
        items: [{ line: 0, quantity: '1.0' }],
      }),
    );
    const rest = sure(await kassa.receipts.refund(back(2, sale.receiptId)));
    expect(sure(await kassa.receipts.get(one.receiptId)).content).toMatchObject({
      settlementSign: 2,
      total: 100_000,
    });
    expect(sure(await kassa.receipts.get(rest.receiptId)).content.total).toBe(200_000);
    expect(ruleOf(await kassa.receipts.refund(back(3, sale.receiptId)))).toMatch(/^(refund|nothing)-/);
    expect(await idle()).toEqual({ receipts: [], settlements: [] });
  });

  it('that was cancelled gives back what it took, and the sale can be refunded anew', async () => {
    const { kassa, sale } = await fiscalised();
    const wrong = sure(await kassa.receipts.refund(back(1, sale.receiptId)));
    expect(ruleOf(await kassa.receipts.refund(back(2, sale.receiptId)))).toMatch(/^(refund|nothing)-/);
    sure(await kassa.queue.cancel(wrong.receiptId, 'goods stay with the buyer'));
    expect(sure(await kassa.queue.cancel(wrong.receiptId, 'goods stay with the buyer'))).toMatchObject({
      duplicate: true,
    });
    const right = sure(await kassa.receipts.refund(back(2, sale.receiptId)));
    expect(sure(await kassa.receipts.get(right.receiptId)).content.total).toBe(300_000);
  });

  it('told again is the same refund', async () => {
    const { kassa, sale } = await fiscalised();
    const first = sure(await kassa.receipts.refund(back(1, sale.receiptId)));
    expect(sure(await kassa.receipts.refund(back(1, sale.receiptId)))).toMatchObject({
      receiptId: first.receiptId,
      duplicate: true,
    });
  });

  it('of more than was sold is refused', async () => {
    const { kassa, sale } = await fiscalised();
    const refund = { ...back(1, sale.receiptId), items: [{ line: 0, quantity: '4' }] };
    expect(ruleOf(await kassa.receipts.refund(refund))).toMatch(/^refund-quantity-above-sold /);
  });

  it('waits for the document of its sale', async () => {
    const { kassa, idle, provider } = await openShop();
    const refuse = provider.send;
    provider.send = () => ({ _tag: 'RefusedInvalid', note: { status: 400, code: 'wrong' } });
    const sale = sure(await kassa.receipts.register(order(1)));
    await idle();
    provider.send = refuse;
    const refund = sure(await kassa.receipts.refund(back(1, sale.receiptId)));
    expect((await idle()).receipts.map(({ receiptId }) => receiptId).toSorted()).toEqual(
      [sale.receiptId, refund.receiptId].toSorted(),
    );
  });

  it('with a field that nobody knows is refused, for it could mean less than all', async () => {
    const { kassa, sale } = await fiscalised();
    const misspelt = { ...back(1, sale.receiptId), item: [{ line: 0, quantity: '1' }] };
    expect(ruleOf(await kassa.receipts.refund(misspelt))).toBe('input-unknown-field item');
  });
});

describe('a correction', () => {
  it('of an error is two receipts: the wrong one taken back, the right one stated', async () => {
    const { kassa, idle } = await openShop();
    const wrong = sure(await kassa.receipts.register(order(1)));
    await idle();
    const corrected = sure(
      await kassa.receipts.correct({
        organisation: INN,
        document: 'fix-1',
        settlementId: 'fix-1',
        receiptId: wrong.receiptId,
        right: {
          ...BASKET,
          items: [{ name: 'Гамак', price: 450_000, quantity: '1', vatCode: 11, measure: 0 }],
        },
      }),
    );
    expect(corrected).toHaveLength(2);
    expect(await idle()).toEqual({ receipts: [], settlements: [] });
    const [takenBack, right] = corrected;
    expect(sure(await kassa.receipts.get(takenBack?.receiptId ?? '')).content).toMatchObject({
      total: 490_000,
    });
    expect(sure(await kassa.receipts.get(right?.receiptId ?? '')).content).toMatchObject({ total: 450_000 });
  });

  it('of a settlement without a register is a correction receipt of its day', async () => {
    const { kassa } = await openShop();
    const [missed] = sure(
      await kassa.receipts.correctMissed({ ...order(1), settledAt: '2026-11-20T12:00:00' }),
    );
    expect(sure(await kassa.receipts.get(missed?.receiptId ?? '')).content).toMatchObject({
      kind: 'correction',
      correction: { settledOn: '2026-11-20', reason: 'not-applied' },
    });
  });

  it('names the field inside of what is to be right', async () => {
    const { kassa } = await openShop();
    const wrong = sure(await kassa.receipts.register(order(1)));
    const order1 = { organisation: INN, document: 'f', settlementId: 'f', receiptId: wrong.receiptId };
    const right = { ...BASKET, items: [{ name: 'Гамак', price: 0.5, quantity: '1', vatCode: 11 }] };
    expect(ruleOf(await kassa.receipts.correct({ ...order1, right }))).toBe(
      'input-shape right.items.0.price',
    );
  });
});

describe('an offset', () => {
  const item = (paymentMethod: number) => ({
    name: 'Беседка',
    price: 1_000_000,
    quantity: '1',
    vatCode: 11,
    measure: 0,
    paymentMethod,
  });

  it('takes an advance into the final settlement, once', async () => {
    const { kassa, idle } = await openShop();
    const advance = sure(await kassa.receipts.register(order(1, { items: [{ ...item(1) }] })));
    await idle();
    const final = {
      ...order(2, { items: [item(4)], payments: { prepaid: 1_000_000 } }),
      offsets: [{ receiptId: advance.receiptId, amount: 1_000_000 }],
    };
    const settled = sure(await kassa.receipts.register(final));
    expect(sure(await kassa.receipts.get(settled.receiptId)).content.payments).toMatchObject({
      prepaid: 1_000_000,
      cashless: 0,
    });
    const again = { ...final, document: 'order-3', settlementId: 'payment-3' };
    expect(ruleOf(await kassa.receipts.register(again))).toMatch(/^offset-/);
    expect(await idle()).toEqual({ receipts: [], settlements: [] });
  });

  it('without the receipt it takes from is refused', async () => {
    const { kassa } = await openShop();
    const order1 = order(1, { items: [item(4)], payments: { prepaid: 1_000_000 } });
    expect(
      ruleOf(
        await kassa.receipts.register({
          ...order1,
          offsets: [{ receiptId: '00000000-0000-0000-0000-000000000000', amount: 1_000_000 }],
        }),
      ),
    ).not.toBe('');
    expect(
      ruleOf(await kassa.receipts.register({ ...order1, offsets: [{ receiptId: 'x', amount: 0.5 }] })),
    ).toBe('input-shape offsets.0.amount');
  });
});

describe("the buyer's contact", () => {
  it('is obligatory (S27), and the shop is asked for it where it can be (S28)', async () => {
    const { kassa } = await openShop();
    expect(ruleOf(await kassa.receipts.register(order(1, { buyer: {} })))).toMatch(/contact/);
    const asking = await openShop({
      findContact: (customerId) =>
        Promise.resolve(customerId === 'c-1' ? { phone: '8 912 345-67-89' } : undefined),
    });
    const { receiptId } = sure(
      await asking.kassa.receipts.register({ ...anonymous(order(1)), ...terms(1), customerId: 'c-1' }),
    );
    expect(sure(await asking.kassa.receipts.get(receiptId)).content.buyer?.person).toMatchObject({
      phone: '+79123456789',
    });
    expect(
      ruleOf(
        await asking.kassa.receipts.register({ ...anonymous(order(2)), ...terms(2), customerId: 'c-2' }),
      ),
    ).toMatch(/contact/);
  });

  const terms = (number: number) => ({
    organisation: INN,
    document: `order-${number}`,
    settlementId: `payment-${number}`,
  });

  it('is told by its own name and never repeated', async () => {
    const { kassa } = await openShop();
    const error = errorOf(await kassa.receipts.register(order(1, { buyer: { phone: '912 345-67-89' } })));
    expect(error).toMatchObject({ rule: 'phone-country', field: 'buyer.phone' });
    expect(JSON.stringify(error)).not.toContain('345');
  });
});
