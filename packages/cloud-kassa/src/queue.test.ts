import type { SendAnswer } from '@cloud-kassa/provider';
import type { QueuePage } from './queue';
import type { Shop } from './shop.testing';
import {
  BASKET,
  connectionTo,
  errorOf,
  INN,
  openShop,
  order,
  OTHER_INN,
  REGISTRATION,
  ruleOf,
  sure,
} from './shop.testing';

const note = { status: 400, code: 'wrong' };
const INVALID: SendAnswer = { _tag: 'RefusedInvalid', note };
const UNKNOWN: SendAnswer = { _tag: 'Unknown', why: 'timeout' };
const AMBIGUOUS: SendAnswer = {
  _tag: 'Final',
  answer: { _tag: 'Failed', proof: 'ambiguous', because: 'other', note },
};
const REJECTED: SendAnswer = {
  _tag: 'Final',
  answer: { _tag: 'Failed', proof: 'proved', because: 'content', note },
};

const EVIDENCE = {
  providerRemembersFailure: true,
  ofdShowsNothing: true,
  unsentQueueEmpty: true,
  note: 'cabinet and OFD',
};

const DAY_MS = 86_400_000;

/** A receipt that was sent once and came to that answer. */
const held = async (answer: SendAnswer): Promise<Shop & { readonly receiptId: string }> => {
  const shop = await openShop();
  const { send } = shop.provider;
  shop.provider.send = () => answer;
  const { receiptId } = sure(await shop.kassa.receipts.register(order(1)));
  await shop.idle();
  shop.provider.send = send;
  return { ...shop, receiptId };
};

const phaseOf = async ({ kassa, receiptId }: Shop & { receiptId: string }): Promise<string> =>
  sure(await kassa.receipts.get(receiptId)).attempt.phase;

describe('a receipt that waits for a person', () => {
  it('is explained: what it means, what to do, and whether it may be cancelled', async () => {
    const shop = await held(INVALID);
    expect(sure(await shop.kassa.queue.explain(shop.receiptId))).toMatchObject({
      cancellable: true,
      ways: [
        { how: 'amend' },
        { how: 'document' },
        { how: 'no-document', from: '2026-11-28T06:00:00.000Z' },
        { how: 'cancel' },
      ],
    });
    expect(sure(await shop.kassa.queue.get(shop.receiptId))).toMatchObject({
      status: 'error',
      reason: 'invalid',
      reasonCode: 'wrong',
      providerState: 'rejected',
    });
  });

  it('that the protocol can not say is told so: nothing was sent, and nobody is told to look at the provider', async () => {
    const shop = await held({ _tag: 'RefusedInvalid', note: { code: 'not-expressible:total-of-items' } });
    const { advice } = sure(await shop.kassa.queue.explain(shop.receiptId));
    expect(advice?.meaning.english).toContain('Nothing was sent');
    expect(advice?.todo.english).not.toContain('provider names');
  });

  it('for its device says so: the device is suspended, or its provider does not answer', async () => {
    const shop = await openShop();
    const { send } = shop.provider;
    shop.provider.send = () => ({ _tag: 'NotSent', why: 'unreachable' });
    const { receiptId } = sure(await shop.kassa.receipts.register(order(1)));
    await shop.work(60_000);
    expect(await phaseOf({ ...shop, receiptId })).toBe('Ready');
    expect(sure(await shop.kassa.queue.explain(receiptId)).waitsForDevice).toBeUndefined();
    const { deviceId } = sure(await shop.kassa.queue.get(receiptId));
    sure(await shop.kassa.devices.suspend(deviceId ?? '', 'maintenance'));
    expect(sure(await shop.kassa.queue.explain(receiptId)).waitsForDevice).toEqual({
      deviceId,
      because: 'suspended',
    });
    expect((await shop.idle()).receipts).toEqual([
      { receiptId, phase: 'Ready', waitsFor: 'device', device: { deviceId, because: 'suspended' } },
    ]);
    sure(await shop.kassa.devices.resume(deviceId ?? ''));
    shop.provider.send = send;
    await shop.work(600_000);
    expect(sure(await shop.kassa.queue.explain(receiptId))).toMatchObject({
      notCancellable: 'has-document',
      cancellable: false,
    });
  });

  it('is amended: the corrected content goes out under the same key where the request was refused (row 30)', async () => {
    const shop = await held(INVALID);
    sure(
      await shop.kassa.queue.settle(
        shop.receiptId,
        { how: 'amend', basket: { ...BASKET, place: { place: 'https://garden.example' } } },
        { by: 'Ivanova' },
      ),
    );
    await shop.idle();
    expect(await phaseOf(shop)).toBe('Fiscalized');
    const keys = shop.provider.sends.map(({ key }) => key);
    expect(new Set(keys).size).toBe(1);
    expect(shop.provider.sends.at(-1)?.content.place).toEqual({ place: 'https://garden.example' });
  });

  it('is amended under a new key where the content was rejected (row 43)', async () => {
    const shop = await held(REJECTED);
    const [item] = BASKET.items;
    if (item === undefined) throw new Error('no item');
    sure(
      await shop.kassa.queue.settle(
        shop.receiptId,
        { how: 'amend', basket: { ...BASKET, items: [{ ...item, name: 'Гамак с подставкой' }] } },
        { by: 'Ivanova' },
      ),
    );
    await shop.idle();
    expect(await phaseOf(shop)).toBe('Fiscalized');
    expect(new Set(shop.provider.sends.map(({ key }) => key)).size).toBe(2);
  });

  it('is amended by a buyer who can be reached: the new contact goes out, sealed under a key of its own', async () => {
    const shop = await held(INVALID);
    const before = sure(await shop.kassa.receipts.get(shop.receiptId)).content.buyer?.keyId;
    const amend = (buyer: object) =>
      shop.kassa.queue.settle(
        shop.receiptId,
        { how: 'amend', basket: { ...BASKET, buyer } },
        { by: 'Ivanova' },
      );
    expect(ruleOf(await amend({ email: 'no address' }))).toBe('email-shape buyer.email');
    sure(await amend({ email: 'other@example.ru' }));
    await shop.idle();
    expect(await phaseOf(shop)).toBe('Fiscalized');
    expect(shop.provider.sends.at(-1)?.content.buyer?.person).toEqual({ email: 'other@example.ru' });
    expect(sure(await shop.kassa.receipts.get(shop.receiptId)).content.buyer?.keyId).not.toBe(before);
  });

  it('is cancelled, for a reason, and then no more is done with it', async () => {
    const shop = await held(INVALID);
    expect(ruleOf(await shop.kassa.queue.cancel(shop.receiptId, ' '))).toBe('input-shape reason');
    sure(await shop.kassa.queue.cancel(shop.receiptId, 'the order was withdrawn', { actor: 'Ivanova' }));
    expect(await shop.idle()).toEqual({ receipts: [], settlements: [] });
    expect(sure(await shop.kassa.queue.count())).toMatchObject({ cancelled: 1, error: 0 });
  });

  it('is settled with the document that a person found (row 32)', async () => {
    const shop = await held(AMBIGUOUS);
    const settle = (document: object, by = 'Ivanova') =>
      shop.kassa.queue.settle(
        shop.receiptId,
        { how: 'document', document: { fn: '9999078900000001', fd: 7, fp: 8, ...document } },
        { by },
      );
    expect(ruleOf(await settle({ fn: '9999' }))).toBe('input-shape document.fn');
    expect(ruleOf(await settle({ number: 1 }))).toBe('input-unknown-field document.number');
    expect(ruleOf(await settle({}, ' '))).toMatch(/^person-unnamed/);
    sure(await settle({}));
    expect(sure(await shop.kassa.status.document(shop.receiptId))).toMatchObject({ fd: 7, fp: 8 });
  });

  it('is settled without a document by two persons only (row 33)', async () => {
    const shop = await held(AMBIGUOUS);
    const settle = (secondBy: string | undefined, evidence = EVIDENCE) =>
      shop.kassa.queue.settle(
        shop.receiptId,
        { how: 'no-document', evidence },
        { by: 'Ivanova', ...(secondBy === undefined ? {} : { secondBy }) },
      );
    expect(ruleOf(await settle(undefined))).toBe('two-persons-required secondBy');
    expect(ruleOf(await settle(' ivanova '))).toBe('two-persons-required secondBy');
    expect(ruleOf(await settle('Petrov', { ...EVIDENCE, ofdShowsNothing: false }))).toMatch(/^evidence-/);
    sure(await settle('Petrov'));
    await shop.idle();
    expect(await phaseOf(shop)).toBe('Fiscalized');
    expect(new Set(shop.provider.sends.map(({ key }) => key)).size).toBe(2);
  });

  it('is resumed unchanged (row 31); past the horizon by two persons with evidence', async () => {
    const shop = await openShop();
    const { send } = shop.provider;
    shop.provider.send = () => UNKNOWN;
    shop.provider.ask = () => ({ _tag: 'Unavailable', scope: 'receipt' });
    const { receiptId } = sure(await shop.kassa.receipts.register(order(1)));
    await shop.work(DAY_MS + 3_600_000);
    // The provider may have forgotten the key: that it knows nothing proves nothing any more.
    shop.provider.ask = () => ({ _tag: 'Absent' });
    await shop.work(3_600_000);
    const one = { ...shop, receiptId };
    expect(sure(await shop.kassa.queue.explain(receiptId))).toMatchObject({
      cancellable: false,
      receipt: { attempt: { held: { reason: 'horizon' } } },
    });
    expect(ruleOf(await shop.kassa.queue.cancel(receiptId, 'no'))).toMatch(/^sends-unaccounted-for/);
    expect(ruleOf(await shop.kassa.queue.settle(receiptId, { how: 'resume' }, { by: 'Ivanova' }))).not.toBe(
      '',
    );
    shop.provider.send = send;
    sure(
      await shop.kassa.queue.settle(
        receiptId,
        { how: 'resume', evidence: EVIDENCE },
        { by: 'Ivanova', secondBy: 'Petrov' },
      ),
    );
    await shop.work(3_600_000);
    expect(await phaseOf(one)).toBe('Fiscalized');
  });

  it('in dispute is made good by another receipt (row 38)', async () => {
    const shop = await held(AMBIGUOUS);
    const settle = (fd: number) =>
      shop.kassa.queue.settle(
        shop.receiptId,
        { how: 'document', document: { fn: '9999078900000001', fd, fp: 8 } },
        { by: 'Ivanova' },
      );
    sure(await settle(7));
    sure(await settle(9));
    expect(await phaseOf(shop)).toBe('Disputed');
    expect(sure(await shop.kassa.status.disputedDocuments()).rows).toHaveLength(1);
    const { receiptId } = sure(await shop.kassa.receipts.register(order(2)));
    sure(
      await shop.kassa.queue.settle(
        shop.receiptId,
        { how: 'compensated', compensatingReceiptId: receiptId },
        { by: 'Ivanova' },
      ),
    );
  });

  it('is not settled by what was seen before it moved on', async () => {
    const shop = await held(AMBIGUOUS);
    const { epoch } = sure(await shop.kassa.receipts.get(shop.receiptId)).attempt;
    expect(
      ruleOf(
        await shop.kassa.queue.settle(
          shop.receiptId,
          { how: 'no-document', evidence: EVIDENCE },
          { by: 'Ivanova', secondBy: 'Petrov', epoch: epoch - 1 },
        ),
      ),
    ).toMatch(/^stale-epoch/);
  });

  it('can be settled in no way that has no name', async () => {
    const shop = await held(AMBIGUOUS);
    const finding = { how: 'forget' } as never;
    expect(ruleOf(await shop.kassa.queue.settle(shop.receiptId, finding, { by: 'Ivanova' }))).toBe(
      'input-shape how',
    );
  });
});

describe('a receipt that is postponed', () => {
  it('waits until it is resumed, or until its date', async () => {
    const shop = await openShop();
    const { queue, receipts } = shop.kassa;
    const first = sure(await receipts.register(order(1)));
    const second = sure(await receipts.register(order(2)));
    sure(await queue.postpone(first.receiptId, 'the buyer asked'));
    sure(await queue.postpone(second.receiptId, 'stocktaking', '2026-11-27T06:05:00.000Z'));
    expect(ruleOf(await queue.postpone(first.receiptId, 'x', 'tomorrow'))).toBe('input-shape until');
    const idle = await shop.idle();
    expect(idle.receipts).toEqual([{ receiptId: first.receiptId, phase: 'Accepted', waitsFor: 'person' }]);
    expect(sure(await queue.count())).toMatchObject({ new: 1, fiscalized: 1 });
    sure(await queue.resume(first.receiptId));
    expect(ruleOf(await queue.resume(first.receiptId))).toMatch(/^not-postponed/);
    expect(await shop.idle()).toEqual({ receipts: [], settlements: [] });
  });
});

describe('the list of the queue', () => {
  const filled = async (): Promise<Shop> => {
    const shop = await openShop();
    const { kassa } = shop;
    sure(
      await kassa.devices.register({
        deviceId: 'other',
        title: 'Other',
        connection: connectionTo('other'),
        registration: { ...REGISTRATION, organisation: OTHER_INN },
      }),
    );
    sure(await kassa.registers.attach('other', { registerId: 'stall', name: 'stall' }));
    for (let number = 1; number <= 5; number += 1) sure(await kassa.receipts.register(order(number)));
    for (let number = 6; number <= 8; number += 1)
      sure(await kassa.receipts.register({ ...order(number), organisation: OTHER_INN }));
    return shop;
  };

  it('is filtered by register (S30), organisation, device, status, phase, deadline and document', async () => {
    const { kassa } = await filled();
    const many = async (filter: Parameters<typeof kassa.queue.list>[0]): Promise<number> =>
      sure(await kassa.queue.list(filter)).rows.length;
    expect(await many({})).toBe(8);
    expect(await many({ registerId: 'stall' })).toBe(3);
    expect(await many({ organisation: INN })).toBe(5);
    expect(await many({ deviceId: 'other' })).toBe(3);
    expect(await many({ status: 'fiscalized' })).toBe(0);
    expect(await many({ status: ['new', 'error'], phase: 'Accepted' })).toBe(8);
    expect(await many({ deadlineBefore: '2026-11-27T05:00:00.000Z' })).toBe(0);
    expect(await many({ deadlineBefore: '2030-01-01T00:00:00.000Z' })).toBe(8);
    expect(await many({ sourceContains: 'ORDER-7' })).toBe(1);
    expect(await many({ sourceDocument: 'order-7' })).toBe(1);
    expect(sure(await kassa.queue.count({ registerId: 'stall' }))).toMatchObject({ new: 3 });
  });

  it('goes on page by page and says what is wrong with a page', async () => {
    const { kassa } = await filled();
    const seen: string[] = [];
    let from: Parameters<typeof kassa.queue.list>[0] = {};
    for (;;) {
      const page: QueuePage = sure(await kassa.queue.list({ ...from, limit: 3 }));
      seen.push(...page.rows.map(({ receiptId }) => receiptId));
      if (page.next === undefined) break;
      from = { from: page.next };
    }
    expect(new Set(seen).size).toBe(8);
    expect(seen).toHaveLength(8);
    expect(errorOf(await kassa.queue.list({ limit: 0 }))).toMatchObject({
      rule: 'query-limit',
      message: 'A page has 1 to 1,000 rows.',
    });
    expect(ruleOf(await kassa.queue.list({ from: ['x'] }))).toBe('query-cursor filter');
  });

  it('knows of everything up to a position that a command answered', async () => {
    const { kassa } = await openShop();
    const { position, receiptId } = sure(await kassa.receipts.register(order(1)));
    expect(position).toBeDefined();
    const fresh = position === undefined ? {} : { after: position };
    expect(sure(await kassa.queue.list(fresh)).rows).toHaveLength(1);
    expect(sure(await kassa.queue.get(receiptId, fresh)).status).toBe('new');
    expect(ruleOf(await kassa.queue.list({ after: 'no position' }))).toBe('query-position after');
    expect(errorOf(await kassa.queue.get('nobody'))).toMatchObject({ code: 'not-found' });
  });
});
