import type {
  Paging,
  PaymentFilter,
  PaymentWithoutReceipt,
  QueuedReceipt,
  QueueFilter,
} from '@cloud-kassa/projection-receipt-queue';
import type { QueueStatus } from '@cloud-kassa/core';
import type { Cursor } from '@cloud-kassa/projections';
import { notFound } from './kassa-error';
import type { Kit } from './kit';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';
import type { Settling } from './settling';
import { settlingOn } from './settling';

/** Waits until the read model has seen a command: its `position`. */
export interface Fresh {
  readonly after?: string;
}

export interface QueuePage {
  readonly rows: ReadonlyArray<QueuedReceipt>;
  /** Give it as `from` to go on; absent where there are no more rows. */
  readonly next?: Cursor;
}

export interface PaymentsPage {
  readonly rows: ReadonlyArray<PaymentWithoutReceipt>;
  readonly next?: Cursor;
}

interface From {
  readonly from?: Cursor | undefined;
  readonly limit?: number | undefined;
}

/** The receipt queue (очередь чеков ККТ) with what persons do in it. */
export interface Queue extends Settling {
  /** Oldest legal deadline first. */
  readonly list: (filter?: QueueFilter & From & Fresh) => Promise<Outcome<QueuePage>>;
  readonly get: (receiptId: string, fresh?: Fresh) => Promise<Outcome<QueuedReceipt>>;
  readonly count: (
    filter?: Omit<QueueFilter, 'status'> & Fresh,
  ) => Promise<Outcome<Readonly<Record<QueueStatus, number>>>>;
  /** Confirmed money without a receipt, each with its dated reason. */
  readonly paymentsWithoutReceipt: (filter?: PaymentFilter & From & Fresh) => Promise<Outcome<PaymentsPage>>;
}

const paging = ({ from, limit }: From): Paging => ({ after: from, limit });

export const queueOn = (kit: Kit): Queue => {
  const { readModels } = kit;
  return {
    ...settlingOn(kit),
    list: ({ from, limit, after, ...filter } = {}) =>
      readModels.ask(after, ({ queue }) => queue.list({ ...filter, ...paging({ from, limit }) })),
    get: async (receiptId, { after } = {}) => {
      const row = await readModels.ask(after, ({ queue }) => queue.get(receiptId));
      if (!row.ok) return row;
      return row.value === undefined
        ? failed(notFound('receiptId', 'There is no such receipt.', 'Такого чека нет.'))
        : done(row.value);
    },
    count: async ({ after, ...filter } = {}) => {
      const counted = await readModels.ask(after, ({ queue }) => queue.countByStatus(filter));
      if (!counted.ok) return counted;
      const { position: _position, ...counts } = counted.value;
      return done(counts);
    },
    paymentsWithoutReceipt: ({ from, limit, after, ...filter } = {}) =>
      readModels.ask(after, ({ queue }) =>
        queue.paymentsWithoutReceipt({
          ...filter,
          ...paging({ from, limit }),
        }),
      ),
  };
};
