import type { StoredEvent } from '@cloud-kassa/event-store';
import { seededKernel } from '@cloud-kassa/runtime';
import type { Carried, WaitingSettlement } from './payment-carrier';
import { paymentWork } from './payment-work';
import { INN, NOW } from '../receipt.testing';

const waitingOf = (paymentId: string): WaitingSettlement => ({
  paymentId,
  settlementId: 't1',
  organisation: INN,
  reason: 'no-device',
  since: NOW,
});

const event = (paymentId: string, revision: number): StoredEvent =>
  ({ stream: `payment-${paymentId}`, revision }) as StoredEvent;

const settings = {
  poolSize: 2,
  waitingRetryMs: 10_000,
  backoff: { baseMs: 100, capMs: 1_000, floorMs: 100 },
};

const bench = () => {
  const kernel = seededKernel('work');
  const runtime = kernel.runtime({ label: 'work' });
  const carried: string[] = [];
  const open = new Set<string>();
  const world: { answer: (paymentId: string) => Carried | Promise<Carried> } = {
    answer: (paymentId) => ({ revision: 0, waiting: [waitingOf(paymentId)] }),
  };
  const work = paymentWork({
    carry: async (paymentId) => {
      carried.push(paymentId);
      return world.answer(paymentId);
    },
    isOpen: (paymentId) => open.has(paymentId),
    runtime,
    settings,
  });
  const move = (paymentId: string, revision: number): void => {
    open.add(paymentId);
    work.moved(event(paymentId, revision), { paymentId, open: 1, isStrange: false, before: undefined });
  };
  return { kernel, carried, open, world, work, move };
};

describe('which payments are looked at, and when', () => {
  it('nothing before the log was read to its head, then each payment once', async () => {
    const { carried, work, move } = bench();
    move('p1', 0);
    move('p1', 1);
    move('p2', 0);
    expect(carried).toEqual([]);
    work.start();
    await work.idle();
    expect(carried).toEqual(['p1', 'p2']);
  });

  it('never more at once than the pool allows, and each payment by one at a time', async () => {
    const { carried, world, work, move } = bench();
    const waiting: Array<() => void> = [];
    world.answer = () =>
      new Promise((resolve) => {
        waiting.push(() => resolve({ revision: 0, waiting: [] }));
      });
    work.start();
    for (const paymentId of ['p1', 'p2', 'p3']) move(paymentId, 0);
    move('p1', 1);
    expect(carried).toEqual(['p1', 'p2']);
    expect(work.running()).toBe(2);
    while (waiting.length > 0) {
      waiting.shift()?.();
      await Promise.resolve().then(() => undefined);
      await Promise.resolve().then(() => undefined);
    }
    await work.idle();
    expect(carried).toEqual(['p1', 'p2', 'p3', 'p1']);
  });

  it('an event that a look has covered brings no other look', async () => {
    const { carried, world, work, move } = bench();
    world.answer = () => ({ revision: 3, waiting: [] });
    work.start();
    move('p1', 0);
    await work.idle();
    move('p1', 3);
    await work.idle();
    expect(carried).toEqual(['p1']);
    move('p1', 4);
    await work.idle();
    expect(carried).toEqual(['p1', 'p1']);
  });

  it('what waits is looked at again when its organisation changes, also when that happens during the look', async () => {
    const { carried, world, work, move } = bench();
    work.start();
    move('p1', 0);
    await work.idle();
    work.changed('7707083893');
    await work.idle();
    expect(carried).toEqual(['p1']);
    world.answer = (paymentId) => {
      // The devices were read before this change; the look is at its end.
      if (carried.length === 2) work.changed(INN);
      return { revision: 0, waiting: [waitingOf(paymentId)] };
    };
    work.changed(INN);
    await work.idle();
    expect(carried).toEqual(['p1', 'p1', 'p1']);
  });

  it('a change during the very first look is not missed', async () => {
    const { carried, world, work, move } = bench();
    world.answer = (paymentId) => {
      if (carried.length === 1) work.changed(INN);
      return { revision: 0, waiting: [waitingOf(paymentId)] };
    };
    work.start();
    move('p1', 0);
    await work.idle();
    expect(carried).toEqual(['p1', 'p1']);
  });

  it('what waits is looked at again after the interval; what did not answer sooner, and ever later', async () => {
    const { kernel, carried, world, work, move } = bench();
    const stop = new AbortController();
    const keeping = work.keepTime(stop.signal);
    work.start();
    move('p1', 0);
    await kernel.run({ until: 9_000 });
    expect(carried).toHaveLength(1);
    await kernel.run({ until: 11_000 });
    expect(carried).toHaveLength(2);
    world.answer = () => ({ revision: 0, waiting: [], again: 'Unavailable' });
    work.all(['p1']);
    await kernel.run({ until: 20_000 });
    expect(carried.length).toBeGreaterThan(8);
    expect(work.known()).toMatchObject({ waiting: [], retrying: [{ paymentId: 'p1', why: 'Unavailable' }] });
    stop.abort();
    await kernel.complete(() => keeping);
  });

  it('a payment that is done is forgotten, one that is open is not, whatever is told twice', async () => {
    const { open, work, move } = bench();
    work.start();
    move('p1', 0);
    await work.idle();
    work.moved(event('p1', 0), undefined);
    expect(work.known().waiting).toHaveLength(1);
    open.delete('p1');
    work.moved(event('p1', 1), undefined);
    expect(work.known().waiting).toEqual([]);
    work.changed(INN);
    await work.idle();
    expect(work.running()).toBe(0);
  });

  it('stopped, it begins nothing more', async () => {
    const { carried, work, move } = bench();
    work.start();
    move('p1', 0);
    await work.stop();
    move('p2', 0);
    await work.idle();
    expect(carried).toEqual(['p1']);
  });
});
