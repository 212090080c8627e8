import { receiptIdOf } from '@cloud-kassa/core';
import { tagByNumber } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { ImportRefusal } from '../import-rules';
import type { RegistrationOrder } from '../registration-order';
import { readJsonLine } from '../reading/read-json-line';
import { EXTRACT_FIELDS } from '../fns-extract/extract-fields';
import { DOCUMENT_EXAMPLE } from '../wrong-lines';
import { DOCUMENT_FIELDS } from './document-fields';
import type { DocumentsOptions } from './read-document';
import { documentsReader } from './read-document';

const EXAMPLE = JSON.parse(DOCUMENT_EXAMPLE) as Readonly<Record<string, unknown>>;

const read = (
  change: object,
  options?: DocumentsOptions,
  line = 1,
): E.Either<ImportRefusal, RegistrationOrder> =>
  E.chain((json: Parameters<ReturnType<typeof documentsReader>>[0]) => documentsReader(options)(json, line))(
    readJsonLine(JSON.stringify({ ...EXAMPLE, ...change })),
  );

const orderOf = (change: object, options?: DocumentsOptions, line?: number): RegistrationOrder => {
  const order = read(change, options, line);
  if (E.isLeft(order)) throw new Error(JSON.stringify(order.left));
  return order.right;
};

describe('a line of documents', () => {
  it('becomes an order with what it says and nothing else', () => {
    expect(orderOf({})).toEqual({
      organisation: '7707083893',
      source: { document: 'order-1042', settlementId: 'payment-7' },
      draft: {
        kind: 'receipt',
        settlementSign: 1,
        taxation: 2,
        items: [
          {
            name: 'Гамак',
            price: 490_000,
            quantity: '1',
            vatCode: 6,
            paymentMethod: 4,
            subject: 1,
            measure: 0,
          },
        ],
        payments: { cashless: 490_000 },
        place: { place: 'https://sad.example' },
        internet: true,
      },
      settled: '2026-10-08T13:05:00',
      origin: 'exchange',
      instrument: 'sbp',
      contact: { email: 'buyer@example.ru' },
    });
  });

  it('may leave out what has a default', () => {
    const order = orderOf({ internet: undefined, place: undefined, instrument: undefined, buyer: undefined });
    expect(order.draft).toMatchObject({ internet: false, place: {} });
    expect(order.instrument).toBe('other');
    expect(order).not.toHaveProperty('contact');
  });

  it('gives contacts and quantities in their one written form', () => {
    const items = [{ ...(EXAMPLE['items'] as ReadonlyArray<object>)[0], quantity: '1.500' }];
    const order = orderOf({
      items,
      buyer: { phone: '8 (912) 345-12-34', name: 'Анна', inn: '000000000000' },
    });
    expect(order.draft.items[0]?.quantity).toBe('1.5');
    expect(order.contact).toEqual({ phone: '+79123451234', name: 'Анна', inn: '000000000000' });
  });

  it('may give an instant', () => {
    expect(orderOf({ settledAt: '2026-10-08T10:05:00.000Z' }).settled).toBe('2026-10-08T10:05:00.000Z');
  });

  it('belongs to the organisation of the line, else to that of the command', () => {
    expect(orderOf({ organisation: undefined }, { organisation: '7728699517' }).organisation).toBe(
      '7728699517',
    );
    expect(orderOf({}, { organisation: '7728699517' }).organisation).toBe('7707083893');
  });

  it('without an id is known by its place, if the command says so', () => {
    const place = { fileSha256: 'ab'.repeat(32) };
    const [first, second] = [orderOf({ id: undefined }, place, 1), orderOf({ id: undefined }, place, 2)];
    expect(first.source).toEqual({ document: 'order-1042', settlementId: `sha256:${'ab'.repeat(32)}:1` });
    expect(second.source).not.toEqual(first.source);
    expect(orderOf({}, place).source.settlementId).toBe('payment-7');
  });
});

describe('a line that speaks of earlier receipts', () => {
  const sale = receiptIdOf('7707083893', { document: 'order-1042', settlementId: 'payment-7' });
  const own = receiptIdOf('7707083893', { document: 'order-1042', settlementId: 'refund-1' });
  const here = { document: 'order-1042', id: 'payment-7' };
  const elsewhere = { fn: '9999078900006211', fd: 12, fp: 3_449_555_941 };
  const link = { kind: 'external', ...elsewhere, checked: false };

  it('a refund of a receipt registered here, which holds what is refunded under the id of the refund', () => {
    expect(orderOf({ id: 'refund-1', sign: 2, refundOf: here }).parents).toEqual([
      { relation: 'refunds', link: { kind: 'receipt', receiptId: sale }, reservation: own },
    ]);
  });

  it('a refund of a document made elsewhere', () => {
    expect(orderOf({ sign: 2, refundOf: elsewhere }).parents).toEqual([{ relation: 'refunds', link }]);
  });

  it('offsets of advances, here with their amount and elsewhere without', () => {
    const order = orderOf({ offsets: [{ ...here, amount: 100_000 }, elsewhere] });
    expect(order.offsets).toEqual([{ receiptId: sale, amount: 100_000 }]);
    expect(order.parents).toEqual([{ relation: 'offsets', link }]);
    expect(read({ offsets: [{ ...elsewhere, amount: 1 }] })).toEqual(
      E.left({ rule: 'reference-incomplete', field: 'offsets.0' }),
    );
  });

  it('a correction with its ground', () => {
    const correction = { type: 0, settledOn: '2026-10-01', reason: 'error-reversal' };
    const order = orderOf({
      kind: 'correction',
      correction,
      corrects: here,
      additionalAttribute: '3449555941',
    });
    expect(order.draft).toMatchObject({ kind: 'correction', correction, additionalAttribute: '3449555941' });
    expect(order.parents).toEqual([{ relation: 'corrects', link: { kind: 'receipt', receiptId: sale } }]);
  });

  it('a correction of FFD 1.05, which has totals and no lines', () => {
    const vatTotals = [{ code: 11, amount: 88_361 }];
    const order = orderOf({ items: undefined, total: 490_000, vatTotals });
    expect(order.draft).toMatchObject({ items: [], total: 490_000, vatTotals });
  });

  it('a rate whose time is over, with its ground', () => {
    const legacyVat = { ground: 'refund-of-legacy-sale', earlier: '2025-12-30' };
    expect(orderOf({ legacyVat }).legacyVat).toEqual(legacyVat);
  });
});

describe.each([
  ['documents', DOCUMENT_FIELDS],
  ['fns-extract', EXTRACT_FIELDS],
])('the table of fields of %s', (_, fields) => {
  it('names every field once and says what it is', () => {
    const names = fields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { english, kind } of fields) expect([english, kind]).not.toContain('');
  });

  it('names tags that exist', () => {
    const unknown = fields.filter(({ tag }) => tag !== undefined && tagByNumber(tag) === undefined);
    expect(unknown).toEqual([]);
  });
});

it('tells the required fields of documents', () => {
  const required = DOCUMENT_FIELDS.filter(
    ({ presence, name }) => presence === 'required' && !/[.[]/u.test(name),
  );
  expect(required.map(({ name }) => name)).toEqual(['document', 'sign', 'taxation', 'payments', 'settledAt']);
  expect(DOCUMENT_FIELDS.find(({ name }) => name === 'items[].price')).toEqual({
    name: 'items[].price',
    presence: 'required',
    kind: 'kopecks',
    tag: 1079,
    english: 'Price of one unit after discounts, VAT included',
  });
});
