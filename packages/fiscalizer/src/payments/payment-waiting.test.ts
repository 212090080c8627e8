import { confirm, give, idOf, linked, openTown, pass, request, stateOf } from './payments.testing';
import { INN, NOW } from '../receipt.testing';
import type { Town } from '../registration/registration.testing';
import {
  CARD,
  DEVICE,
  MINUTE,
  REGISTER,
  anonymous,
  basket,
  createTown,
  right,
  roubles,
} from '../registration/registration.testing';

describe('payment process: each reason to wait, and its end', () => {
  const reasons: ReadonlyArray<
    readonly [
      name: string,
      reason: unknown,
      before: (town: Town) => Promise<void>,
      end: (town: Town) => Promise<void>,
    ]
  > = [
    [
      'no device; one is connected',
      { reason: 'no-device' },
      (town) => give(town, request(), confirm()),
      (town) => town.connect(),
    ],
    [
      'the device is suspended; it is resumed',
      { reason: 'no-device' },
      async (town) => {
        await town.connect();
        await town.device(DEVICE, { type: 'SuspendDevice', data: { now: NOW, reason: 'maintenance' } });
        await give(town, request(), confirm());
      },
      (town) => town.device(DEVICE, { type: 'ResumeDevice', data: { now: NOW } }),
    ],
    [
      'no register; a card is attached',
      { reason: 'no-register' },
      async (town) => {
        await town.connect({ card: 'none' });
        await give(town, request(), confirm());
      },
      (town) => town.device(DEVICE, { type: 'AttachRegister', data: { now: NOW, register: CARD } }),
    ],
    [
      'the policy of the register; it changes (S24, S35)',
      { reason: 'policy' },
      async (town) => {
        await town.connect({ card: { policy: '3.0.8' } });
        await give(
          town,
          request(basket(), { instrument: 'card' }),
          confirm('t1', roubles(300), { instrument: 'card' }),
        );
      },
      (town) =>
        town.device(DEVICE, {
          type: 'ChangeRegisterPolicy',
          data: {
            now: NOW,
            registerId: REGISTER,
            policy: '3.0.9',
            legalGround: 'internet-cashless',
            vatRule: 'per-line',
          },
        }),
    ],
    [
      'no contact; the shop learns of it (S28)',
      { reason: 'no-contact', objection: { rule: 'contact-required', field: 'buyer' } },
      async (town) => {
        await town.connect();
        await give(town, request(anonymous(3, { customerId: 'c1' })), confirm());
      },
      async (town) => void town.customers.set('c1', { phone: '89123456789' }),
    ],
    [
      'a wrong contact in the shop; it is put right',
      { reason: 'no-contact', objection: { rule: 'phone-length', field: 'customer.phone' } },
      async (town) => {
        await town.connect();
        town.customers.set('c1', { phone: '+7912' });
        await give(town, request(anonymous(3, { customerId: 'c1' })), confirm());
      },
      async (town) => void town.customers.set('c1', { phone: '89123456789' }),
    ],
    [
      'no contact; it is given with the settlement',
      { reason: 'no-contact' },
      async (town) => {
        await town.connect();
        await give(town, request(anonymous()), confirm());
      },
      (town) =>
        give(town, {
          type: 'ResumeFiscalization',
          data: {
            now: NOW,
            settlementId: 't1',
            buyer: { keyId: 'k', person: { email: 'new@example.com' } },
          },
        }),
    ],
    [
      'an erased buyer; the shop knows the person anew',
      { reason: 'no-contact' },
      async (town) => {
        await town.connect();
        await give(town, request(basket(3, { customerId: 'c1' })));
        right(await town.keyRing.erase('buyer-1')());
        await give(town, confirm());
      },
      async (town) => void town.customers.set('c1', { email: 'again@example.com' }),
    ],
    [
      'no basket; the payment is asked for after the money came',
      { reason: 'no-basket' },
      async (town) => {
        await town.connect();
        await give(town, confirm());
      },
      (town) => give(town, request()),
    ],
    [
      'another amount; a document of that amount is given',
      { reason: 'amount-differs' },
      async (town) => {
        await town.connect();
        await give(town, request(basket(2)), confirm());
      },
      (town) =>
        give(town, {
          type: 'ResumeFiscalization',
          data: { now: NOW, settlementId: 't1', basket: basket(3) },
        }),
    ],
    [
      'a rule; a corrected document is given',
      { reason: 'refused', objection: { rule: 'site-required', field: 'place.place' } },
      async (town) => {
        await town.connect();
        await give(town, request(basket(3, { place: { place: 'nowhere' } })), confirm());
      },
      (town) =>
        give(town, {
          type: 'ResumeFiscalization',
          data: { now: NOW, settlementId: 't1', basket: basket(3) },
        }),
    ],
    [
      'a contact that is none; another buyer is given',
      { reason: 'refused', objection: { rule: 'contact-malformed', field: 'buyer.person.phone' } },
      async (town) => {
        await town.connect();
        await give(town, request(basket(3, { buyer: { keyId: 'k', person: { phone: '8912' } } })), confirm());
      },
      (town) =>
        give(town, {
          type: 'ResumeFiscalization',
          data: { now: NOW, settlementId: 't1', buyer: { keyId: 'k2', person: { phone: '+79123456789' } } },
        }),
    ],
  ];

  it.each(reasons)('in passes: %s', async (_name, reason, before, end) => {
    const town = createTown();
    await before(town);
    const status = await pass(town, town.member('first'));
    expect(status).toMatchObject({
      open: 1,
      waiting: [{ paymentId: 'p1', settlementId: 't1', ...(reason as object) }],
    });
    expect(stateOf(await town.payment('p1'), 't1')).toMatchObject({
      state: 'postponed',
      ...(reason as object),
    });
    const events = town.log.events.length;
    await pass(town, town.member('again'));
    // A reason that holds is not told twice.
    expect(town.log.events).toHaveLength(events);
    await end(town);
    expect(await pass(town, town.member('second'))).toMatchObject({ open: 0, waiting: [] });
    expect(stateOf(await town.payment('p1'), 't1')).toEqual(linked('t1'));
    expect(town.receipts()).toEqual([idOf('t1')]);
    expect(town.types(`receipt-${idOf('t1')}`)).toEqual(['Registered', 'Enqueued']);
  });

  it.each(reasons)('running: %s', async (_name, reason, before, end) => {
    const town = createTown();
    const member = town.member();
    const stop = new AbortController();
    const running = Promise.all([member.registry.follow(stop.signal), member.process.run(stop.signal)]);
    await before(town);
    await town.kernel.run({ until: MINUTE });
    expect(stateOf(await town.payment('p1'), 't1')).toMatchObject({
      state: 'postponed',
      ...(reason as object),
    });
    await end(town);
    await town.kernel.run({ until: 15 * MINUTE });
    expect(stateOf(await town.payment('p1'), 't1')).toEqual(linked('t1'));
    expect(member.process.status()).toMatchObject({ open: 0, running: 0, waiting: [] });
    stop.abort();
    await town.complete(() => running);
  });

  it('what changes for one organisation is looked at at once, not after the interval', async () => {
    const town = createTown();
    const member = town.member();
    const stop = new AbortController();
    const running = Promise.all([member.registry.follow(stop.signal), member.process.run(stop.signal)]);
    await give(town, request(), confirm());
    await town.kernel.run({ until: MINUTE });
    await town.connect();
    await town.kernel.run({ until: MINUTE + 10 });
    expect(stateOf(await town.payment('p1'), 't1')).toEqual(linked('t1'));
    stop.abort();
    await town.complete(() => running);
  });

  it('the same reason comes back after somebody thought it was gone', async () => {
    const town = createTown();
    await give(town, request(), confirm());
    await pass(town, town.member('a'));
    await give(town, { type: 'ResumeFiscalization', data: { now: NOW, settlementId: 't1' } });
    expect(stateOf(await town.payment('p1'), 't1')).toMatchObject({ state: 'due' });
    await pass(town, town.member('b'));
    expect(stateOf(await town.payment('p1'), 't1')).toMatchObject({ reason: 'no-device' });
  });

  it('another reason takes the place of the first', async () => {
    const town = createTown();
    await give(town, request(anonymous()), confirm());
    await pass(town, town.member('a'));
    await town.connect({ card: 'none' });
    await pass(town, town.member('b'));
    await town.device(DEVICE, { type: 'AttachRegister', data: { now: NOW, register: CARD } });
    await pass(town, town.member('c'));
    expect(town.types('payment-p1').filter((type) => type.startsWith('Fiscalization'))).toHaveLength(3);
    expect(stateOf(await town.payment('p1'), 't1')).toMatchObject({ reason: 'no-contact' });
  });

  it('a contact that the shop told becomes that of the settlement', async () => {
    const town = await openTown();
    await give(town, request(anonymous(3, { customerId: 'c1' })), confirm());
    await pass(town, town.member('a'));
    town.customers.set('c1', { email: 'first@example.com' });
    const dying = town.member('dying');
    // Resumed and registered, then dead before the receipt is linked.
    Object.assign(dying.disturbance, { appendsLeft: 3, isWritten: true });
    expect(await town.complete(() => Promise.race([dying.process.catchUp(), dying.died]))).toBe('died');
    town.customers.set('c1', { email: 'second@example.com' });
    await pass(town, town.member('b'));
    expect((await town.receipt(idOf('t1'))).content.buyer?.person).toEqual({ email: 'first@example.com' });
    expect(stateOf(await town.payment('p1'), 't1')).toEqual(linked('t1'));
  });

  it('money that is too old for an ordinary receipt waits for a person; the correction of the same settlement is its receipt', async () => {
    const town = createTown();
    await give(town, request(), confirm());
    await pass(town, town.member('a'));
    await town.kernel.run({ until: 4 * 86_400_000 });
    await town.connect();
    const member = town.member('b');
    await pass(town, member);
    expect(stateOf(await town.payment('p1'), 't1')).toMatchObject({
      reason: 'refused',
      objection: { rule: 'needs-correction', field: 'settledAt' },
    });
    right(
      await member.registrar.correct({
        what: 'missed',
        organisation: INN,
        source: { document: 'p1', settlementId: 't1' },
        origin: 'payment',
        instrument: 'sbp',
        actor: 'accountant',
        settled: NOW,
        draft: { ...basket(), kind: 'receipt', settlementSign: 1 },
      }),
    );
    await pass(town, town.member('c'));
    expect(stateOf(await town.payment('p1'), 't1')).toEqual(linked('t1'));
    expect(await town.receipt(idOf('t1'))).toMatchObject({ content: { kind: 'correction' } });
  });

  it('a receipt of another amount under the settlement’s name is not taken for it', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    const member = town.member();
    right(
      await member.registrar.register({
        organisation: INN,
        source: { document: 'p1', settlementId: 't1' },
        origin: 'payment',
        instrument: 'sbp',
        actor: 'someone',
        settled: NOW,
        draft: { ...basket(2), kind: 'receipt', settlementSign: 1 },
      }),
    );
    await pass(town, member);
    expect(stateOf(await town.payment('p1'), 't1')).toMatchObject({
      reason: 'refused',
      objection: { rule: 'settlement-differs' },
    });
  });
});
