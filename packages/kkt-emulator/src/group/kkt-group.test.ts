import * as E from 'fp-ts/Either';
import { moscow, right, saleFor, shop } from '../kkt/kkt.testing';
import { internetShopGroup } from './internet-shop-group';
import type { InternetShop } from './internet-shop-group';
import { createKktGroup } from './kkt-group';
import type { KktGroup } from './kkt-group';

const start = moscow('2026-03-01T08:00:00');
const groupOf = (change: Partial<InternetShop> = {}): KktGroup =>
  right(createKktGroup(right(internetShopGroup({ ...shop, ...change })), start));

const sale = saleFor();
const forms = (group: KktGroup): ReadonlyArray<number> =>
  group.ledger.entries().map(({ document }) => document.form);

describe('a group of registers', () => {
  test('begins with a registration report in every register', () => {
    const group = groupOf({ units: 3 });
    expect(forms(group)).toEqual([1, 1, 1]);
    expect(new Set(group.ledger.entries().map(({ document }) => document.fn)).size).toBe(3);
    expect(group.units().every(({ able }) => able)).toBe(true);
  });

  test('is refused when registers are of two taxpayers, offline, or the same one twice', () => {
    const settings = right(internetShopGroup({ ...shop, units: 2 }));
    const [one, two] = settings.units;
    const [foreign] = right(internetShopGroup({ ...shop, inn: '7728699517', firstNumber: 3 })).units;
    if (one === undefined || two === undefined || foreign === undefined) throw new Error('units');
    const offline = {
      ...two,
      registration: { ...two.registration, conditions: { ...two.registration.conditions, offline: true } },
    };
    for (const units of [
      [one, foreign],
      [one, offline],
      [one, one],
    ]) {
      expect(E.isLeft(createKktGroup({ ...settings, units }, start))).toBe(true);
    }
  });

  test('opens a shift when the first receipt comes, a document a second', () => {
    const group = groupOf();
    const now = start + 60_000;
    expect(group.submit('k1', sale, now)).toEqual({ _tag: 'queued', id: 1, ahead: 0 });
    expect(group.submit('k2', sale, now)).toEqual({ _tag: 'queued', id: 2, ahead: 0 });
    expect(group.submit('k3', sale, now)).toEqual({ _tag: 'queued', id: 3, ahead: 1 });
    expect(group.result('k1')).toEqual({ _tag: 'waiting', acceptedAt: now });
    const finished = group.advance(now + 10_000);
    expect(finished.map(({ key }) => key)).toEqual(['k1', 'k2', 'k3']);
    expect(group.ledger.entries().map(({ document, madeAt }) => [document.form, madeAt - now])).toEqual([
      [1, -60_000],
      [2, 0],
      [3, 1000],
      [3, 2000],
      [3, 3000],
    ]);
    expect(group.result('k1')).toMatchObject({
      _tag: 'done',
      acceptedAt: now,
      finishedAt: now + 1000,
      entry: { key: 'k1', document: { fd: 3, content: { shift: 1, numberInShift: 1 } } },
    });
    expect(group.advance(now + 20_000)).toEqual([]);
  });

  test('gives a receipt to the first free register', () => {
    const group = groupOf({ units: 2 });
    const now = start + 60_000;
    for (let index = 0; index < 6; index += 1) group.submit(`k${index}`, sale, now);
    group.advance(now + 60_000);
    const made = group.ledger.entries().filter(({ key }) => key !== undefined);
    expect(made.map(({ madeAt }) => madeAt - now)).toEqual([1000, 1000, 2000, 2000, 3000, 3000]);
    expect(new Set(made.map(({ unit }) => unit)).size).toBe(2);
    expect(made.map(({ key }) => key)).toEqual(['k0', 'k1', 'k2', 'k3', 'k4', 'k5']);
  });

  test('a lone receipt opens the shift of one register only', () => {
    const group = groupOf({ units: 3 });
    group.submit('k', sale, start + 60_000);
    group.advance(start + 120_000);
    expect(forms(group)).toEqual([1, 1, 1, 2, 3]);
  });

  test('tells when something happens next', () => {
    const group = groupOf({ group: { ofdDelay: 180_000 } });
    expect(group.nextEventAt()).toBe(start + 180_000);
    group.submit('k', sale, start + 60_000);
    expect(group.nextEventAt()).toBe(start + 60_000);
    group.advance(start + 200_000);
    expect(group.nextEventAt()).toBe(start + 60_000 + 180_000);
  });

  test('a known key changes nothing: one document a key', () => {
    const group = groupOf();
    const now = start + 60_000;
    group.submit('k', sale, now);
    expect(group.submit('k', sale, now)).toMatchObject({ _tag: 'known', result: { _tag: 'waiting' } });
    group.advance(now + 5000);
    expect(group.submit('k', { ...sale, settlementSign: 2 }, now + 6000)).toMatchObject({
      _tag: 'known',
      result: { _tag: 'done' },
    });
    group.advance(now + 60_000);
    expect(group.ledger.byKey('k')).toHaveLength(1);
  });

  test('finds a document by its trace tag (1192)', () => {
    const group = groupOf();
    group.submit('k', { ...sale, additional: 'TRACE00000000001' }, start + 60_000);
    group.advance(start + 120_000);
    expect(group.ledger.byTraceTag('TRACE00000000001').map(({ key }) => key)).toEqual(['k']);
    expect(group.ledger.byTraceTag('other')).toEqual([]);
  });

  test('content is judged when the document is made, or when it is submitted too', () => {
    const wrong = { ...sale, payments: { cashless: 1 } };
    const late = groupOf();
    expect(late.submit('k', wrong, start + 60_000)._tag).toBe('queued');
    late.advance(start + 70_000);
    expect(late.result('k')).toMatchObject({
      _tag: 'failed',
      failure: { reason: 'refused', refusal: { rule: 'payments-differ-from-total' } },
    });
    const early = groupOf({ group: { judgeOnSubmit: true } });
    expect(early.submit('k', wrong, start + 60_000)).toMatchObject({
      _tag: 'refused',
      refusal: { rule: 'payments-differ-from-total' },
    });
    expect(early.result('k')).toEqual({ _tag: 'unknown' });
    expect(early.submit('k', sale, start + 61_000)._tag).toBe('queued');
  });

  test('a full queue refuses, and a receipt that waits too long fails', () => {
    const group = groupOf({ group: { queueLimit: 2, queueTimeout: 300_000 } });
    const now = start + 60_000;
    group.setFaults([{ kind: 'unit-unreachable' }], now);
    group.submit('k1', sale, now);
    group.submit('k2', sale, now);
    expect(group.submit('k3', sale, now)).toMatchObject({ _tag: 'refused', refusal: { rule: 'queue-full' } });
    expect(group.advance(now + 299_999)).toEqual([]);
    expect(group.advance(now + 300_000).map(({ key }) => key)).toEqual(['k1', 'k2']);
    expect(group.result('k1')).toMatchObject({
      _tag: 'failed',
      failure: { reason: 'queue-timeout' },
      finishedAt: now + 300_000,
    });
    group.setFaults([], now + 400_000);
    group.advance(now + 500_000);
    expect(group.ledger.byKey('k1')).toEqual([]);
  });

  test('a key is forgotten after its memory, or freed by hand', () => {
    const group = groupOf({ group: { keyMemory: 3_600_000 } });
    const now = start + 60_000;
    group.submit('k', sale, now);
    group.submit('freed', sale, now);
    group.advance(now + 10_000);
    group.forget('freed');
    expect(group.result('freed')).toEqual({ _tag: 'unknown' });
    group.advance(now + 3_600_000);
    expect(group.result('k')._tag).toBe('done');
    group.advance(now + 3_600_001);
    expect(group.result('k')).toEqual({ _tag: 'unknown' });
    expect(group.snapshot().submissions).toEqual([]);
  });
});

describe('the keeper of shifts', () => {
  test('closes a shift before 24 hours and opens the next at need', () => {
    const group = groupOf();
    group.submit('k1', sale, start + 60_000);
    group.advance(start + 40 * 3_600_000);
    expect(forms(group)).toEqual([1, 2, 3, 5]);
    expect(group.ledger.entries().at(-1)?.madeAt).toBe(start + 60_000 + 23 * 3_600_000);
    group.submit('k2', sale, start + 41 * 3_600_000);
    group.advance(start + 42 * 3_600_000);
    expect(forms(group)).toEqual([1, 2, 3, 5, 2, 3]);
  });

  test('refused by a blocked drive it tries again, and closes once the OFD answers', () => {
    const group = groupOf();
    group.setFaults([{ kind: 'ofd-unreachable' }], start);
    group.submit('k', sale, start + 29.5 * 86_400_000);
    group.advance(start + 31 * 86_400_000);
    expect(forms(group)).toEqual([1, 2, 3]);
    group.setFaults([], start + 31 * 86_400_000);
    group.advance(start + 31 * 86_400_000 + 300_000);
    expect(forms(group)).toEqual([1, 2, 3, 5]);
  });

  test('asleep, a receipt after 24 hours is refused until somebody closes the shift', () => {
    const group = groupOf();
    group.submit('k1', sale, start + 60_000);
    group.setFaults([{ kind: 'shift-keeper-asleep' }], start + 120_000);
    const late = start + 60_000 + 24 * 3_600_000 + 1000;
    group.submit('k2', sale, late);
    group.advance(late);
    expect(group.result('k2')).toMatchObject({
      _tag: 'failed',
      failure: { refusal: { rule: 'shift-over-24-hours' } },
    });
    const [unit] = group.units();
    right(group.operate(unit?.serial ?? '', { kind: 'close-shift' }, late + 1000));
    group.submit('k3', sale, late + 2000);
    group.advance(late + 60_000);
    expect(group.result('k3')._tag).toBe('done');
  });

  test('by hand: receipts fail while no shift is open', () => {
    const group = groupOf({ group: { shifts: { mode: 'manual' } } });
    const [unit] = group.units();
    group.submit('k1', sale, start + 60_000);
    group.advance(start + 61_000);
    expect(group.result('k1')).toMatchObject({
      _tag: 'failed',
      failure: { refusal: { rule: 'shift-closed' } },
    });
    right(
      group.operate(unit?.serial ?? '', { kind: 'open-shift', cashier: { name: 'Иванова' } }, start + 62_000),
    );
    group.submit('k2', sale, start + 63_000);
    group.advance(start + 64_000);
    expect(group.result('k2')._tag).toBe('done');
  });
});

describe('the OFD', () => {
  test('confirms every document after its delay, in order', () => {
    const group = groupOf();
    group.submit('k', sale, start + 60_000);
    group.advance(start + 60_000 + 180_500);
    const [unit] = group.units();
    expect(unit?.drive?.unsent).toMatchObject({ count: 1, first: { fd: 3 } });
    const fn = unit?.drive?.serial ?? '';
    expect(group.ledger.confirmationOf(fn, 2)).toMatchObject({ fd: 2, ofdInn: '7728699517' });
    expect(group.ledger.confirmationOf(fn, 3)).toBeUndefined();
    group.advance(start + 60_000 + 181_000);
    expect(group.ledger.confirmationOf(fn, 3)).toMatchObject({ fd: 3 });
  });

  test('silent for 30 days it blocks the register; answering again it unblocks it', () => {
    const group = groupOf();
    group.setFaults([{ kind: 'ofd-unreachable' }], start);
    const late = start + 31 * 86_400_000;
    group.submit('k1', sale, late);
    group.advance(late);
    expect(group.result('k1')).toMatchObject({
      _tag: 'failed',
      failure: { refusal: { rule: 'ofd-queue-blocked' } },
    });
    expect(group.units()[0]).toMatchObject({ able: false, drive: { flags: { ofdTimeout: true } } });
    group.setFaults([], late + 1000);
    group.advance(late + 1000 + 179_999);
    expect(group.units()[0]).toMatchObject({ able: false });
    group.submit('k2', sale, late + 1000 + 180_000);
    group.advance(late + 400_000);
    expect(group.result('k2')._tag).toBe('done');
  });
});

describe('replacing a drive through the group', () => {
  test('close, deliver, install: form 11 is the first document of the new drive', () => {
    const group = groupOf();
    const [unit] = group.units();
    const serial = unit?.serial ?? '';
    group.submit('k1', sale, start + 60_000);
    group.advance(start + 70_000);
    right(group.operate(serial, { kind: 'close-shift' }, start + 80_000));
    right(group.operate(serial, { kind: 'close-drive' }, start + 90_000));
    const drive = { serial: '9999078900000099', model: { months: 36, marking: true } as const };
    expect(E.isLeft(group.operate(serial, { kind: 'install-drive', drive }, start + 91_000))).toBe(true);
    group.advance(start + 400_000);
    const installed = right(group.operate(serial, { kind: 'install-drive', drive }, start + 400_000));
    expect(installed?.document).toMatchObject({ form: 11, fd: 1, fn: drive.serial });
    group.submit('k2', sale, start + 500_000);
    group.advance(start + 600_000);
    expect(group.result('k2')).toMatchObject({
      entry: { document: { fn: drive.serial, fd: 3, content: { shift: 1 } } },
    });
  });

  test('a dead drive is taken out and another register takes over meanwhile', () => {
    const group = groupOf({ units: 2 });
    const [first, second] = group.units();
    right(group.operate(first?.serial ?? '', { kind: 'remove-drive' }, start + 10_000));
    group.submit('k', sale, start + 60_000);
    group.advance(start + 70_000);
    expect(group.result('k')).toMatchObject({ entry: { unit: second?.serial } });
  });
});
