import type { FiscalDocument, ReceiptCommand } from '@cloud-kassa/core';
import { NO_TOTALS } from '@cloud-kassa/core';
import { NO_PAYMENTS } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import { fiscalStatus } from './fiscal-status';
import {
  at,
  cardOf,
  contentOf,
  DAY,
  deviceRegistration,
  factsOf,
  HOUR,
  idOf,
  local,
  MINUTE,
  money,
  registration,
  succeeded,
  world,
  type World,
} from './world.testing';

const document = (fd: number): FiscalDocument => ({
  fn: '7380440902582955',
  fd,
  fp: 3_304_159_072,
  shiftNumber: 141,
  numberInShift: fd,
  madeAt: local('2026-03-02T12:30:45'),
});

const intent = (epoch: number, key: string, amendments: number, now: number): ReceiptCommand => ({
  type: 'IntendSend',
  data: {
    now: at(now),
    epoch,
    key,
    amendments,
    worker: 'w',
    payloadHash: 'a',
    slowStart: false,
    parents: 'fiscalized',
    horizonMs: DAY,
    quietMs: MINUTE,
    waitedMs: 0,
  },
});

/** The usual way of a receipt to its send. */
const prepare = async (on: World, number: number, now: number): Promise<void> => {
  const way: ReadonlyArray<(key: string) => ReceiptCommand> = [
    () => registration(number),
    () => ({ type: 'EnqueueReceipt', data: { now: at(now) } }),
    () => ({
      type: 'RouteReceipt',
      data: { now: at(now), deviceId: 'device-1', domain: 'd', traceTag: 't', refused: [] },
    }),
    (key) => intent(0, key, 0, now),
  ];
  for (const command of way) {
    const key = (await on.receiptState(number))?.attempt.route?.key ?? '';
    expect(await on.receipt(number, command(key))).toBe(true);
  }
};

/** The usual way of a receipt to its document. */
const fiscalize = async (on: World, number: number, now: number, made: FiscalDocument): Promise<void> => {
  await prepare(on, number, now);
  const outcome = { kind: 'final', result: { kind: 'done', document: made } } as const;
  const command: ReceiptCommand = { type: 'RecordSend', data: { now: at(now), epoch: 1, outcome } };
  expect(await on.receipt(number, command)).toBe(true);
};

const AVAILABLE = { deviceId: 'device-1', revision: 1, available: true, reasons: [] };

const opened = (on: World, shiftId: string, now: number, registerId = 'register-1') =>
  on.shift(registerId, {
    type: 'OpenShift',
    data: { now: at(now), registerId, shiftId, openedBy: 'keeper', device: AVAILABLE },
  });

const closed = (on: World, shiftId: string, now: number, registerId = 'register-1') =>
  on.shift(registerId, {
    type: 'CloseShift',
    data: {
      now: at(now),
      shiftId,
      closedBy: 'keeper',
      totals: NO_TOTALS,
      upToPosition: '1',
      openReceipts: 1,
    },
  });

const stage = async () => {
  const on = world();
  await on.device('device-1', deviceRegistration('device-1'));
  await on.device('device-1', {
    type: 'AttachRegister',
    data: { now: at(0), register: cardOf('register-1') },
  });
  return { on, status: fiscalStatus(on.readModels) };
};

describe('the shift of a document', () => {
  it('is the one that is open when the document becomes known, not when the receipt was registered', async () => {
    const { on, status } = await stage();
    await opened(on, 'monday', 0);
    await on.receipt(0, registration(0));
    await closed(on, 'monday', HOUR);
    await opened(on, 'tuesday', 2 * HOUR);
    await on.receipt(2, registration(2));
    // Receipt 4 stands at the same register and is fiscalised in the second shift; receipt 0 waits.
    await fiscalize(on, 4, 3 * HOUR, document(7));
    await on.catchUp();
    expect(await succeeded(status.document(idOf(4)))).toMatchObject({ shiftId: 'tuesday', bookShift: 2 });
    const sale = {
      receipts: 1,
      total: 1_004,
      payments: { ...NO_PAYMENTS, cashless: money(1_004) },
    };
    expect(await succeeded(status.shiftTotals('register-1', 'tuesday'))).toEqual({
      totals: { ...NO_TOTALS, sale, corrections: 1 },
      upToPosition: (await on.events()).at(-1)?.position,
      openReceipts: 2,
    });
    expect(await succeeded(status.shiftTotals('register-1', 'monday'))).toMatchObject({ totals: NO_TOTALS });
    expect(await succeeded(status.shiftTotals('register-1', 'wednesday'))).toBeUndefined();
  });

  it('is none where none is open: receipts from payments need none (S25)', async () => {
    const { on, status } = await stage();
    await fiscalize(on, 0, HOUR, document(7));
    await on.catchUp();
    const shown = await succeeded(status.document(idOf(0)));
    expect(shown).toMatchObject({ fn: '7380440902582955', kktShift: 141, numberInShift: 7 });
    expect(shown?.shiftId).toBeUndefined();
  });

  it('is shown with what its closing stated, beside what belongs to it', async () => {
    const { on, status } = await stage();
    await opened(on, 'monday', 0);
    await on.shift('register-1', {
      type: 'ObserveKktShift',
      data: { now: at(1), registrationNumber: '0000000400037789', kktShift: 141 },
    });
    await fiscalize(on, 0, HOUR, document(7));
    await closed(on, 'monday', 30 * HOUR);
    await on.catchUp();
    const { rows } = await succeeded(status.shifts({ registerId: 'register-1', isOpen: false }));
    expect(rows).toMatchObject([
      {
        shiftId: 'monday',
        number: 1,
        openedAt: at(0),
        dueAt: at(DAY),
        closedAt: at(30 * HOUR),
        late: true,
        openReceipts: 1,
        statedTotals: NO_TOTALS,
        totals: { sale: { receipts: 1, total: 1_000 } },
        kktShifts: [{ registrationNumber: '0000000400037789', kktShift: 141 }],
      },
    ]);
    expect((await succeeded(status.shifts({ isOpen: true }))).rows).toEqual([]);
  });
});

describe('a document', () => {
  it('has the text of its QR code, where all that it says is known (tag 1196)', async () => {
    const { on, status } = await stage();
    await fiscalize(on, 0, HOUR, document(9_895));
    const { madeAt: _madeAt, ...undated } = document(7);
    await fiscalize(on, 6, HOUR, undated);
    const { fd: _fd, ...unnumbered } = document(8);
    await fiscalize(on, 10, HOUR, unnumbered);
    await fiscalize(on, 12, HOUR, { ...document(7), fn: '99' });
    await on.catchUp();
    const qrOf = async (number: number) => (await succeeded(status.document(idOf(number))))?.qr;
    expect(await qrOf(0)).toBe('t=20260302T1230&s=10.00&fn=7380440902582955&i=9895&fp=3304159072&n=1');
    expect([await qrOf(6), await qrOf(10), await qrOf(12)]).toEqual([undefined, undefined, undefined]);
  });

  it("says what became of the buyer's copy: asked for from the provider, then what was recorded (S10)", async () => {
    const { on, status } = await stage();
    await fiscalize(on, 0, HOUR, document(7));
    await on.catchUp();
    const copy = async () => {
      const shown = await succeeded(status.document(idOf(0)));
      return [shown?.buyerCopy, shown?.buyerCopyBy, shown?.buyerCopyChannel];
    };
    expect(await copy()).toEqual(['requested', 'provider', undefined]);
    await on.receipt(0, {
      type: 'RecordBuyerCopy',
      data: { now: at(DAY), channel: 'email', by: 'ofd', status: 'sent' },
    });
    await on.receipt(0, { type: 'RecordOfdConfirmation', data: { now: at(DAY) } });
    await on.catchUp();
    expect(await copy()).toEqual(['sent', 'ofd', 'email']);
    expect(await succeeded(status.document(idOf(0)))).toMatchObject({ ofdConfirmedAt: at(DAY) });
  });

  it.each(['same key', 'new key'] as const)('shows what a person has amended (%s)', async (under) => {
    const { on, status } = await stage();
    await opened(on, 'monday', 0);
    const step = async (command: (attempt: { epoch: number; key: string }) => ReceiptCommand) => {
      const { epoch = 0, route } = (await on.receiptState(0))?.attempt ?? {};
      expect(await on.receipt(0, command({ epoch, key: route?.key ?? '' }))).toBe(true);
    };
    const refused = {
      kind: 'final',
      result: { kind: 'failed', proof: 'proved', because: 'content', note: {} },
    } as const;
    await prepare(on, 0, 0);
    await step(({ epoch }) => ({
      type: 'RecordSend',
      data: {
        now: at(5),
        epoch,
        outcome: under === 'same key' ? { kind: 'refused-invalid', note: {} } : refused,
      },
    }));
    if (under === 'new key')
      await step(() => ({
        type: 'RekeyReceipt',
        data: { now: at(6), deviceId: 'device-1', domain: 'd', traceTag: 't', refused: [] },
      }));
    await step(({ epoch }) => ({
      type: 'SettleReceipt',
      data: {
        now: at(7),
        by: 'Иванова',
        epoch,
        settlement: { how: 'amend', content: contentOf(555), facts: factsOf(0) },
      },
    }));
    await step(({ epoch, key }) => intent(epoch, key, 1, 8));
    await step(({ epoch }) => ({
      type: 'RecordSend',
      data: {
        now: at(9),
        epoch,
        outcome: { kind: 'final', result: { kind: 'done', document: document(7) } },
      },
    }));
    await on.catchUp();
    expect(await succeeded(status.document(idOf(0)))).toMatchObject({ total: 555, shiftId: 'monday' });
    expect(await succeeded(status.shiftTotals('register-1', 'monday'))).toMatchObject({
      totals: { sale: { receipts: 1, total: 555 } },
    });
  });

  it('that contradicts its receipt is shown apart', async () => {
    const { on, status } = await stage();
    await fiscalize(on, 0, HOUR, document(7));
    const key = (await on.receiptState(0))?.attempt.route?.key ?? '';
    await on.receipt(0, {
      type: 'RecordAsk',
      data: {
        now: at(2 * HOUR),
        epoch: 1,
        key,
        waitedMs: 0,
        outcome: { kind: 'final', result: { kind: 'done', document: document(8) } },
      },
    });
    await on.catchUp();
    expect((await succeeded(status.disputedDocuments())).rows).toMatchObject([
      { receiptId: idOf(0), number: 1, fd: 8, foundAt: at(2 * HOUR) },
    ]);
    expect(await succeeded(status.document(idOf(0)))).toMatchObject({ fd: 7, disputes: 1 });
  });

  it.each([
    ['all, newest first', {}, [2, 1, 0]],
    ['of a register', { registerId: 'register-1' }, [2, 0]],
    ['of a shift', { shiftId: 'monday' }, [2, 0]],
    ['by drive and number', { fn: '7380440902582955', fd: 11 }, [1]],
    ['by source document', { sourceDocument: 'order-2' }, [2]],
    ['by sign', { sign: 2 }, [2]],
    ['of a time', { from: at(HOUR), before: at(2 * HOUR) }, [1]],
    ['that the operator has confirmed', { ofdConfirmed: true }, [0]],
    ['that it has not', { ofdConfirmed: false }, [2, 1]],
    ['of another organisation', { organisation: '7707083893' }, []],
  ] as const)('can be asked for: %s', async (_, filter, expected) => {
    const { on, status } = await stage();
    await opened(on, 'monday', 0);
    for (const number of [0, 1, 2]) await fiscalize(on, number, number * HOUR, document(10 + number));
    await on.receipt(0, { type: 'RecordOfdConfirmation', data: { now: at(DAY) } });
    await on.catchUp();
    const { rows } = await succeeded(status.documents(filter));
    expect(rows.map(({ receiptId }) => [0, 1, 2].findIndex((number) => idOf(number) === receiptId))).toEqual(
      expected,
    );
    expect(await succeeded(status.countDocuments(filter))).toBe(expected.length);
  });
});

describe('registers and drives', () => {
  it('are shown with what is known of the device behind them', async () => {
    const { on, status } = await stage();
    await opened(on, 'monday', 0);
    await on.receipt(0, registration(0));
    await on.device('device-1', {
      type: 'RecordHealth',
      data: {
        now: at(HOUR),
        availability: 'available',
        allUnits: true,
        units: [
          {
            registrationNumber: '0000000400037789',
            drive: { serial: '7380440902582955', documents: 240_000 },
            unsent: { documents: 3, since: at(-3 * DAY) },
          },
        ],
      },
    });
    await on.catchUp();
    expect((await succeeded(status.registers({ deviceId: 'device-1' }))).rows).toMatchObject([
      {
        registerId: 'register-1',
        name: 'Касса register-1',
        deviceStatus: 'active',
        availability: 'available',
        seenAt: at(HOUR),
        openShift: { shiftId: 'monday', number: 1, openedAt: at(0), dueAt: at(DAY) },
        openReceipts: 1,
      },
    ]);
    expect((await succeeded(status.drives())).rows).toMatchObject([
      {
        fn: '7380440902582955',
        fillPercent: 96,
        unsentDocuments: 3,
        unsentSince: at(-3 * DAY),
        documentsHealth: 'warning',
        unsentHealth: 'warning',
        availability: 'available',
        recordedAt: at(HOUR),
      },
    ]);
    const [device] = (await succeeded(status.devices())).rows;
    expect(device).toMatchObject({ deviceId: 'device-1', provider: 'one-c', availability: 'available' });
    expect(JSON.stringify(device)).not.toContain('KASSA_SECRET');
  });

  it('are not to be asked for before anything was built', async () => {
    expect(await fiscalStatus(world().readModels).registers()()).toMatchObject(E.left({ _tag: 'NotBuilt' }));
  });
});
