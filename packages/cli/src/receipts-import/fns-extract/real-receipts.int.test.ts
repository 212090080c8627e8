import type { Connection } from '@cloud-kassa/core';
import { attemptKeyOf } from '@cloud-kassa/core';
import type { VatCode, VatRule } from '@cloud-kassa/ffd';
import { VAT_RULES, kopecks, vatRuleOf } from '@cloud-kassa/ffd';
import type { LedgerEntry, OneCGroup, RunningEmulator } from '@cloud-kassa/kkt-emulator';
import { oneCGroup, startEmulator } from '@cloud-kassa/kkt-emulator';
import type { OpenProvider, SendAnswer } from '@cloud-kassa/provider';
import { secret } from '@cloud-kassa/provider';
import { ONE_C_SETTINGS, openOneC, receiptRequest } from '@cloud-kassa/provider-one-c';
import { seededKernel } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { ExtractOptions } from './extract-options';
import type { Admitted } from './real-receipts.testing';
import { ORGANISATION, REAL_RECEIPTS, REHEARSAL, importReal, vatRuleFor } from './real-receipts.testing';

const sure = <A>(made: E.Either<unknown, A>): A => {
  if (E.isLeft(made)) throw new Error(JSON.stringify(made.left));
  return made.right;
};

const without = (option: keyof ExtractOptions): ExtractOptions => {
  const { [option]: _, ...rest } = REHEARSAL;
  return rest;
};

const count = (words: ReadonlyArray<string>): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

const realOf = ({ order }: Admitted) => {
  const real = REAL_RECEIPTS.get(order.source.document);
  if (real === undefined) throw new Error('an order of no real receipt');
  return real;
};

const statedVat = (receipt: Admitted) =>
  Object.entries(realOf(receipt).vatTotals).map(([code, amount]) => ({ code: Number(code), amount }));

/** What the 1C provider API has no words for, or `expressible`. */
const expressed = ({ content }: Admitted): string => {
  const written = receiptRequest(content, ONE_C_SETTINGS);
  return E.isLeft(written) ? written.left.rule : 'expressible';
};

describe('the 512 real receipts in a rehearsal', () => {
  it('are admitted or refused by a rule that has a name', async () => {
    const { counts, receipts } = await importReal(REHEARSAL);
    expect(counts).toEqual({
      admitted: 330,
      // S7: a cloud register takes no cash.
      'no-cash-on-cloud-register': 156,
      // Extracts drop marking codes.
      'marking-code-required': 11,
      // Several VAT totals, and lines without codes.
      'vat-code-unknown': 8,
      // One of 2018, and registers that were late in 2020.
      'vat-rate-gone': 5,
      // Extracts that lack prepaid and credit sums.
      'payments-differ-from-total': 2,
    });
    expect(count(receipts.map(({ order }) => vatRuleFor(order)))).toEqual({
      'per-line': 324,
      'per-total': 6,
    });
  });

  it('say what the real ones said: sign, lines, total, payments and VAT', async () => {
    const { receipts } = await importReal(REHEARSAL);
    let withoutVat = 0;
    for (const receipt of receipts) {
      const { operationType, items, totals } = realOf(receipt);
      const { content } = receipt;
      expect(content.settlementSign).toBe(operationType);
      expect(content.total).toBe(totals.total);
      expect(content.payments).toEqual({
        cash: 0,
        cashless: totals.ecash ?? 0,
        prepaid: totals.prepaid ?? 0,
        credit: totals.credit ?? 0,
        provision: totals.provision ?? 0,
      });
      expect(content.items.map(({ price, sum }) => [price, sum])).toEqual(
        items.map(({ price, sum }) => [price, sum]),
      );
      expect(content.items.map(({ quantity }) => Number(quantity))).toEqual(
        items.map(({ quantity }) => Number(quantity)),
      );
      const stated = statedVat(receipt);
      if (stated.length === 0) withoutVat += 1;
      expect(content.vatTotals).toEqual(stated.length === 0 ? content.vatTotals : stated);
    }
    // These state no VAT total at all: three at 0 %, four without any code.
    expect(withoutVat).toBe(7);
  });

  it('go to the register whose way their own totals follow', async () => {
    const { receipts } = await importReal(REHEARSAL);
    const strangers = receipts.filter((receipt) => {
      const totals = statedVat(receipt).map(({ code, amount }) => ({
        code: code as VatCode,
        amount: sure(kopecks(amount)),
      }));
      const { items, vatRule } = receipt.content;
      return totals.length > 0 && !vatRuleOf(items, totals).includes(vatRule);
    });
    expect(strangers).toEqual([]);
  });

  it('record what was assumed', async () => {
    const { receipts } = await importReal(REHEARSAL);
    const paths = receipts.flatMap(({ order }) =>
      (order.assumed ?? []).map((path) => path.replace(/\d+/u, '*')),
    );
    expect(count(paths)).toEqual({
      contact: 330,
      organisation: 330,
      settledAt: 279,
      taxation: 63,
      'items.*.measure': 406,
      'items.*.subject': 296,
      'items.*.paymentMethod': 272,
      'items.*.vatCode': 226,
      'items.*.agent.supplier.inn': 13,
    });
  });

  it.each<readonly [keyof ExtractOptions, Readonly<Record<string, number>>]>([
    ['organisation', { admitted: 50, 'organisation-missing': 454 }],
    ['rehearsal', { admitted: 1, 'needs-correction': 498 }],
    ['registers', { admitted: 324, 'vat-totals-differ': 9 }],
    ['taxationDefault', { admitted: 267, 'field-missing': 63 }],
    ['methodDefault', { admitted: 118, 'field-missing': 318 }],
    ['subjectDefault', { admitted: 107, 'field-missing': 327 }],
    ['vatDefault', { admitted: 326, 'vat-code-unknown': 12 }],
    ['measureDefault', { admitted: 23, 'measure-required': 474 }],
    ['supplierDefault', { admitted: 319, 'supplier-inn-required': 11 }],
    ['contactDefault', { admitted: 0, 'contact-required': 499 }],
  ])('without the option %s', async (option, expected) => {
    expect((await importReal(without(option))).counts).toMatchObject(expected);
  });

  it.each([
    ['1.05', { expressible: 305, 'total-of-items': 3, 'unit-as-text': 22 }],
    ['1.1', { expressible: 305, 'total-of-items': 3, 'unit-as-text': 22 }],
    ['1.2', { expressible: 327, 'total-of-items': 3 }],
  ] as const)('can be said in the 1C provider API, on registers of FFD %s', async (ffd, expected) => {
    const { receipts } = await importReal({ ...REHEARSAL, ffd });
    expect(count(receipts.map(expressed))).toEqual(expected);
  });
});

describe('the real receipts through the adapter to an emulated service', () => {
  const open: Array<() => Promise<void> | void> = [];
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close();
  });

  /** A group of one register that takes receipts of any time and computes VAT in one of the two ways. */
  const groupOf = (vatRule: VatRule, datedRules: 'by-clock' | 'any-time'): OneCGroup =>
    sure(
      oneCGroup(
        vatRule,
        {
          inn: ORGANISATION,
          name: 'ООО "Сад"',
          site: 'https://sad.example',
          seed: vatRule,
          taxation: 63,
          pace: 0,
          profile: { vatRule, datedRules },
          group: { resultDelay: 0 },
        },
        { kind: 'sales-register-group', shopId: vatRule, shopSecret: `secret of ${vatRule}` },
      ),
    );

  const { runtime } = {
    runtime: seededKernel('rehearsal', { start: '2026-10-08T06:00:00.000Z' }).runtime({ label: 'service' }),
  };

  const started = async (datedRules: 'by-clock' | 'any-time'): Promise<RunningEmulator> => {
    const groups = VAT_RULES.map((rule) => groupOf(rule, datedRules));
    const running = sure(await startEmulator({ runtime, settings: { groups } })());
    open.push(() => running.close());
    return running;
  };

  const adapterTo = ({ url }: RunningEmulator, vatRule: VatRule): OpenProvider => {
    const connection: Connection = {
      provider: 'one-c',
      environment: 'emulator',
      baseUrl: url,
      parameters: {
        access: 'direct',
        providerName: 'emulator',
        authentication: 'register-group',
        shopId: vatRule,
        kktsGroupId: vatRule,
      },
      secretRef: 'env:KASSA',
    };
    const secrets = () =>
      Promise.resolve(E.right(secret(JSON.stringify({ shopSecret: `secret of ${vatRule}` }))));
    const provider = sure(openOneC({ connection, secrets, runtime }));
    open.push(provider.close);
    return provider;
  };

  interface Sent {
    readonly receipt: Admitted;
    readonly outcome: string;
    readonly documents: ReadonlyArray<LedgerEntry>;
  }

  const outcomeOf = (answer: SendAnswer): string => {
    if (answer._tag === 'Final') return answer.answer._tag;
    return answer._tag === 'RefusedInvalid' ? (answer.note.code ?? answer._tag) : answer._tag;
  };

  const sendAll = async (datedRules: 'by-clock' | 'any-time'): Promise<ReadonlyArray<Sent>> => {
    const { receipts } = await importReal(REHEARSAL);
    const running = await started(datedRules);
    const adapters = {
      'per-line': adapterTo(running, 'per-line'),
      'per-total': adapterTo(running, 'per-total'),
    };
    const sent: Array<Sent> = [];
    for (const receipt of receipts) {
      const { content, receiptId } = receipt;
      const adapter = adapters[content.vatRule];
      const key = attemptKeyOf(receiptId, adapter.dedupDomain, 0);
      const answer = await adapter.send({ key, receiptId, traceTag: '', content });
      const documents = running.emulator.machine.group(content.vatRule)?.registers.ledger.byKey(key) ?? [];
      sent.push({ receipt, outcome: outcomeOf(answer), documents });
    }
    return sent;
  };

  it('become one document each, with the total, payments, lines and VAT of the real receipt', async () => {
    const sent = await sendAll('any-time');
    expect(count(sent.map(({ outcome }) => outcome))).toEqual({
      Done: 327,
      'not-expressible:total-of-items': 3,
    });
    for (const { receipt, outcome, documents } of sent) {
      expect(documents).toHaveLength(outcome === 'Done' ? 1 : 0);
      if (outcome !== 'Done') continue;
      const { totals, items, operationType } = realOf(receipt);
      const stated = statedVat(receipt);
      expect(documents[0]?.document.content).toMatchObject({
        kind: 'receipt',
        receipt: {
          settlementSign: operationType,
          total: totals.total,
          payments: { cash: 0, cashless: totals.ecash ?? 0, prepaid: totals.prepaid ?? 0 },
          items: items.map(({ price, sum }) => ({ price, sum })),
          vatTotals: stated.length > 0 ? stated : receipt.content.vatTotals,
          contact: 'rehearsal@example.ru',
        },
      });
    }
  });

  it('are judged by the clock of the service unless it is set up for a rehearsal', async () => {
    const sent = await sendAll('by-clock');
    // What is left is of no VAT rate and no taxation system whose time is over.
    expect(count(sent.map(({ outcome }) => outcome))).toEqual({
      Done: 88,
      Failed: 239,
      'not-expressible:total-of-items': 3,
    });
  });
});
