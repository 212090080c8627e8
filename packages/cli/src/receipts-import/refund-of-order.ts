import type { DraftItem, Parent, ReceiptItem, Refusal, SettlementDocument } from '@cloud-kassa/core';
import { NO_PAYMENTS, lineSum } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { RegistrationOrder } from './registration-order';

/** A refund of a receipt that is registered here: its lines are looked for in the sale, and reserved there before it is registered. */
export interface OrderedRefund extends Omit<RegistrationOrder, 'draft' | 'parents' | 'offsets'> {
  readonly sale: Extract<Parent['link'], { readonly kind: 'receipt' }>;
  readonly returned: {
    readonly what: 'document';
    readonly document: Pick<SettlementDocument, 'items' | 'payments'>;
  };
}

const saleOf = ({ parents = [] }: RegistrationOrder): OrderedRefund['sale'] | undefined => {
  const links = parents.flatMap(({ relation, link }) => (relation === 'refunds' ? [link] : []));
  return links.find((link) => link.kind === 'receipt');
};

const withSum = (item: DraftItem, index: number): E.Either<Refusal, ReceiptItem> => {
  const sum = item.sum === undefined ? lineSum(item.price, item.quantity) : E.right(item.sum);
  return E.isLeft(sum)
    ? E.left({ rule: 'amount-too-large', field: `items.${index}.sum` })
    : E.right({ ...item, sum: sum.right });
};

/**
 * The order as a refund, if it refunds a receipt that is registered here; else `undefined`. Such an order can not be registered like another: what
 * it takes has to be reserved in the stream of the sale first. `Left` when the sum of a line exceeds six bytes.
 */
export const refundOfOrder = (order: RegistrationOrder): E.Either<Refusal, OrderedRefund> | undefined => {
  const sale = saleOf(order);
  if (sale === undefined) return undefined;
  const { draft, parents: _parents, offsets: _offsets, ...circumstances } = order;
  const items: Array<ReceiptItem> = [];
  for (const [index, line] of draft.items.entries()) {
    const item = withSum(line, index);
    if (E.isLeft(item)) return item;
    items.push(item.right);
  }
  const document = { items, payments: { ...NO_PAYMENTS, ...draft.payments } };
  return E.right({ ...circumstances, sale, returned: { what: 'document', document } });
};
