import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import type { Receipt, SettlementDocument } from '@cloud-kassa/core';
import { receiptIdOf } from '@cloud-kassa/core';
import type { LocalDate, LocalDateTime, Quantity } from '@cloud-kassa/ffd';
import { NO_PAYMENTS } from '@cloud-kassa/ffd';
import { INN, NOW } from '../receipt.testing';
import type { RefundOfReceipt } from './refund-order';
import { refundLines } from './refund-lines';
import type { RegistrationOrder } from './registration-order';
import type { Member, Town } from './registration.testing';
import {
  DEVICE,
  OTHER_INN,
  basket,
  createTown,
  left,
  registrarOver,
  right,
  roubles,
} from './registration.testing';

const draftOf = ({ customerId: _id, ...document }: SettlementDocument): RegistrationOrder['draft'] => ({
  ...document,
  kind: 'receipt',
  settlementSign: 1,
});

const sale: RegistrationOrder = {
  organisation: INN,
  source: { document: 'order-1', settlementId: 'payment-1' },
  draft: draftOf(basket()),
  settled: NOW,
  origin: 'payment',
  instrument: 'sbp',
  actor: 'test',
};
const SALE = receiptIdOf(INN, sale.source);

const refundOf = (settlementId: string, change: Partial<RefundOfReceipt> = {}): RefundOfReceipt => ({
  organisation: INN,
  source: { document: 'order-1', settlementId },
  settled: NOW,
  origin: 'exchange',
  instrument: 'sbp',
  actor: 'test',
  sale: { kind: 'receipt', receiptId: SALE },
  returned: { what: 'rest' },
  ...change,
});
const idOf = (settlementId: string): string => receiptIdOf(INN, { document: 'order-1', settlementId });

const lines = (line: number, quantity: string): RefundOfReceipt['returned'] => ({
  what: 'lines',
  lines: [{ line, quantity: quantity as Quantity }],
});

const sold = async (): Promise<{ town: Town; member: Member }> => {
  const town = createTown();
  await town.connect();
  const member = town.member();
  right(await member.registrar.register(sale));
  return { town, member };
};

const held = async (town: Town): Promise<ReadonlyArray<string>> => [
  ...(await town.receipt(SALE)).fence.refunds.keys(),
];

describe('refund of a receipt kept here', () => {
  it('of all that is left: reserved in the sale first, with the sale’s rates and the reverse sign', async () => {
    const { town, member } = await sold();
    const { receipt } = right(await member.registrar.refund(refundOf('refund-1')));
    expect(receipt).toMatchObject({
      receiptId: idOf('refund-1'),
      content: {
        settlementSign: 2,
        total: 30_000,
        payments: { cashless: 30_000 },
        items: [{ vatCode: 11, paymentMethod: 4, quantity: '3' }],
        buyer: { keyId: 'buyer-1' },
      },
      parents: [
        { relation: 'refunds', link: { kind: 'receipt', receiptId: SALE }, reservation: idOf('refund-1') },
      ],
      attempt: { enqueued: true },
    });
    const types = town.log.events.map(({ type }) => type);
    expect(types.indexOf('receipt.RefundReserved')).toBeLessThan(types.lastIndexOf('receipt.Registered'));
  });

  it('of quantities, of stated parts, of a document; the rest then is what is left', async () => {
    const { town, member } = await sold();
    const { refund } = member.registrar;
    expect(right(await refund(refundOf('by-line', { returned: lines(0, '1') }))).receipt.content.total).toBe(
      10_000,
    );
    const returned = { what: 'document' as const, document: basket(1) };
    expect(right(await refund(refundOf('by-document', { returned }))).receipt.content.total).toBe(10_000);
    const items = [{ line: 0, quantity: '0.5' as Quantity, sum: roubles(30) }];
    const parts = { what: 'parts' as const, items, sums: { ...NO_PAYMENTS, cashless: roubles(30) } };
    expect(right(await refund(refundOf('by-part', { returned: parts }))).receipt.content.total).toBe(3_000);
    expect(right(await refund(refundOf('rest'))).receipt.content.total).toBe(7_000);
    expect(left(await refund(refundOf('nothing')))).toMatchObject({ rule: 'refund-empty' });
    expect(await held(town)).toHaveLength(4);
  });

  it('more than is left is refused in the sale, and nothing is registered', async () => {
    const { town, member } = await sold();
    expect(left(await member.registrar.refund(refundOf('much', { returned: lines(0, '4') })))).toMatchObject({
      rule: 'refund-quantity-above-sold',
    });
    expect(left(await member.registrar.refund(refundOf('sum', { amount: roubles(299) })))).toMatchObject({
      rule: 'refund-total-differs',
      field: 'amount',
    });
    expect(
      left(await member.registrar.refund(refundOf('x', { sale: { kind: 'receipt', receiptId: 'none' } }))),
    ).toMatchObject({ rule: 'not-registered', field: 'sale' });
    expect(left(await member.registrar.refund(refundOf('y', { organisation: OTHER_INN })))).toMatchObject({
      rule: 'organisation-differs',
    });
    expect(town.receipts()).toEqual([SALE]);
    expect(await held(town)).toEqual([]);
  });

  it('told again is a duplicate, whatever was refunded since', async () => {
    const { member } = await sold();
    const { refund } = member.registrar;
    const first = refundOf('first', { returned: lines(0, '1') });
    right(await refund(first));
    right(await refund(refundOf('second')));
    expect(right(await refund(first)).duplicate).toBe(true);
    expect(right(await refund(refundOf('second'))).duplicate).toBe(true);
    expect(left(await refund({ ...first, returned: lines(0, '2') }))._tag).toBe('Refused');
  });

  it('two refunds of all at once, in two processes: one of them', async () => {
    const { town } = await sold();
    const outcomes = await Promise.all([
      town.member('a').registrar.refund(refundOf('a')),
      town.member('b').registrar.refund(refundOf('b')),
    ]);
    expect(outcomes.filter(E.isRight)).toHaveLength(1);
    expect(town.receipts()).toHaveLength(2);
    expect(await held(town)).toHaveLength(1);
  });

  it('the same refund in two processes at once is one receipt', async () => {
    const { town } = await sold();
    const outcomes = await Promise.all(
      ['a', 'b'].map((label) => town.member(label).registrar.refund(refundOf('refund-1'))),
    );
    expect(outcomes.map(right).map(({ receiptId }) => receiptId)).toEqual([
      idOf('refund-1'),
      idOf('refund-1'),
    ]);
    expect(town.types(`receipt-${idOf('refund-1')}`)).toEqual(['Registered', 'Enqueued']);
    expect(town.types(`receipt-${SALE}`).filter((type) => type === 'RefundReserved')).toHaveLength(1);
  });

  it.each(
    [1, 2, 3].flatMap(
      (at) =>
        [
          [at, false],
          [at, true],
        ] as const,
    ),
  )('goes on after the process died at append %d, written: %s', async (appendsLeft, isWritten) => {
    const { town } = await sold();
    const dying = town.member('dying');
    Object.assign(dying.disturbance, { appendsLeft, isWritten });
    expect(await Promise.race([dying.registrar.refund(refundOf('refund-1')), dying.died])).toBe('died');
    const made = right(await town.member('next').registrar.refund(refundOf('refund-1')));
    expect(made.receipt.attempt.enqueued).toBe(true);
    expect(town.types(`receipt-${idOf('refund-1')}`)).toEqual(['Registered', 'Enqueued']);
    expect(town.types(`receipt-${SALE}`).filter((type) => type === 'RefundReserved')).toHaveLength(1);
  });

  it('what is refused reserves nothing; money that went back already stays reserved while its receipt is refused', async () => {
    const { town, member } = await sold();
    await town.device(DEVICE, { type: 'SuspendDevice', data: { now: NOW, reason: 'maintenance' } });
    right(await member.registry.refresh()());
    const { refund } = member.registrar;
    expect(left(await refund(refundOf('planned')))).toMatchObject({ _tag: 'NoRoute' });
    expect(await held(town)).toEqual([]);
    expect(left(await refund(refundOf('done', { moneyIsBack: true })))).toMatchObject({ _tag: 'NoRoute' });
    expect(await held(town)).toEqual([idOf('done')]);
    expect(left(await refund(refundOf('planned')))).toMatchObject({ rule: 'refund-empty' });
    await town.device(DEVICE, { type: 'ResumeDevice', data: { now: NOW } });
    expect(right(await refund(refundOf('done', { moneyIsBack: true }))).receipt.content.total).toBe(30_000);
  });

  it('a refund that is not registered may be corrected: it then holds what it says now', async () => {
    const { town, member } = await sold();
    await town.device(DEVICE, { type: 'SuspendDevice', data: { now: NOW, reason: 'maintenance' } });
    right(await member.registry.refresh()());
    const { refund } = member.registrar;
    const back = { moneyIsBack: true, returned: lines(0, '2') };
    expect(left(await refund(refundOf('back', back)))).toMatchObject({ _tag: 'NoRoute' });
    await town.device(DEVICE, { type: 'ResumeDevice', data: { now: NOW } });
    right(await refund(refundOf('back', { ...back, returned: lines(0, '1') })));
    expect((await town.receipt(SALE)).fence.refunds.get(idOf('back'))?.items).toMatchObject([
      { quantity: '1' },
    ]);
    expect(town.types(`receipt-${SALE}`).slice(-3)).toEqual([
      'RefundReserved',
      'RefundReleased',
      'RefundReserved',
    ]);
  });

  it('a refusal that comes after the reservation gives it back, and it may be reserved again', async () => {
    const { town } = await sold();
    const member = town.member('late');
    const { receipts } = member;
    // The world moves on between the reservation and the registration: the receipt is refused by what the stream says then.
    let refuses = true;
    const registrar = registrarOver(town, member, {
      ...receipts,
      handle: (id, command, context) =>
        refuses && command.type === 'RegisterReceipt'
          ? () =>
              Promise.resolve(
                E.left({
                  _tag: 'Refused',
                  refusal: { rule: 'settled-in-future', field: 'settledAt' },
                  revision: 'no-stream',
                }),
              )
          : receipts.handle(id, command, context),
    });
    expect(left(await registrar.refund(refundOf('refund-1')))).toMatchObject({ rule: 'settled-in-future' });
    expect(town.types(`receipt-${SALE}`).slice(-2)).toEqual(['RefundReserved', 'RefundReleased']);
    refuses = false;
    right(await registrar.refund(refundOf('refund-1')));
    expect(await held(town)).toEqual([idOf('refund-1')]);
  });

  it('what another process has registered meanwhile keeps its reservation', async () => {
    const { town, member } = await sold();
    const slow = town.member('slow');
    const { receipts } = slow;
    const registrar = registrarOver(town, slow, {
      ...receipts,
      handle: (id, command, context) =>
        command.type === 'RegisterReceipt'
          ? async () => {
              right(await member.registrar.refund(refundOf('refund-1')));
              return E.left({
                _tag: 'Refused',
                refusal: { rule: 'settled-in-future', field: 'settledAt' },
                revision: 0,
              });
            }
          : receipts.handle(id, command, context),
    });
    expect(left(await registrar.refund(refundOf('refund-1')))).toMatchObject({ rule: 'settled-in-future' });
    expect(await held(town)).toEqual([idOf('refund-1')]);
    expect(town.types(`receipt-${SALE}`)).not.toContain('RefundReleased');
  });

  it('what another process has registered between the look and the release is reserved again', async () => {
    const { town, member } = await sold();
    const slow = town.member('slow');
    const { receipts } = slow;
    const registrar = registrarOver(town, slow, {
      ...receipts,
      handle: (id, command, context) => async () => {
        if (command.type === 'RegisterReceipt')
          return E.left({
            _tag: 'Refused',
            refusal: { rule: 'settled-in-future', field: 'settledAt' },
            revision: 0,
          });
        if (command.type === 'ReleaseRefund') right(await member.registrar.refund(refundOf('refund-1')));
        return receipts.handle(id, command, context)();
      },
    });
    expect(left(await registrar.refund(refundOf('refund-1')))).toMatchObject({ rule: 'settled-in-future' });
    expect(town.types(`receipt-${SALE}`)).toContain('RefundReleased');
    expect(await held(town)).toEqual([idOf('refund-1')]);
  });

  it('nothing goes into the queue that does not hold its part: given back by another process, it is reserved again', async () => {
    const { town, member } = await sold();
    const slow = town.member('slow');
    const { receipts } = slow;
    const registrar = registrarOver(town, slow, {
      ...receipts,
      handle: (id, command, context) => async () => {
        const handled = await receipts.handle(id, command, context)();
        if (command.type === 'RegisterReceipt')
          right(
            await member.receipts.handle(
              SALE,
              { type: 'ReleaseRefund', data: { now: NOW, refundId: idOf('refund-1') } },
              { commandId: 'release', actor: 'other', organisation: INN },
            )(),
          );
        return handled;
      },
    });
    right(await registrar.refund(refundOf('refund-1')));
    expect(await held(town)).toEqual([idOf('refund-1')]);
  });

  it('told again, a refund of the rest is the rest it was, not what the rest would be now', async () => {
    const { town, member } = await sold();
    const { refund } = member.registrar;
    right(await refund(refundOf('first', { returned: lines(0, '1') })));
    right(await refund(refundOf('rest')));
    const context = { commandId: 'c', actor: 'person', organisation: INN };
    right(
      await member.receipts.handle(
        idOf('first'),
        { type: 'CancelReceipt', data: { now: NOW, by: 'person', reason: 'mistake' } },
        context,
      )(),
    );
    right(
      await member.receipts.handle(
        SALE,
        { type: 'ReleaseRefund', data: { now: NOW, refundId: idOf('first') } },
        context,
      )(),
    );
    const again = right(await refund(refundOf('rest')));
    expect(again).toMatchObject({ duplicate: true, receipt: { content: { total: 20_000 } } });
    expect((await town.receipt(SALE)).fence.refunds.get(idOf('rest'))?.sums.cashless).toBe(20_000);
  });

  it('a refund whose receipt was cancelled and which gave back its part is told as it stands', async () => {
    const { town, member } = await sold();
    right(await member.registrar.refund(refundOf('refund-1')));
    const context = { commandId: 'c', actor: 'person', organisation: INN };
    right(
      await member.receipts.handle(
        idOf('refund-1'),
        { type: 'CancelReceipt', data: { now: NOW, by: 'person', reason: 'mistake' } },
        context,
      )(),
    );
    right(
      await member.receipts.handle(
        SALE,
        { type: 'ReleaseRefund', data: { now: NOW, refundId: idOf('refund-1') } },
        context,
      )(),
    );
    const again = right(await member.registrar.refund(refundOf('refund-1')));
    expect(again).toMatchObject({ duplicate: true, receipt: { attempt: { phase: 'Cancelled' } } });
    expect(await held(town)).toEqual([]);
    right(await member.registrar.refund(refundOf('refund-2')));
  });

  it('a sale at 20 % is refunded at 20 % (FNS letter АБ-4-20/11248@ of 15.12.2025)', async () => {
    const { member } = await sold();
    const old = {
      ...sale,
      source: { document: 'order-0', settlementId: 'old' },
      settled: '2025-12-20T10:00:00' as LocalDateTime,
      rulesOn: '2025-12-20' as LocalDate,
      draft: draftOf({
        ...basket(),
        items: basket().items.map((item) => ({ ...item, vatCode: 1 as const })),
      }),
    };
    right(await member.registrar.register(old));
    const link = { kind: 'receipt' as const, receiptId: receiptIdOf(INN, old.source) };
    const { receipt } = right(await member.registrar.refund(refundOf('refund-old', { sale: link })));
    expect(receipt.content.items).toMatchObject([{ vatCode: 1 }]);
  });
});

describe('refund of a document made elsewhere', () => {
  it('is registered unchecked, and says so', async () => {
    const { town, member } = await sold();
    const external = {
      kind: 'external' as const,
      fn: '9999078900000001',
      fd: 17,
      fp: 123,
      checked: false as const,
    };
    const { source, origin, instrument, actor } = refundOf('external');
    const { receipt } = right(
      await member.registrar.refund({
        organisation: INN,
        source,
        settled: NOW,
        origin,
        instrument,
        actor,
        sale: external,
        draft: { ...draftOf(basket()), settlementSign: 2 },
      }),
    );
    expect(receipt.parents).toEqual([{ relation: 'refunds', link: external }]);
    expect(await held(town)).toEqual([]);
  });
});

describe('the lines of a returned document', () => {
  const two = basket(3, {
    items: [
      ...basket(3).items,
      {
        ...(basket(2).items[0] as SettlementDocument['items'][number]),
        name: 'Стол',
        price: roubles(50),
        sum: roubles(100),
      },
    ],
    total: roubles(400),
    payments: { ...NO_PAYMENTS, cashless: roubles(400) },
  });

  const saleOf = async (document: SettlementDocument): Promise<Receipt> => {
    const town = createTown();
    await town.connect();
    return right(await town.member().registrar.register({ ...sale, draft: draftOf(document) })).receipt;
  };

  it('are found by what they are; names are compared as they are printed', async () => {
    const receipt = await saleOf(two);
    // Code page 866 has no guillemets: the receipt was printed with plain quotation marks.
    expect(receipt.content.items[0]?.name).toBe('Кресло "Сад"');
    const back = basket(1, {
      items: two.items.map((item) => ({ ...item, quantity: '1' as Quantity, sum: item.price })),
    });
    expect(right(refundLines(receipt, back))).toMatchObject([{ line: 0 }, { line: 1 }]);
  });

  it('are refused where they are not found or too much', async () => {
    const receipt = await saleOf(two);
    const [chair] = basket(1).items;
    if (chair === undefined) throw new Error('no item');
    const of = (change: Partial<typeof chair>) =>
      left(refundLines(receipt, basket(1, { items: [{ ...chair, ...change }] })));
    expect(of({ name: 'Диван' })).toEqual({ rule: 'refund-line-unknown', field: 'items.0' });
    expect(of({ vatCode: 6 })).toEqual({ rule: 'refund-line-unknown', field: 'items.0' });
    expect(of({ quantity: '4' as Quantity })).toEqual({
      rule: 'refund-quantity-above-sold',
      field: 'items.0.quantity',
    });
    expect(of({ sum: roubles(301) })).toEqual({
      rule: 'refund-quantity-above-sold',
      field: 'items.0.quantity',
    });
  });

  it('never give back more of a line than was sold, whatever is asked for in whatever order', async () => {
    const receipt = await saleOf(two);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ line: fc.nat(1), quantity: fc.integer({ min: 1, max: 4 }) }), { maxLength: 6 }),
        async (asked) => {
          const items = asked.map(({ line, quantity }) => {
            const item = two.items[line] as SettlementDocument['items'][number];
            return {
              ...item,
              quantity: String(quantity) as Quantity,
              sum: roubles((item.price / 100) * quantity),
            };
          });
          const found = refundLines(receipt, basket(1, { items }));
          const taken = [0, 1].map((line) =>
            asked.filter((one) => one.line === line).reduce((sum, { quantity }) => sum + quantity, 0),
          );
          expect(E.isRight(found)).toBe((taken[0] ?? 0) <= 3 && (taken[1] ?? 0) <= 2);
        },
      ),
    );
  });
});
