import * as E from 'fp-ts/Either';
import { receiptIdOf } from '@cloud-kassa/core';
import type { Instant, LocalDate, LocalDateTime } from '@cloud-kassa/ffd';
import { NO_PAYMENTS } from '@cloud-kassa/ffd';
import { INN, NOW } from '../receipt.testing';
import type { RegistrationOrder } from './registration-order';
import type { Town } from './registration.testing';
import {
  DEVICE,
  REGISTER,
  anonymous,
  basket,
  createTown,
  left,
  right,
  roubles,
} from './registration.testing';

const source = { document: 'order-1', settlementId: 'payment-1' };
const RECEIPT = receiptIdOf(INN, source);

const draftOf = ({
  customerId: _customerId,
  ...document
}: ReturnType<typeof basket>): RegistrationOrder['draft'] => ({
  ...document,
  kind: 'receipt',
  settlementSign: 1,
});

const order = (change: Partial<RegistrationOrder> = {}): RegistrationOrder => ({
  organisation: INN,
  source,
  draft: draftOf(basket()),
  settled: NOW,
  origin: 'payment',
  instrument: 'sbp',
  actor: 'test',
  ...change,
});

const openTown = async (): Promise<Town> => {
  const town = createTown();
  await town.connect();
  return town;
};

describe('registrar: from a draft to a receipt in the queue', () => {
  it('composes, registers and enqueues, with the facts as they were read', async () => {
    const town = await openTown();
    const { registrar } = town.member();
    const made = right(await registrar.register(order({ correlationId: 'chain', causationId: 'cause' })));
    expect(made).toMatchObject({
      receiptId: RECEIPT,
      duplicate: false,
      receipt: { attempt: { enqueued: true } },
    });
    expect(made.position).toBe(town.log.events.at(-1)?.position);
    expect(town.types(`receipt-${RECEIPT}`)).toEqual(['Registered', 'Enqueued']);
    expect(town.log.stream(`receipt-${RECEIPT}`).map(({ metadata }) => metadata)).toMatchObject([
      { correlationId: 'chain', causationId: 'cause', actor: 'test', organisation: INN },
      { correlationId: 'chain', causationId: 'cause' },
    ]);
    expect(await town.receipt(RECEIPT)).toMatchObject({
      content: { ffd: '1.2', zone: 2, settledAt: '2026-03-02T12:00:00', total: 30_000, vatRule: 'per-line' },
      facts: {
        register: { registerId: REGISTER, deviceId: DEVICE },
        device: { deviceId: DEVICE, revision: 2 },
        rulesOn: '2026-03-02',
        policyVersion: '2026.1',
      },
      // Cashless over the Internet: at the settlement.
      legalDeadline: NOW,
    });
  });

  it('enqueues only where it is told to, and later when it is told again', async () => {
    const town = await openTown();
    const { registrar } = town.member();
    right(await registrar.register(order({ enqueue: false })));
    expect(town.types(`receipt-${RECEIPT}`)).toEqual(['Registered']);
    const again = right(await registrar.register(order()));
    expect(again).toMatchObject({ duplicate: true, receipt: { attempt: { enqueued: true } } });
    expect(town.types(`receipt-${RECEIPT}`)).toEqual(['Registered', 'Enqueued']);
  });

  it('says before anything is written what it would say', async () => {
    const town = await openTown();
    const { registrar } = town.member();
    const before = town.log.events.length;
    expect(right(await registrar.examine(order()))).toMatchObject({ receiptId: RECEIPT });
    expect(left(await registrar.examine(order({ draft: draftOf(anonymous()) })))).toMatchObject({
      rule: 'contact-required',
    });
    expect(town.log.events).toHaveLength(before);
  });

  it('reads the devices anew before it says that there is none', async () => {
    const town = createTown();
    const { registrar, registry } = town.member();
    right(await registry.refresh()());
    expect(left(await registrar.register(order()))).toEqual({
      _tag: 'NoRoute',
      reason: 'no-device',
      refused: [],
    });
    await town.connect({ card: 'none' });
    expect(left(await registrar.register(order()))).toEqual({
      _tag: 'NoRoute',
      reason: 'no-register',
      refused: [{ deviceId: DEVICE, reason: 'no-register' }],
    });
  });

  it.each([
    ['a register of policy 3.0.8 takes no card (S24, S35)', { instrument: 'card' }, 'policy'],
    ['another register is asked for', { registerId: 'other' }, 'no-register'],
    ['another organisation', { organisation: '7707083893' }, 'no-device'],
  ] as const)('no route: %s', async (_name, change, reason) => {
    const town = createTown();
    await town.connect({ card: { policy: '3.0.8' } });
    expect(left(await town.member().registrar.register(order(change)))).toMatchObject({
      _tag: 'NoRoute',
      reason,
    });
    expect(town.receipts()).toEqual([]);
  });

  it('refuses with rule and field, and writes nothing', async () => {
    const town = await openTown();
    const { registrar } = town.member();
    const wrong = { ...draftOf(basket()), payments: { ...NO_PAYMENTS, cashless: roubles(1) } };
    expect(left(await registrar.register(order({ draft: wrong })))).toMatchObject({
      _tag: 'Refused',
      rule: 'payments-differ-from-total',
    });
    expect(town.receipts()).toEqual([]);
  });

  it('a store that does not answer is a failure, after which the order is given again', async () => {
    const town = await openTown();
    const { registrar, registry, disturbance } = town.member();
    right(await registry.refresh()());
    disturbance.isDown = true;
    expect(left(await registrar.register(order()))).toMatchObject({
      _tag: 'Failed',
      failure: { _tag: 'Unavailable' },
    });
    disturbance.isDown = false;
    expect(right(await registrar.register(order())).duplicate).toBe(false);
  });
});

describe('registrar: the same settlement told again', () => {
  it('is a duplicate, even if device and contact are gone and the day is another one', async () => {
    const town = await openTown();
    town.customers.set('c1', { phone: '8 912 345-67-89' });
    const asked = order({ draft: draftOf(anonymous()), customerId: 'c1' });
    right(await town.member().registrar.register(asked));
    await town.device(DEVICE, { type: 'DetachRegister', data: { now: NOW, registerId: REGISTER } });
    await town.device(DEVICE, { type: 'RetireDevice', data: { now: NOW, unsettledReceipts: 0 } });
    town.customers.clear();
    await town.kernel.run({ until: 5 * 86_400_000 });
    const again = right(await town.member().registrar.register(asked));
    expect(again).toMatchObject({ receiptId: RECEIPT, duplicate: true });
    expect(town.types(`receipt-${RECEIPT}`)).toEqual(['Registered', 'Enqueued']);
  });

  it('without a moment is of the moment that was recorded, and goes on where it was left', async () => {
    const town = await openTown();
    const { settled: _settled, ...undated } = order();
    const dying = town.member('dying');
    Object.assign(dying.disturbance, { appendsLeft: 1, isWritten: true });
    expect(await Promise.race([dying.registrar.register(undated), dying.died])).toBe('died');
    await town.kernel.run({ until: 60_000 });
    const { duplicate, receipt } = right(await town.member('next').registrar.register(undated));
    expect(duplicate).toBe(true);
    expect(receipt).toMatchObject({
      content: { settledAt: '2026-03-02T12:00:00' },
      attempt: { enqueued: true },
    });
    await town.kernel.run({ until: 120_000 });
    expect(right(await town.member('again').registrar.register(undated)).duplicate).toBe(true);
  });

  it('with other content is refused, the fields named', async () => {
    const town = await openTown();
    const { registrar } = town.member();
    right(await registrar.register(order()));
    expect(left(await registrar.register(order({ draft: draftOf(basket(2)) })))).toMatchObject({
      _tag: 'Refused',
      rule: 'settlement-differs',
      detail: { fields: expect.stringContaining('content.items') as unknown },
    });
    const other = { ...basket(), buyer: { keyId: 'buyer-2', person: { email: 'other@example.com' } } };
    expect(left(await registrar.register(order({ draft: draftOf(other) })))).toMatchObject({
      detail: { fields: 'content.buyer' },
    });
  });

  it('by two processes at once is one receipt, enqueued once', async () => {
    const town = await openTown();
    const members = [town.member('a'), town.member('b')];
    const outcomes = await Promise.all(members.map(({ registrar }) => registrar.register(order())));
    expect(new Set(outcomes.map(right).map(({ duplicate }) => duplicate))).toEqual(new Set([false, true]));
    expect(town.types(`receipt-${RECEIPT}`)).toEqual(['Registered', 'Enqueued']);
  });

  it.each([
    [1, false],
    [1, true],
    [2, false],
    [2, true],
  ])('goes on after the process died at append %d, written: %s', async (appendsLeft, isWritten) => {
    const town = await openTown();
    const dying = town.member('dying');
    Object.assign(dying.disturbance, { appendsLeft, isWritten });
    expect(await Promise.race([dying.registrar.register(order()), dying.died])).toBe('died');
    const made = right(await town.member('next').registrar.register(order()));
    expect(made.receipt.attempt.enqueued).toBe(true);
    expect(town.types(`receipt-${RECEIPT}`)).toEqual(['Registered', 'Enqueued']);
  });

  it('a contact that was not known when a correction was registered does not make it another one', async () => {
    const town = await openTown();
    const correction = order({
      customerId: 'c1',
      draft: {
        ...draftOf(anonymous()),
        kind: 'correction',
        internet: false,
        correction: { type: 0, settledOn: '2026-03-01' as LocalDate, reason: 'not-applied' },
      },
    });
    right(await town.member().registrar.register(correction));
    town.customers.set('c1', { email: 'known@example.com' });
    expect(right(await town.member('next').registrar.register(correction)).duplicate).toBe(true);
  });

  it('a person whose data were erased is the same person', async () => {
    const town = await openTown();
    const asked = order({ draft: draftOf(anonymous()), contact: { email: 'Buyer@Example.com' } });
    const made = right(await town.member().registrar.register(asked));
    right(await town.keyRing.erase(made.receipt.content.buyer?.keyId ?? '')());
    expect(right(await town.member('next').registrar.register(asked)).duplicate).toBe(true);
  });
});

describe('registrar: the contact of the buyer (S27, S28)', () => {
  const unknown = order({ draft: draftOf(anonymous()) });

  it('brings it to its written form, with the key of that contact', async () => {
    const town = await openTown();
    const { registrar } = town.member();
    const contact = { phone: '8 (912) 345-67-89', name: 'Петров Пётр' };
    const { receipt } = right(await registrar.register({ ...unknown, contact }));
    expect(receipt.content.buyer).toEqual({
      keyId: right(await town.keyRing.keyIdFor('+79123456789')()),
      person: { phone: '+79123456789', name: 'Петров Пётр' },
    });
  });

  it('asks the shop for it where the order has none, or its person was erased', async () => {
    const town = await openTown();
    town.customers.set('c1', { email: 'known@example.com' });
    const { registrar } = town.member();
    const erased = { ...basket(), buyer: { keyId: 'gone', person: { erased: true as const } } };
    const asked = order({ draft: draftOf(erased), customerId: 'c1' });
    const { receipt } = right(await registrar.register(asked));
    expect(receipt.content.buyer?.person).toEqual({ email: 'known@example.com' });
    expect(
      left(
        await registrar.register({ ...asked, customerId: 'c2', source: { ...source, settlementId: '2' } }),
      ),
    ).toMatchObject({ rule: 'contact-required' });
  });

  it.each([
    [{ phone: '12' }, 'phone-country', 'contact.phone'],
    [{ phone: '+7912345678' }, 'phone-length', 'contact.phone'],
    [{ phone: 'a@b.ru' }, 'phone-characters', 'contact.phone'],
    [{ email: 'nobody' }, 'email-shape', 'contact.email'],
    [{ email: 'a@b' }, 'email-domain', 'contact.email'],
    [{ email: '' }, 'contact-empty', 'contact.email'],
    [{ name: 'Петров' }, 'contact-empty', 'contact'],
  ])('refuses %j', async (contact, rule, field) => {
    const town = await openTown();
    const refusal = left(await town.member().registrar.register({ ...unknown, contact }));
    expect(refusal).toEqual({ _tag: 'Refused', rule, field });
  });

  it('a wrong contact in the shop is refused by the rule, and named as the customer’s', async () => {
    const town = await openTown();
    town.customers.set('c1', { phone: '007' });
    const refusal = left(await town.member().registrar.register({ ...unknown, customerId: 'c1' }));
    expect(refusal).toEqual({ _tag: 'Refused', rule: 'phone-country', field: 'customer.phone' });
  });

  it('a shop that fails to answer knows no contact for now; what it says is not logged', async () => {
    const town = await openTown();
    const member = town.member();
    const get = town.customers.get.bind(town.customers);
    town.customers.get = () => {
      throw new Error('+79990001122 not found');
    };
    expect(left(await member.registrar.register({ ...unknown, customerId: 'c1' }))).toMatchObject({
      rule: 'contact-required',
    });
    expect(JSON.stringify(town.lines)).toContain('could not be asked for');
    expect(JSON.stringify(town.lines)).not.toContain('9990001122');
    town.customers.get = get;
  });
});

describe('registrar: shifts, dates, terms', () => {
  const byHand = order({ origin: 'manual', instrument: 'other' });

  const openShift = (town: Town): Promise<void> =>
    town.shift(REGISTER, {
      type: 'OpenShift',
      data: {
        now: town.now(),
        registerId: REGISTER,
        shiftId: 'shift-1',
        openedBy: 'person',
        device: { deviceId: DEVICE, revision: 1, available: true, reasons: [] },
      },
    });

  it('a receipt made by hand needs an open shift not older than 24 hours (S25)', async () => {
    const town = await openTown();
    const { registrar } = town.member();
    expect(left(await registrar.register(byHand))).toMatchObject({ rule: 'shift-not-open' });
    await openShift(town);
    expect(right(await registrar.register(byHand)).receipt.facts.shiftId).toBe('shift-1');
    await town.kernel.run({ until: 25 * 3_600_000 });
    const next = { ...byHand, settled: town.now(), source: { ...source, settlementId: 'next' } };
    expect(left(await registrar.register(next))).toMatchObject({ rule: 'shift-not-open' });
  });

  it('dates are those of the register’s zone', async () => {
    const town = createTown();
    await town.connect({ registration: { zone: 11 }, card: { zone: 11 } });
    await town.kernel.run({ until: 4 * 3_600_000 });
    const { receipt } = right(await town.member().registrar.register(order({ settled: town.now() })));
    expect(receipt.content.settledAt).toBe('2026-03-03T01:00:00');
    expect(receipt.facts.rulesOn).toBe('2026-03-03');
  });

  it('an old settlement needs a correction; a rehearsal applies the rules of its own date and counts the term from the registration', async () => {
    const town = await openTown();
    const { registrar } = town.member();
    const old = order({
      settled: '2025-11-20T12:00:00' as LocalDateTime,
      draft: draftOf({
        ...basket(),
        items: basket().items.map((item) => ({ ...item, vatCode: 1 as const })),
      }),
    });
    expect(left(await registrar.register(old))).toMatchObject({ rule: 'needs-correction' });
    const { receipt } = right(await registrar.register({ ...old, rulesOn: '2025-11-20' as LocalDate }));
    expect(receipt).toMatchObject({ facts: { rulesOn: '2025-11-20' }, legalDeadline: NOW });
  });

  it('a bank transfer has to the end of the next working day, or to the handing over of the goods', async () => {
    const town = createTown();
    await town.connect({ card: { legalGround: 'bank-transfer' } });
    const { registrar } = town.member();
    const transfer = order({ instrument: 'bank-transfer', draft: { ...draftOf(basket()), internet: false } });
    expect(right(await registrar.register(transfer)).receipt.legalDeadline).toBe('2026-03-03T20:59:59.999Z');
    const handedOverAt = '2026-03-02T15:00:00.000Z' as Instant;
    const other = { ...transfer, handedOverAt, source: { ...source, settlementId: 'other' } };
    expect(right(await registrar.register(other)).receipt.legalDeadline).toBe(handedOverAt);
  });
});

describe('registrar: offsets of advances', () => {
  const advance = order({
    source: { document: 'order-1', settlementId: 'advance' },
    draft: {
      ...draftOf(basket()),
      items: basket().items.map((item) => ({ ...item, paymentMethod: 3 as const })),
    },
  });
  const advanceId = receiptIdOf(INN, advance.source);
  const final = order({
    draft: {
      ...draftOf(basket()),
      payments: { ...NO_PAYMENTS, prepaid: roubles(200), cashless: roubles(100) },
    },
    offsets: [{ receiptId: advanceId, amount: roubles(200) }],
  });

  it('are reserved in the stream of the advance before the receipt is registered', async () => {
    const town = await openTown();
    const { registrar } = town.member();
    right(await registrar.register(advance));
    const { receipt } = right(await registrar.register(final));
    expect(receipt.parents).toEqual([
      { relation: 'offsets', link: { kind: 'receipt', receiptId: advanceId }, reservation: RECEIPT },
    ]);
    const events = town.log.events.map(({ type }) => type);
    expect(events.indexOf('receipt.OffsetReserved')).toBeLessThan(events.lastIndexOf('receipt.Registered'));
    expect(right(await registrar.register(final)).duplicate).toBe(true);
    expect((await town.receipt(advanceId)).fence.offsets).toEqual(new Map([[RECEIPT, 20_000]]));
  });

  it('more than was advanced is refused, and nothing is registered', async () => {
    const town = await openTown();
    const { registrar } = town.member();
    right(await registrar.register(advance));
    const much = { ...final, offsets: [{ receiptId: advanceId, amount: roubles(301) }] };
    expect(left(await registrar.register(much))).toMatchObject({ rule: 'offset-above-prepaid' });
    expect(
      left(await registrar.register({ ...final, offsets: [{ receiptId: 'nothing', amount: roubles(1) }] })),
    ).toMatchObject({ rule: 'not-registered', field: 'parents' });
    expect(town.receipts()).toEqual([advanceId]);
  });

  it('of one advance in two parts are one offset of their sum', async () => {
    const town = await openTown();
    const { registrar } = town.member();
    right(await registrar.register(advance));
    const halves = [
      { receiptId: advanceId, amount: roubles(100) },
      { receiptId: advanceId, amount: roubles(100) },
    ];
    right(await registrar.register({ ...final, offsets: halves }));
    expect((await town.receipt(advanceId)).fence.offsets).toEqual(new Map([[RECEIPT, 20_000]]));
    expect(right(await registrar.register(final)).duplicate).toBe(true);
    const third = {
      ...final,
      source: { document: 'order-1', settlementId: 'third' },
      offsets: [...halves, ...halves],
    };
    expect(left(await registrar.register(third))).toMatchObject({ rule: 'offset-above-prepaid' });
  });

  it('a parent that is said to hold a part must hold it', async () => {
    const town = await openTown();
    const { registrar } = town.member();
    right(await registrar.register(advance));
    const { offsets: _offsets, ...bare } = final;
    const parents = [
      {
        relation: 'offsets' as const,
        link: { kind: 'receipt' as const, receiptId: advanceId },
        reservation: RECEIPT,
      },
    ];
    expect(left(await registrar.register({ ...bare, parents }))).toMatchObject({
      rule: 'refund-not-reserved',
    });
  });

  it.each(
    [1, 2, 3].flatMap(
      (at) =>
        [
          [at, false],
          [at, true],
        ] as const,
    ),
  )('go on after the process died at append %d, written: %s', async (appendsLeft, isWritten) => {
    const town = await openTown();
    right(await town.member('before').registrar.register(advance));
    const dying = town.member('dying');
    Object.assign(dying.disturbance, { appendsLeft, isWritten });
    expect(await Promise.race([dying.registrar.register(final), dying.died])).toBe('died');
    right(await town.member('next').registrar.register(final));
    expect(town.types(`receipt-${RECEIPT}`)).toEqual(['Registered', 'Enqueued']);
    expect(town.types(`receipt-${advanceId}`).filter((type) => type.startsWith('Offset'))).toEqual([
      'OffsetReserved',
    ]);
  });
});

it('the errors of a registrar hold no value of an order', async () => {
  const town = await openTown();
  const { registrar } = town.member();
  const secret = 'Секретов Иван';
  const refusals = await Promise.all([
    registrar.register(order({ draft: draftOf(anonymous()), contact: { phone: '+7 secret-phone' } })),
    registrar.register(order({ draft: { ...draftOf(basket()), cashier: { name: secret, inn: '123' } } })),
  ]);
  expect(refusals.every(E.isLeft)).toBe(true);
  expect(JSON.stringify(refusals)).not.toMatch(/secret|Секретов/);
});
