import type { AttemptPhase } from '@cloud-kassa/core';
import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { contentsOf, recompute } from '@cloud-kassa/projections/testing';
import { deeds, perform } from './deeds.testing';
import type { ProviderState } from './provider-state';
import { receiptQueue, type PaymentWithoutReceipt, type QueuedReceipt } from './receipt-queue';
import { RECEIPT_QUEUE } from './receipt-queue-projection';
import { slowly } from './slowly.testing';
import { at, CANARY, DAY, idOf, MINUTE, registration, succeeded, world } from './world.testing';

const byId = <A extends { readonly receiptId: string }>(rows: ReadonlyArray<A>): ReadonlyArray<A> =>
  rows.toSorted((a, b) => (a.receiptId < b.receiptId ? -1 : 1));

const bySettlement = <A extends { readonly paymentId: string; readonly settlementId: string }>(
  rows: ReadonlyArray<A>,
): ReadonlyArray<A> =>
  rows.toSorted((a, b) => (`${a.paymentId} ${a.settlementId}` < `${b.paymentId} ${b.settlementId}` ? -1 : 1));

/** What the states of the aggregates say nothing of. */
const compared = (row: QueuedReceipt) => {
  const { providerState: _state, reasonKind: _kind, reason: _reason, reasonCode: _code, ...rest } = row;
  return rest;
};

const withoutConfirmation = ({ confirmedAt: _confirmedAt, ...rest }: PaymentWithoutReceipt) => rest;

const PROVIDER_STATES: Readonly<Partial<Record<AttemptPhase, ReadonlyArray<ProviderState>>>> = {
  Intended: ['in-progress', 'unknown'],
  Pending: ['in-progress'],
  Unknown: ['unknown'],
};

/** What contradicts itself in a row. */
const contradictions = (row: QueuedReceipt): ReadonlyArray<string> => {
  const { phase, providerState, sends, status, reasonKind, reason, fn } = row;
  const allowed = PROVIDER_STATES[phase];
  const isFound = phase === 'Fiscalized' || phase === 'Disputed';
  const because = { held: reasonKind === 'held', disputed: reasonKind === 'disputed' };
  return [
    ...(sends === 0 && !isFound && providerState !== undefined ? ['a state before the first send'] : []),
    ...(allowed?.some((state) => state === providerState) === false ? [`${phase} and ${providerState}`] : []),
    ...((status === 'error') === (because.held || because.disputed) ? [] : ['an error without its reason']),
    ...(status === 'fiscalized' && (reason !== undefined || fn === undefined) ? ['no document'] : []),
  ];
};

describe('the receipt queue', () => {
  it('shows what the receipts and payments are, live, rebuilt and recomputed', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, fc.integer({ min: 5, max: 50 }), async (done, often) => {
        const stage = world();
        for (const [index, deed] of done.entries()) {
          await perform(stage, deed);
          if (index % often === 0) await stage.catchUp();
        }
        await stage.catchUp();
        const events = await stage.events();
        const expected = slowly(events);
        const queue = receiptQueue(stage.readModels);
        const { rows } = await succeeded(queue.list());
        expect(byId(rows.map(compared))).toEqual(byId(expected.receipts));
        const payments = await succeeded(queue.paymentsWithoutReceipt());
        expect(bySettlement(payments.rows.map(withoutConfirmation))).toEqual(bySettlement(expected.payments));
        const live = await succeeded(contentsOf(stage.readModels, RECEIPT_QUEUE));
        expect(live).toEqual(recompute(RECEIPT_QUEUE, events));
        expect(live.parked).toEqual([]);
        expect(JSON.stringify(live)).not.toContain(CANARY);
        expect(JSON.stringify(live)).not.toContain('+7999');
        await stage.rebuild();
        expect(await succeeded(contentsOf(stage.readModels, RECEIPT_QUEUE))).toEqual(live);
      }),
      { numRuns: 150 },
    );
  });

  it('is total: no order of events parks a stream', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, fc.infiniteStream(fc.nat()), async (done, order) => {
        const stage = world();
        for (const deed of done) await perform(stage, deed);
        const shuffled = (await stage.events())
          .map((event) => ({ event, place: order.next().value }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ event }) => event);
        expect(recompute(RECEIPT_QUEUE, shuffled).parked).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('tells the provider apart from the status: something was sent and may be there, or it is absent', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (done) => {
        const stage = world();
        for (const deed of done) await perform(stage, deed);
        await stage.catchUp();
        const { rows } = await succeeded(receiptQueue(stage.readModels).list());
        expect(rows.flatMap(contradictions)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('questions to the queue', () => {
  const filled = async () => {
    const stage = world();
    for (let number = 0; number < 6; number += 1) await stage.receipt(number, registration(number));
    await stage.receipt(1, { type: 'EnqueueReceipt', data: { now: at(10) } });
    await stage.receipt(2, { type: 'CancelReceipt', data: { now: at(10), by: 'Иванова', reason: 'x' } });
    await stage.receipt(3, {
      type: 'PostponeReceipt',
      data: { now: at(20), reason: 'no-device', until: at(DAY) },
    });
    await stage.catchUp();
    return { stage, queue: receiptQueue(stage.readModels) };
  };
  const numbers = (rows: ReadonlyArray<QueuedReceipt>): ReadonlyArray<number> =>
    rows.map(({ receiptId }) => [0, 1, 2, 3, 4, 5].findIndex((number) => idOf(number) === receiptId));

  it('are answered oldest legal deadline first, page by page', async () => {
    const { queue } = await filled();
    const first = await succeeded(queue.list({ limit: 4 }));
    expect(numbers(first.rows)).toEqual([5, 4, 3, 2]);
    const second = await succeeded(queue.list({ limit: 4, after: first.next }));
    expect(numbers(second.rows)).toEqual([1, 0]);
    expect(second.next).toBeUndefined();
    expect(first.position).toBe('9');
  });

  it.each([
    ['by register (S30)', { registerId: 'register-1' }, [4, 2, 0]],
    ['by device', { deviceId: 'device-2' }, [5, 3, 1]],
    ['by status', { status: 'cancelled' }, [2]],
    ['by several statuses', { status: ['cancelled', 'new'] }, [5, 4, 3, 2, 1, 0]],
    ['by phase', { phase: 'Cancelled' }, [2]],
    ['by organisation', { organisation: '7707083893' }, []],
    ['by deadline', { deadlineBefore: at(DAY - 3 * MINUTE) }, [5, 4]],
    ['by a part of the source document, in any case', { sourceContains: 'ЗАКАЗ-4' }, [4]],
    ['by the source document', { sourceDocument: 'Заказ-5' }, [5]],
    ['by all of them', { registerId: 'register-1', status: 'new', sourceContains: 'аказ' }, [4, 0]],
  ] as const)('can be narrowed %s', async (_, filter, expected) => {
    const { queue } = await filled();
    const { rows } = await succeeded(queue.list(filter));
    expect(numbers(rows)).toEqual(expected);
    expect(await succeeded(queue.count(filter))).toBe(expected.length);
  });

  it('count by status, and the open receipts of a register', async () => {
    const { queue } = await filled();
    expect(await succeeded(queue.countByStatus())).toEqual({
      new: 5,
      fiscalizing: 0,
      fiscalized: 0,
      error: 0,
      cancelled: 1,
      position: '9',
    });
    expect(await succeeded(queue.countByStatus({ registerId: 'register-2' }))).toMatchObject({ new: 3 });
    expect(await succeeded(queue.openReceipts('register-1'))).toBe(2);
  });

  it('give one receipt with its dated reason, and nothing for one that is not there', async () => {
    const { queue } = await filled();
    expect(await succeeded(queue.get(idOf(3)))).toMatchObject({
      status: 'new',
      reasonKind: 'postponed',
      reason: 'no-device',
      nextTryAt: at(DAY),
      updatedAt: at(20),
      sourceDocument: 'Заказ-3',
      total: 1_003,
      buyerKeyId: 'buyer-1',
    });
    expect(await succeeded(queue.get('nobody'))).toBeUndefined();
  });

  it('are refused with a cursor of another order, and before anything was built', async () => {
    const { queue } = await filled();
    expect(await queue.list({ after: ['x'] })()).toEqual(E.left({ _tag: 'QueryRefused', rule: 'cursor' }));
    expect(await receiptQueue(world().readModels).count()()).toMatchObject(E.left({ _tag: 'NotBuilt' }));
  });
});
