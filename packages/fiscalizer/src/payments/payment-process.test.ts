import { settlementsWithoutReceipt } from '@cloud-kassa/core';
import { confirm, give, idOf, linked, openTown, pass, refunded, request, stateOf } from './payments.testing';
import { NOW } from '../receipt.testing';
import { MINUTE, basket, createTown, right, roubles, spoil } from '../registration/registration.testing';

describe('payment process: a confirmed payment gets its receipt (S38)', () => {
  it('is registered, enqueued and linked, by commands that follow from the event that caused them', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    const status = await pass(town);
    expect(status).toMatchObject({ open: 0, waiting: [], retrying: [], parked: [] });
    expect(stateOf(await town.payment('p1'), 't1')).toEqual(linked('t1'));
    expect(await town.receipt(idOf('t1'))).toMatchObject({
      attempt: { enqueued: true },
      content: { total: 30_000, settlementSign: 1, settledAt: '2026-03-02T12:00:00' },
      facts: { origin: 'payment', instrument: 'sbp' },
      source: { document: 'p1', settlementId: 't1' },
    });
    const [, confirmed] = town.log.stream('payment-p1');
    const made = [...town.log.stream(`receipt-${idOf('t1')}`), ...town.log.stream('payment-p1').slice(2)];
    // The commands of receipt and payment continue the chain of the confirmation.
    expect(made.map(({ metadata }) => metadata.causationId)).toEqual(made.map(() => confirmed?.eventId));
    expect(made.map(({ metadata }) => metadata.correlationId)).toEqual(
      made.map(() => confirmed?.metadata.correlationId),
    );
  });

  it('a second pass changes nothing', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    await pass(town);
    const events = town.log.events.length;
    await pass(town);
    await pass(town, town.member('without checkpoint', { checkpoints: createTown().checkpoints }));
    expect(town.log.events).toHaveLength(events);
  });

  it('late and repeated confirmations: one receipt for each operation of the bank', async () => {
    const town = await openTown();
    await give(
      town,
      request(),
      { type: 'ExpirePayment', data: { now: NOW, cancelled: false } },
      confirm(),
      confirm(),
    );
    await pass(town);
    await give(town, confirm());
    await pass(town);
    expect((await town.payment('p1')).settlements.get('t1')).toMatchObject({
      late: true,
      fiscalization: linked('t1'),
    });
    expect(town.receipts()).toEqual([idOf('t1')]);
  });

  it('two QR codes of one order that were both paid are two receipts', async () => {
    const town = await openTown();
    await give(town, request(), confirm('t1'), confirm('t2'));
    await pass(town);
    expect(town.receipts()).toEqual([idOf('t1'), idOf('t2')]);
    const payment = await town.payment('p1');
    expect([stateOf(payment, 't1'), stateOf(payment, 't2')]).toEqual([linked('t1'), linked('t2')]);
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
    const town = await openTown();
    await give(town, request(), confirm());
    const dying = town.member('dying');
    Object.assign(dying.disturbance, { appendsLeft, isWritten });
    expect(await town.complete(() => Promise.race([dying.process.catchUp(), dying.died]))).toBe('died');
    await pass(town);
    expect(stateOf(await town.payment('p1'), 't1')).toEqual(linked('t1'));
    expect(town.types(`receipt-${idOf('t1')}`)).toEqual(['Registered', 'Enqueued']);
    expect(town.types('payment-p1').filter((type) => type === 'ReceiptLinked')).toHaveLength(1);
  });

  it('two processes at once make one receipt', async () => {
    const town = await openTown();
    await give(town, request(), confirm('t1'), confirm('t2'));
    const members = [town.member('a'), town.member('b')];
    await town.complete(() => Promise.all(members.map(({ process }) => process.catchUp())));
    expect(town.receipts().toSorted()).toEqual([idOf('t1'), idOf('t2')].toSorted());
    expect(town.types('payment-p1').filter((type) => type === 'ReceiptLinked')).toHaveLength(2);
  });

  it('a store that does not answer for a while only takes time', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    const member = town.member();
    right(await member.registry.refresh()());
    const append = member.store.append;
    let failures = 3;
    Object.assign(member.store, {
      append: (...args: Parameters<typeof append>) => {
        member.disturbance.isDown = (failures -= 1) >= 0;
        const answer = append(...args);
        return async () => {
          const given = await answer();
          member.disturbance.isDown = false;
          return given;
        };
      },
    });
    expect(await pass(town, member)).toMatchObject({ open: 0, retrying: [] });
    expect(stateOf(await town.payment('p1'), 't1')).toEqual(linked('t1'));
  });

  it('a pass through a log that can not be read says so', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    const member = town.member();
    member.disturbance.isDown = true;
    const outcome = await town.complete(() => member.process.catchUp());
    expect(outcome).toMatchObject({ _tag: 'Left', left: { _tag: 'Unavailable' } });
    member.disturbance.isDown = false;
    expect(await pass(town, member)).toMatchObject({ open: 0 });
  });
});

describe('payment process: what it remembers', () => {
  it('the checkpoint never passes a settlement that waits', async () => {
    const town = createTown();
    await give(town, request(), confirm());
    await pass(town, town.member('a'));
    const kept = right(await town.checkpoints.load('payment-process')());
    await town.connect();
    for (const paymentId of ['p2', 'p3', 'p4']) {
      await town.pay(paymentId, request(basket(), { paymentId }));
      await town.pay(paymentId, confirm('t', roubles(300), { paymentId }));
    }
    await town.pay('p5', confirm('t', roubles(300), { paymentId: 'p5' }));
    await pass(town, town.member('b'));
    const later = right(await town.checkpoints.load('payment-process')());
    expect(kept).toBe('1');
    // All but the one without a basket are done: a successor begins there.
    const [first] = town.log.stream('payment-p5');
    expect(Number(later)).toBe(Number(first?.position) - 1);
    expect(await pass(town, town.member('c'))).toMatchObject({
      open: 1,
      waiting: [{ paymentId: 'p5', reason: 'no-basket' }],
    });
  });

  it('a payment that was done long ago and is refunded now is read from its beginning', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    await pass(town, town.member('a'));
    await pass(town, town.member('b'));
    await give(town, refunded('r1', roubles(300)));
    await pass(town, town.member('c'));
    expect(stateOf(await town.payment('p1'), 'r1')).toEqual(linked('r1'));
  });

  it.each(['no position at all', '999999'])(
    'a checkpoint that leads nowhere (%s) is left aside',
    async (position) => {
      const town = await openTown();
      right(await town.checkpoints.save('payment-process', position)());
      await give(town, request(), confirm());
      await pass(town);
      expect(stateOf(await town.payment('p1'), 't1')).toEqual(linked('t1'));
      expect(town.lines.some(({ message }) => message.includes('left aside'))).toBe(true);
    },
  );

  it('a payment that can not be read is parked, shown and never passed; the others go on', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    spoil(town, 'payment-p1');
    await town.pay('p2', request(basket(), { paymentId: 'p2' }));
    await town.pay('p2', confirm('t', roubles(300), { paymentId: 'p2' }));
    const status = await pass(town, town.member('a'));
    expect(status).toMatchObject({
      open: 1,
      parked: [{ paymentId: 'p1', failure: { _tag: 'UnknownType', revision: 2, type: 'payment.Unheard' } }],
    });
    expect(town.receipts()).toEqual([idOf('t', 'p2')]);
    expect(await pass(town, town.member('b'))).toMatchObject({ parked: [{ paymentId: 'p1' }] });
    expect(
      town.lines.some(({ message, fields }) => message.includes('parked') && fields?.['payment'] === 'p1'),
    ).toBe(true);
  });

  it('a payment that was done and has an event nobody can read is shown as well', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    await pass(town, town.member('a'));
    spoil(town, 'payment-p1');
    expect(await pass(town, town.member('b'))).toMatchObject({ parked: [{ paymentId: 'p1' }] });
  });

  it('a receipt that can not be read postpones its settlement, visibly in the payment', async () => {
    const town = await openTown();
    await give(town, request(), confirm());
    await pass(town, town.member('a'));
    spoil(town, `receipt-${idOf('t1')}`);
    await give(town, refunded('r1', roubles(300)));
    await pass(town, town.member('b'));
    expect(stateOf(await town.payment('p1'), 'r1')).toMatchObject({
      reason: 'undecodable',
      objection: { rule: 'UnknownType', field: `receipt-${idOf('t1')}` },
    });
  });

  it('running, it saves the checkpoint and resumes when the log breaks off', async () => {
    const town = await openTown();
    const member = town.member();
    const stop = new AbortController();
    member.disturbance.isDown = true;
    const running = member.process.run(stop.signal);
    await town.kernel.run({ until: 500 });
    await give(town, request(), confirm());
    member.disturbance.isDown = false;
    await town.kernel.run({ until: 5 * MINUTE });
    expect(settlementsWithoutReceipt(await town.payment('p1'))).toEqual([]);
    const kept = right(await town.checkpoints.load('payment-process')());
    expect(Number(kept)).toBeGreaterThanOrEqual(Number(town.log.stream('payment-p1').at(-1)?.position));
    stop.abort();
    await town.complete(() => running);
  });

  it('stops where it is told to, with what is under way at its end', async () => {
    const town = createTown();
    const member = town.member();
    const stop = new AbortController();
    stop.abort();
    await give(town, request(), confirm());
    await town.complete(() => member.process.run(stop.signal));
    expect(member.process.status()).toMatchObject({ running: 0 });
  });

  it('logs and status hold no contact', async () => {
    const town = createTown();
    await give(town, request(), confirm());
    const status = await pass(town);
    expect(JSON.stringify([status, town.lines])).not.toContain('buyer@');
  });
});
