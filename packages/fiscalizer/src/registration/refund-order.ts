import type { Buyer, Cashier, ExternalParent, KnownParent, Receipt, Refusal } from '@cloud-kassa/core';
import { receiptIdOf, refundContent } from '@cloud-kassa/core';
import type { Instant, Kopecks, LegacyVat, Taxation } from '@cloud-kassa/ffd';
import { dateOf, instantToLocal, vatCodeOn } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { Returned } from './plan-reservation';
import { planReservation } from './plan-reservation';
import type { ReceiptCircumstances, RegistrationOrder } from './registration-order';
import type { Reservation } from './reservations';

/** A refund of a receipt that is kept here: its lines are the fence. */
export interface RefundOfReceipt extends ReceiptCircumstances {
  readonly sale: KnownParent;
  readonly returned: Returned;
  /** What goes back cashless, where it is known beforehand; refused if the lines make another sum. */
  readonly amount?: Kopecks;
  readonly cashier?: Cashier;
  /** Whom the receipt goes to. Default: the buyer of the sale. */
  readonly buyer?: Buyer;
  /** Default: that of the sale. */
  readonly taxation?: Taxation;
  /**
   * The money has gone back already. Then what is refunded is reserved first of all and stays reserved while its receipt is refused:
   * nobody else may give it back a second time.
   */
  readonly moneyIsBack?: boolean;
}

/** A refund of a document made elsewhere. That it was not refunded twice is its owner's word, and the receipt says so. */
export interface RefundOfDocument extends ReceiptCircumstances {
  readonly sale: ExternalParent;
  /** The receipt of the refund as it shall be. */
  readonly draft: RegistrationOrder['draft'];
}

export type RefundOrder = RefundOfReceipt | RefundOfDocument;

export const isOfReceipt = (order: RefundOrder): order is RefundOfReceipt => order.sale.kind === 'receipt';

/** A registration with what it takes of earlier receipts. */
export interface RefundRegistration {
  readonly order: RegistrationOrder;
  readonly takes: ReadonlyArray<Reservation>;
}

/** A sale at an earlier rate is refunded at that rate (FNS letter АБ-4-20/11248@ of 15.12.2025). */
const legacyVatOf = ({ content }: Receipt, order: RefundOfReceipt, now: Instant): LegacyVat | undefined => {
  const on = order.rulesOn ?? dateOf(instantToLocal(now, content.zone));
  const isLegacy = content.items.some(({ vatCode }) => vatCodeOn(vatCode, on) === 'legacy');
  const earlier = content.correction?.settledOn ?? dateOf(content.settledAt);
  return isLegacy ? { ground: 'refund-of-legacy-sale', earlier } : undefined;
};

/** The registration of a refund: what it reserves of the sale, and the receipt that follows from it. */
export const refundRegistration = (
  order: RefundOfReceipt,
  sale: Receipt,
  now: Instant,
): E.Either<Refusal, RefundRegistration> => {
  const {
    sale: link,
    returned,
    amount,
    cashier,
    buyer,
    taxation,
    moneyIsBack: _back,
    ...circumstances
  } = order;
  const receiptId = receiptIdOf(order.organisation, order.source);
  const planned = planReservation(sale, receiptId, returned, now);
  if (E.isLeft(planned)) return planned;
  const { items, sums } = planned.right;
  if (amount !== undefined && sums.cashless !== amount)
    return E.left({ rule: 'refund-total-differs', field: 'amount' });
  const content = refundContent(
    sale.content,
    { items, sums },
    {
      settledAt: sale.content.settledAt,
      ...(cashier === undefined ? {} : { cashier }),
      ...(buyer === undefined ? {} : { buyer }),
      ...(taxation === undefined ? {} : { taxation }),
    },
  );
  if (E.isLeft(content)) return content;
  // When the refund is made is the order's to say, in the zone of the register that makes it.
  const { settledAt: _settledAt, ...draft } = content.right;
  const legacyVat = order.legacyVat ?? legacyVatOf(sale, order, now);
  const parts = items.map(({ line, quantity, sum }) => ({ line, quantity, sum }));
  return E.right({
    order: {
      ...circumstances,
      draft,
      parents: [{ relation: 'refunds', link, reservation: receiptId }],
      ...(legacyVat === undefined ? {} : { legacyVat }),
    },
    takes: [{ of: 'refund', parentId: link.receiptId, items: parts, sums }],
  });
};
