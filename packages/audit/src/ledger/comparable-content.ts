import * as E from 'fp-ts/Either';
import type { ReceiptContent } from '@cloud-kassa/core';
import type { Payments, Quantity } from '@cloud-kassa/ffd';
import { PAYMENT_KINDS, quantity, quantityToMillionths } from '@cloud-kassa/ffd';
import type { LedgerReceipt } from './ledger-document';

interface ComparableItem {
  /** In millionths; −1 where the text is no quantity. */
  readonly quantity: number;
  readonly sum: number;
  readonly vatCode: number;
  readonly vatSum?: number;
}

/** What of a receipt and of a document is compared: everything that is money or decides on money. Texts are not: the drive's code page drops characters. */
export interface ComparableContent {
  readonly kind: 'receipt' | 'correction';
  readonly settlementSign: number;
  readonly taxation: number;
  readonly total: number;
  readonly payments: Payments;
  readonly vatTotals: ReadonlyArray<{ readonly code: number; readonly amount: number }>;
  readonly items: ReadonlyArray<ComparableItem>;
}

type VatTotals = ComparableContent['vatTotals'];

const byCode = (totals: VatTotals): VatTotals =>
  totals.map(({ code, amount }) => ({ code, amount })).toSorted((a, b) => a.code - b.code);

const withVat = (vatSum: number | undefined): { readonly vatSum?: number } =>
  vatSum === undefined ? {} : { vatSum };

/** The content of a receipt as it is compared. */
export const contentOfReceipt = (content: ReceiptContent): ComparableContent => ({
  kind: content.kind,
  settlementSign: content.settlementSign,
  taxation: content.taxation,
  total: content.total,
  payments: content.payments,
  vatTotals: byCode(content.vatTotals),
  items: content.items.map((item) => ({
    quantity: quantityToMillionths(item.quantity),
    sum: item.sum,
    vatCode: item.vatCode,
    ...withVat(item.vatSum),
  })),
});

const millionths = (text: string): number =>
  E.fold(
    () => -1,
    (found: Quantity) => quantityToMillionths(found),
  )(quantity(text));

/** The content of a document of the ledger as it is compared; the kind is that of its form (31 and 41 are corrections). */
export const contentOfDocument = (form: number, receipt: LedgerReceipt): ComparableContent => ({
  kind: form === 31 || form === 41 ? 'correction' : 'receipt',
  settlementSign: receipt.settlementSign,
  taxation: receipt.taxation,
  total: receipt.total,
  payments: receipt.payments,
  vatTotals: byCode(receipt.vatTotals),
  items: receipt.items.map((item) => ({
    quantity: millionths(item.quantity),
    sum: item.sum,
    vatCode: item.vatCode,
    ...withVat(item.vatSum),
  })),
});

const amountOf = (totals: VatTotals, code: number): number | undefined =>
  totals.find((total) => total.code === code)?.amount;

const vatDifferences = (own: VatTotals, found: VatTotals): ReadonlyArray<string> =>
  [...new Set([...own, ...found].map(({ code }) => code))]
    .filter((code) => amountOf(own, code) !== amountOf(found, code))
    .map((code) => `vatTotals.${code}`);

const itemDifferences = (own: ComparableItem, found: ComparableItem, at: number): ReadonlyArray<string> => [
  ...(['quantity', 'sum', 'vatCode'] as const)
    .filter((field) => own[field] !== found[field])
    .map((field) => `items.${at}.${field}`),
  // A protocol may have no field for the VAT of a line; then the register tells none.
  ...(found.vatSum === undefined || found.vatSum === own.vatSum ? [] : [`items.${at}.vatSum`]),
];

/** The fields in which a document differs from the receipt it was made of, by path; nothing where they agree. */
export const documentDifferences = (
  own: ComparableContent,
  found: ComparableContent,
): ReadonlyArray<string> => [
  ...(['kind', 'settlementSign', 'taxation', 'total'] as const).filter(
    (field) => own[field] !== found[field],
  ),
  ...PAYMENT_KINDS.filter((kind) => own.payments[kind] !== found.payments[kind]).map(
    (kind) => `payments.${kind}`,
  ),
  ...vatDifferences(own.vatTotals, found.vatTotals),
  ...(own.items.length === found.items.length
    ? own.items.flatMap((item, at) => itemDifferences(item, found.items[at] ?? item, at))
    : ['items.length']),
];
