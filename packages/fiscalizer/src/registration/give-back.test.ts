import type { SettlementDocument } from '@cloud-kassa/core';
import { receiptIdOf } from '@cloud-kassa/core';
import { NO_PAYMENTS } from '@cloud-kassa/ffd';
import { INN, NOW } from '../receipt.testing';
import type { RegistrationOrder } from './registration-order';
import type { Member } from './registration.testing';
import { basket, createTown, left, right, roubles } from './registration.testing';

const orderOf = (
  settlementId: string,
  { customerId: _id, ...document }: SettlementDocument,
): RegistrationOrder => ({
  organisation: INN,
  source: { document: 'order-1', settlementId },
  draft: { ...document, kind: 'receipt', settlementSign: 1 },
  settled: NOW,
  origin: 'exchange',
  instrument: 'sbp',
  actor: 'test',
});

const idOf = (settlementId: string): string => receiptIdOf(INN, { document: 'order-1', settlementId });

const cancel = async ({ receipts }: Member, receiptId: string): Promise<void> => {
  right(
    await receipts.handle(
      receiptId,
      { type: 'CancelReceipt', data: { now: NOW, by: 'person', reason: 'mistake' } },
      { commandId: 'cancel', actor: 'person', organisation: INN },
    )(),
  );
};

const BY = { actor: 'person' };

describe('what a cancelled receipt holds of an earlier one', () => {
  it('is given back, once and only then; it can be refunded anew', async () => {
    const town = createTown();
    await town.connect();
    const member = town.member();
    const { registrar } = member;
    right(await registrar.register(orderOf('sale', basket())));
    const refundOf = (settlementId: string) => ({
      ...orderOf(settlementId, basket()),
      sale: { kind: 'receipt' as const, receiptId: idOf('sale') },
      returned: { what: 'rest' as const },
    });
    const held = async (): Promise<ReadonlyArray<string>> => [
      ...(await town.receipt(idOf('sale'))).fence.refunds.keys(),
    ];
    right(await registrar.refund(refundOf('first')));
    expect(left(await registrar.giveBack(idOf('first'), BY))).toMatchObject({ rule: 'transition-forbidden' });
    expect(left(await registrar.giveBack(idOf('none'), BY))).toMatchObject({ rule: 'not-registered' });
    await cancel(member, idOf('first'));
    expect(await held()).toEqual([idOf('first')]);
    const down = town.member('down');
    down.disturbance.isDown = true;
    expect(left(await down.registrar.giveBack(idOf('first'), BY))).toMatchObject({ _tag: 'Failed' });
    right(await registrar.giveBack(idOf('first'), BY));
    right(await registrar.giveBack(idOf('first'), BY));
    expect(await held()).toEqual([]);
    const released = town.types(`receipt-${idOf('sale')}`).filter((type) => type === 'RefundReleased');
    expect(released).toHaveLength(1);
    right(await registrar.refund(refundOf('second')));
    expect(await held()).toEqual([idOf('second')]);
  });

  it('is given back to an advance too', async () => {
    const town = createTown();
    await town.connect();
    const member = town.member();
    const items = basket().items.map((item) => ({ ...item, paymentMethod: 3 as const }));
    right(await member.registrar.register(orderOf('advance', basket(3, { items }))));
    const payments = { ...NO_PAYMENTS, prepaid: roubles(200), cashless: roubles(100) };
    const offsets = [{ receiptId: idOf('advance'), amount: roubles(200) }];
    right(await member.registrar.register({ ...orderOf('final', basket(3, { payments })), offsets }));
    expect((await town.receipt(idOf('advance'))).fence.offsets.size).toBe(1);
    await cancel(member, idOf('final'));
    right(await member.registrar.giveBack(idOf('final'), BY));
    expect((await town.receipt(idOf('advance'))).fence.offsets.size).toBe(0);
  });
});
