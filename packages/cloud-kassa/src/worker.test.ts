import type { Shop } from './shop.testing';
import { errorOf, openShop, order, sure } from './shop.testing';
import type { WorkerOptions } from './worker';

describe('the settings of a worker', () => {
  it.each<readonly [string, WorkerOptions]>([
    ['settings.leaseMs', { settings: { leaseMs: 1_000 } }],
    ['settings.window', { settings: { window: 0 } }],
    ['settings.quietMs', { settings: { quietMs: -1 } }],
    ['settings.sendTimeoutMs', { settings: { sendTimeoutMs: Number.NaN } }],
    ['settings.breaker.openMs', { settings: { breaker: { openMs: Number.POSITIVE_INFINITY } as never } }],
    ['payments.poolSize', { payments: { poolSize: -1 } }],
    ['shifts.limitMarginMs', { shifts: { limitMarginMs: 20 * 3_600_000 } }],
    ['health.everyMs', { health: { everyMs: Number.NaN } }],
    ['name', { name: '' }],
  ])('%s is refused where it does not fit', async (field, options) => {
    const { kassa } = await openShop();
    const error = errorOf(kassa.startWorker(options));
    expect(error).toMatchObject({ code: 'refused', rule: 'worker-setting', field });
    expect(error.message).toMatch(/setting/);
  });
});

describe('workers', () => {
  it('of one library have different names, and share the work', async () => {
    const shop = await openShop();
    for (let number = 1; number <= 20; number += 1) sure(await shop.kassa.receipts.register(order(number)));
    await shop.kernel.complete(async () => {
      const first = sure(shop.kassa.startWorker());
      const second = sure(shop.kassa.startWorker({ payments: false, shifts: false, health: false }));
      expect(first.status().name).not.toBe(second.status().name);
      expect(second.status()).not.toHaveProperty('payments');
      const idle = sure(await second.untilIdle());
      expect(idle).toEqual({ receipts: [], settlements: [] });
      await first.stop();
      await second.stop();
    });
    expect(shop.provider.sends).toHaveLength(20);
    expect(sure(await shop.kassa.queue.count()).fiscalized).toBe(20);
  });

  it('tell what is left: held by a person, postponed, and due later', async () => {
    const shop = await openShop();
    const { kassa, provider } = shop;
    const { send } = provider;
    provider.send = ({ content }) =>
      content.total === 490_000 ? { _tag: 'RefusedInvalid', note: { status: 400 } } : send({} as never);
    const held = sure(await kassa.receipts.register(order(1)));
    const postponed = sure(
      await kassa.receipts.register(
        order(2, { items: [{ name: 'Стул', price: 1, quantity: '1', vatCode: 11, measure: 0 }] }),
      ),
    );
    sure(await kassa.queue.postpone(postponed.receiptId, 'later', '2026-11-27T08:00:00.000Z'));
    const idle = await shop.idle();
    expect(idle.receipts.toSorted((a, b) => (a.phase < b.phase ? -1 : 1))).toEqual([
      { receiptId: postponed.receiptId, phase: 'Accepted', nextAt: '2026-11-27T08:00:00.000Z' },
      { receiptId: held.receiptId, phase: 'Held', waitsFor: 'person' },
    ]);
  });

  it('may be asked to give up waiting, and tell how many are open meanwhile', async () => {
    const shop = await openShop();
    shop.provider.send = () => ({ _tag: 'Accepted' });
    sure(await shop.kassa.receipts.register(order(1)));
    const stop = new AbortController();
    const seen: number[] = [];
    const idle = await shop.kernel.complete(async () => {
      const worker = sure(shop.kassa.startWorker());
      const waiting = worker.untilIdle({ signal: stop.signal, progress: (open) => seen.push(open) });
      await shop.runtime.sleep(5_000);
      stop.abort();
      const done = sure(await waiting);
      await worker.stop();
      return done;
    });
    expect(idle.receipts).toMatchObject([{ phase: 'Pending' }]);
    expect(seen.at(-1)).toBe(1);
  });

  it('that are stopped in the middle lose nothing: another one carries on, under the same keys', async () => {
    const shop = await openShop();
    shop.provider.send = () => ({ _tag: 'Accepted' });
    for (let number = 1; number <= 5; number += 1) sure(await shop.kassa.receipts.register(order(number)));
    await shop.work(150);
    const keys = new Set(shop.provider.sends.map(({ key }) => key));
    let fd = 0;
    shop.provider.ask = () => {
      fd += 1;
      return {
        _tag: 'Final',
        answer: { _tag: 'Done', document: { fn: '9999078900000001', fd, fp: fd } },
      };
    };
    expect(await shop.idle()).toEqual({ receipts: [], settlements: [] });
    expect(new Set(shop.provider.sends.map(({ key }) => key))).toEqual(keys);
    expect(sure(await shop.kassa.audit.run({ requireClosed: true })).verdict).toBe('ok');
  });
});

describe('a library that is closed', () => {
  const stopped = async (): Promise<Shop> => {
    const shop = await openShop();
    sure(await shop.kassa.receipts.register(order(1)));
    return shop;
  };

  it('ends its workers, answers whatever is asked, and may be closed twice', async () => {
    const shop = await stopped();
    const { kassa, kernel } = shop;
    shop.provider.send = () => ({ _tag: 'Accepted' });
    await kernel.complete(async () => {
      const worker = sure(kassa.startWorker());
      const waiting = worker.untilIdle();
      await shop.runtime.sleep(500);
      await Promise.all([kassa.close(), kassa.close()]);
      const idle = await waiting;
      expect(idle.ok || idle.error.code === 'closed').toBe(true);
    });
    expect(errorOf(kassa.startWorker())).toMatchObject({ code: 'closed' });
    expect(errorOf(await kassa.receipts.register(order(2)))).toMatchObject({ code: 'closed' });
    expect(errorOf(await kassa.devices.list())).toMatchObject({ code: 'closed' });
    expect(errorOf(await kassa.queue.list())).toMatchObject({ code: 'closed' });
    expect(errorOf(await kassa.payments.get('p-1'))).toMatchObject({ code: 'closed' });
    expect(errorOf(await kassa.audit.run())).toMatchObject({ code: 'closed' });
  });
});
