import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCloudKassa } from './cloud-kassa';
import type { CloudKassa } from './cloud-kassa';
import type { EmulatedRegisters } from './emulated-shop.testing';
import { bytesIn, emulatedRegisters, untilIdle } from './emulated-shop.testing';
import { BASKET, errorOf, INN, order, sure } from './shop.testing';

let registers: EmulatedRegisters;
beforeEach(async () => {
  registers = await emulatedRegisters();
});
afterEach(() => registers.close());

const NOTHING = { receipts: [], settlements: [] };

const exported = async (kassa: CloudKassa): Promise<string> => {
  let text = '';
  for await (const item of kassa.audit.export()) text += sure(item).text;
  return text;
};

describe('a shop on files, before emulated registers', () => {
  it('carries payments and receipts to one document each, and tells everything about them', async () => {
    const kassa = await registers.shop();
    sure(await kassa.receipts.register(order(1)));
    sure(
      await kassa.payments.request({
        paymentId: 'p-1',
        organisation: INN,
        sourceDocument: 'p-1',
        basket: BASKET,
      }),
    );
    sure(await kassa.payments.confirm('p-1', { settlementId: 'b-1', organisation: INN, amount: 490_000 }));
    expect(await untilIdle(kassa)).toEqual(NOTHING);
    expect(registers.printed()).toHaveLength(2);
    const { rows } = sure(await kassa.status.documents());
    expect(rows).toHaveLength(2);
    for (const { qr, receiptId } of rows) {
      expect(qr).toContain('s=4900.00');
      expect(sure(await kassa.audit.proofOf(receiptId))).toContain(receiptId);
    }
    expect(sure(await kassa.status.registers())).toMatchObject([{ registerId: 'site', openReceipts: 0 }]);
    expect(sure(await kassa.status.drives())).toMatchObject([{ deviceId: 'garden', fn: '9999078900000001' }]);
    expect(sure(await kassa.status.devices())).toMatchObject([{ deviceId: 'garden' }]);
    expect(sure(await kassa.devices.check('garden')).passed).toBe(true);
    expect(sure(await kassa.audit.run({ requireClosed: true }))).toMatchObject({ verdict: 'ok' });
    expect(sure(await kassa.audit.replay('payment-p-1')).lastRevision).toBeGreaterThan(1);
    expect(errorOf(await kassa.audit.replay('payment-p-2'))).toMatchObject({ code: 'not-found' });
    expect(errorOf(await kassa.audit.proofOf('nobody'))).toMatchObject({ code: 'not-found' });
  });

  it('rebuilds its read models beside the live ones', async () => {
    const kassa = await registers.shop();
    sure(await kassa.receipts.register(order(1)));
    const before = sure(await kassa.queue.list()).rows;
    let events = 0;
    sure(await kassa.projections.rebuild('receipt-queue', (more) => (events += more)));
    expect(events).toBeGreaterThan(0);
    expect(sure(await kassa.queue.list()).rows).toEqual(before);
    expect(sure(await kassa.projections.list()).map(({ caughtUp, parked }) => [caughtUp, parked])).toEqual([
      [true, []],
      [true, []],
    ]);
    expect(errorOf(await kassa.projections.rebuild('nothing'))).toMatchObject({ code: 'not-found' });
    expect(sure(await kassa.projections.release('fiscal-status', 'receipt-x'))).toMatchObject({
      _tag: 'NotParked',
    });
  });

  it('holds what the provider rejects, until a person amends it', async () => {
    registers.faults({ do: 'rejected-before-signing', times: 1 });
    const kassa = await registers.shop();
    const { receiptId } = sure(await kassa.receipts.register(order(1)));
    expect((await untilIdle(kassa)).receipts).toEqual([{ receiptId, phase: 'Held', waitsFor: 'person' }]);
    expect(registers.printed()).toEqual([]);
    expect(sure(await kassa.queue.get(receiptId))).toMatchObject({ status: 'error', reason: 'rejected' });
    const basket = { ...BASKET, place: { place: 'https://garden.example' } };
    sure(await kassa.queue.settle(receiptId, { how: 'amend', basket }, { by: 'Ivanova' }));
    expect(await untilIdle(kassa)).toEqual(NOTHING);
    expect(registers.printed()).toHaveLength(1);
  });
});

describe('what must be seen, 6: an erased buyer', () => {
  it('is unreadable in files, answers, exports and other processes; chain and audit stay sound', async () => {
    const directory = registers.directory();
    const kassa = await registers.shop(directory);
    const { receiptId } = sure(await kassa.receipts.register(order(1)));
    sure(
      await kassa.payments.request({
        paymentId: 'p-1',
        organisation: INN,
        sourceDocument: 'p-1',
        basket: BASKET,
      }),
    );
    sure(await kassa.payments.confirm('p-1', { settlementId: 'b-1', organisation: INN, amount: 490_000 }));
    await untilIdle(kassa);
    const elsewhere = sure(await registers.open(directory));
    const shown = async (one: CloudKassa): Promise<string> =>
      JSON.stringify([
        sure(await one.receipts.get(receiptId)),
        [...sure(await one.payments.get('p-1')).payment.settlements],
        sure(await one.payments.get('p-1')).payment.request,
        sure(await one.audit.replay(`receipt-${receiptId}`)).state,
        sure(await one.queue.explain(receiptId)),
      ]);
    expect(await shown(kassa)).toContain('buyer@example.ru');
    expect(await shown(elsewhere)).toContain('buyer@example.ru');

    const erased = sure(await kassa.buyers.erase({ contact: 'BUYER@EXAMPLE.ru' }));
    expect(erased.keys).toBeGreaterThan(0);
    expect(sure(await kassa.buyers.erase({ keyId: erased.keyId })).keys).toBe(0);

    for (const one of [kassa, elsewhere]) {
      const told = await shown(one);
      expect(told).not.toContain('buyer@example.ru');
      expect(told).toContain('"erased":true');
      expect(JSON.stringify(sure(await one.queue.list()))).not.toContain('buyer@');
      expect(JSON.stringify(sure(await one.status.documents()))).not.toContain('buyer@');
      expect(await exported(one)).not.toContain('buyer@');
      expect(sure(await one.audit.proofOf(receiptId))).not.toContain('buyer@');
      expect(sure(await one.audit.run({ requireClosed: true }))).toMatchObject({
        verdict: 'ok',
        findingCount: 0,
      });
      sure(await one.projections.rebuild('receipt-queue'));
    }
    expect(bytesIn(directory)).not.toContain('buyer@example.ru');
  });

  it('was never in clear in the files', async () => {
    const directory = registers.directory();
    const kassa = await registers.shop(directory);
    sure(await kassa.receipts.register(order(1, { buyer: { phone: '+79123456789', name: 'Ivan Petrov' } })));
    await untilIdle(kassa);
    const bytes = bytesIn(directory);
    for (const personal of ['79123456789', 'Ivan Petrov']) expect(bytes).not.toContain(personal);
  });
});

describe('two libraries on one directory', () => {
  it('register the same settlements and make one document for each', async () => {
    const directory = registers.directory();
    const first = await registers.shop(directory);
    const second = sure(await registers.open(directory));
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const workers = [sure(first.startWorker()), sure(second.startWorker())];
    const registered = await Promise.all(
      numbers.flatMap((number) => [first, second].map((kassa) => kassa.receipts.register(order(number)))),
    );
    expect(registered.map((one) => sure(one).duplicate).filter((duplicate) => !duplicate)).toHaveLength(20);
    for (const worker of workers) expect(sure(await worker.untilIdle())).toEqual(NOTHING);
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(registers.printed()).toHaveLength(20);
    expect(sure(await second.audit.run({ requireClosed: true })).verdict).toBe('ok');
  });

  it('see at once what the other has connected', async () => {
    const directory = registers.directory();
    const first = await registers.shop(directory);
    const second = sure(await registers.open(directory));
    sure(await first.devices.suspend('garden', 'by-operator'));
    expect(sure(await second.devices.get('garden')).obstacles).toEqual(['suspended']);
    sure(await second.devices.resume('garden'));
    const { position } = sure(await first.receipts.register(order(1)));
    expect(
      sure(await second.queue.list(position === undefined ? {} : { after: position })).rows,
    ).toHaveLength(1);
  });
});

describe('a library that is closed while it works', () => {
  it('loses nothing: the next one on the directory goes on, and no document is doubled', async () => {
    const directory = registers.directory();
    const kassa = await registers.shop(directory);
    for (let number = 0; number < 30; number += 1) sure(await kassa.receipts.register(order(number)));
    sure(kassa.startWorker());
    const calls = Array.from({ length: 5 }, (_, index) => kassa.receipts.register(order(100 + index)));
    await kassa.close();
    const refusals = (await Promise.all(calls)).flatMap((outcome) =>
      outcome.ok ? [] : [outcome.error.code],
    );
    expect(refusals.filter((code) => !['closed', 'outcome-unknown', 'unavailable'].includes(code))).toEqual(
      [],
    );
    const next = sure(await registers.open(directory));
    // Whoever was not told that a receipt stands in the queue says it again.
    for (let number = 100; number < 105; number += 1) sure(await next.receipts.register(order(number)));
    expect(await untilIdle(next)).toEqual(NOTHING);
    expect(registers.printed()).toHaveLength(35);
    expect(new Set(registers.printed().map(({ key }) => key)).size).toBe(registers.printed().length);
    expect(sure(await next.queue.count()).fiscalized).toBe(registers.printed().length);
    expect(sure(await next.audit.run({ requireClosed: true })).verdict).toBe('ok');
  });
});

describe('a storage that can not be opened', () => {
  it('by another key than the one the persons are sealed with', async () => {
    const directory = registers.directory();
    const key = Buffer.alloc(32, 1);
    const kassa = await registers.shop(directory, {
      storage: { kind: 'sqlite', directory, keyEncryptionKey: key },
    });
    sure(await kassa.receipts.register(order(1)));
    await kassa.close();
    const wrong = await registers.open(directory, {
      storage: { kind: 'sqlite', directory, keyEncryptionKey: Buffer.alloc(32, 2) },
    });
    expect(errorOf(wrong)).toMatchObject({ code: 'cannot-open', part: join(directory, 'keys', 'keys.db') });
    expect(errorOf(wrong).russian).toMatch(/[а-я]/);
    const again = sure(
      await registers.open(directory, { storage: { kind: 'sqlite', directory, keyEncryptionKey: key } }),
    );
    expect(sure(await again.receipts.get(again.receipts.idOf(order(1)))).content.buyer?.person).toEqual({
      email: 'buyer@example.ru',
    });
  });

  it('by a key file that is lost: no new key is made in its place', async () => {
    const directory = registers.directory();
    await (await registers.shop(directory)).close();
    const file = join(directory, 'keys', 'key-encryption-key');
    const key = readFileSync(file);
    rmSync(file);
    expect(errorOf(await registers.open(directory))).toMatchObject({
      code: 'cannot-open',
      part: file,
      why: 'KeyMissing',
    });
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, key, { mode: 0o600 });
    sure(await registers.open(directory));
  });

  it('by a key file that others may read, one that holds no key, and one that is not there', async () => {
    const directory = registers.directory();
    const file = join(directory, 'kek');
    const storage = { kind: 'sqlite', directory, keyEncryptionKey: { file } } as const;
    expect(errorOf(await registers.open(directory, { storage }))).toMatchObject({ why: 'CannotRead' });
    writeFileSync(file, 'no key', { mode: 0o600 });
    expect(errorOf(await registers.open(directory, { storage }))).toMatchObject({ why: 'NoKey' });
    writeFileSync(file, 'ab'.repeat(32));
    chmodSync(file, 0o644);
    expect(errorOf(await registers.open(directory, { storage }))).toMatchObject({
      why: 'PermissionsTooWide',
    });
    chmodSync(file, 0o600);
    sure(await registers.open(directory, { storage }));
  });

  it('because a file stands in its place', async () => {
    const file = join(registers.directory(), 'file');
    writeFileSync(file, '');
    expect(errorOf(await registers.open(file))).toMatchObject({ code: 'cannot-open', part: file });
  });

  it('because the events are none', async () => {
    const directory = registers.directory();
    writeFileSync(
      join(directory, 'events.db'),
      'not a database, and longer than a header of one hundred bytes'.repeat(9),
      {
        mode: 0o600,
      },
    );
    expect(errorOf(await registers.open(directory))).toMatchObject({
      code: 'cannot-open',
      part: join(directory, 'events.db'),
    });
  });

  it('because nothing may be written there', async () => {
    const directory = registers.directory();
    const existing = join(directory, 'existing');
    const empty = join(directory, 'empty');
    mkdirSync(empty);
    await (await registers.shop(existing)).close();
    chmodSync(directory, 0o755);
    chmodSync(existing, 0o555);
    chmodSync(empty, 0o555);
    // Nobody else than the superuser may be kept out by a mode, so the superuser becomes nobody for a while.
    const user = process.geteuid?.();
    if (user === 0) process.seteuid?.(65_534);
    try {
      for (const folder of [empty, existing])
        expect(
          errorOf(await createCloudKassa({ storage: { kind: 'sqlite', directory: folder } })),
        ).toMatchObject({
          code: 'cannot-open',
        });
    } finally {
      if (user === 0) process.seteuid?.(0);
      chmodSync(existing, 0o755);
      chmodSync(empty, 0o755);
    }
  });

  it('and one that was made belongs to its owner alone', async () => {
    const directory = join(registers.directory(), 'new');
    await (await registers.shop(directory)).close();
    for (const name of ['', 'keys', 'events.db', 'keys/keys.db', 'keys/key-encryption-key'])
      expect(statSync(join(directory, name)).mode & 0o077).toBe(0);
  });
});

describe('stores of the caller', () => {
  it('are used part by part, and closed with the library', async () => {
    const { memoryStore, memoryKeyRing, memoryLeaseStore, memoryCheckpointStore } =
      await import('@cloud-kassa/event-store');
    const { memoryReadModels } = await import('@cloud-kassa/projections');
    const events = memoryStore();
    let closed = 0;
    const entropy = (length: number): Uint8Array => Buffer.alloc(length, 7);
    const kassa = await registers.shop(registers.directory(), {
      storage: {
        kind: 'parts',
        events,
        keys: memoryKeyRing({ entropy, indexKey: entropy(32) }),
        leases: memoryLeaseStore(),
        checkpoints: memoryCheckpointStore(),
        readModels: memoryReadModels(),
        close: () => {
          closed += 1;
          return events.close();
        },
      },
    });
    sure(await kassa.receipts.register(order(1)));
    expect(await untilIdle(kassa)).toEqual(NOTHING);
    expect(kassa.events).toBe(events);
    await kassa.close();
    await kassa.close();
    expect(closed).toBe(1);
  });
});
