import * as E from 'fp-ts/Either';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeTlv } from '@cloud-kassa/ffd';
import type { TlvNode } from '@cloud-kassa/ffd';
import { admit } from './admission/admit';
import { USUAL_PROFILE } from './admission/profile';
import { parseLocal } from './arithmetic/calendar';
import { roundHalfUp, parseDecimal } from './arithmetic/fraction';
import { lineSum } from './arithmetic/line-sum';
import { totalFits } from './arithmetic/total';
import { carriesVat, vatOf } from './arithmetic/vat';
import { rulesFollowed } from './arithmetic/vat-totals';
import { right, unitOf } from './kkt/kkt.testing';
import { INTERNET_SHOP } from './kkt/registration';
import type { ItemRequest, ReceiptRequest } from './request';

interface RealItem {
  readonly name: string;
  readonly price: number;
  readonly quantity: string;
  readonly sum: number;
  readonly vatCode: number | null;
  readonly vatSum?: number | null;
  readonly paymentType?: number | null;
  readonly productType?: number | null;
}

interface RealReceipt {
  readonly id: string;
  readonly operationType: number;
  readonly taxationType: number | null;
  readonly dateTime: string;
  readonly ffd: '1.05' | '1.1' | '1.2' | null;
  readonly items: ReadonlyArray<RealItem>;
  readonly totals: Readonly<
    Record<'total' | 'cash' | 'ecash' | 'prepaid' | 'credit' | 'provision', number | null>
  >;
  readonly vatTotals: Readonly<Record<string, number>>;
  readonly rawTlv: string | null;
  readonly checks: {
    readonly vatLines: Readonly<Record<string, number>>;
    readonly vatTotals: Readonly<Record<string, { readonly match?: string; readonly rate?: string }>>;
  };
}

const receipts = readFileSync(join(__dirname, '../../ffd/fixtures/real-receipts.ndjson'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as RealReceipt);

/** Receipts with VAT at 18/118: those before 2019, and later ones of registers that were late; the format no longer has the rate. */
const isOldRate = ({ checks, dateTime }: RealReceipt): boolean =>
  dateTime < '2019' ||
  Object.values(checks.vatTotals).some(({ rate }) => rate !== undefined) ||
  checks.vatLines['halfUpAtOld18'] !== undefined;

const current = receipts.filter((receipt) => !isOldRate(receipt));

/** VAT codes of the lines; those that the extract lacks follow from a single total. */
const codesOf = ({ items, vatTotals }: RealReceipt): ReadonlyArray<number> | undefined => {
  const buckets = Object.keys(vatTotals);
  const only = buckets.length === 1 ? Number(buckets[0]) : undefined;
  const codes = items.map(({ vatCode }) => vatCode ?? only);
  return codes.every((code) => code !== undefined) ? codes : undefined;
};

const givenTotals = ({ vatTotals }: RealReceipt) =>
  Object.entries(vatTotals).map(([code, amount]) => ({ code: Number(code), amount }));

const sumOf = ({ price, quantity }: RealItem): number =>
  Number(lineSum(BigInt(price), parseDecimal(quantity) ?? { numerator: -1n, denominator: 1n }));

test('there are 512 receipts with 804 lines', () => {
  expect(receipts).toHaveLength(512);
  expect(receipts.flatMap(({ items }) => items)).toHaveLength(804);
});

test('every line is price times quantity, half up (tag 1043)', () => {
  for (const item of receipts.flatMap(({ items }) => items)) expect(sumOf(item)).toBe(item.sum);
});

test('every total lies in the rouble of its lines (tag 1020)', () => {
  for (const { items, totals } of receipts) {
    const lines = items.reduce((sum, item) => sum + BigInt(item.sum), 0n);
    expect(totalFits(BigInt(totals.total ?? -1), lines)).toBe(true);
  }
});

test('every line VAT is half up of n / (100 + n) (tag 1200)', () => {
  const taxed = current.flatMap((receipt) =>
    receipt.items.flatMap(({ sum, vatCode, vatSum }) =>
      typeof vatCode === 'number' && typeof vatSum === 'number' && carriesVat(vatCode)
        ? [{ sum, vatCode, vatSum }]
        : [],
    ),
  );
  expect(taxed.length).toBeGreaterThan(100);
  for (const { sum, vatCode, vatSum } of taxed) expect(Number(vatOf(BigInt(sum), vatCode))).toBe(vatSum);
});

test('at 18/118 the same rule held', () => {
  const lines = receipts
    .filter(isOldRate)
    .flatMap(({ items }) => items)
    .filter(({ vatCode, vatSum }) => (vatCode === 1 || vatCode === 3) && typeof vatSum === 'number');
  expect(lines).toHaveLength(10);
  for (const { sum, vatSum } of lines) {
    expect(Number(roundHalfUp({ numerator: BigInt(sum) * 18n, denominator: 118n }))).toBe(vatSum);
  }
});

test('the VAT of every receipt follows one of the two rules over all its codes', () => {
  const counts: Record<string, number> = {};
  for (const receipt of current) {
    const codes = codesOf(receipt);
    if (codes === undefined || Object.keys(receipt.vatTotals).length === 0) continue;
    const lines = receipt.items.map(({ sum }, index) => ({ sum: BigInt(sum), vatCode: codes[index] ?? 0 }));
    const followed = rulesFollowed(lines, givenTotals(receipt)).join(' ');
    counts[followed] = (counts[followed] ?? 0) + 1;
  }
  expect(counts).toEqual({ 'per-line per-total': 463, 'per-line': 18, 'per-total': 9 });
});

const requestOf = (receipt: RealReceipt, codes: ReadonlyArray<number>): ReceiptRequest => ({
  kind: 'receipt',
  settlementSign: receipt.operationType,
  taxation: receipt.taxationType === 0 || receipt.taxationType === null ? 1 : receipt.taxationType,
  items: receipt.items.map((item, index): ItemRequest => ({
    name: item.name,
    price: item.price,
    quantity: item.quantity,
    sum: item.sum,
    vatCode: codes[index] ?? 0,
    ...(typeof item.paymentType === 'number' ? { method: item.paymentType } : {}),
    ...(typeof item.productType === 'number' && item.productType < 30 ? { subject: item.productType } : {}),
  })),
  total: receipt.totals.total ?? 0,
  payments: {
    cash: receipt.totals.cash ?? 0,
    cashless: receipt.totals.ecash ?? 0,
    prepaid: receipt.totals.prepaid ?? 0,
    credit: receipt.totals.credit ?? 0,
    provision: receipt.totals.provision ?? 0,
  },
  vatTotals: givenTotals(receipt),
});

const admittedAtItsTime = (receipt: RealReceipt, request: ReceiptRequest) =>
  admit(request, {
    at: parseLocal(receipt.dateTime.length === 10 ? `${receipt.dateTime}T12:00:00` : receipt.dateTime) ?? 0,
    registration: {
      ...unitOf().registration,
      ffd: '1.05',
      taxation: 63,
      conditions: { ...INTERNET_SHOP, internetOnly: false },
    },
    profile: USUAL_PROFILE,
  });

test('a register of their time would have made them: outcomes by rule', () => {
  const counts: Record<string, number> = {};
  for (const receipt of current) {
    const codes = codesOf(receipt);
    const outcome =
      codes === undefined ? 'vat code unknown' : admittedAtItsTime(receipt, requestOf(receipt, codes));
    const name = typeof outcome === 'string' ? outcome : E.isRight(outcome) ? 'admitted' : outcome.left.rule;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  // The two are extracts of 2020 that lack the prepaid and credit sums.
  expect(counts).toEqual({ admitted: 491, 'vat code unknown': 12, 'payments-differ-from-total': 2 });
});

const child = (nodes: ReadonlyArray<TlvNode>, tag: number): number => {
  const value = nodes.find((node) => node.tag === tag)?.value;
  return value?.kind === 'integer' || value?.kind === 'unixtime' ? value.value : 0;
};
const text = (nodes: ReadonlyArray<TlvNode>, tag: number): string => {
  const value = nodes.find((node) => node.tag === tag)?.value;
  return value?.kind === 'string' || value?.kind === 'decimal' ? value.text : '';
};

test('the 32 documents as registers sent them are admitted with the numbers they bear', () => {
  const documents = receipts.filter(({ rawTlv }) => rawTlv !== null);
  expect(documents).toHaveLength(32);
  for (const receipt of documents) {
    const [document] = right(decodeTlv(Uint8Array.from(Buffer.from(receipt.rawTlv ?? '', 'base64'))));
    const nodes = document?.value.kind === 'nodes' ? document.value.nodes : [];
    const items = nodes.flatMap(({ tag, value }): ReadonlyArray<ItemRequest> =>
      tag === 1059 && value.kind === 'nodes'
        ? [
            {
              name: text(value.nodes, 1030),
              price: child(value.nodes, 1079),
              quantity: text(value.nodes, 1023),
              sum: child(value.nodes, 1043),
              vatCode: child(value.nodes, 1199),
              method: child(value.nodes, 1214),
              subject: child(value.nodes, 1212),
            },
          ]
        : [],
    );
    const admitted = right(
      admittedAtItsTime(receipt, {
        kind: 'receipt',
        settlementSign: child(nodes, 1054),
        taxation: child(nodes, 1055),
        items,
        payments: {
          cash: child(nodes, 1031),
          cashless: child(nodes, 1081),
          prepaid: child(nodes, 1215),
          credit: child(nodes, 1216),
          provision: child(nodes, 1217),
        },
      }),
    );
    expect(admitted.total).toBe(child(nodes, 1020));
    expect(admitted.vatTotals).toEqual([{ code: 1, amount: child(nodes, 1102) }]);
  }
});
