import * as E from 'fp-ts/Either';
import { internetShopGroup } from '../group/internet-shop-group';
import { createKktGroup } from '../group/kkt-group';
import { moscow, right, saleFor, shop } from '../kkt/kkt.testing';
import { createLedger } from './ledger';
import { ledgerLine } from './ledger-line';
import { ledgerTlv, registrationOf } from './ledger-tlv';

const start = moscow('2026-03-01T08:00:00');
const settings = right(internetShopGroup(shop));
const fn = settings.units[0]?.drive.serial ?? '';

const worked = () => {
  const group = right(createKktGroup(settings, start));
  group.submit(
    'order-1',
    {
      ...saleFor(),
      contact: 'buyer@example.ru',
      internet: true,
      additional: 'TRACE00000000001',
      cashier: { name: 'Иванова' },
      buyer: { name: 'Петрова', inn: '123456789047' },
    },
    start + 60_000,
  );
  group.submit('order-2', { ...saleFor(), settlementSign: 2 }, start + 60_000);
  group.advance(start + 600_000);
  return group.ledger;
};

test('a ledger answers by key, trace tag, drive and number, and adds up shifts', () => {
  const ledger = worked();
  expect(ledger.size()).toBe(4);
  expect(ledger.entries().map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  expect(ledger.byKey('order-1').map(({ document }) => document.fd)).toEqual([3]);
  expect(ledger.byTraceTag('TRACE00000000001')).toEqual(ledger.byKey('order-1'));
  expect(ledger.find(fn, 3)).toEqual(ledger.byKey('order-1')[0]);
  expect([ledger.find(fn, 0), ledger.find(fn, 5), ledger.find('9999', 1)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  const [sale, refund] = ledger.shiftTotals(fn, 1).receipts;
  expect([sale.count, sale.total, sale.vat[11], refund.count, refund.cashless]).toEqual([
    1, 80730, 14558, 1, 80730,
  ]);
  expect(ledger.shiftTotals(fn, 2)).toEqual(createLedger().driveTotals(fn));
  expect(ledger.driveTotals(fn)).toEqual(ledger.shiftTotals(fn, 1));
});

test('what a ledger gave out is not changed by what comes later', () => {
  const ledger = createLedger(worked().snapshot());
  const before = ledger.entries();
  const [last] = ledger.byKey('order-2');
  if (last === undefined) throw new Error('an entry');
  ledger.append({
    unit: last.unit,
    madeAt: last.madeAt,
    key: 'order-2',
    document: { ...last.document, fd: 5 },
  });
  expect(before).toHaveLength(4);
  expect(ledger.entries().at(-1)).toMatchObject({ sequence: 5, key: 'order-2' });
  expect(ledger.byKey('order-2')).toHaveLength(2);
});

test('a line is canonical JSON without contacts and names of persons', () => {
  const lines = worked().entries().map(ledgerLine);
  for (const line of lines) {
    expect(line).not.toMatch(/buyer@|Иванова|Петрова|123456789047|null/u);
    const keys = [...line.matchAll(/[{,]"(\w+)":/gu)].map(([, key]) => key);
    expect(keys.length).toBeGreaterThan(10);
    const parsed: unknown = JSON.parse(line);
    const sorted = Object.keys(parsed as object);
    expect(sorted).toEqual(sorted.toSorted());
  }
  expect(JSON.parse(lines[2] ?? '')).toMatchObject({
    sequence: 3,
    key: 'order-1',
    traceTag: 'TRACE00000000001',
    organisation: shop.inn,
    fn,
    fd: 3,
    at: '2026-03-01T08:01:01',
    zone: 2,
    shift: 1,
    numberInShift: 1,
    receipt: {
      settlementSign: 1,
      total: 80730,
      vatTotals: [{ code: 11, amount: 14558 }],
      contactGiven: true,
      items: [{ price: 26910, quantity: '3', sum: 80730 }],
    },
  });
});

test('the TLV of an entry needs its registration report', () => {
  const ledger = worked();
  const [entry] = ledger.byKey('order-1');
  if (entry === undefined) throw new Error('an entry');
  expect(registrationOf(ledger, entry)?.organisation.inn).toBe(shop.inn);
  expect(E.isRight(ledgerTlv(ledger, entry))).toBe(true);
  expect(E.isLeft(ledgerTlv(createLedger(), entry))).toBe(true);
});
