import {
  NO_TOTALS,
  type CloudDeviceCommand,
  type ReceiptCommand,
  type ShiftCommand,
} from '@cloud-kassa/core';
import * as fc from 'fast-check';
import {
  at,
  cardOf,
  contentOf,
  date,
  DAY,
  deviceRegistration,
  factsOf,
  HOUR,
  local,
  MINUTE,
  registration,
  type World,
} from './world.testing';

/** Something that somebody does, or the clock. */
export type Deed = (on: World, now: number) => Promise<unknown>;

const HORIZON = 30 * DAY;
const NUMBERS = 8;
const UNITS = ['0000000400037789', '0000000400037790'] as const;
const REGISTERS = ['register-1', 'register-2'] as const;
const DEVICES = ['device-1', 'device-2'] as const;
const number = fc.integer({ min: 0, max: NUMBERS - 1 });
const device = fc.constantFrom(...DEVICES);
const register = fc.constantFrom(...REGISTERS);

/** The present epoch and key are filled in; the decider judges the rest. */
const receiptDeed = (
  type: ReceiptCommand['type'],
  data: fc.Arbitrary<object> = fc.constant({}),
): fc.Arbitrary<Deed> =>
  fc.tuple(number, data).map(([which, rest]): Deed => async (on, now) => {
    const attempt = (await on.receiptState(which))?.attempt;
    if (attempt === undefined) return on.receipt(which, registration(which));
    const { epoch, amendments, route } = attempt;
    const whole = { epoch, amendments, key: route?.key ?? 'none', ...rest, now: at(now) };
    return on.receipt(which, { type, data: whole } as unknown as ReceiptCommand);
  });

const documentOf = fc
  .record({
    fd: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    fp: fc.constantFrom(3_304_159_072, 5),
    shiftNumber: fc.constantFrom(141, 142),
    numberInShift: fc.integer({ min: 1, max: 9 }),
    madeAt: fc.option(fc.constant(local('2026-03-02T12:30:00')), { nil: undefined }),
  })
  .map((given) => ({
    fn: '7380440902582955',
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  }));
const done = documentOf.map((document) => ({ kind: 'final', result: { kind: 'done', document } }));
const failed = {
  kind: 'final',
  result: { kind: 'failed', proof: 'proved', because: 'content', note: {} },
};
const amended = {
  how: 'amend',
  content: contentOf(7_777, { buyer: { keyId: 'buyer-2', person: { phone: '+79990004711' } } }),
  facts: factsOf(0),
};

const receiptDeeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: receiptDeed('EnqueueReceipt') },
  {
    weight: 4,
    arbitrary: receiptDeed(
      'RouteReceipt',
      device.map((deviceId) => ({ deviceId, domain: deviceId, traceTag: 'tag', refused: [] })),
    ),
  },
  {
    weight: 6,
    arbitrary: receiptDeed(
      'IntendSend',
      fc.constant({
        worker: 'worker-1/1',
        payloadHash: 'a',
        slowStart: false,
        parents: 'fiscalized',
        horizonMs: HORIZON,
        quietMs: MINUTE,
        waitedMs: HORIZON - 1,
        evidence: 'absent',
      }),
    ),
  },
  {
    weight: 8,
    arbitrary: receiptDeed(
      'RecordSend',
      fc.record({
        outcome: fc.oneof({ weight: 5, arbitrary: done }, fc.constantFrom({ kind: 'accepted' }, failed)),
      }),
    ),
  },
  { weight: 2, arbitrary: receiptDeed('RecordAsk', fc.record({ outcome: done, waitedMs: fc.constant(0) })) },
  receiptDeed('CancelReceipt', fc.constant({ by: 'Иванова', reason: 'withdrawn' })),
  {
    weight: 2,
    arbitrary: receiptDeed(
      'SettleReceipt',
      fc.oneof(
        documentOf.map((document) => ({ by: 'Иванова', settlement: { how: 'document', document } })),
        fc.constant({ by: 'Иванова', settlement: amended }),
        fc.constant({ by: 'Иванова', settlement: { how: 'compensated', compensatingReceiptId: 'r-2' } }),
      ),
    ),
  },
  receiptDeed('RekeyReceipt', fc.constant({ deviceId: 'device-2', domain: 'd', traceTag: 't', refused: [] })),
  {
    weight: 2,
    arbitrary: receiptDeed(
      'RecordBuyerCopy',
      fc.record({
        channel: fc.constantFrom('email', 'phone'),
        by: fc.constantFrom('provider', 'ofd'),
        status: fc.constantFrom('sent', 'failed'),
      }),
    ),
  },
  receiptDeed('RecordOfdConfirmation'),
);

const shiftDeeds: fc.Arbitrary<Deed> = fc.oneof(
  register.map((registerId): Deed => (on, now) => {
    const available = { deviceId: 'device-1', revision: 4, available: true, reasons: [] };
    const command: ShiftCommand = {
      type: 'OpenShift',
      data: { now: at(now), registerId, shiftId: `shift-at-${now}`, openedBy: 'keeper', device: available },
    };
    return on.shift(registerId, command);
  }),
  register.map((registerId): Deed => async (on, now) => {
    const open = (await on.shiftState(registerId))?.open;
    if (open === undefined) return;
    await on.shift(registerId, {
      type: 'CloseShift',
      data: {
        now: at(now),
        shiftId: open.shiftId,
        closedBy: 'keeper',
        totals: NO_TOTALS,
        upToPosition: '1',
        openReceipts: 2,
      },
    });
  }),
  fc.tuple(register, fc.constantFrom(...UNITS), fc.integer({ min: 1, max: 3 })).map(
    ([registerId, registrationNumber, kktShift]): Deed =>
      (on, now) =>
        on.shift(registerId, {
          type: 'ObserveKktShift',
          data: { now: at(now), registrationNumber, kktShift },
        }),
  ),
);

const deviceDeed = (make: fc.Arbitrary<(now: number) => object>): fc.Arbitrary<Deed> =>
  fc.tuple(device, make).map(([deviceId, command]): Deed => async (on, now) => {
    if ((await on.deviceState(deviceId)) === undefined)
      await on.device(deviceId, deviceRegistration(deviceId));
    return on.device(deviceId, command(now) as CloudDeviceCommand);
  });

const count = fc.constantFrom(0, 1, 240_000, 250_000);
const unit = fc
  .record({
    registrationNumber: fc.constantFrom(...UNITS),
    drive: fc.option(
      fc.record({ serial: fc.constantFrom('7380440902582955', '7380440902582956'), documents: count }),
      { nil: undefined },
    ),
    unsent: fc.option(
      fc.record({ documents: fc.constantFrom(0, 5), since: fc.constantFrom(at(0), at(-40 * DAY)) }),
      { nil: undefined },
    ),
    shift: fc.option(fc.record({ number: fc.constantFrom(1, 2), open: fc.boolean() }), { nil: undefined }),
  })
  .map((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));

const deviceDeeds: fc.Arbitrary<Deed> = fc.oneof(
  deviceDeed(
    fc.tuple(register, fc.constantFrom('Касса', 'Сайт')).map(([registerId, name]) => (now: number) => ({
      type: 'AttachRegister',
      data: { now: at(now), register: cardOf(registerId, { name }) },
    })),
  ),
  deviceDeed(
    register.map((registerId) => (now: number) => ({
      type: 'DetachRegister',
      data: { now: at(now), registerId },
    })),
  ),
  deviceDeed(
    register.map((registerId) => (now: number) => ({
      type: 'ChangeRegisterPolicy',
      data: {
        now: at(now),
        registerId,
        policy: '3.0.8',
        legalGround: 'internet-cashless',
        vatRule: 'per-total',
      },
    })),
  ),
  {
    weight: 3,
    arbitrary: deviceDeed(
      fc
        .record({
          availability: fc.constantFrom('available', 'unavailable', 'unreachable'),
          units: fc.uniqueArray(unit, { maxLength: 2, selector: (one) => one['registrationNumber'] }),
          allUnits: fc.boolean(),
        })
        .map((data) => (now: number) => ({ type: 'RecordHealth', data: { ...data, now: at(now) } })),
    ),
  },
  deviceDeed(
    fc.constantFrom(...UNITS).map((registrationNumber) => (now: number) => ({
      type: 'InstallFiscalDrive',
      data: {
        now: at(now),
        registrationNumber,
        drive: { serial: '7380440902582957', keyExpiresOn: date('2027-03-01') },
        unsentDocuments: 0,
        shiftOpen: false,
      },
    })),
  ),
  deviceDeed(
    fc.constantFrom<(now: number) => object>(
      (now) => ({ type: 'SuspendDevice', data: { now: at(now), reason: 'maintenance' } }),
      (now) => ({ type: 'ResumeDevice', data: { now: at(now) } }),
      (now) => ({ type: 'RetireDevice', data: { now: at(now), unsettledReceipts: 0 } }),
    ),
  ),
);

/** Receipts become documents while shifts open and close and devices come and go. */
export const deeds: fc.Arbitrary<ReadonlyArray<Deed>> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: receiptDeeds },
    { weight: 2, arbitrary: shiftDeeds },
    { weight: 2, arbitrary: deviceDeeds },
  ),
  { maxLength: 150, size: 'max' },
);

/** An hour or so passes between two of them. */
export const performAll = async (
  on: World,
  all: ReadonlyArray<Deed>,
  between: () => Promise<void>,
): Promise<void> => {
  for (let which = 0; which < NUMBERS; which += 1) {
    await on.receipt(which, registration(which));
    await on.receipt(which, { type: 'EnqueueReceipt', data: { now: at(1) } });
    await on.receipt(which, {
      type: 'RouteReceipt',
      data: { now: at(2), deviceId: 'device-1', domain: 'device-1', traceTag: 'tag', refused: [] },
    });
  }
  for (const [index, deed] of all.entries()) {
    await deed(on, index * HOUR);
    await between();
  }
};
