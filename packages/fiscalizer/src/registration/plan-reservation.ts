import type { Receipt, Refusal, RefundItem, RefundReservation, WantedBack } from '@cloud-kassa/core';
import { decideReceipt, planRefund, planRefundOfRest } from '@cloud-kassa/core';
import type { Instant, Payments } from '@cloud-kassa/ffd';
import { quantityToMillionths } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { ReturnedDocument } from './refund-lines';
import { refundLines } from './refund-lines';

/**
 * What of a sale goes back.
 *
 * - `rest`: all that is left of it. `lines`: these quantities at the sold prices.
 * - `parts`: quantities and sums as stated, with how the money goes back.
 * - `document`: the lines of a document, found in the sale, with the document's payments.
 */
export type Returned =
  | { readonly what: 'rest' }
  | { readonly what: 'lines'; readonly lines: ReadonlyArray<WantedBack> }
  | { readonly what: 'parts'; readonly items: ReadonlyArray<RefundItem>; readonly sums: Payments }
  | { readonly what: 'document'; readonly document: ReturnedDocument };

const KINDS = ['cash', 'cashless', 'prepaid', 'credit', 'provision'] as const;

const sameSums = (one: Payments, other: Payments): boolean =>
  KINDS.every((kind) => one[kind] === other[kind]);

/** Quantity and sum by line, however they are divided into parts. */
const byLine = (
  items: ReadonlyArray<{ readonly line: number; readonly quantity: RefundItem['quantity'] }>,
): string => {
  const taken = new Map<number, number>();
  for (const { line, quantity } of items)
    taken.set(line, (taken.get(line) ?? 0) + quantityToMillionths(quantity));
  return JSON.stringify([...taken].toSorted(([one], [other]) => one - other));
};

/** Is this what the refund holds already? What was planned then would be planned otherwise now. */
const holdsAlready = ({ items, sums }: RefundReservation, returned: Returned): boolean => {
  switch (returned.what) {
    case 'rest':
      return true;
    case 'lines':
      return byLine(items) === byLine(returned.lines);
    case 'parts':
      return byLine(items) === byLine(returned.items) && sameSums(sums, returned.sums);
    case 'document':
      return sameSums(sums, returned.document.payments);
  }
};

const planned = (
  sale: Receipt,
  returned: Returned,
): E.Either<Refusal, { readonly items: ReadonlyArray<RefundItem>; readonly sums: Payments }> => {
  switch (returned.what) {
    case 'rest': {
      const rest = planRefundOfRest(sale.content, sale.fence);
      return rest === undefined ? E.left({ rule: 'refund-empty', field: 'items' }) : E.right(rest);
    }
    case 'lines':
      return E.right(planRefund(sale.content, sale.fence, returned.lines));
    case 'parts':
      return E.right({ items: returned.items, sums: returned.sums });
    case 'document':
      return E.map((items: ReadonlyArray<RefundItem>) => ({ items, sums: returned.document.payments }))(
        refundLines(sale, returned.document),
      );
  }
};

/** The sale as if this refund held nothing of it. */
const withoutOwn = (sale: Receipt, refundId: string): Receipt => ({
  ...sale,
  fence: {
    ...sale.fence,
    refunds: new Map([...sale.fence.refunds].filter(([id]) => id !== refundId)),
  },
});

/**
 * What a refund reserves of a sale, with the VAT that goes back, as the sale itself decides it. A refund that holds its part already is
 * planned as it holds it, so that an order that was interrupted goes on with the same receipt.
 */
export const planReservation = (
  sale: Receipt,
  refundId: string,
  returned: Returned,
  now: Instant,
): E.Either<Refusal, RefundReservation> => {
  const held = sale.fence.refunds.get(refundId);
  if (held !== undefined && holdsAlready(held, returned)) return E.right(held);
  const free = withoutOwn(sale, refundId);
  const plan = planned(free, returned);
  if (E.isLeft(plan)) return plan;
  const decided = decideReceipt({ type: 'ReserveRefund', data: { now, refundId, ...plan.right } }, free);
  if (E.isLeft(decided)) return decided;
  const [event] = decided.right;
  if (event?.type !== 'receipt.RefundReserved') return E.left({ rule: 'refund-empty', field: 'items' });
  const { items, sums } = event.data;
  return E.right({ items, sums });
};
