import type { CloudKassa } from '@cloud-kassa/cloud-kassa';
import type { SqliteStore } from '@cloud-kassa/event-store-sqlite';
import type { EndedReceipt, Facts } from './judge';
import type { LogWatch } from './log-watch';
import { readModelFaults } from './read-models';
import type { RegistersOffice } from './registers-office';
import type { ShopBooks } from './shop';
import { sure } from './sure';

export interface FactsOptions {
  readonly kassa: CloudKassa;
  readonly watch: LogWatch;
  readonly office: RegistersOffice;
  readonly log: SqliteStore;
  readonly shop: ShopBooks;
  readonly notIdle: ReadonlyArray<string>;
}

const receiptsOf = async (kassa: CloudKassa, watch: LogWatch): Promise<ReadonlyArray<EndedReceipt>> => {
  const receipts: EndedReceipt[] = [];
  for (const receiptId of watch.receiptIds()) {
    const found = await kassa.receipts.get(receiptId);
    if (!found.ok) throw new Error(JSON.stringify(found.error));
    const { phase, held, document } = found.value.attempt;
    receipts.push({
      receiptId,
      phase,
      keys: watch.keysOf(receiptId),
      ...(held === undefined ? {} : { held: held.reason }),
      ...(document === undefined ? {} : { document }),
    });
  }
  return receipts;
};

const linkedOf = async (
  kassa: CloudKassa,
  { confirmed }: ShopBooks,
): Promise<ReadonlyMap<string, string | undefined>> => {
  const linked = new Map<string, string | undefined>();
  for (const { paymentId, settlementId } of confirmed) {
    const found = await kassa.payments.get(paymentId);
    const fiscalization = found.ok
      ? found.value.payment.settlements.get(settlementId)?.fiscalization
      : undefined;
    linked.set(
      `${paymentId} ${settlementId}`,
      fiscalization?.state === 'linked' ? fiscalization.receiptId : undefined,
    );
  }
  return linked;
};

/** Collects all that is known at the end. */
export const factsOf = async (options: FactsOptions): Promise<Facts> => {
  const { kassa, watch, office, log, shop, notIdle } = options;
  await watch.readToHead();
  const audited = await kassa.audit.run({ ledger: office.ledger });
  if (!audited.ok) throw new Error(JSON.stringify(audited.error));
  const { complete, findings } = audited.value;
  return {
    shop,
    linked: await linkedOf(kassa, shop),
    receipts: await receiptsOf(kassa, watch),
    documents: await office.documents(),
    audit: { complete, findings },
    integrity: sure(await log.integrityCheck()()),
    readModels: await readModelFaults(kassa),
    notIdle,
  };
};
