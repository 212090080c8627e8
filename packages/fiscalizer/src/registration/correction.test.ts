import type { SettlementDocument } from '@cloud-kassa/core';
import { receiptIdOf } from '@cloud-kassa/core';
import type { FfdVersion, LocalDateTime } from '@cloud-kassa/ffd';
import { NO_PAYMENTS } from '@cloud-kassa/ffd';
import type { CorrectionOrder, ErrorCorrection } from './correction-order';
import { INN, NOW } from '../receipt.testing';
import type { RegistrationOrder } from './registration-order';
import type { Member, Town } from './registration.testing';
import { MINUTE, basket, createTown, left, right, roubles } from './registration.testing';

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
const source = { document: 'order-1', settlementId: 'fix-1' };
const idOf = (part: string): string => receiptIdOf(INN, { ...source, settlementId: `fix-1:${part}` });
const BACK = idOf('taking-back');
const RIGHT = idOf('right-data');

const fix: ErrorCorrection = {
  what: 'error',
  organisation: INN,
  source,
  origin: 'exchange',
  instrument: 'sbp',
  actor: 'accountant',
  wrong: { kind: 'receipt', receiptId: SALE },
  right: draftOf(basket(2)),
};

const fiscalize = async ({ receipts }: Member, receiptId: string): Promise<void> => {
  const context = () => ({
    commandId: `${receiptId}-${Math.trunc((steps += 1))}`,
    actor: 'worker',
    organisation: INN,
  });
  const give = async (command: Parameters<typeof receipts.handle>[1]): Promise<void> => {
    right(await receipts.handle(receiptId, command, context())());
  };
  await give({
    type: 'RouteReceipt',
    data: { deviceId: 'device-1', domain: 'd', traceTag: 't', refused: [], now: NOW },
  });
  const { state } = right(await receipts.load(receiptId)());
  const route = state?.attempt.route;
  if (state === undefined || route === undefined) throw new Error('not routed');
  await give({
    type: 'IntendSend',
    data: {
      epoch: state.attempt.epoch,
      key: route.key,
      amendments: 0,
      worker: 'w',
      payloadHash: 'h',
      slowStart: false,
      parents: 'fiscalized',
      horizonMs: 86_400_000,
      quietMs: MINUTE,
      waitedMs: 0,
      now: NOW,
    },
  });
  await give({
    type: 'RecordSend',
    data: {
      epoch: state.attempt.epoch + 1,
      outcome: {
        kind: 'final',
        result: { kind: 'done', document: { fn: '9999078900000001', fd: 5, fp: 123_456 } },
      },
      now: NOW,
    },
  });
};
let steps = 0;

const sold = async (ffd: FfdVersion = '1.2'): Promise<{ town: Town; member: Member }> => {
  const town = createTown();
  await town.connect({ registration: { ffd } });
  const member = town.member();
  const draft =
    ffd === '1.2'
      ? sale.draft
      : { ...sale.draft, items: sale.draft.items.map(({ measure: _measure, ...item }) => item) };
  right(await member.registrar.register({ ...sale, draft }));
  return { town, member };
};

const withoutMeasure = (draft: RegistrationOrder['draft']): RegistrationOrder['draft'] => ({
  ...draft,
  items: draft.items.map(({ measure: _measure, ...item }) => item),
});

describe('correction of an error (FNS guide on corrections)', () => {
  it('FFD 1.2: two corrections, the second after the first, the wrong receipt reserved as a whole', async () => {
    const { town, member } = await sold();
    await fiscalize(member, SALE);
    const made = right(await member.registrar.correct(fix));
    expect(made.map(({ receiptId }) => receiptId)).toEqual([BACK, RIGHT]);
    expect(await town.receipt(BACK)).toMatchObject({
      content: {
        kind: 'correction',
        settlementSign: 2,
        total: 30_000,
        additionalAttribute: '123456',
        correction: { reason: 'error-reversal', settledOn: '2026-03-02', type: 0 },
      },
      parents: [{ relation: 'corrects', link: { receiptId: SALE }, reservation: BACK }],
      attempt: { enqueued: true },
    });
    expect(await town.receipt(RIGHT)).toMatchObject({
      content: {
        kind: 'correction',
        settlementSign: 1,
        total: 20_000,
        correction: { reason: 'error-right-data' },
      },
      parents: [
        { relation: 'corrects', link: { receiptId: SALE } },
        { relation: 'corrects', link: { receiptId: BACK } },
      ],
    });
    expect((await town.receipt(SALE)).fence.refunds.has(BACK)).toBe(true);
  });

  it('FFD 1.05: an ordinary refund and an ordinary receipt', async () => {
    const { town, member } = await sold('1.05');
    await fiscalize(member, SALE);
    right(await member.registrar.correct({ ...fix, right: withoutMeasure(fix.right) }));
    expect(await town.receipt(BACK)).toMatchObject({
      content: { kind: 'receipt', settlementSign: 2, additionalAttribute: '123456' },
      parents: [{ relation: 'refunds', link: { receiptId: SALE }, reservation: BACK }],
    });
    expect(await town.receipt(RIGHT)).toMatchObject({
      content: { kind: 'receipt', settlementSign: 1, total: 20_000 },
    });
  });

  it('told again, also on another day, is the correction that was begun', async () => {
    const { town, member } = await sold();
    await fiscalize(member, SALE);
    right(await member.registrar.correct(fix));
    await town.kernel.run({ until: 3 * 86_400_000 });
    const again = right(await town.member('next').registrar.correct(fix));
    expect(again.map(({ duplicate }) => duplicate)).toEqual([true, true]);
    expect(town.receipts()).toEqual([SALE, BACK, RIGHT]);
  });

  it.each(
    [1, 2, 3, 4, 5].flatMap(
      (at) =>
        [
          [at, false],
          [at, true],
        ] as const,
    ),
  )('goes on after the process died at append %d, written: %s', async (appendsLeft, isWritten) => {
    const { town, member } = await sold();
    await fiscalize(member, SALE);
    const dying = town.member('dying');
    Object.assign(dying.disturbance, { appendsLeft, isWritten });
    expect(await Promise.race([dying.registrar.correct(fix), dying.died])).toBe('died');
    await town.kernel.run({ until: 10 * MINUTE });
    right(await town.member('next').registrar.correct(fix));
    expect(town.receipts()).toEqual([SALE, BACK, RIGHT]);
    for (const receiptId of [BACK, RIGHT])
      expect(town.types(`receipt-${receiptId}`)).toEqual(['Registered', 'Enqueued']);
    expect(town.types(`receipt-${SALE}`).filter((type) => type === 'RefundReserved')).toHaveLength(1);
  });

  it('needs a document that is wrong, and all of it: what was refunded is not taken back once more', async () => {
    const { member } = await sold();
    expect(left(await member.registrar.correct(fix))).toMatchObject({
      rule: 'not-fiscalized',
      field: 'wrong',
    });
    expect(
      left(await member.registrar.correct({ ...fix, wrong: { kind: 'receipt', receiptId: 'none' } })),
    ).toMatchObject({ rule: 'not-registered', field: 'wrong' });
    await fiscalize(member, SALE);
    const { what: _what, wrong: _wrong, right: _right, ...circumstances } = fix;
    right(
      await member.registrar.refund({
        ...circumstances,
        source: { document: 'order-1', settlementId: 'refund' },
        settled: NOW,
        sale: { kind: 'receipt', receiptId: SALE },
        returned: { what: 'rest' },
      }),
    );
    expect(left(await member.registrar.correct(fix))).toMatchObject({ rule: 'refund-quantity-above-sold' });
  });

  it('a document made elsewhere is corrected by its content and its fiscal sign', async () => {
    const { town, member } = await sold();
    const { content } = await town.receipt(SALE);
    const wrong = {
      kind: 'external' as const,
      fn: '9999078900000002',
      fd: 7,
      fp: 77,
      checked: false as const,
      content,
    };
    right(await member.registrar.correct({ ...fix, wrong }));
    expect(await town.receipt(BACK)).toMatchObject({
      content: { additionalAttribute: '77' },
      parents: [{ relation: 'corrects', link: { kind: 'external', fp: 77, checked: false } }],
    });
    expect((await town.receipt(SALE)).fence.refunds.size).toBe(0);
  });

  it('what the tax service has rejected is only stated right (FFD 1.2)', async () => {
    const { member } = await sold();
    await fiscalize(member, SALE);
    const made = right(await member.registrar.correct({ ...fix, what: 'rejected' }));
    expect(made.map(({ receipt }) => receipt)).toMatchObject([
      { content: { kind: 'correction', settlementSign: 1, correction: { reason: 'error-right-data' } } },
    ]);
  });
});

describe('correction of a settlement at which no register was used', () => {
  const missed: CorrectionOrder = {
    what: 'missed',
    organisation: INN,
    source,
    origin: 'exchange',
    instrument: 'sbp',
    actor: 'accountant',
    settled: '2026-02-10T10:00:00' as LocalDateTime,
    draft: draftOf(basket()),
    ground: { type: 1, orderNumber: '15-1' },
  };

  it('FFD 1.2: one correction, dated by the settlement', async () => {
    const town = createTown();
    await town.connect();
    const made = right(await town.member().registrar.correct(missed));
    expect(made.map(({ receipt }) => receipt)).toMatchObject([
      {
        source,
        content: {
          kind: 'correction',
          settlementSign: 1,
          settledAt: '2026-03-02T12:00:00',
          correction: { type: 1, orderNumber: '15-1', settledOn: '2026-02-10', reason: 'not-applied' },
        },
      },
    ]);
  });

  it('FFD 1.05: totals without lines', async () => {
    const town = createTown();
    await town.connect({ registration: { ffd: '1.05' } });
    const draft = { ...withoutMeasure(missed.draft), place: {}, internet: false };
    const made = right(await town.member().registrar.correct({ ...missed, draft }));
    expect(made[0]?.receipt.content).toMatchObject({
      items: [],
      total: 30_000,
      payments: { ...NO_PAYMENTS, cashless: roubles(300) },
    });
  });

  it('no register, no correction', async () => {
    expect(left(await createTown().member().registrar.correct(missed))).toMatchObject({ _tag: 'NoRoute' });
  });
});
