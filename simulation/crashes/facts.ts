import { isDeepStrictEqual } from 'node:util';
import type { CloudKassa } from '@cloud-kassa/cloud-kassa';
import type { EndedReceipt, Facts } from './judge';
import type { LogWatch } from './log-watch';
import type { Host } from './store-under-campaign';
import { differing, readModelFaults, shownBy } from './read-models';
import type { RegistersOffice } from './registers-office';
import type { ShopBooks } from './shop';

/** The library, opened on a host. */
export interface OpenedHost {
  readonly host: Host;
  readonly kassa: CloudKassa;
}

export interface FactsOptions {
  readonly kassa: CloudKassa;
  /** The other hosts with read models of their own. */
  readonly others: ReadonlyArray<OpenedHost>;
  readonly watch: LogWatch;
  readonly office: RegistersOffice;
  readonly shop: ShopBooks;
  readonly notIdle: ReadonlyArray<string>;
}

const receiptsOf = async (kassa: CloudKassa, watch: LogWatch): Promise<Pick<Facts, 'receipts' | 'gone'>> => {
  const receipts: EndedReceipt[] = [];
  const gone: string[] = [];
  for (const receiptId of watch.receiptIds()) {
    const found = await kassa.receipts.get(receiptId);
    if (!found.ok) {
      gone.push(`${receiptId} was in the log: ${found.error.code}`);
      continue;
    }
    const { phase, held, document } = found.value.attempt;
    receipts.push({
      receiptId,
      phase,
      keys: watch.keysOf(receiptId),
      ...(held === undefined ? {} : { held: held.reason }),
      ...(document === undefined ? {} : { document }),
    });
  }
  return { receipts, gone };
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

/** What another host shows or reads otherwise: its read models are its own, and so is its way to the keys of persons. */
const otherwise = async (
  { host, kassa: theirs }: OpenedHost,
  kassa: CloudKassa,
  watch: LogWatch,
): Promise<ReadonlyArray<string>> => {
  const questions = differing(await shownBy(kassa), await shownBy(theirs));
  const found = questions.map((question) => `${host} shows other ${question}`);
  for (const receiptId of watch.receiptIds())
    if (!isDeepStrictEqual(await theirs.receipts.get(receiptId), await kassa.receipts.get(receiptId)))
      found.push(`${host} reads ${receiptId} otherwise`);
  return found;
};

/** Collects all that is known at the end, but for the files. */
export const factsOf = async (options: FactsOptions): Promise<Omit<Facts, 'integrity'>> => {
  const { kassa, others, watch, office, shop, notIdle } = options;
  await watch.readToHead();
  const audited = await kassa.audit.run({ ledger: office.ledger });
  if (!audited.ok) throw new Error(JSON.stringify(audited.error));
  const { complete, findings } = audited.value;
  const hosts: string[] = [];
  for (const other of others) hosts.push(...(await otherwise(other, kassa, watch)));
  const readModels = [...(await readModelFaults(kassa))];
  for (const { host, kassa: theirs } of others)
    readModels.push(...(await readModelFaults(theirs)).map((what) => `${host}: ${what}`));
  return {
    shop,
    linked: await linkedOf(kassa, shop),
    ...(await receiptsOf(kassa, watch)),
    documents: await office.documents(),
    audit: { complete, findings },
    hosts,
    readModels,
    notIdle,
  };
};
