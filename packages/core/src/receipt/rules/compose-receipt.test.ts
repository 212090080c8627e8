import * as E from 'fp-ts/Either';
import { NO_PAYMENTS } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import type { ComposeSettings } from './compose-receipt';
import { composeReceipt, composeSettingsOf } from './compose-receipt';
import type { DraftItem, ReceiptDraft } from './draft';
import {
  money,
  pieces,
  sampleCorrection,
  sampleDraft,
  sampleFacts,
  sampleItem,
} from './sample-receipt.arbitrary';

const settings: ComposeSettings = composeSettingsOf(sampleFacts('1.2'));

const compose = (draft: ReceiptDraft, change: Partial<ComposeSettings> = {}): ReceiptContent | string => {
  const content = composeReceipt(draft, { ...settings, ...change });
  return E.isLeft(content) ? `${content.left.rule} ${content.left.field}` : content.right;
};

const withItem = (change: Partial<DraftItem>): ReceiptDraft =>
  sampleDraft('1.2', { items: [sampleItem('1.2', change)] });

describe('what follows from the draft is computed', () => {
  test('E09: 269.10 × 3 at 22 % is 807.30 with VAT 145.58 under code 11', () => {
    expect(compose(sampleDraft('1.2'))).toMatchObject({
      ffd: '1.2',
      zone: 2,
      vatRule: 'per-line',
      items: [{ sum: 80_730, vatSum: 14_558 }],
      total: 80_730,
      vatTotals: [{ code: 11, amount: 14_558 }],
      payments: { ...NO_PAYMENTS, cashless: 80_730 },
    });
  });

  test('without lines the total is what was paid', () => {
    const draft = sampleCorrection('1.05', {
      payments: { cashless: money(500), prepaid: money(7) },
      vatTotals: [],
    });
    expect(compose(draft, { ffd: '1.05' })).toMatchObject({ total: 507, items: [], vatTotals: [] });
  });

  test('without lines totals by rate are put in order and noughts left out', () => {
    const vatTotals = [
      { code: 11 as const, amount: money(3) },
      { code: 1 as const, amount: money(0) },
      { code: 6 as const, amount: money(5) },
    ];
    expect(compose(sampleCorrection('1.05', { vatTotals }), { ffd: '1.05' })).toMatchObject({
      vatTotals: [
        { code: 6, amount: 5 },
        { code: 11, amount: 3 },
      ],
    });
  });

  test('keys without a value are missing, so that equal receipts are equal', () => {
    const loose = {
      ...sampleDraft('1.2', {
        items: [{ ...sampleItem('1.2'), industry: [], agent: undefined } as unknown as DraftItem],
      }),
      cashier: undefined,
      automatNumber: undefined,
    } as unknown as ReceiptDraft;
    expect(compose(loose)).toStrictEqual(compose(sampleDraft('1.2')));
  });
});

describe('what the source states must agree', () => {
  test.each<[string, ReceiptDraft, string]>([
    ['a line sum a kopeck off', withItem({ sum: money(80_731) }), 'line-sum-differs items.0.sum'],
    ['line VAT a kopeck off', withItem({ vatSum: money(14_557) }), 'line-vat-differs items.0.vatSum'],
    ['a total above the lines', sampleDraft('1.2', { total: money(80_731) }), 'total-outside-rouble total'],
    [
      'VAT at a rate without VAT',
      withItem({ vatCode: 6, vatSum: money(5) }),
      'line-vat-not-carried items.0.vatSum',
    ],
    [
      'another rate in the totals',
      sampleDraft('1.2', { vatTotals: [{ code: 1, amount: money(14_558) }] }),
      'vat-totals-differ vatTotals',
    ],
    ['a price too large', withItem({ price: money(281_474_976_710_655) }), 'amount-too-large items.0.sum'],
  ])('%s', (_name, draft, refusal) => {
    expect(compose(draft)).toBe(refusal);
  });

  test('agreeing values change nothing', () => {
    const stated = sampleDraft('1.2', {
      items: [sampleItem('1.2', { sum: money(80_730), vatSum: money(14_558) })],
      total: money(80_730),
      vatTotals: [
        { code: 11, amount: money(14_558) },
        { code: 2, amount: money(0) },
      ],
    });
    expect(compose(stated)).toStrictEqual(compose(sampleDraft('1.2')));
  });

  test.each([0, 80_730])(
    'at 0 %% and without VAT a stated VAT of %d is nought or turnover, as real receipts have it, and is not kept',
    (vatSum) => {
      expect(compose(withItem({ vatCode: 5, vatSum: money(vatSum) }))).toStrictEqual(
        compose(withItem({ vatCode: 5 })),
      );
      expect(compose(withItem({ vatCode: 5 }))).not.toHaveProperty('items.0.vatSum');
    },
  );

  test('the refusal of totals says which way the source computed', () => {
    const items = [1, 2, 3].map(() => sampleItem('1.2', { price: money(1000), quantity: pieces('1') }));
    const draft = sampleDraft('1.2', { items, vatTotals: [{ code: 11, amount: money(541) }] });
    expect(composeReceipt(draft, settings)).toEqual(
      E.left({
        rule: 'vat-totals-differ',
        field: 'vatTotals',
        detail: { register: 'per-line', stated: 'per-total' },
      }),
    );
  });
});

describe('texts are brought to code page 866 with its documented replacements', () => {
  test('quotation marks, dashes and the ellipsis', () => {
    const draft = sampleDraft('1.2', {
      items: [sampleItem('1.2', { name: 'Чай «Майский» — 100 г…' })],
      cashier: { name: 'Петрова–Сидорова' },
    });
    expect(compose(draft)).toMatchObject({
      items: [{ name: 'Чай "Майский" - 100 г...' }],
      cashier: { name: 'Петрова-Сидорова' },
    });
  });

  test('a character without a replacement is refused, or dropped on demand', () => {
    const draft = withItem({ name: 'Кофе ☕ 250 г' });
    expect(compose(draft)).toBe('text-not-cp866 items.0.name');
    expect(compose(draft, { unknownCharacters: 'drop' })).toMatchObject({ items: [{ name: 'Кофе  250 г' }] });
  });

  test('a name that only unknown characters make up is empty after dropping', () => {
    expect(compose(withItem({ name: '☕' }), { unknownCharacters: 'drop' })).toBe('text-empty items.0.name');
  });

  test('an address of a person is never changed into another', () => {
    const buyer = { keyId: 'buyer-1', person: { email: 'anna—k@example.ru' } };
    expect(compose(sampleDraft('1.2', { buyer }))).toBe('text-not-cp866 buyer.person.email');
    expect(compose(sampleDraft('1.2', { buyer }), { unknownCharacters: 'drop' })).toBe(
      'text-not-cp866 buyer.person.email',
    );
  });

  test('a marking code is kept as it was scanned', () => {
    const code = '0104600439931256215»–\u001d93dGVz';
    const draft = withItem({ subject: 33, quantity: pieces('1'), marking: { code } });
    expect(compose(draft)).toMatchObject({ items: [{ marking: { code } }] });
  });
});

describe('a field that the version of the register does not have is refused, not dropped', () => {
  test.each<[string, ReceiptDraft, Partial<ComposeSettings>, string]>([
    ['a unit as text in FFD 1.2', withItem({ unit: 'шт' }), {}, 'field-not-in-format items.0.unit'],
    ['a measure in FFD 1.05', sampleDraft('1.2'), { ffd: '1.05' }, 'field-not-in-format items.0.measure'],
    ['no measure in FFD 1.2', sampleDraft('1.05'), {}, 'measure-required items.0.measure'],
    [
      'lines in a correction of FFD 1.05',
      sampleCorrection('1.1'),
      { ffd: '1.05' },
      'items-not-in-correction items',
    ],
    ['a receipt without lines', sampleDraft('1.2', { items: [] }), {}, 'items-required items'],
  ])('%s', (_name, draft, change, refusal) => {
    expect(compose(draft, change)).toBe(refusal);
  });
});
