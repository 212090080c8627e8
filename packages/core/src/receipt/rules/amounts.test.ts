import * as E from 'fp-ts/Either';
import { NO_PAYMENTS } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import { admitReceipt } from './admit-receipt';
import { composeReceipt, composeSettingsOf } from './compose-receipt';
import { DEFAULT_PROFILE } from './profile';
import {
  money,
  pieces,
  saleOf,
  sampleContent,
  sampleDraft,
  sampleFacts,
  sampleItem,
} from './sample-receipt.arbitrary';

const ruleOf = (
  content: ReceiptContent,
  facts = sampleFacts(content.ffd),
  profile = DEFAULT_PROFILE,
): string => {
  const decided = admitReceipt(content, facts, profile);
  return E.isLeft(decided) ? decided.left.rule : 'admitted';
};

const line = (price: number, quantity: string, vatCode: 1 | 4 | 6 | 11 = 11) =>
  sampleItem('1.2', { price: money(price), quantity: pieces(quantity), vatCode });

describe('VAT totals', () => {
  test('E17: three lines of 10.00 are 5.01 of VAT per line and 5.00 per total (both ways occur in real receipts)', () => {
    const at20 = { ...line(1000, '1', 11) };
    const perLine = saleOf('1.2', [at20, at20, at20]);
    const perTotal = saleOf('1.2', [at20, at20, at20], {}, 'per-total');
    expect([perLine.vatTotals, perTotal.vatTotals]).toEqual([
      [{ code: 11, amount: 540 }],
      [{ code: 11, amount: 541 }],
    ]);
    const twenty = { ...at20, vatCode: 1 as const };
    const facts = sampleFacts('1.2', { rulesOn: '2025-10-08' as never });
    const [first, second] = (['per-line', 'per-total'] as const).map((vatRule) =>
      composeReceipt(sampleDraft('1.2', { items: [twenty, twenty, twenty], payments: {} }), {
        ...composeSettingsOf(facts),
        vatRule,
      }),
    );
    expect(first).toMatchObject({ right: { vatTotals: [{ code: 1, amount: 501 }] } });
    expect(second).toMatchObject({ right: { vatTotals: [{ code: 1, amount: 500 }] } });
  });

  test('E17: the totals of the other way are refused by a register, whichever it is', () => {
    const items = [line(1000, '1'), line(1000, '1'), line(1000, '1')];
    const perLine = saleOf('1.2', items);
    expect(ruleOf({ ...perLine, vatTotals: [{ code: 11, amount: money(541) }] })).toBe('vat-totals-differ');
    const perTotal = saleOf('1.2', items, {}, 'per-total');
    const facts = sampleFacts('1.2', { register: { vatRule: 'per-total' } });
    expect(ruleOf(perTotal, facts)).toBe('admitted');
    expect(ruleOf({ ...perTotal, vatTotals: perLine.vatTotals }, facts)).toBe('vat-totals-differ');
  });

  test('E23: 123.45 without VAT and 2 × 4.45 at 10/110 are 132.35, turnover 123.45 and VAT 0.81', () => {
    const content = saleOf('1.2', [line(12_345, '1', 6), line(445, '2', 4)]);
    expect(content).toMatchObject({
      total: 13_235,
      vatTotals: [
        { code: 4, amount: 81 },
        { code: 6, amount: 12_345 },
      ],
    });
    const mixed = { ...NO_PAYMENTS, cash: money(12_345), cashless: money(890) };
    expect(ruleOf({ ...content, payments: mixed, internet: false })).toBe('no-cash-on-cloud-register');
    const courier = sampleFacts('1.2', {
      register: { legalGround: 'remote-courier' },
      device: { internetOnly: false },
    });
    const cashProfile = { ...DEFAULT_PROFILE, cashOnRemoteRegister: 'accepted' as const };
    expect(ruleOf({ ...content, payments: mixed, internet: false }, courier, cashProfile)).toBe('admitted');
    expect(ruleOf({ ...content, payments: mixed, internet: false }, sampleFacts('1.2'), cashProfile)).toBe(
      'no-cash-on-cloud-register',
    );
  });
});

describe('the total (note 5 to table 19 of order ММВ-7-20/229@)', () => {
  const items = [line(12_345, '1', 6), line(445, '2', 4)];

  test.each([
    ['E21', 13_200, 'admitted'],
    ['E21', 13_235, 'admitted'],
    ['E22', 13_199, 'total-outside-rouble'],
    ['E22', 13_300, 'total-outside-rouble'],
    ['above the lines within the rouble', 13_236, 'total-outside-rouble'],
  ])('%s: lines of 132.35 for a total of %d kopecks: %s', (_name, total, rule) => {
    const content = saleOf('1.2', items);
    expect(
      ruleOf({ ...content, total: money(total), payments: { ...NO_PAYMENTS, cashless: money(total) } }),
    ).toBe(rule);
  });

  test('turnover and VAT stay those of the lines when the total is rounded down (observed in real receipts)', () => {
    expect(saleOf('1.2', items, { total: money(13_200) }).vatTotals).toEqual(saleOf('1.2', items).vatTotals);
  });
});

describe('payments (tags 1031, 1081, 1215, 1216, 1217)', () => {
  const thousand = saleOf('1.2', [line(100_000, '1')]);
  const paid = (payments: Partial<typeof NO_PAYMENTS>): ReceiptContent => ({
    ...thousand,
    payments: { ...NO_PAYMENTS, ...payments },
  });

  test('E24: 1000.00 of which 300.00 are an offset, at full payment', () => {
    expect(ruleOf(paid({ prepaid: money(30_000), cashless: money(70_000) }))).toBe('admitted');
  });

  test('E25: cashless 1000.01 for a total of 1000.00', () => {
    expect(ruleOf(paid({ cashless: money(100_001) }))).toBe('non-cash-above-total');
  });

  test('an underpaid receipt is refused', () => {
    expect(ruleOf(paid({ cashless: money(99_999) }))).toBe('payments-differ-from-total');
  });

  test('what the kinds that are no cash exceed together is refused as such', () => {
    expect(ruleOf(paid({ cashless: money(60_000), provision: money(40_001) }))).toBe('non-cash-above-total');
  });
});

const onCredit = (methods: ReadonlyArray<4 | 5 | 6 | 7>, credit: number, total?: number): ReceiptContent => {
  const items = methods.map((paymentMethod) => ({ ...line(10_050, '1', 6), paymentMethod }));
  const content = saleOf('1.2', items, total === undefined ? {} : { total: money(total) });
  return {
    ...content,
    payments: { ...NO_PAYMENTS, credit: money(credit), cashless: money(content.total - credit) },
  };
};

describe('credit (tag 1216) follows the payment methods (tag 1214)', () => {
  test.each([
    ['full payment leaves nothing unpaid', onCredit([4], 1), 'credit-differs-from-methods'],
    ['a transfer on credit is unpaid as a whole', onCredit([6], 10_050), 'admitted'],
    ['a transfer on credit with money', onCredit([6], 10_049), 'credit-differs-from-methods'],
    ['a transfer on credit, rounded down', onCredit([6], 10_000, 10_000), 'admitted'],
    ['partly paid', onCredit([5], 1), 'admitted'],
    ['partly paid, all but a kopeck on credit', onCredit([5], 10_049), 'admitted'],
    ['partly paid, all on credit', onCredit([5], 10_050), 'credit-differs-from-methods'],
    ['partly paid, nothing on credit', onCredit([5], 0), 'credit-differs-from-methods'],
    ['one line paid, one on credit', onCredit([4, 6], 10_050), 'admitted'],
    [
      'one line paid, one on credit, less credit than that line',
      onCredit([4, 6], 10_049),
      'credit-differs-from-methods',
    ],
    [
      'one line paid, one on credit, more credit than that line',
      onCredit([4, 6], 10_051),
      'credit-differs-from-methods',
    ],
    ['payment of a credit: no source says how 1216 goes there', onCredit([7], 50), 'admitted'],
  ])('%s', (_name, content, rule) => {
    expect(ruleOf(content)).toBe(rule);
  });

  test('is not asked where the profile leaves it free', () => {
    expect(ruleOf(onCredit([4], 1), sampleFacts('1.2'), { ...DEFAULT_PROFILE, credit: 'free' })).toBe(
      'admitted',
    );
  });
});

describe('practice that no rule of the format forbids is admitted (observed in real receipts)', () => {
  test.each([
    ['a calculated rate at full payment', { vatCode: 12, paymentMethod: 4 }],
    ['a plain rate in an advance', { vatCode: 11, paymentMethod: 3 }],
    ['goods in an advance', { subject: 1, paymentMethod: 3 }],
    ['a line for nothing', { price: money(0) }],
  ] as const)('%s', (_name, change) => {
    expect(ruleOf(saleOf('1.2', [sampleItem('1.2', change), sampleItem('1.2')]))).toBe('admitted');
  });
});

const drifted = (settlementSign: 1 | 2, kopecks: number): ReceiptContent => {
  const content = { ...sampleContent('1.2'), settlementSign };
  const vatSum = money(14_558 + kopecks);
  return {
    ...content,
    items: content.items.map((item) => ({ ...item, vatSum })),
    vatTotals: [{ code: 11, amount: vatSum }],
  };
};

test('VAT of a refund line may hold what earlier refunds left over where the profile says so, within its drift; of a sale never', () => {
  expect(
    [drifted(2, 2), drifted(2, -2), drifted(2, 3), drifted(1, 1)].map((content) =>
      ruleOf(content, sampleFacts('1.2'), { ...DEFAULT_PROFILE, refundVat: 'remainder' }),
    ),
  ).toEqual(['admitted', 'admitted', 'line-vat-differs', 'line-vat-differs']);
  expect(ruleOf(drifted(2, 1))).toBe('line-vat-differs');
});
