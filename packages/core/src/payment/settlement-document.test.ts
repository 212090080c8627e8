import * as E from 'fp-ts/Either';
import { localDateTime, NO_PAYMENTS, quantity } from '@cloud-kassa/ffd';
import { ReceiptContentCodec } from '../receipt/content';
import { composeReceipt } from '../receipt/rules/compose-receipt';
import { money, proven } from '../values.testing';
import type { SettlementDocument } from './settlement-document';
import { receiptDraftOf, SettlementDocumentCodec } from './settlement-document';

const SETTLED_AT = proven(localDateTime('2026-10-08T13:05:00'));

/** The receipt of the worked example: 269.10 × 3 at 22 %. */
const DOCUMENT: SettlementDocument = {
  taxation: 1,
  items: [
    {
      name: 'Кресло садовое',
      price: money(26_910),
      quantity: proven(quantity('3')),
      sum: money(80_730),
      vatCode: 11,
      paymentMethod: 4,
      subject: 1,
      measure: 0,
    },
  ],
  total: money(80_730),
  payments: { ...NO_PAYMENTS, cashless: money(80_730) },
  buyer: { keyId: 'buyer-1', person: { email: 'buyer@example.ru' } },
  customerId: 'c-204',
  senderEmail: 'shop@example.ru',
  place: { address: '109316, Москва', place: 'https://shop.example.ru' },
  internet: true,
};

describe('a settlement document becomes a receipt', () => {
  const settings = { ffd: '1.2', zone: 2, vatRule: 'per-line' } as const;

  it('a payment is a sale (tag 1054 = 1): 807.30 with VAT 145.58 at 22 %', () => {
    const content = proven(composeReceipt(receiptDraftOf(DOCUMENT, 'payment', SETTLED_AT), settings));
    expect(content).toMatchObject({
      kind: 'receipt',
      settlementSign: 1,
      settledAt: '2026-10-08T13:05:00',
      total: 80_730,
      vatTotals: [{ code: 11, amount: 14_558 }],
      buyer: DOCUMENT.buyer,
    });
    expect(ReceiptContentCodec.is(content)).toBe(true);
  });

  it('a refund is a sale refund (tag 1054 = 2) of the same lines', () => {
    const content = proven(composeReceipt(receiptDraftOf(DOCUMENT, 'refund', SETTLED_AT), settings));
    expect(content).toMatchObject({ settlementSign: 2, items: [{ sum: 80_730, vatSum: 14_558 }] });
  });

  it("the shop's name for its customer stays out of the document", () => {
    expect(receiptDraftOf(DOCUMENT, 'payment', SETTLED_AT)).not.toHaveProperty('customerId');
  });

  it('is read back as it was written', () => {
    expect(SettlementDocumentCodec.decode(JSON.parse(JSON.stringify(DOCUMENT)))).toEqual(E.right(DOCUMENT));
  });
});
