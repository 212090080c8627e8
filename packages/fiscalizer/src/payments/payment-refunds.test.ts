import {
  askRefund,
  confirm,
  give,
  idOf,
  linked,
  openTown,
  pass,
  refunded,
  request,
  stateOf,
} from './payments.testing';
import { INN, NOW } from '../receipt.testing';
import { DEVICE, basket, createTown, right, roubles } from '../registration/registration.testing';

describe('payment process: refunds', () => {
  it('of all, asked for and confirmed before the sale has its receipt', async () => {
    const town = createTown();
    await give(town, request(), confirm(), askRefund('r1', roubles(300)), refunded('r1', roubles(300)));
    expect(await pass(town, town.member('a'))).toMatchObject({
      waiting: [
        { settlementId: 't1', reason: 'no-device' },
        { settlementId: 'r1', reason: 'no-device' },
      ],
    });
    await town.connect();
    await pass(town, town.member('b'));
    const payment = await town.payment('p1');
    expect([stateOf(payment, 't1'), stateOf(payment, 'r1')]).toEqual([linked('t1'), linked('r1')]);
    expect(await town.receipt(idOf('r1'))).toMatchObject({
      content: { settlementSign: 2, total: 30_000 },
      parents: [{ relation: 'refunds', link: { receiptId: idOf('t1') }, reservation: idOf('r1') }],
    });
  });

  it('of parts, after the sale has its receipt', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    await pass(town, town.member('a'));
    await give(town, askRefund('r1', roubles(100), basket(1)), refunded('r1', roubles(100)));
    await pass(town, town.member('b'));
    await give(town, askRefund('r2', roubles(200), basket(2)), refunded('r2', roubles(200)));
    await pass(town, town.member('c'));
    expect(town.receipts()).toEqual([idOf('t1'), idOf('r1'), idOf('r2')]);
    const { fence } = await town.receipt(idOf('t1'));
    expect([...fence.refunds.values()].map(({ sums }) => sums.cashless)).toEqual([10_000, 20_000]);
  });

  it('made at the bank without a word here waits for what was returned', async () => {
    const town = await openTown();
    await give(town, request(), confirm(), refunded('r1', roubles(100)));
    await pass(town, town.member('a'));
    expect(stateOf(await town.payment('p1'), 'r1')).toMatchObject({ reason: 'no-basket' });
    await give(town, {
      type: 'ResumeFiscalization',
      data: { now: NOW, settlementId: 'r1', basket: basket(1) },
    });
    await pass(town, town.member('b'));
    expect(stateOf(await town.payment('p1'), 'r1')).toEqual(linked('r1'));
  });

  it('of lines that were not sold is refused with rule and field, until it is corrected', async () => {
    const town = await openTown();
    const [chair] = basket(1).items;
    if (chair === undefined) throw new Error('no item');
    const wrong = basket(1, { items: [{ ...chair, name: 'Диван' }] });
    await give(
      town,
      request(),
      confirm(),
      askRefund('r1', roubles(100), wrong),
      refunded('r1', roubles(100)),
    );
    await pass(town, town.member('a'));
    expect(stateOf(await town.payment('p1'), 'r1')).toMatchObject({
      reason: 'refused',
      objection: { rule: 'refund-line-unknown', field: 'items.0' },
    });
    await give(town, {
      type: 'ResumeFiscalization',
      data: { now: NOW, settlementId: 'r1', basket: basket(1) },
    });
    await pass(town, town.member('b'));
    expect(stateOf(await town.payment('p1'), 'r1')).toEqual(linked('r1'));
  });

  it('what went back at the bank and by hand together never exceeds the sale', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    const member = town.member('a');
    await pass(town, member);
    right(
      await member.registrar.refund({
        organisation: INN,
        source: { document: 'by-hand', settlementId: '1' },
        settled: NOW,
        origin: 'exchange',
        instrument: 'sbp',
        actor: 'cashier',
        sale: { kind: 'receipt', receiptId: idOf('t1') },
        returned: { what: 'document', document: basket(1) },
      }),
    );
    await give(town, refunded('r1', roubles(300)));
    await pass(town, town.member('b'));
    expect(stateOf(await town.payment('p1'), 'r1')).toMatchObject({
      reason: 'refused',
      objection: { rule: 'refund-total-differs', field: 'amount' },
    });
  });

  it('while its receipt can not be made, what went back stays reserved in the sale', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    await pass(town, town.member('a'));
    await town.device(DEVICE, { type: 'SuspendDevice', data: { now: NOW, reason: 'maintenance' } });
    await give(town, refunded('r1', roubles(300)));
    await pass(town, town.member('b'));
    expect(stateOf(await town.payment('p1'), 'r1')).toMatchObject({ reason: 'no-device' });
    expect((await town.receipt(idOf('t1'))).fence.refunds.has(idOf('r1'))).toBe(true);
    await town.device(DEVICE, { type: 'ResumeDevice', data: { now: NOW } });
    await pass(town, town.member('c'));
    expect(stateOf(await town.payment('p1'), 'r1')).toEqual(linked('r1'));
  });

  it.each(
    [1, 2, 3, 4, 5, 6, 7].flatMap(
      (at) =>
        [
          [at, false],
          [at, true],
        ] as const,
    ),
  )(
    'sale and refund go on after the process died at append %d, written: %s',
    async (appendsLeft, isWritten) => {
      const town = await openTown();
      await give(town, request(), confirm(), refunded('r1', roubles(300)));
      const dying = town.member('dying');
      Object.assign(dying.disturbance, { appendsLeft, isWritten });
      expect(await town.complete(() => Promise.race([dying.process.catchUp(), dying.died]))).toBe('died');
      await pass(town, town.member('next'));
      const payment = await town.payment('p1');
      expect([stateOf(payment, 't1'), stateOf(payment, 'r1')]).toEqual([linked('t1'), linked('r1')]);
      expect(town.receipts()).toEqual([idOf('t1'), idOf('r1')]);
      expect(town.types(`receipt-${idOf('t1')}`)).toEqual(['Registered', 'Enqueued', 'RefundReserved']);
    },
  );
});
