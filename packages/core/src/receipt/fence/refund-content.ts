import * as E from 'fp-ts/Either';
import type { Kopecks, LocalDateTime, Taxation } from '@cloud-kassa/ffd';
import { kopecks, reverseSign, sumKopecks } from '@cloud-kassa/ffd';
import type { Buyer } from '../buyer';
import type { Cashier, Marking, ReceiptContent, ReceiptItem } from '../content';
import type { DraftItem, ReceiptDraft } from '../rules/draft';
import type { ReservedItem } from './events';
import type { FenceRefusal } from './fence-rules';
import { refuseFence } from './fence-rules';
import type { RefundReservation } from './state';
import { unitPriceFor } from './unit-price';

/** What a refund's receipt does not take over from the sale. */
export interface RefundCircumstances {
  /** When the refund is made, local time of the register. */
  readonly settledAt: LocalDateTime;
  readonly cashier?: Cashier;
  /** Whom the refund's receipt goes to; the buyer of the sale unless given. */
  readonly buyer?: Buyer;
  /** Taxation system of the refund; that of the sale unless given. A system that has ended can no longer be stated. */
  readonly taxation?: Taxation;
}

/** What selling a marked piece or measure planned (tag 2003), returning it plans back: 3 for a piece, 4 for a part. */
const RETURNED_STATUS: ReadonlyMap<number, number> = new Map([
  [1, 3],
  [5, 3],
  [2, 4],
  [6, 4],
]);

/** The code goes over, the result of the sale's check does not: the code is checked anew. */
const returnedMarking = ({ checkResult: _checkResult, plannedStatus, ...marking }: Marking): Marking => ({
  ...marking,
  ...(plannedStatus === undefined
    ? {}
    : { plannedStatus: RETURNED_STATUS.get(plannedStatus) ?? plannedStatus }),
});

/** Excise of a part of a line, in proportion to its sum, half up. */
const exciseOfPart = (excise: Kopecks, part: Kopecks, whole: Kopecks): Kopecks => {
  if (whole === 0 || part === whole) return excise;
  const made = kopecks(Number((2n * BigInt(excise) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole))));
  return E.isRight(made) ? made.right : excise;
};

const returnedItem = (
  sold: ReceiptItem,
  { quantity, sum, vatSum }: ReservedItem,
  price: Kopecks,
): DraftItem => {
  const { vatSum: _vatSum, marking, excise, ...codes } = sold;
  return {
    ...codes,
    price,
    quantity,
    sum,
    ...(vatSum === undefined ? {} : { vatSum }),
    ...(marking === undefined ? {} : { marking: returnedMarking(marking) }),
    ...(excise === undefined ? {} : { excise: exciseOfPart(excise, sum, sold.sum) }),
  };
};

/**
 * The draft of the refund's receipt: what was reserved of the sale, with the sale's own rate codes, payment methods, subjects and taxation (a sale
 * at 20 % is refunded at 20 %: FNS letter АБ-4-20/11248@ of 15.12.2025), its place and its buyer, and the reverse settlement sign.
 *
 * Refuses a line the sale does not have and a sum no price gives, which nothing that was reserved holds.
 */
export const refundContent = (
  sale: ReceiptContent,
  refund: RefundReservation,
  { settledAt, cashier, buyer = sale.buyer, taxation = sale.taxation }: RefundCircumstances,
): E.Either<FenceRefusal, ReceiptDraft> => {
  const items: Array<DraftItem> = [];
  for (const [index, part] of refund.items.entries()) {
    const sold = sale.items[part.line];
    if (sold === undefined) return E.left(refuseFence('refund-line-unknown', `items.${index}.line`));
    const price = unitPriceFor(part.sum, part.quantity, sold.price);
    if (price === undefined) return E.left(refuseFence('refund-sum-without-price', `items.${index}.sum`));
    items.push(returnedItem(sold, part, price));
  }
  const { ffd: _ffd, zone: _zone, vatRule: _vatRule, vatTotals: _vatTotals, ...rest } = sale;
  const { correction: _correction, additionalAttribute: _attribute, cashier: _cashier, ...kept } = rest;
  return E.bimap(
    () => refuseFence('refund-total-differs', 'sums'),
    (total: Kopecks): ReceiptDraft => ({
      ...kept,
      kind: 'receipt',
      settlementSign: reverseSign(sale.settlementSign),
      settledAt,
      taxation,
      items,
      total,
      payments: refund.sums,
      ...(buyer === undefined ? {} : { buyer }),
      ...(cashier === undefined ? {} : { cashier }),
    }),
  )(sumKopecks(Object.values(refund.sums)));
};
