import type { Parent } from '@cloud-kassa/core';
import { receiptIdOf } from '@cloud-kassa/core';
import type { Kopecks } from '@cloud-kassa/ffd';
import { ZERO_KOPECKS, sumKopecks } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import { refusedOrder } from './order-error';
import type { OrderedBy, RegistrationError, RegistrationOrder } from './registration-order';
import type { Reservation, Taker } from './reservations';

/** An order with all it takes of earlier receipts. */
export interface RegistrationWork {
  readonly order: RegistrationOrder;
  readonly takes: ReadonlyArray<Reservation>;
  /** What it takes stays taken while it is refused. */
  readonly keeps: boolean;
}

/** What of an order the queue asks for. */
export type EnqueueOrder = OrderedBy & Pick<RegistrationOrder, 'organisation' | 'source' | 'enqueue'>;

export const takerOf = (order: EnqueueOrder): Taker => ({
  receiptId: receiptIdOf(order.organisation, order.source),
  organisation: order.organisation,
  by: order,
});

/** One offset for each advance, however it is divided: what one receipt takes of another is one reservation. */
const byAdvance = (
  offsets: NonNullable<RegistrationOrder['offsets']>,
): E.Either<RegistrationError, ReadonlyMap<string, Kopecks>> => {
  const taken = new Map<string, Kopecks>();
  for (const { receiptId, amount } of offsets) {
    const sum = sumKopecks([taken.get(receiptId) ?? ZERO_KOPECKS, amount]);
    if (E.isLeft(sum)) return refusedOrder({ rule: 'offset-above-prepaid', field: 'amount' });
    taken.set(receiptId, sum.right);
  }
  return E.right(taken);
};

export const workOf = (
  order: RegistrationOrder,
  takes: ReadonlyArray<Reservation> = [],
  keeps: boolean = false,
): E.Either<RegistrationError, RegistrationWork> => {
  const { offsets = [], parents = [] } = order;
  const { receiptId } = takerOf(order);
  const advances = byAdvance(offsets);
  if (E.isLeft(advances)) return advances;
  const named = [...advances.right.keys()].map((advance): Parent => ({
    relation: 'offsets',
    link: { kind: 'receipt', receiptId: advance },
    reservation: receiptId,
  }));
  const taken = [...advances.right].map(([parentId, amount]): Reservation => ({
    of: 'offset',
    parentId,
    amount,
  }));
  return E.right({
    order: { ...order, parents: [...parents, ...named] },
    takes: [...takes, ...taken],
    keeps,
  });
};
