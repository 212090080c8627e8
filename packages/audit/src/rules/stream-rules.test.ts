import { attemptKeyOf, receiptStream, shiftStream } from '@cloud-kassa/core';
import type { Json } from '@cloud-kassa/core';
import type { StoredEvent } from '@cloud-kassa/event-store';
import type { AuditReport } from '../audit-report';
import type { GoodStore } from '../good-store.testing';
import { auditOf, goodStore, rulesIn } from '../good-store.testing';
import { DEVICE, DOMAIN, HORIZON_MS, INN, REGISTER, openShop } from '../shop.testing';
import type { Shop } from '../shop.testing';
import type { Events } from '../tampering.testing';
import { changed, eventLike, insertedAfter, isOf, rewritten, withData } from '../tampering.testing';
import type { StreamRule } from './stream-rules';
import { STREAM_RULES } from './stream-rules';

let good: GoodStore;
beforeAll(async () => {
  good = await goodStore();
});

const plain = (): string => receiptStream(good.plain);
const waiting = (): string => receiptStream(good.waiting);

type Edit = (events: Events) => Events;

/** The good store rewritten with right hashes: only what the events say is wrong. */
const told = (edit: Edit): Promise<AuditReport> => auditOf(good.shop, rewritten(good.events, edit));

const without =
  (stream: string, ...types: ReadonlyArray<string>): Edit =>
  (events) =>
    events.filter((event) => event.stream !== stream || !types.includes(event.type));

const withChange =
  (stream: string, type: string, change: Readonly<Record<string, Json>>): Edit =>
  (events) =>
    changed(events, isOf(stream, type), withData(change));

const withEvents =
  (stream: string, behind: string, ...added: ReadonlyArray<readonly [string, Json]>): Edit =>
  (events) =>
    insertedAfter(events, isOf(stream, behind), (event) =>
      added.map(([type, data], index) => eventLike(event, type, data, `forged ${index} ${type}`)),
    );

const at = '2026-03-02T12:00:00.000Z';
const routedTo = (domain: string, generation: number, key?: string): Json => ({
  at,
  deviceId: 'elsewhere',
  domain,
  key: key ?? attemptKeyOf(good.waiting, domain, generation),
  generation,
  traceTag: 'tag',
  refused: [],
});
const intended = (epoch: number, change: Readonly<Record<string, Json>> = {}): Json => ({
  at,
  key: attemptKeyOf(good.waiting, DOMAIN, 0),
  payloadHash: 'a'.repeat(64),
  epoch,
  worker: 'w',
  slowStart: false,
  ...change,
});

/** For every rule a history that no handler would have written. */
const BREAKAGES: Readonly<Record<StreamRule, () => Promise<AuditReport>>> = {
  identity: () => told(withChange(plain(), 'receipt.Registered', { receiptId: good.sale })),
  'transition-forbidden': () => told(withEvents(plain(), 'receipt.Routed', ['receipt.Enqueued', { at }])),
  'intent-missing': () => told(without(plain(), 'receipt.SendIntended')),
  'attempt-key': () =>
    told(withEvents(waiting(), 'receipt.Enqueued', ['receipt.Routed', routedTo('other', 0, 'drawn')])),
  generation: () => told(withEvents(waiting(), 'receipt.Enqueued', ['receipt.Routed', routedTo('other', 1)])),
  epoch: () => told(withChange(plain(), 'receipt.SendIntended', { epoch: 2 })),
  'payload-hash': () => told(withChange(plain(), 'receipt.SendIntended', { payloadHash: 'a'.repeat(64) })),
  'sends-unaccounted-for': async () => {
    const { shop, receiptId } = await sent();
    return auditOf(
      shop,
      rewritten(shop.log.events, (events) =>
        insertedAfter(events, isOf(receiptStream(receiptId), 'receipt.OutcomeUnknown'), (event) => [
          eventLike(event, 'receipt.Held', { at, reason: 'horizon' }),
          eventLike(event, 'receipt.Cancelled', { at, by: 'Иванова', reason: 'withdrawn' }),
        ]),
      ),
    );
  },
  'person-unnamed': async () => {
    const { shop, receiptId } = await sent();
    return auditOf(
      shop,
      rewritten(shop.log.events, (events) =>
        insertedAfter(events, isOf(receiptStream(receiptId), 'receipt.OutcomeUnknown'), (event) => [
          eventLike(event, 'receipt.Held', { at, reason: 'horizon' }),
          eventLike(event, 'receipt.Released', { at, how: 'resumed', by: 'Иванова' }),
        ]),
      ),
    );
  },
  'final-state-left': () =>
    told(withEvents(plain(), 'receipt.Fiscalized', ['receipt.Held', { at, reason: 'ambiguous' }])),
  'refund-above-paid': () =>
    told(
      withEvents('payment-order-1', 'payment.ReceiptLinked', [
        'payment.RefundRequested',
        { at, refundId: 'too-much', settlementId: 'bank-1', amount: 2_440_001 },
      ]),
    ),
  'shift-totals': () =>
    told((events) =>
      changed(events, isOf(shiftStream(REGISTER), 'shift.ShiftClosed'), (event) => {
        const { totals } = JSON.parse(JSON.stringify(event.data)) as {
          readonly totals: Record<string, Json>;
        };
        return withData({ totals: { ...totals, corrections: 1 } })(event);
      }),
    ),
};

/** A receipt with a send of unknown outcome. */
const sent = async (): Promise<{ readonly shop: Shop; readonly receiptId: string }> => {
  const shop = openShop();
  const receiptId = await shop.pay(1);
  await shop.route(receiptId);
  await shop.intend(receiptId);
  await shop.receipt(receiptId, {
    type: 'RecordSend',
    data: { now: shop.now(), epoch: 1, outcome: { kind: 'unknown', why: 'timeout' } },
  });
  return { shop, receiptId };
};

describe('what is wrong with the story a stream tells', () => {
  it.each(Object.keys(STREAM_RULES) as ReadonlyArray<StreamRule>)('is found: %s', async (rule) => {
    const report = await BREAKAGES[rule]();
    expect(report.firstBadEvent?.rule).toBe(rule);
    expect(report.verdict).toBe('failed');
  });
});

describe('the attempt protocol', () => {
  const rulesOf = async (edit: Edit): Promise<ReadonlyArray<string>> => rulesIn(await told(edit));

  it('knows no event before the registration, and says so once', async () => {
    expect(await rulesOf(without(waiting(), 'receipt.Registered'))).toEqual(['transition-forbidden']);
  });

  it('registers once', async () => {
    const registered = good.events.find(isOf(waiting(), 'receipt.Registered'));
    if (registered === undefined) throw new Error('no event');
    const edit = withEvents(waiting(), 'receipt.Enqueued', ['receipt.Registered', unsealed(registered)]);
    expect(await rulesOf(edit)).toEqual(['transition-forbidden']);
  });

  it('takes no second document', async () => {
    const document = { fn: '9999078900000001', fd: 77, fp: 7 };
    const again = withEvents(plain(), 'receipt.Fiscalized', [
      'receipt.Fiscalized',
      { at, document, contentChecked: true, source: 'provider' },
    ]);
    expect(await rulesOf(again)).toEqual(['final-state-left', 'doubled']);
  });

  it('holds what was refused in the same command', async () => {
    const base = [
      ['receipt.Routed', routedTo('elsewhere', 0)],
      [
        'receipt.SendIntended',
        intended(1, { key: attemptKeyOf(good.waiting, 'elsewhere', 0), payloadHash: '' }),
      ],
      ['receipt.Refused', { at, epoch: 1, note: {} }],
    ] as const;
    expect(await rulesOf(withEvents(waiting(), 'receipt.Enqueued', ...base))).toEqual([
      'payload-hash',
      'transition-forbidden',
    ]);
    const held = withEvents(waiting(), 'receipt.Enqueued', ...base, [
      'receipt.Held',
      { at, reason: 'invalid' },
    ]);
    expect(await rulesOf(held)).toEqual(['payload-hash', 'transition-forbidden', 'transition-forbidden']);
  });

  it('leaves a key for another one with nothing unaccounted for only', async () => {
    const { shop, receiptId } = await sent();
    const stream = receiptStream(receiptId);
    const report = await auditOf(
      shop,
      rewritten(shop.log.events, (events) =>
        insertedAfter(events, isOf(stream, 'receipt.OutcomeUnknown'), (event) => [
          eventLike(event, 'receipt.SendVoided', { at, epoch: 1, why: 'x', retryAt: at, retryAfterMs: 0 }),
        ]),
      ),
    );
    expect(rulesIn(report)).toEqual(['transition-forbidden']);
  });

  it('knows nothing of a document nobody sent for', async () => {
    const forged = withEvents(waiting(), 'receipt.Enqueued', [
      'receipt.Fiscalized',
      { at, document: { fn: '9999078900000001', fd: 78, fp: 8 }, contentChecked: false, source: 'provider' },
    ]);
    // The shift that is closed behind it does not count the document either.
    expect(await rulesOf(forged)).toEqual(['intent-missing', 'shift-totals']);
  });

  it('lets two persons with evidence go on past the horizon', async () => {
    const { shop, receiptId } = await sent();
    const { attempt } = await shop.stateOf(receiptId);
    await shop.pass(HORIZON_MS);
    const now = shop.now();
    await shop.receipt(receiptId, { type: 'HoldForHorizon', data: { now, horizonMs: HORIZON_MS } });
    await shop.receipt(receiptId, {
      type: 'SettleReceipt',
      data: {
        now,
        by: 'Иванова',
        secondBy: 'Петров',
        epoch: attempt.epoch,
        settlement: {
          how: 'resume',
          horizonMs: HORIZON_MS,
          evidence: {
            providerRemembersFailure: false,
            ofdShowsNothing: true,
            unsentQueueEmpty: true,
            note: 'asked by telephone',
          },
        },
      },
    });
    expect((await auditOf(shop, shop.log.events)).verdict).toBe('ok');
  });
});

/** The data of a registration with the buyer as one who was erased: what is sealed opens in its own event only. */
const unsealed = ({ data }: StoredEvent): Json => {
  const copy = JSON.parse(JSON.stringify(data)) as { readonly content: Readonly<Record<string, Json>> };
  const { buyer: _buyer, ...content } = copy.content;
  return { ...copy, content };
};

describe('payments, devices and shifts', () => {
  const payment = 'payment-order-1';
  const device = `clouddevice-${DEVICE}`;
  const shift = shiftStream(REGISTER);
  const confirmed = (change: Readonly<Record<string, Json>> = {}): Json => ({
    at,
    paymentId: 'order-1',
    settlementId: 'bank-9',
    organisation: INN,
    instrument: 'sbp',
    amount: 100,
    paidAt: at,
    late: false,
    repeated: true,
    ...change,
  });
  const opened = (change: Readonly<Record<string, Json>> = {}): Json => ({
    at,
    registerId: REGISTER,
    shiftId: 'tuesday',
    number: 2,
    openedBy: 'keeper',
    deviceId: DEVICE,
    deviceRevision: 0,
    ...change,
  });
  const behindPayment = (...added: ReadonlyArray<readonly [string, Json]>): Edit =>
    withEvents(payment, 'payment.ReceiptLinked', ...added);
  const behindDevice = (...added: ReadonlyArray<readonly [string, Json]>): Edit =>
    withEvents(device, 'clouddevice.DeviceRegistered', ...added);
  const behindShift = (...added: ReadonlyArray<readonly [string, Json]>): Edit =>
    withEvents(shift, 'shift.ShiftClosed', ...added);

  it.each([
    [
      'a payment that is asked for twice',
      () => (events: Events) => {
        const asked = events.find(isOf('payment-order-2', 'payment.PaymentRequested'));
        if (asked === undefined) throw new Error('no event');
        const data = JSON.parse(JSON.stringify(asked.data)) as Record<string, Json>;
        const { buyer: _buyer, ...settlement } = data['settlement'] as Record<string, Json>;
        return behindPayment(['payment.PaymentRequested', { ...data, settlement, paymentId: 'order-1' }])(
          events,
        );
      },
    ],
    [
      'money that came twice',
      () => behindPayment(['payment.PaymentConfirmed', confirmed({ settlementId: 'bank-1' })]),
    ],
    ['money for nothing', () => behindPayment(['payment.PaymentConfirmed', confirmed({ amount: 0 })])],
    [
      'money that says it is the first',
      () => behindPayment(['payment.PaymentConfirmed', confirmed({ repeated: false })]),
    ],
    [
      'a link for what is paid',
      () =>
        behindPayment([
          'payment.PaymentLinkIssued',
          { at, linkId: 'qr', kind: 'single-use', address: 'https://qr.example' },
        ]),
    ],
    ['an end of what is paid', () => behindPayment(['payment.PaymentDeclined', { at }])],
    [
      'a refund of nothing',
      () =>
        behindPayment(['payment.RefundRequested', { at, refundId: 'r', settlementId: 'bank-9', amount: 1 }]),
    ],
    ['a refund that failed unasked', () => behindPayment(['payment.RefundDeclined', { at, refundId: 'r' }])],
    [
      'a reason where there is a receipt',
      () =>
        behindPayment(['payment.FiscalizationPostponed', { at, settlementId: 'bank-1', reason: 'policy' }]),
    ],
    [
      'a reason that goes where none was',
      () => behindPayment(['payment.FiscalizationResumed', { at, settlementId: 'bank-1' }]),
    ],
    [
      'another receipt',
      () => behindPayment(['payment.ReceiptLinked', { at, settlementId: 'bank-1', receiptId: good.refund }]),
    ],
    ['a device that resumes unsuspended', () => behindDevice(['clouddevice.DeviceResumed', { at }])],
    [
      'a device after its end',
      () =>
        behindDevice(
          ['clouddevice.DeviceRetired', { at }],
          ['clouddevice.DeviceSuspended', { at, reason: 'by-operator' }],
        ),
    ],
    [
      'a card detached that was not attached',
      () => behindDevice(['clouddevice.RegisterDetached', { at, registerId: 'x' }]),
    ],
    [
      'a device without registration',
      () => (events: Events) =>
        insertedAfter(events, isOf(device), (event) => [
          eventLike({ ...event, stream: 'clouddevice-other' }, 'clouddevice.DeviceSuspended', {
            at,
            reason: 'by-operator',
          }),
        ]),
    ],
    [
      'a shift that is closed twice',
      () => (events: Events) => {
        const closed = events.find(isOf(shift, 'shift.ShiftClosed'));
        return closed === undefined ? events : behindShift(['shift.ShiftClosed', closed.data])(events);
      },
    ],
    ['a shift out of number', () => behindShift(['shift.ShiftOpened', opened({ number: 3 })])],
    [
      'two open shifts',
      () =>
        behindShift(
          ['shift.ShiftOpened', opened()],
          ['shift.ShiftOpened', opened({ shiftId: 'x', number: 3 })],
        ),
    ],
    [
      'a unit seen in a closed shift',
      () =>
        behindShift([
          'shift.KktShiftObserved',
          { at, shiftId: 'monday', registrationNumber: '1', kktShift: 1 },
        ]),
    ],
  ])('are followed: %s', async (_name, edit) => {
    expect(new Set(rulesIn(await told(edit())))).toEqual(new Set(['transition-forbidden']));
  });
});
