import { memoryLeaseStore } from '@cloud-kassa/event-store';
import type { LogEntry } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Instant } from '@cloud-kassa/ffd';
import { createBench, done } from './dispatcher.testing';
import type { Bench } from './dispatcher.testing';
import { INN, NOW } from '../receipt.testing';

const MINUTE = 60_000;

const phaseOf = async (bench: Bench, receiptId: string): Promise<string> =>
  (await bench.state(receiptId)).attempt.phase;

/** A receipt that waits for the document of another one. */
const childOf = (bench: Bench, number: number, parentId: string): Promise<string> =>
  bench.register(INN, number, undefined, [
    { relation: 'corrects', link: { kind: 'receipt', receiptId: parentId } },
  ]);

describe('a dispatcher goes on', () => {
  it('past receipts that wait for their parents: they take no place with the provider', async () => {
    const bench = createBench({ window: 2 });
    bench.provider.answer = () => ({ _tag: 'RefusedInvalid', note: { status: 400 } });
    const parentId = await bench.register(INN, 1);
    for (const number of [2, 3, 4]) await childOf(bench, number, parentId);
    bench.startWorker();
    await bench.run(MINUTE);
    expect(await phaseOf(bench, parentId)).toBe('Held');
    bench.provider.answer = done;
    const freeId = await bench.register(INN, 5);
    await bench.run(2 * MINUTE);
    expect(await phaseOf(bench, freeId)).toBe('Fiscalized');
  });

  it('with a child as soon as its parent has a document', async () => {
    const bench = createBench({ askBackoff: { baseMs: 2_000, capMs: 60 * MINUTE, floorMs: 60 * MINUTE } });
    bench.provider.answer = () => ({ _tag: 'RefusedInvalid', note: { status: 400 } });
    const parentId = await bench.register(INN, 1);
    const childId = await childOf(bench, 2, parentId);
    bench.startWorker();
    await bench.run(MINUTE);
    bench.provider.answer = done;
    const { epoch } = (await bench.state(parentId)).attempt;
    const document = { fn: '9999078900000001', fd: 7, fp: 7 };
    await bench.give(parentId, {
      type: 'SettleReceipt',
      data: { now: NOW, by: 'one', epoch, settlement: { how: 'document', document } },
    });
    await bench.run(MINUTE + 5_000);
    expect(await phaseOf(bench, childId)).toBe('Fiscalized');
  });

  it.each([1, 3])(
    'after sends of unknown outcome where sending again is the ask: they are not shut out by the places they hold (window %d)',
    async (window) => {
      const bench = createBench({ window });
      bench.provider.askBy = 'resend';
      bench.provider.answer = () => ({ _tag: 'Unknown', why: 'timeout' });
      const receiptIds = await Promise.all(
        [1, 2, 3].slice(0, window).map((number) => bench.register(INN, number)),
      );
      bench.startWorker();
      await bench.run(5_000);
      for (const receiptId of receiptIds) expect(await phaseOf(bench, receiptId)).toBe('Unknown');
      bench.provider.answer = done;
      await bench.run(2 * MINUTE);
      for (const receiptId of receiptIds) expect(await phaseOf(bench, receiptId)).toBe('Fiscalized');
      expect(bench.provider.sends).toHaveLength(2 * window);
    },
  );

  it('after a crash, one receipt at a time, with all that was on its way to a provider that is asked by sending again', async () => {
    const bench = createBench({ window: 4 });
    bench.provider.askBy = 'resend';
    for (const number of [1, 2, 3, 4]) await bench.register(INN, number);
    const worker = bench.startWorker();
    await bench.run(50);
    expect(bench.provider.sends).toHaveLength(4);
    worker.crash();
    bench.provider.inFlight = 0;
    bench.provider.mostInFlight = 0;
    bench.startWorker();
    await bench.run(3 * MINUTE);
    const [first] = bench.log.events.filter(
      ({ type, metadata }) => type === 'receipt.SendIntended' && metadata.at > '2026-03-02T09:00:30',
    );
    expect(first?.data).toMatchObject({ slowStart: true });
    expect(bench.provider.sends).toHaveLength(8);
    expect(bench.workers[1]?.outlook()).toEqual([]);
    expect(bench.provider.mostInFlight).toBeLessThan(4);
  });

  it('when the process was stopped for longer than its leases last', async () => {
    const bench = createBench({ askBackoff: { baseMs: 2_000, capMs: 2_000, floorMs: 1_000 } });
    bench.provider.answer = () => ({ _tag: 'Accepted', handle: 'h' });
    const receiptId = await bench.register(INN, 1);
    const worker = bench.startWorker();
    await bench.run(MINUTE);
    worker.suspend();
    await bench.run(5 * MINUTE);
    bench.provider.ask = () => ({
      _tag: 'Final',
      answer: { _tag: 'Done', document: { fn: '9999078900000001', fd: 777, fp: 1 } },
    });
    worker.resume();
    await bench.run(8 * MINUTE);
    expect(await phaseOf(bench, receiptId)).toBe('Fiscalized');
  });

  it('when the leases could not be kept for a while and nobody else took them', async () => {
    let isDown = false;
    const bench = createBench(
      {},
      {
        leases: (leases) => ({
          ...leases,
          read: () => () =>
            isDown
              ? Promise.resolve(E.left({ _tag: 'LeasesUnavailable', why: 'a fault was asked for' }))
              : leases.read()(),
        }),
      },
    );
    bench.provider.answer = () => ({ _tag: 'Accepted', handle: 'h' });
    const receiptId = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(MINUTE);
    isDown = true;
    await bench.run(5 * MINUTE);
    isDown = false;
    const laterId = await bench.register(INN, 2);
    bench.provider.answer = done;
    bench.provider.ask = () => ({
      _tag: 'Final',
      answer: { _tag: 'Done', document: { fn: '9999078900000001', fd: 777, fp: 1 } },
    });
    await bench.run(8 * MINUTE);
    expect(await phaseOf(bench, receiptId)).toBe('Fiscalized');
    expect(await phaseOf(bench, laterId)).toBe('Fiscalized');
  });

  it('with what was on its way when the device of a receipt opens after the worker has begun', async () => {
    const bench = createBench();
    bench.provider.answer = () => ({ _tag: 'Accepted', handle: 'h' });
    const receiptId = await bench.register(INN, 1);
    const worker = bench.startWorker('first');
    await bench.run(5_000);
    worker.crash();
    bench.provider.isOpen = false;
    bench.provider.ask = () => ({
      _tag: 'Final',
      answer: { _tag: 'Done', document: { fn: '9999078900000001', fd: 777, fp: 1 } },
    });
    bench.startWorker('second');
    await bench.run(10 * MINUTE);
    expect(await phaseOf(bench, receiptId)).toBe('Pending');
    bench.provider.isOpen = true;
    await bench.run(12 * MINUTE);
    expect(await phaseOf(bench, receiptId)).toBe('Fiscalized');
  });

  it('when the connection of a device was changed while its breaker was open', async () => {
    const breaker = { spanMs: MINUTE, minimumCalls: 1, failureShare: 0.5, openMs: MINUTE, openCapMs: MINUTE };
    const bench = createBench({ breaker });
    bench.provider.answer = () => ({ _tag: 'NotSent', why: 'refused' });
    bench.provider.available = false;
    const receiptId = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(5 * MINUTE);
    expect(bench.provider.probes).toBeGreaterThan(1);
    bench.provider.available = true;
    bench.provider.answer = done;
    bench.provider.connection += 1;
    await bench.run(15 * MINUTE);
    expect(await phaseOf(bench, receiptId)).toBe('Fiscalized');
  });

  it('when the probe of an open breaker throws: that is an answer that did not come, and it is probed again', async () => {
    const breaker = { spanMs: MINUTE, minimumCalls: 1, failureShare: 0.5, openMs: MINUTE, openCapMs: MINUTE };
    const bench = createBench({ breaker });
    bench.provider.answer = () => ({ _tag: 'NotSent', why: 'refused' });
    bench.provider.isBroken = true;
    const receiptId = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(5 * MINUTE);
    expect(bench.provider.probes).toBeGreaterThan(1);
    bench.provider.isBroken = false;
    bench.provider.answer = done;
    await bench.run(15 * MINUTE);
    expect(await phaseOf(bench, receiptId)).toBe('Fiscalized');
  });

  it('when an intent whose outcome was unknown turns out to be written before the log tells of it', async () => {
    const log = { isHeld: false };
    let lost = 0;
    const bench = createBench(
      {},
      {
        store: (store, runtime) => ({
          ...store,
          subscribeAll: async function* (how) {
            for await (const item of store.subscribeAll(how)) {
              while (log.isHeld) await runtime.sleep(1_000);
              yield item;
            }
          },
        }),
        receipts: (receipts) => ({
          ...receipts,
          handle: (id, command, context) => async () => {
            if (command.type !== 'IntendSend' || lost > 0) return receipts.handle(id, command, context)();
            lost += 1;
            log.isHeld = true;
            await receipts.handle(id, command, context)();
            return E.left({ _tag: 'OutcomeUnknown', why: 'a fault was asked for' });
          },
        }),
      },
    );
    const receiptId = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(MINUTE);
    log.isHeld = false;
    await bench.run(5 * MINUTE);
    expect(lost).toBe(1);
    expect(await phaseOf(bench, receiptId)).toBe('Fiscalized');
    expect(bench.provider.sends).toHaveLength(1);
  });

  it('without haste while the store takes no alarm', async () => {
    let refused = 0;
    const bench = createBench(
      {},
      {
        receipts: (receipts) => ({
          ...receipts,
          handle: (id, command, context) => {
            if (command.type !== 'RaiseDeadlineAlarm') return receipts.handle(id, command, context);
            refused += 1;
            const answer = E.left({ _tag: 'Unavailable', why: 'full', full: true } as const);
            // Who asks without a pause would never be done asking.
            return () => (refused < 1_000 ? Promise.resolve(answer) : new Promise(() => undefined));
          },
        }),
      },
    );
    bench.provider.answer = () => ({ _tag: 'Accepted', handle: 'h' });
    await bench.register(INN, 1, '2026-03-02T09:20:00.000Z' as Instant);
    bench.startWorker();
    await bench.run(15 * MINUTE);
    expect(refused).toBeGreaterThan(1);
    expect(refused).toBeLessThan(100);
  });

  it('when the log throws', async () => {
    let isBroken = true;
    const bench = createBench(
      {},
      {
        store: (store) => ({
          ...store,
          subscribeAll: (how) => {
            if (!isBroken) return store.subscribeAll(how);
            isBroken = false;
            return {
              [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new TypeError('of a row')) }),
            };
          },
        }),
      },
    );
    const receiptId = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(5 * MINUTE);
    expect(await phaseOf(bench, receiptId)).toBe('Fiscalized');
  });

  it('without a word about the send of another worker that intended it in the same epoch', async () => {
    let refused = 0;
    const bench = createBench(
      {},
      {
        // Leases only decide who looks next: here they are lost, and both workers look after everything.
        leases: () => memoryLeaseStore(),
        receipts: (receipts, { label }) => ({
          ...receipts,
          handle: (id, command, context) => {
            if (label !== 'first' || command.type !== 'IntendSend')
              return receipts.handle(id, command, context);
            refused += 1;
            return () => Promise.resolve(E.left({ _tag: 'Unavailable', why: 'a fault was asked for' }));
          },
        }),
      },
    );
    bench.provider.answer = () => new Promise(() => undefined);
    bench.startWorker('first');
    const receiptId = await bench.register(INN, 1);
    await bench.run(10);
    bench.startWorker('second');
    await bench.run(20_000);
    expect(refused).toBeGreaterThan(0);
    expect(bench.provider.sends).toHaveLength(1);
    const { attempt } = await bench.state(receiptId);
    expect(attempt).toMatchObject({ phase: 'Intended', epoch: 1, open: 1 });
    expect(attempt.worker).toMatch(/^second/);
  });

  it('when a provider never answers: after the time-out the outcome is unknown, and the key is asked about', async () => {
    const bench = createBench();
    bench.provider.answer = () => new Promise(() => undefined);
    const receiptId = await bench.register(INN, 1);
    const stop = new AbortController();
    bench.startWorker('worker', stop.signal);
    bench.provider.ask = () => ({
      _tag: 'Final',
      answer: { _tag: 'Done', document: { fn: '9999078900000001', fd: 777, fp: 1 } },
    });
    await bench.run(MINUTE);
    expect(await phaseOf(bench, receiptId)).toBe('Fiscalized');
    expect(bench.workers[0]?.status()).toMatchObject({ open: 0, running: 0, waiting: 0 });
  });

  it('with the handle of a send that another worker has taken over meanwhile', async () => {
    const bench = createBench({ leaseMs: 60_000, sendTimeoutMs: 30_000 });
    bench.provider.askBy = 'handle';
    const receiptId = await bench.register(INN, 1);
    bench.startWorker('first');
    bench.provider.answer = async () => {
      await bench.give(receiptId, {
        type: 'TakeOver',
        data: { epoch: 1, by: 'second/1', because: 'lease-ran-out', now: NOW },
      });
      return { _tag: 'Accepted', handle: 'handle-1' };
    };
    await bench.run(500);
    expect((await bench.state(receiptId)).attempt).toMatchObject({ phase: 'Pending', handle: 'handle-1' });
  });

  it('with what was sent before a device was suspended, sends it nothing new, and sends the rest when it is resumed', async () => {
    const bench = createBench();
    bench.provider.answer = () => ({ _tag: 'Accepted' });
    bench.provider.ask = () => ({ _tag: 'Waiting' });
    const sentId = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(5_000);
    expect(await phaseOf(bench, sentId)).toBe('Pending');

    bench.provider.isSuspended = true;
    const answered = done();
    if (answered._tag !== 'Final') throw new Error(answered._tag);
    bench.provider.ask = () => answered;
    bench.provider.answer = done;
    const waitingId = await bench.register(INN, 2);
    await bench.run(5 * MINUTE);
    expect(await phaseOf(bench, sentId)).toBe('Fiscalized');
    const waiting = await bench.state(waitingId);
    expect(waiting.attempt).toMatchObject({ phase: 'Ready', open: 0 });
    expect(bench.provider.sends).toHaveLength(1);
    expect(bench.workers[0]?.outlook()).toEqual([{ receiptId: waitingId, phase: 'Ready' }]);
    const stood = bench.log.events.length;
    await bench.run(10 * MINUTE);
    expect(bench.log.events).toHaveLength(stood);

    bench.provider.isSuspended = false;
    await bench.run(11 * MINUTE);
    expect(await phaseOf(bench, waitingId)).toBe('Fiscalized');
  });

  it('in time when the wall clock is set forward: what was postponed to a date is due at that date', async () => {
    const bench = createBench();
    const receiptId = await bench.register(INN, 1);
    const until = '2026-03-02T15:00:00.000Z' as Instant;
    await bench.give(receiptId, { type: 'PostponeReceipt', data: { now: NOW, reason: 'by hand', until } });
    const worker = bench.startWorker();
    await bench.run(MINUTE);
    worker.clock.jump(7 * 60 * MINUTE);
    await bench.run(3 * MINUTE);
    expect(await phaseOf(bench, receiptId)).toBe('Fiscalized');
  });

  it('and tells once why a receipt makes no step', async () => {
    const lines: LogEntry[] = [];
    const bench = createBench({}, { log: (line) => lines.push(line) });
    bench.provider.answer = () => ({ _tag: 'RefusedInvalid', note: { status: 400 } });
    const parentId = await bench.register(INN, 1);
    const childId = await childOf(bench, 2, parentId);
    bench.startWorker();
    await bench.run(30 * MINUTE);
    const told = lines.filter(({ message }) => message === 'a step of a receipt was refused');
    expect(told).toMatchObject([
      { level: 'info', fields: { receipt: childId, phase: 'Ready', rule: 'parents-waiting' } },
    ]);
  });

  it('past an answer that can not be kept: what it says is not known, and the key is asked about', async () => {
    const bench = createBench();
    bench.provider.answer = () => ({
      _tag: 'Final',
      answer: { _tag: 'Done', document: { fn: '9999078900000001', fd: 1.5, fp: 1 } },
    });
    const receiptId = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(5_000);
    expect(bench.provider.sends).toHaveLength(1);
    expect(await phaseOf(bench, receiptId)).toBe('Pending');
  });

  it('where what is left of a pause is less than the clock can show', async () => {
    // As it passes a power of two a clock loses a digit: what is left by the digits before is nothing by those after.
    const passing = 2 ** 29 - 30_000;
    const bench = createBench(
      {},
      {
        runtime: (runtime) => ({ ...runtime, monotonic: () => passing + runtime.kernel.now() }),
      },
    );
    bench.provider.askBy = 'resend';
    bench.provider.answer = () => ({ _tag: 'Unknown', why: 'timeout' });
    bench.startWorker();
    for (let number = 0; number < 16; number += 1) {
      await bench.run(number * 10.1);
      await bench.register(INN, number);
    }
    await bench.run(5_000);
    bench.provider.answer = done;
    await bench.run(5 * MINUTE);
    expect(bench.provider.sends).toHaveLength(32);
    expect(bench.workers[0]?.outlook()).toEqual([]);
  });

  it('to a person with what the provider has rejected, also while no device could take anything', async () => {
    const bench = createBench();
    bench.provider.answer = () => {
      bench.provider.isAble = false;
      const note = { code: 'REJECTED' };
      return { _tag: 'Final', answer: { _tag: 'Failed', proof: 'proved', because: 'content', note } };
    };
    const receiptId = await bench.register(INN, 1);
    bench.startWorker();
    await bench.run(MINUTE);
    expect((await bench.state(receiptId)).attempt).toMatchObject({
      phase: 'Held',
      held: { reason: 'rejected' },
    });
  });
});
