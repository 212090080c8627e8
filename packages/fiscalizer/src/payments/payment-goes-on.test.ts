import { settlementsWithoutReceipt } from '@cloud-kassa/core';
import { INN, NOW } from '../receipt.testing';
import { MINUTE, anonymous, right } from '../registration/registration.testing';
import { confirm, give, idOf, linked, openTown, pass, request, stateOf } from './payments.testing';

const never = new Promise<never>(() => undefined);

describe('a payment process goes on', () => {
  it('where the shop never answers who its customers are: their settlements wait visibly, the others get their receipts', async () => {
    const town = await openTown();
    // The map of the test stands for the shop, which answers with a promise.
    town.customers.get = () => never as never;
    const member = town.member('running', { settings: { poolSize: 2 } });
    for (const number of [1, 2, 3, 4]) {
      const paymentId = `silent-${number}`;
      await town.pay(paymentId, request(anonymous(3, { customerId: 'c1' }), { paymentId }));
      await town.pay(paymentId, confirm('t1', undefined, { paymentId }));
    }
    const stop = new AbortController();
    const running = member.process.run(stop.signal);
    await town.kernel.run({ until: MINUTE });
    await give(town, request(), confirm());
    await town.kernel.run({ until: 2 * MINUTE });
    expect(stateOf(await town.payment('p1'), 't1')).toEqual(linked('t1'));
    for (const number of [1, 2, 3, 4])
      expect(stateOf(await town.payment(`silent-${number}`), 't1')).toMatchObject({ reason: 'no-contact' });
    stop.abort();
    await town.complete(() => running);
  });

  it('where the store of checkpoints throws', async () => {
    const town = await openTown();
    const thrower = (): never => {
      throw new TypeError('of a file');
    };
    const member = town.member('running', {
      checkpoints: { load: () => thrower, save: () => thrower },
    });
    await give(town, request(), confirm());
    const stop = new AbortController();
    const running = member.process.run(stop.signal);
    await town.kernel.run({ until: MINUTE });
    expect(settlementsWithoutReceipt(await town.payment('p1'))).toEqual([]);
    stop.abort();
    await expect(town.complete(() => running)).resolves.toBeUndefined();
  });

  it('past a receipt of a refund that was registered and whose part somebody else holds by now: it waits visibly, and nothing goes out', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    await pass(town);
    const sale = idOf('t1');
    // A process registers the receipt of the refund and dies before it puts it into the queue; then its part is given away by hand.
    const dying = town.member('dying');
    await give(town, {
      type: 'ConfirmRefund',
      data: { now: NOW, refundId: 'r1', settlementId: 't1', amount: confirm().data.amount, refundedAt: NOW },
    });
    Object.assign(dying.disturbance, { appendsLeft: 2, isWritten: true });
    await town.complete(() => Promise.race([dying.process.catchUp(), dying.died]));
    expect(town.types(`receipt-${idOf('r1')}`)).toEqual(['Registered']);
    const shop = town.member('shop');
    const context = (commandId: string) => ({ commandId, actor: 'person', organisation: INN });
    const { fence } = await town.receipt(sale);
    const held = fence.refunds.get(idOf('r1'));
    if (held === undefined) throw new Error('nothing is held');
    right(
      await shop.receipts.handle(
        sale,
        { type: 'ReleaseRefund', data: { now: NOW, refundId: idOf('r1') } },
        context('release'),
      )(),
    );
    right(
      await shop.receipts.handle(
        sale,
        { type: 'ReserveRefund', data: { now: NOW, refundId: 'another', ...held } },
        context('reserve'),
      )(),
    );
    await pass(town);
    await pass(town, town.member('again'));
    expect(stateOf(await town.payment('p1'), 'r1')).toMatchObject({ state: 'postponed', reason: 'refused' });
    expect(town.types(`receipt-${idOf('r1')}`)).toEqual(['Registered']);
    expect(town.types('payment-p1').slice(-2)).toEqual(['RefundConfirmed', 'FiscalizationPostponed']);
  });
});
