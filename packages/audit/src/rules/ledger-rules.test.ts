import { receiptStream } from '@cloud-kassa/core';
import type { LedgerEntry } from '@cloud-kassa/kkt-emulator';
import { createLedger, groupLedgerLine } from '@cloud-kassa/kkt-emulator';
import * as TE from 'fp-ts/TaskEither';
import type { AuditReport } from '../audit-report';
import { auditStore } from '../audit-store';
import { auditOf, rulesIn } from '../good-store.testing';
import type { Ledger } from '../ledger/ledger';
import { ledgerDocumentOf } from '../ledger/ledger-document';
import type { Shop } from '../shop.testing';
import { GROUP, doneBy, openShop, right } from '../shop.testing';
import { changed, isOf, rewritten, withData } from '../tampering.testing';
import type { LedgerRule } from './ledger-rules';
import { LEDGER_RULES } from './ledger-rules';

/** A ledger with just these documents, numbered anew as documents of the group. */
const ledgerWith = (entries: ReadonlyArray<LedgerEntry>): Ledger => {
  const ledger = createLedger();
  for (const { sequence: _sequence, ...entry } of entries) ledger.append(entry);
  return {
    groups: TE.fromIO(() => [{ group: GROUP, head: ledger.size() }]),
    documents: (group, after, limit) =>
      TE.fromIO(() =>
        ledger.page(after, limit).map((entry) => right(ledgerDocumentOf(groupLedgerLine(group, entry)))),
      ),
  };
};

const entriesOf = ({ registers }: Shop): ReadonlyArray<LedgerEntry> => registers.ledger.entries();

const audited = async ({ store, keyRing, runtime }: Shop, ledger: Ledger): Promise<AuditReport> =>
  right(await auditStore({ store, keyRing, runtime }, { ledger })());

const withoutKey = ({ key: _key, ...entry }: LedgerEntry): LedgerEntry => entry;

/** A document of the same receipt with the next number of the drive. */
const another = (entries: ReadonlyArray<LedgerEntry>, of: (entry: LedgerEntry) => boolean): LedgerEntry => {
  const found = entries.find(of);
  if (found === undefined) throw new Error('no entry');
  const fd = entries.length + 1;
  return { ...found, document: { ...found.document, fd, fp: found.document.fp + 1 } };
};

const isReceipt = ({ key }: LedgerEntry): boolean => key !== undefined;

/** A receipt that was sent, and a document that was made; what the provider said of it is still to come. */
const printed = async (): Promise<{
  readonly shop: Shop;
  readonly receiptId: string;
  readonly entry: LedgerEntry;
}> => {
  const shop = openShop();
  const receiptId = await shop.pay(1);
  await shop.route(receiptId);
  await shop.intend(receiptId);
  return { shop, receiptId, entry: await shop.print(receiptId) };
};

const refusedLater = async (shop: Shop, receiptId: string): Promise<void> => {
  await shop.receipt(receiptId, {
    type: 'RecordSend',
    data: {
      now: shop.now(),
      epoch: 1,
      outcome: { kind: 'refused-later', note: { status: 503 }, retryAt: shop.now(), retryAfterMs: 0 },
    },
  });
};

/** For every rule a store and a ledger between which nothing else is wrong. */
const BREAKAGES: Readonly<Record<LedgerRule, () => Promise<AuditReport>>> = {
  'document-without-intent': async () => {
    const shop = openShop();
    await shop.sell(1);
    const other = openShop('another shop');
    await other.sell(2);
    return audited(
      shop,
      ledgerWith(
        [...entriesOf(shop), { ...another(entriesOf(other), isReceipt), key: 'nobody’s' }].map(untagged),
      ),
    );
  },
  'document-missing': async () => {
    const shop = openShop();
    await shop.sell(1);
    return audited(shop, ledgerWith(entriesOf(shop).filter((entry) => !isReceipt(entry))));
  },
  'document-differs': async () => {
    const shop = openShop();
    await shop.sell(1);
    const entries = entriesOf(shop).map((entry) =>
      isReceipt(entry) ? { ...entry, document: { ...entry.document, fp: entry.document.fp + 1 } } : entry,
    );
    return audited(shop, ledgerWith(entries));
  },
  'document-of-other-receipt': async () => {
    const shop = openShop();
    const [first, second] = [await shop.pay(1), await shop.pay(2)];
    for (const receiptId of [first, second]) {
      await shop.route(receiptId);
      await shop.intend(receiptId);
    }
    const entry = await shop.print(second);
    // The provider gives the answer to the one as the answer to the other.
    await shop.record(first, doneBy(entry));
    return audited(shop, shop.ledger);
  },
  'document-unaccounted': async () => {
    const { shop, receiptId } = await printed();
    await refusedLater(shop, receiptId);
    return audited(shop, shop.ledger);
  },
  'content-differs': async () => {
    const shop = openShop();
    await shop.sell(1);
    const entries = entriesOf(shop).map((entry) => withReceipt(entry, { taxation: 2 }));
    return audited(shop, ledgerWith(entries));
  },
  'ledger-hole': async () => {
    const shop = openShop();
    await shop.sell(1);
    await shop.sell(2);
    // A report of the drive is missing.
    return audited(shop, ledgerWith(entriesOf(shop).filter((_entry, index) => index !== 1)));
  },
};

const untagged = ({ traceTag: _tag, ...entry }: LedgerEntry): LedgerEntry => entry;

const withReceipt = (entry: LedgerEntry, change: object): LedgerEntry => {
  const { content } = entry.document;
  return content.kind === 'receipt'
    ? {
        ...entry,
        document: { ...entry.document, content: { ...content, receipt: { ...content.receipt, ...change } } },
      }
    : entry;
};

describe('what is wrong between events and the ledger', () => {
  it.each(Object.keys(LEDGER_RULES) as ReadonlyArray<LedgerRule>)('is found: %s', async (rule) => {
    const report = await BREAKAGES[rule]();
    expect(new Set(rulesIn(report))).toEqual(new Set([rule]));
    expect(report.verdict).toBe('failed');
  });
});

describe('a document of the ledger', () => {
  it('whose outcome is not recorded yet is counted, no finding: its intent is there', async () => {
    const { shop, receiptId } = await printed();
    expect(await audited(shop, shop.ledger)).toMatchObject({
      verdict: 'ok',
      ledger: { receipts: 1, unrecorded: 1, contentChecked: 1 },
    });
    await shop.receipt(receiptId, {
      type: 'RecordSend',
      data: {
        now: shop.now(),
        epoch: 1,
        outcome: {
          kind: 'final',
          result: { kind: 'failed', proof: 'ambiguous', because: 'other', note: {} },
        },
      },
    });
    // Held for a person: whether a document exists is what the person has to find out.
    expect(await audited(shop, shop.ledger)).toMatchObject({
      verdict: 'ok',
      receipts: { held: 1 },
      ledger: { unrecorded: 1 },
    });
  });

  it('under a key that the provider said had failed is found', async () => {
    const { shop, receiptId } = await printed();
    await shop.record(receiptId, { kind: 'failed', proof: 'proved', because: 'other', note: {} });
    const report = await audited(shop, shop.ledger);
    expect(rulesIn(report)).toEqual(['document-unaccounted']);
    expect(report.findings[0]?.detail).toMatchObject({ receiptId, phase: 'Retired' });
  });

  it('of a receipt that was cancelled is found', async () => {
    const { shop, receiptId } = await printed();
    await refusedLater(shop, receiptId);
    await shop.receipt(receiptId, {
      type: 'CancelReceipt',
      data: { now: shop.now(), by: 'Иванова', reason: 'x' },
    });
    expect(rulesIn(await audited(shop, shop.ledger))).toEqual(['document-after-cancel']);
  });

  it('that was made by hand is found, unless a person has settled a receipt with it', async () => {
    const { shop, receiptId, entry } = await printed();
    const ledger = ledgerWith(entriesOf(shop).map(withoutKey).map(untagged));
    expect(rulesIn(await audited(shop, ledger))).toEqual(['document-without-intent']);
    await shop.receipt(receiptId, {
      type: 'RecordSend',
      data: { now: shop.now(), epoch: 1, outcome: { kind: 'unknown', why: 'timeout' } },
    });
    await shop.receipt(receiptId, { type: 'HoldWithoutHandle', data: { now: shop.now() } });
    const { fn, fd, fp } = doneBy(entry).document;
    await shop.receipt(receiptId, {
      type: 'SettleReceipt',
      data: {
        now: shop.now(),
        by: 'Иванова',
        epoch: 1,
        settlement: {
          how: 'document',
          document: { fn, ...(fd === undefined ? {} : { fd }), ...(fp === undefined ? {} : { fp }) },
        },
      },
    });
    const before = await auditOf(shop, shop.log.events);
    expect(before).toMatchObject({ verdict: 'ok', documents: { contentChecked: 0, contentUnchecked: 1 } });
    // Only the ledger closes the question of the content.
    expect(await audited(shop, ledger)).toMatchObject({
      verdict: 'ok',
      documents: { contentChecked: 1, contentUnchecked: 0 },
    });
  });

  it('of a report is neither asked for an intent nor for a content', async () => {
    const shop = openShop();
    await shop.sell(1);
    expect(await audited(shop, shop.ledger)).toMatchObject({
      verdict: 'ok',
      ledger: { documents: 3, receipts: 1 },
    });
  });
});

describe('every double is named, with its receipt and both documents', () => {
  const sold = async (change: (entry: LedgerEntry) => LedgerEntry) => {
    const shop = openShop();
    const receiptId = await shop.sell(1);
    const entries = entriesOf(shop);
    const second = change(another(entries, isReceipt));
    const report = await audited(shop, ledgerWith([...entries, second]));
    return { report, receiptId, second };
  };

  it.each([
    ['under one key', (entry: LedgerEntry) => entry, []],
    [
      'by the trace tag, under a key of nobody',
      (entry: LedgerEntry) => ({ ...entry, key: 'other' }),
      ['document-without-intent'],
    ],
    ['by the trace tag, without a key', withoutKey, ['document-without-intent']],
  ] as const)('%s', async (_how, change, beside) => {
    const { report, receiptId, second } = await sold(change);
    expect(rulesIn(report)).toEqual([...beside, 'doubled']);
    const { fn, fd, fp } = second.document;
    expect(report.findings.at(-1)).toMatchObject({
      stream: receiptStream(receiptId),
      detail: { receiptId, fn, fd: 3, 'second.fn': fn, 'second.fd': fd, 'second.fp': fp, group: GROUP },
    });
  });

  it('under two keys of one receipt', async () => {
    const { shop, receiptId, entry } = await printed();
    await refusedLater(shop, receiptId);
    await shop.receipt(receiptId, {
      type: 'RouteReceipt',
      data: { now: shop.now(), deviceId: 'second', domain: 'second', traceTag: 'tag', refused: [] },
    });
    await shop.intend(receiptId);
    const second = await shop.print(receiptId);
    await shop.record(receiptId, doneBy(second));
    const report = await audited(shop, shop.ledger);
    expect(rulesIn(report)).toEqual(['doubled']);
    expect(report.findings[0]?.detail).toMatchObject({
      receiptId,
      fd: entry.document.fd,
      'second.fd': second.document.fd,
    });
  });

  it('once, where the receipt itself disputes it', async () => {
    const { shop, receiptId, entry } = await printed();
    await shop.record(receiptId, doneBy(entry));
    const second = await shop.print(receiptId);
    const { attempt } = await shop.stateOf(receiptId);
    await shop.receipt(receiptId, {
      type: 'RecordAsk',
      data: {
        now: shop.now(),
        epoch: attempt.epoch,
        key: attempt.route?.key ?? '',
        waitedMs: 0,
        outcome: { kind: 'final', result: doneBy(second) },
      },
    });
    expect(rulesIn(await audited(shop, shop.ledger))).toEqual(['doubled']);
  });

  it('also where no receipt is known', async () => {
    const shop = openShop();
    const receiptId = await shop.sell(1);
    await shop.print(receiptId);
    const events = shop.log.events.filter(({ stream }) => stream !== receiptStream(receiptId));
    const report = await auditOf(
      shop,
      rewritten(events, (all) => all.filter(({ stream }) => !stream.startsWith('payment-'))),
      { ledger: shop.ledger },
    );
    expect(rulesIn(report)).toEqual(['document-without-intent', 'document-without-intent', 'doubled']);
    expect(report.findings.at(-1)?.stream).toBe(`ledger/${GROUP}`);
  });
});

describe('the content of a document', () => {
  const differing = async (change: object): Promise<unknown> => {
    const shop = openShop();
    await shop.sell(1);
    const report = await audited(
      shop,
      ledgerWith(entriesOf(shop).map((entry) => withReceipt(entry, change))),
    );
    return report.findings.map(({ rule, detail }) => [rule, detail['fields']]);
  };
  const item = { name: 'x', price: 1, quantity: '2.000', sum: 2_440_000, vatCode: 11, vatSum: 440_000 };

  it.each([
    ['sign', { settlementSign: 2 }, 'settlementSign'],
    ['taxation', { taxation: 4 }, 'taxation'],
    ['total', { total: 1 }, 'total'],
    [
      'payments',
      { payments: { cash: 2_440_000, cashless: 0, prepaid: 0, credit: 0, provision: 0 } },
      'payments.cash, payments.cashless',
    ],
    ['VAT', { vatTotals: [{ code: 11, amount: 1 }] }, 'vatTotals.11'],
    ['rate', { vatTotals: [{ code: 6, amount: 440_000 }] }, 'vatTotals.11, vatTotals.6'],
    ['quantity', { items: [{ ...item, quantity: '3' }] }, 'items.0.quantity'],
    ['sum of a line', { items: [{ ...item, sum: 7 }] }, 'items.0.sum'],
    ['rate of a line', { items: [{ ...item, vatCode: 6 }] }, 'items.0.vatCode'],
    ['VAT of a line', { items: [{ ...item, vatSum: 7 }] }, 'items.0.vatSum'],
    ['number of lines', { items: [item, item] }, 'items.length'],
  ])('is compared: %s', async (_what, change, fields) => {
    expect(await differing(change)).toEqual([['content-differs', fields]]);
  });

  it.each([
    ['a quantity written with noughts', { items: [item] }],
    [
      'a line without its VAT, where the protocol has no field for it',
      { items: [{ ...item, vatSum: undefined }] },
    ],
    ['another text', { items: [{ ...item, name: 'y' }] }],
  ])('agrees in spite of %s', async (_what, change) => {
    expect(await differing(change)).toEqual([]);
  });

  it('is that which was sent under the key of the document', async () => {
    const { shop, receiptId } = await printed();
    await shop.record(receiptId, { kind: 'failed', proof: 'proved', because: 'content', note: {} });
    await shop.receipt(receiptId, {
      type: 'RekeyReceipt',
      data: { now: shop.now(), deviceId: 'garden', domain: 'emulated|garden', traceTag: 'tag', refused: [] },
    });
    const { content, facts, attempt } = await shop.stateOf(receiptId);
    const half = { ...content, payments: { ...content.payments, cashless: 1_220_000 as never } };
    const amended = {
      ...half,
      total: 1_220_000 as never,
      items: content.items.map((line) => ({
        ...line,
        quantity: '1' as never,
        sum: 1_220_000 as never,
        vatSum: 220_000 as never,
      })),
      vatTotals: [{ code: 11 as const, amount: 220_000 as never }],
    };
    await shop.receipt(receiptId, {
      type: 'SettleReceipt',
      data: {
        now: shop.now(),
        by: 'Иванова',
        epoch: attempt.epoch,
        settlement: { how: 'amend', content: amended, facts },
      },
    });
    // The document of the old key has the old content; that it exists at all is what is wrong.
    expect(rulesIn(await audited(shop, shop.ledger))).toEqual([
      'linked-amount-differs',
      'document-unaccounted',
    ]);
  });
});

describe('the order of looking', () => {
  it('is head, ledger, head: what is recorded behind the first head may be missing in the ledger, what is in the ledger has its intent before the second', async () => {
    const shop = openShop();
    await shop.sell(1);
    const early = entriesOf(shop);
    const ledger: Ledger = {
      groups: async () => {
        // While the ledger answers, the next receipt is sold: recorded here, and not yet in what the ledger told.
        await shop.sell(2);
        return ledgerWith(early).groups();
      },
      documents: shop.ledger.documents,
    };
    const report = await audited(shop, ledger);
    expect(report).toMatchObject({ verdict: 'ok', documents: { recorded: 2 }, ledger: { receipts: 1 } });
    expect(Number(report.head)).toBeGreaterThan(Number(report.headBeforeLedger));
  });

  it('demands that a ledger reaches its own head', async () => {
    const shop = openShop();
    await shop.sell(1);
    const { store, keyRing, runtime } = shop;
    const ledger: Ledger = { ...shop.ledger, groups: TE.right([{ group: GROUP, head: 99 }]) };
    expect(await auditStore({ store, keyRing, runtime }, { ledger })()).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'LedgerUnreadable', group: GROUP },
    });
  });
});

it('holes in the numbers of documents are no finding without the ledger', async () => {
  const shop = openShop();
  const first = await shop.sell(1);
  await shop.sell(2);
  const events = rewritten(shop.log.events, (all) =>
    changed(all, isOf(receiptStream(first), 'receipt.Fiscalized'), (event) => {
      const { document } = JSON.parse(JSON.stringify(event.data)) as {
        readonly document: Record<string, never>;
      };
      return withData({ document: { ...document, fd: 1 } })(event);
    }),
  );
  expect((await auditOf(shop, events)).verdict).toBe('ok');
});
