import type { ReceiptCommand } from '@cloud-kassa/core';
import { receiptQueue } from './receipt-queue';
import { at, contentOf, DAY, factsOf, idOf, MINUTE, registration, succeeded, world } from './world.testing';

type Step = (receipt: { readonly epoch: number; readonly key: string }) => ReceiptCommand;

const route: Step = () => ({
  type: 'RouteReceipt',
  data: { now: at(2), deviceId: 'device-9', domain: 'd', traceTag: 't', refused: [] },
});
const intend: Step = ({ epoch, key }) => ({
  type: 'IntendSend',
  data: {
    now: at(3),
    epoch,
    key,
    amendments: 0,
    worker: 'w',
    payloadHash: 'a',
    slowStart: false,
    parents: 'fiscalized',
    horizonMs: 30 * DAY,
    quietMs: MINUTE,
    waitedMs: 0,
  },
});
type Outcome = Extract<ReceiptCommand, { readonly type: 'RecordSend' }>['data']['outcome'];
const sent =
  (outcome: Outcome): Step =>
  ({ epoch }) => ({ type: 'RecordSend', data: { now: at(4), epoch, outcome } });
const enqueue: Step = () => ({ type: 'EnqueueReceipt', data: { now: at(1) } });
const toSend = [enqueue, route, intend];
const PAUSE = { retryAt: at(DAY), retryAfterMs: DAY };
const failed = { kind: 'failed', proof: 'proved', note: { code: 'E17' } } as const;

describe('why a receipt is not fiscalised yet', () => {
  it.each<readonly [string, ReadonlyArray<Step>, object]>([
    [
      'it is postponed',
      [() => ({ type: 'PostponeReceipt', data: { now: at(1), reason: 'no-device', until: at(DAY) } })],
      { reasonKind: 'postponed', reason: 'no-device', nextTryAt: at(DAY), status: 'new' },
    ],
    [
      'the provider said later',
      [...toSend, sent({ kind: 'refused-later', note: { status: 429, code: 'BUSY' }, ...PAUSE })],
      { reasonKind: 'void', reasonCode: 'BUSY', nextTryAt: at(DAY), status: 'new', sends: 1, open: 0 },
    ],
    [
      'nothing was sent',
      [...toSend, sent({ kind: 'not-sent', why: 'dns', ...PAUSE })],
      { reasonKind: 'void', reason: 'dns', nextTryAt: at(DAY), providerState: undefined },
    ],
    [
      'postponed outweighs what came of a send',
      [
        ...toSend,
        sent({ kind: 'not-sent', why: 'dns', ...PAUSE }),
        () => ({ type: 'PostponeReceipt', data: { now: at(5), reason: 'policy' } }),
      ],
      { reasonKind: 'postponed', reason: 'policy', nextTryAt: undefined, status: 'new' },
    ],
    [
      'nobody knows whether the send arrived',
      [...toSend, sent({ kind: 'unknown', why: 'timeout' })],
      { reasonKind: 'unknown', reason: 'timeout', status: 'fiscalizing', open: 1, providerState: 'unknown' },
    ],
    [
      'a worker has died over it',
      [
        ...toSend,
        ({ epoch }) => ({ type: 'TakeOver', data: { now: at(5), epoch, by: 'v', because: 'lease-ran-out' } }),
      ],
      { reasonKind: 'unknown', reason: 'lease-ran-out', epoch: 2 },
    ],
    [
      'the provider refused the content',
      [...toSend, sent({ kind: 'refused-invalid', note: { status: 422, code: 'E17' } })],
      { reasonKind: 'held', reason: 'invalid', status: 'error', providerState: 'rejected' },
    ],
    [
      'its key has failed',
      [...toSend, sent({ kind: 'final', result: { ...failed, because: 'other' } })],
      { reasonKind: 'retired', reason: 'other', reasonCode: 'E17', status: 'fiscalizing' },
    ],
    [
      'nothing: it is on its way',
      toSend,
      {
        reasonKind: undefined,
        status: 'fiscalizing',
        providerState: 'in-progress',
        deviceId: 'device-9',
        lastSentAt: at(3),
        phaseSince: at(3),
      },
    ],
    [
      'nothing: it is fiscalised',
      [
        ...toSend,
        sent({ kind: 'final', result: { kind: 'done', document: { fn: '7380440902582955', fd: 7, fp: 9 } } }),
      ],
      {
        reasonKind: undefined,
        status: 'fiscalized',
        providerState: 'success',
        fn: '7380440902582955',
        fd: 7,
      },
    ],
  ])('%s', async (_, steps, shown) => {
    const on = world();
    await on.receipt(1, registration(1));
    for (const step of steps) {
      const { epoch = 0, route: taken } = (await on.receiptState(1))?.attempt ?? {};
      expect(await on.receipt(1, step({ epoch, key: taken?.key ?? '' }))).toBe(true);
    }
    await on.catchUp();
    const row: Readonly<Record<string, unknown>> = {
      ...(await succeeded(receiptQueue(on.readModels).get(idOf(1)))),
    };
    for (const [name, expected] of Object.entries(shown)) expect([name, row[name]]).toEqual([name, expected]);
  });

  it('is dated: two documents contradict each other since a certain moment', async () => {
    const on = world();
    await on.receipt(1, registration(1));
    const done = (fd: number) =>
      ({ kind: 'final', result: { kind: 'done', document: { fn: '7380440902582955', fd } } }) as const;
    for (const step of [...toSend, sent(done(7))]) {
      const { epoch = 0, route: taken } = (await on.receiptState(1))?.attempt ?? {};
      await on.receipt(1, step({ epoch, key: taken?.key ?? '' }));
    }
    const { epoch = 0, route: taken } = (await on.receiptState(1))?.attempt ?? {};
    await on.receipt(1, {
      type: 'RecordAsk',
      data: { now: at(MINUTE), epoch, key: taken?.key ?? '', waitedMs: 0, outcome: done(8) },
    });
    await on.catchUp();
    expect(await succeeded(receiptQueue(on.readModels).get(idOf(1)))).toMatchObject({
      status: 'error',
      reasonKind: 'disputed',
      phaseSince: at(MINUTE),
    });
  });
});

describe('content that a person has amended', () => {
  const amended = contentOf(555, { buyer: { keyId: 'buyer-9', person: { email: 'nine@example.org' } } });
  const amend: Step = ({ epoch }) => ({
    type: 'SettleReceipt',
    data: {
      now: at(9),
      by: 'Иванова',
      epoch,
      settlement: { how: 'amend', content: amended, facts: factsOf('register-2', 'device-9') },
    },
  });
  const rekey: Step = () => ({
    type: 'RekeyReceipt',
    data: { now: at(8), deviceId: 'device-9', domain: 'd', traceTag: 't', refused: [] },
  });

  it.each<readonly [string, ReadonlyArray<Step>]>([
    ['under the same key', [...toSend, sent({ kind: 'refused-invalid', note: {} }), amend]],
    [
      'under a new key',
      [...toSend, sent({ kind: 'final', result: { ...failed, because: 'content' } }), rekey, amend],
    ],
  ])('is what the queue shows (%s)', async (_, steps) => {
    const on = world();
    await on.receipt(1, registration(1));
    for (const step of steps) {
      const { epoch = 0, route: taken } = (await on.receiptState(1))?.attempt ?? {};
      expect(await on.receipt(1, step({ epoch, key: taken?.key ?? '' }))).toBe(true);
    }
    await on.catchUp();
    expect(await succeeded(receiptQueue(on.readModels).get(idOf(1)))).toMatchObject({
      status: 'new',
      total: 555,
      buyerKeyId: 'buyer-9',
      amendments: 1,
    });
  });
});
