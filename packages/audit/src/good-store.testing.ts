import type { ShiftTotals } from '@cloud-kassa/core';
import { NO_TOTALS } from '@cloud-kassa/core';
import type { KeyRing } from '@cloud-kassa/event-store';
import type { Kopecks } from '@cloud-kassa/ffd';
import { NO_PAYMENTS } from '@cloud-kassa/ffd';
import type { AuditOptions } from './audit-options';
import type { AuditReport } from './audit-report';
import { auditStore } from './audit-store';
import type { AuditRule } from './rules/audit-rules';
import type { Shop } from './shop.testing';
import { openShop, right } from './shop.testing';
import type { Events } from './tampering.testing';
import { storeWith } from './tampering.testing';

/** A store with some of everything, and where to find it. */
export interface GoodStore {
  readonly shop: Shop;
  readonly events: Events;
  /** Fiscalized, with a refund. */
  readonly sale: string;
  readonly refund: string;
  /** Fiscalized, nothing else. */
  readonly plain: string;
  /** Paid, registered, linked, waiting in the queue. */
  readonly waiting: string;
}

export const PLAIN_SUM = 2_440_000;

const of = (receipts: number, total: number): ShiftTotals['sale'] => ({
  receipts,
  total: total as Kopecks,
  payments: { ...NO_PAYMENTS, cashless: total as Kopecks },
});

export const closeShift = async (shop: Shop, shiftId: string, totals: ShiftTotals): Promise<void> => {
  await shop.shift({
    type: 'CloseShift',
    data: {
      now: shop.now(),
      shiftId,
      closedBy: 'keeper',
      totals,
      upToPosition: right(await shop.store.head()()) ?? '',
      openReceipts: 1,
    },
  });
};

export const goodStore = async (): Promise<GoodStore> => {
  const shop = openShop();
  await shop.connect();
  await shop.openShift('monday');
  const sale = await shop.sell(1);
  const plain = await shop.sell(2, { vatCode: 6 });
  const refund = await shop.refund(sale, 1);
  await shop.fiscalize(refund);
  const waiting = await shop.pay(3);
  await closeShift(shop, 'monday', {
    ...NO_TOTALS,
    sale: of(2, 2 * PLAIN_SUM),
    saleRefund: of(1, PLAIN_SUM),
  });
  return { shop, events: [...shop.log.events], sale, refund, plain, waiting };
};

/** Audits events as if a store had them. */
export const auditOf = async (
  { runtime, keyRing }: Pick<Shop, 'runtime'> & { readonly keyRing: KeyRing },
  events: Events,
  options?: AuditOptions,
): Promise<AuditReport> => right(await auditStore({ store: storeWith(events), keyRing, runtime }, options)());

/** The rules that were broken, in the order they were found. */
export const rulesIn = ({ findings }: AuditReport): ReadonlyArray<AuditRule> =>
  findings.map(({ rule }) => rule);
