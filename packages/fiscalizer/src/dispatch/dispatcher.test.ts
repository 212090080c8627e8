import * as E from 'fp-ts/Either';
import type { Instant } from '@cloud-kassa/ffd';
import { createBench, done } from './dispatcher.testing';
import { INN, NOW } from '../receipt.testing';

const OTHER_INN = '7707083893';
const MINUTE = 60_000;

describe('dispatcher', () => {
  it('carries a receipt from the queue to its document', async () => {
    const bench = createBench();
    const receiptId = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(MINUTE);
    const { attempt } = await bench.state(receiptId);
    expect(attempt.phase).toBe('Fiscalized');
    expect(bench.provider.sends).toHaveLength(1);
    expect(bench.log.stream(`receipt-${receiptId}`).map(({ type }) => type)).toEqual([
      'receipt.Registered',
      'receipt.Enqueued',
      'receipt.Routed',
      'receipt.SendIntended',
      'receipt.Fiscalized',
    ]);
  });

  it('never has more receipts with a provider than the window allows', async () => {
    const bench = createBench({ window: 3 });
    for (let number = 0; number < 12; number += 1) await bench.register(INN, number);
    bench.startWorker();
    await bench.run(5 * MINUTE);
    expect(bench.provider.sends).toHaveLength(12);
    expect(bench.provider.mostInFlight).toBe(3);
  });

  it('sends the receipt with the oldest legal deadline first, and lets organisations take turns', async () => {
    const bench = createBench({ window: 1, poolSize: 1 });
    await bench.register(INN, 1, '2026-03-04T09:00:00.000Z' as Instant);
    await bench.register(INN, 2, '2026-03-03T09:00:00.000Z' as Instant);
    await bench.register(INN, 3, '2026-03-05T09:00:00.000Z' as Instant);
    const other = await bench.register(OTHER_INN, 4, '2026-03-09T09:00:00.000Z' as Instant);
    bench.startWorker();
    await bench.run(5 * MINUTE);
    const order = bench.provider.sends.map(({ receiptId }) => receiptId);
    expect(order.indexOf(other)).toBeLessThanOrEqual(1);
    const deadlines = await Promise.all(
      order
        .filter((receiptId) => receiptId !== other)
        .map(async (receiptId) => (await bench.state(receiptId)).legalDeadline),
    );
    expect(deadlines).toEqual(deadlines.toSorted());
  });

  it('an open breaker sends nothing; it is probed by reads and closes when one succeeds', async () => {
    const breaker = {
      spanMs: 10 * MINUTE,
      minimumCalls: 4,
      failureShare: 0.5,
      openMs: MINUTE,
      openCapMs: 2 * MINUTE,
    };
    const bench = createBench({
      breaker,
      window: 4,
      sendBackoff: { baseMs: 1_000, capMs: 5_000, floorMs: 1_000 },
    });
    bench.provider.answer = () => ({ _tag: 'NotSent', why: 'refused' });
    bench.provider.available = false;
    for (let number = 0; number < 4; number += 1) await bench.register(INN, number);
    bench.startWorker();
    await bench.run(20 * MINUTE);
    const sentWhileDown = bench.provider.sends.length;
    expect(sentWhileDown).toBeLessThanOrEqual(8);
    expect(bench.provider.probes).toBeGreaterThan(5);
    bench.provider.available = true;
    bench.provider.answer = done;
    await bench.run(30 * MINUTE);
    expect(bench.provider.sends.length).toBe(sentWhileDown + 4);
  });

  it('an account that is told to wait waits with all its receipts; another account goes on', async () => {
    const bench = createBench();
    bench.provider.answer = ({ receiptId }) =>
      receiptId === first
        ? { _tag: 'RefusedLater', note: { status: 429 }, scope: 'account', retryAfterMs: 30 * MINUTE }
        : done();
    const first = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(MINUTE);
    const sameAccount = await bench.register(INN, 2);
    const otherAccount = await bench.register(OTHER_INN, 3);
    await bench.run(10 * MINUTE);
    expect((await bench.state(otherAccount)).attempt.phase).toBe('Fiscalized');
    expect((await bench.state(sameAccount)).attempt.phase).toBe('Ready');
    await bench.run(40 * MINUTE);
    expect((await bench.state(sameAccount)).attempt.phase).toBe('Fiscalized');
  });

  it('a worker that comes back from a crash takes its own intent over at once, asks, and starts slowly', async () => {
    const bench = createBench({ window: 8 });
    const first = await bench.register(INN, 1);
    const worker = bench.startWorker();
    await bench.run(50);
    expect(bench.provider.sends).toHaveLength(1);
    worker.crash();
    bench.provider.inFlight = 0;
    bench.provider.mostInFlight = 0;
    for (let number = 2; number < 8; number += 1) await bench.register(INN, number);
    bench.provider.ask = () => ({
      _tag: 'Final',
      answer: { _tag: 'Done', document: { fn: '9999078900000001', fd: 777, fp: 1 } },
    });
    bench.startWorker();
    await bench.run(10_000);
    const { attempt } = await bench.state(first);
    expect(attempt).toMatchObject({ phase: 'Fiscalized', document: { fd: 777 } });
    expect(bench.provider.sends.filter(({ receiptId }) => receiptId === first)).toHaveLength(1);
    const slow = bench.log.events.filter(
      ({ type, data }) =>
        type === 'receipt.SendIntended' &&
        typeof data === 'object' &&
        'slowStart' in data &&
        data.slowStart === true,
    );
    expect(slow.length).toBeGreaterThanOrEqual(1);
  });

  it('a second worker takes over what the first left when its lease runs out, and sends nothing twice before asking', async () => {
    const bench = createBench();
    const receiptId = await bench.register(INN, 1);
    const worker = bench.startWorker('first');
    await bench.run(50);
    worker.crash();
    bench.provider.ask = () => ({ _tag: 'Absent' });
    bench.startWorker('second');
    await bench.run(30_000);
    expect(bench.provider.sends).toHaveLength(1);
    await bench.run(10 * MINUTE);
    expect((await bench.state(receiptId)).attempt.phase).toBe('Fiscalized');
    expect(bench.provider.sends.map(({ key }) => key)).toEqual([
      bench.provider.sends[0]?.key,
      bench.provider.sends[0]?.key,
    ]);
  });

  it('row 45: a provider that knows no keys is not sent to again because it does not find its handle; the receipt is held', async () => {
    const bench = createBench();
    bench.provider.askBy = 'none';
    bench.provider.answer = () => ({ _tag: 'Accepted', handle: 'handle-1' });
    bench.provider.ask = () => ({ _tag: 'Absent' });
    const receiptId = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(60 * MINUTE);
    expect((await bench.state(receiptId)).attempt).toMatchObject({
      phase: 'Held',
      held: { reason: 'no-handle' },
      open: 1,
    });
    expect(bench.provider.sends).toHaveLength(1);
  });

  it('an adapter that throws leaves the outcome unknown, and the receipt goes on', async () => {
    const bench = createBench();
    const mistake = (): never => {
      throw new TypeError('of a buyer');
    };
    bench.provider.answer = mistake;
    bench.provider.ask = mistake;
    const receiptId = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(MINUTE);
    expect((await bench.state(receiptId)).attempt.phase).toBe('Unknown');
    bench.provider.ask = () => ({ _tag: 'Absent' });
    bench.provider.answer = done;
    await bench.run(60 * MINUTE);
    expect((await bench.state(receiptId)).attempt.phase).toBe('Fiscalized');
    expect(bench.provider.sends).toHaveLength(2);
  });

  it('raises the alarms of a legal deadline that passes while the provider is silent', async () => {
    const bench = createBench();
    bench.provider.answer = () => ({ _tag: 'Accepted' });
    const receiptId = await bench.register(INN, 1, '2026-03-02T10:00:00.000Z' as Instant);
    bench.startWorker();
    await bench.run(61 * MINUTE);
    expect((await bench.state(receiptId)).attempt).toMatchObject({ phase: 'Pending', alarms: [50, 80, 100] });
  });

  it('a postponed receipt stays where it is until it is resumed', async () => {
    const bench = createBench();
    const receiptId = await bench.register(INN, 1);
    await bench.give(receiptId, {
      type: 'PostponeReceipt',
      data: { now: '2026-03-02T09:00:00.000Z' as Instant, reason: 'by hand' },
    });
    bench.startWorker();
    await bench.run(10 * MINUTE);
    expect(bench.provider.sends).toHaveLength(0);
    await bench.give(receiptId, {
      type: 'ResumeReceipt',
      data: { now: '2026-03-02T09:10:00.000Z' as Instant },
    });
    await bench.run(20 * MINUTE);
    expect((await bench.state(receiptId)).attempt.phase).toBe('Fiscalized');
  });

  it('tells what comes next for every open receipt, and when', async () => {
    const bench = createBench({ askBackoff: { baseMs: 60_000, capMs: 60_000, floorMs: 60_000 } });
    bench.provider.answer = () => ({ _tag: 'Accepted', handle: 'h' });
    const parentId = await bench.register(INN, 1);
    const link = { kind: 'external', fn: '9999078900000001', fd: 1, fp: 1, checked: false } as const;
    const waiting = [{ relation: 'corrects', link: { kind: 'receipt', receiptId: parentId } }] as const;
    const childId = await bench.register(INN, 2, undefined, waiting);
    const freeId = await bench.register(INN, 3, undefined, [{ relation: 'corrects', link }]);
    bench.startWorker();
    const [worker] = bench.workers;
    expect(worker?.outlook()).toBeUndefined();
    await bench.run(3 * MINUTE);
    const told = new Map((worker?.outlook() ?? []).map((one) => [one.receiptId, one]));
    expect(told.get(parentId)).toMatchObject({ phase: 'Pending' });
    expect(told.get(freeId)).toMatchObject({ phase: 'Pending' });
    expect(told.get(parentId)?.afterMs).toBeGreaterThan(0);
    expect(told.get(parentId)?.afterMs).toBeLessThanOrEqual(60_000);
    expect(told.get(childId)).toEqual({ receiptId: childId, phase: 'Ready' });
    bench.provider.answer = done;
    bench.provider.ask = () => {
      const made = done();
      return made._tag === 'Final' ? made : { _tag: 'Waiting' };
    };
    await bench.run(10 * MINUTE);
    expect(worker?.outlook()).toEqual([]);
  });

  it('a receipt that was postponed after an intent that failed waits for somebody, and says so', async () => {
    const refused = { count: 0 };
    const bench = createBench(
      {},
      {
        receipts: (receipts) => ({
          ...receipts,
          handle: (id, command, context) => {
            if (command.type !== 'IntendSend') return receipts.handle(id, command, context);
            refused.count += 1;
            return () => Promise.resolve(E.left({ _tag: 'Unavailable', why: 'a fault was asked for' }));
          },
        }),
      },
    );
    const receiptId = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(10);
    expect(refused.count).toBe(1);
    await bench.give(receiptId, { type: 'PostponeReceipt', data: { now: NOW, reason: 'by hand' } });
    await bench.run(10 * MINUTE);
    expect(bench.workers[0]?.outlook()).toEqual([{ receiptId, phase: 'Ready' }]);
  });

  it('a child waits for its parent, and every process says so, whoever looks after the two', async () => {
    const bench = createBench({ askBackoff: { baseMs: 60_000, capMs: 60_000, floorMs: 60_000 } });
    bench.provider.answer = () => ({ _tag: 'RefusedInvalid', note: { status: 400 } });
    const parentId = await bench.register(INN, 1);
    const childOf = (number: number, receiptId: string): Promise<string> =>
      bench.register(INN, number, undefined, [
        { relation: 'corrects', link: { kind: 'receipt', receiptId } },
      ]);
    const children = await Promise.all([2, 3, 4, 5].map((number) => childOf(number, parentId)));
    bench.startWorker('first');
    bench.startWorker('second');
    await bench.run(10 * MINUTE);
    const waiting = children.map((receiptId) => ({ receiptId, phase: 'Ready' }));
    for (const worker of bench.workers)
      expect(worker.outlook()).toEqual([{ receiptId: parentId, phase: 'Held' }, ...waiting]);
    const { epoch } = (await bench.state(parentId)).attempt;
    const document = { fn: '9999078900000001', fd: 7, fp: 7 };
    const settle = (found: typeof document): Promise<void> =>
      bench.give(parentId, {
        type: 'SettleReceipt',
        data: { now: NOW, by: 'one', epoch, settlement: { how: 'document', document: found } },
      });
    bench.provider.answer = done;
    await settle(document);
    await bench.run(20 * MINUTE);
    for (const worker of bench.workers) expect(worker.outlook()).toEqual([]);
    await settle({ ...document, fd: 8 });
    const lateId = await childOf(6, parentId);
    await bench.run(30 * MINUTE);
    expect((await bench.state(parentId)).attempt.phase).toBe('Disputed');
    for (const worker of bench.workers)
      expect(worker.outlook()).toEqual([{ receiptId: lateId, phase: 'Ready' }]);
  });

  it('a worker that ends in order gives its shards back: another one need not wait for its leases', async () => {
    const bench = createBench({ leaseMs: 60 * MINUTE });
    const stop = new AbortController();
    bench.startWorker('first', stop.signal);
    await bench.run(MINUTE);
    stop.abort();
    await bench.run(2 * MINUTE);
    await bench.register(INN, 1);
    bench.startWorker('second');
    await bench.run(3 * MINUTE);
    expect(bench.provider.sends).toHaveLength(1);
  });

  it('a receipt that the law wants at once is carried at once, and alarms wait for the technical grace', async () => {
    const bench = createBench();
    bench.startWorker();
    await bench.run(MINUTE);
    const receiptId = await bench.register(INN, 1, NOW);
    await bench.run(MINUTE + 5_000);
    const { attempt } = await bench.state(receiptId);
    expect(attempt).toMatchObject({ phase: 'Fiscalized', alarms: [] });
  });

  it('a receipt whose alarm is due at the moment it comes does not wait until the loop wakes for something else', async () => {
    const bench = createBench({ leaseMs: 60 * MINUTE });
    bench.startWorker();
    // Registered at the start of the clock, due at once: after six minutes half of the technical grace is over.
    await bench.run(6 * MINUTE);
    const receiptId = await bench.register(INN, 1, NOW);
    await bench.run(6 * MINUTE + 5_000);
    expect((await bench.state(receiptId)).attempt).toMatchObject({ phase: 'Fiscalized', alarms: [50] });
  });
});
