import * as E from 'fp-ts/Either';
import type { FfdVersion } from '@cloud-kassa/ffd';
import { FFD_VERSION_LIST } from '@cloud-kassa/ffd';
import type { ReceiptContent, ReceiptItem } from '../content';
import { admitReceipt } from './admit-receipt';
import {
  day,
  money,
  pieces,
  saleOf,
  sampleContent,
  sampleCorrection,
  sampleFacts,
  sampleItem,
} from './sample-receipt.arbitrary';

const verdict = (content: ReceiptContent): string => {
  const decided = admitReceipt(content, sampleFacts(content.ffd));
  return E.isLeft(decided) ? `${decided.left.rule} ${decided.left.field}` : 'admitted';
};

const versionsThatAdmit = (content: (ffd: FfdVersion) => ReceiptContent): ReadonlyArray<FfdVersion> =>
  FFD_VERSION_LIST.filter((ffd) => verdict(content(ffd)) === 'admitted');

const withLine = (change: Partial<ReceiptItem>) => (ffd: FfdVersion) => {
  const content = saleOf(ffd, [sampleItem(ffd, { quantity: pieces('1') })]);
  return { ...content, items: content.items.map((item) => ({ ...item, ...change })) };
};

const withReceipt = (change: Partial<ReceiptContent>) => (ffd: FfdVersion) => ({
  ...sampleContent(ffd),
  ...change,
});

const withPerson = (change: Readonly<Record<string, string>>) =>
  withReceipt({ buyer: { keyId: 'buyer-1', person: { email: 'buyer@example.ru', ...change } } });

const industry = {
  authority: '030',
  documentDate: day('2023-11-21'),
  documentNumber: '1944',
  value: 'mode=vend',
};
const agent = { sign: 64 as never, supplier: { inn: '7707083893' } };
const CODE = '010460043993125621JgXJ5.';

const measured = (ffd: FfdVersion): ReceiptContent => withLine({ measure: 11 })(ffd);

describe('a field exists only in the versions that have its tag (order ЕД-7-20/662@, tables 20, 21, 58, 59, 96, 97)', () => {
  test.each<[string, (ffd: FfdVersion) => ReceiptContent, ReadonlyArray<FfdVersion>]>([
    ['unit as text, 1197', withLine({ unit: 'шт' }), ['1.05', '1.1']],
    ['agent of a line, 1222', withLine({ agent }), ['1.05', '1.1', '1.2']],
    ['agent of the receipt, 1057', withReceipt({ agent: { sign: 64 as never } }), ['1.05', '1.1']],
    [
      'agent data of the receipt, 1044',
      withReceipt({ agent: { sign: 1 as never, data: { operation: 'перевод' } } }),
      ['1.05', '1.1'],
    ],
    [
      'supplier name of the receipt, 1225',
      withReceipt({ agent: { sign: 1 as never, supplier: { inn: '7707083893', name: 'Завод' } } }),
      [],
    ],
    ['industry attribute of a line, 1260', withLine({ industry: [industry] }), ['1.2']],
    ['industry attribute of the receipt, 1261', withReceipt({ industry }), ['1.2']],
    ['name of the buyer, 1227', withPerson({ name: 'Иванов' }), ['1.05', '1.1', '1.2']],
    ['taxpayer number of the buyer, 1228', withPerson({ inn: '500100732259' }), ['1.05', '1.1', '1.2']],
    ['birth date of the buyer, 1243', withPerson({ birthDate: '1980-02-29' }), ['1.2']],
    ['address of the buyer, 1254', withPerson({ address: 'Москва' }), ['1.2']],
    ['marking code, 1162 or 1163', withLine({ marking: { code: CODE } }), ['1.05', '1.1', '1.2']],
    ['planned status, 2003', withLine({ marking: { code: CODE, plannedStatus: 1 } }), ['1.2']],
    ['check result, 2106', withLine({ marking: { code: CODE, checkResult: 15 } }), ['1.2']],
    ['marked category without a code, subject 32', withLine({ subject: 32 }), ['1.2']],
    ['excise, 1229', withLine({ excise: money(1) }), ['1.05', '1.1', '1.2']],
    [
      'country and declaration, 1230 and 1231',
      withLine({ country: '643', customsDeclaration: '1' }),
      ['1.05', '1.1', '1.2'],
    ],
    [
      'additional attribute of the user, 1084',
      withReceipt({ userAttribute: { name: 'заказ', value: '1' } }),
      ['1.05', '1.1', '1.2'],
    ],
    ['number of the automatic device, 1036', withReceipt({ automatNumber: '1' }), ['1.05', '1.1', '1.2']],
    [
      'address of settlement, 1009',
      withReceipt({ place: { address: 'Москва', place: 'shop.example.ru' } }),
      ['1.05', '1.1', '1.2'],
    ],
    ['rates that live in 1115', withLine({ vatCode: 11 }), ['1.05', '1.1', '1.2']],
  ])('%s', (_name, content, versions) => {
    expect(versionsThatAdmit(content)).toEqual(versions);
  });

  test('the measure, 2108', () => {
    expect(versionsThatAdmit(measured)).toEqual(['1.2']);
    expect(verdict(measured('1.05'))).toBe('field-not-in-format items.0.measure');
  });

  test('an ordinary receipt has no ground of correction, 1174', () => {
    const correction = { type: 0, settledOn: day('2026-10-01'), reason: 'not-applied' } as const;
    expect(verdict(withReceipt({ correction })('1.2'))).toBe('field-not-in-format correction');
  });
});

const corrected = (ffd: FfdVersion, change: Partial<ReceiptContent> = {}): ReceiptContent => ({
  ...sampleContent(ffd, sampleCorrection(ffd)),
  ...change,
});

const orderedVerdict = (type: 0 | 1, orderNumber?: string): string =>
  verdict(
    corrected('1.2', {
      correction: {
        type,
        settledOn: day('2026-10-01'),
        reason: 'not-applied',
        ...(orderNumber === undefined ? {} : { orderNumber }),
      },
    }),
  );

const verdictOfDay = (settledOn: string): string =>
  verdict(corrected('1.2', { correction: { type: 0, settledOn: day(settledOn), reason: 'not-applied' } }));

const verdictOfTotals = (...vatTotals: ReceiptContent['vatTotals']): string =>
  verdict(corrected('1.05', { vatTotals }));

describe('corrections (order ЕД-7-20/662@, tables 27, 65, 120; FNS guide on corrections)', () => {
  test('E70: a correction of FFD 1.05 with 1054 = 2 is refused, with 1 and 3 admitted', () => {
    const signs = ([1, 2, 3, 4] as const).map((settlementSign) =>
      verdict(corrected('1.05', { settlementSign })),
    );
    expect(signs).toEqual([
      'admitted',
      'correction-sign settlementSign',
      'admitted',
      'correction-sign settlementSign',
    ]);
  });

  test.each(['1.1', '1.2'] as const)('FFD %s corrects all four signs, with lines', (ffd) => {
    for (const settlementSign of [1, 2, 3, 4] as const)
      expect(verdict(corrected(ffd, { settlementSign }))).toBe('admitted');
    expect(verdict(corrected(ffd, { items: [], vatTotals: [] }))).toBe('items-required items');
  });

  test('the number of the order goes with type 1 and only with it (tags 1173, 1179)', () => {
    expect([
      orderedVerdict(0),
      orderedVerdict(1, '12-07/345'),
      orderedVerdict(0, '12-07/345'),
      orderedVerdict(1),
      orderedVerdict(1, 'п'.repeat(33)),
    ]).toEqual([
      'admitted',
      'admitted',
      'correction-order-number correction.orderNumber',
      'correction-order-number correction.orderNumber',
      'text-too-long correction.orderNumber',
    ]);
  });

  test('the corrected day may be the day of the correction (tag 1178)', () => {
    expect([verdictOfDay('2026-10-08'), verdictOfDay('2026-10-09')]).toEqual([
      'admitted',
      'correction-date correction.settledOn',
    ]);
  });

  test('an error of FFD 1.1 and 1.2 is fixed under the fiscal sign of the wrong document (tag 1192)', () => {
    const correction = { type: 0, settledOn: day('2026-10-01'), reason: 'error-reversal' } as const;
    expect(verdict(corrected('1.2', { correction, additionalAttribute: '123' }))).toBe('admitted');
    expect(verdict(corrected('1.2', { correction, additionalAttribute: 'trace-1' }))).toBe(
      'correction-fiscal-sign additionalAttribute',
    );
  });

  test('VAT of a correction without lines is at most that of its total, each rate once in ascending order', () => {
    expect([
      verdictOfTotals(),
      verdictOfTotals({ code: 11, amount: money(14_558) }),
      verdictOfTotals({ code: 11, amount: money(14_559) }),
      verdictOfTotals({ code: 6, amount: money(80_730) }),
      verdictOfTotals({ code: 6, amount: money(80_731) }),
      verdictOfTotals({ code: 11, amount: money(1) }, { code: 6, amount: money(1) }),
      verdictOfTotals({ code: 11, amount: money(1) }, { code: 11, amount: money(1) }),
    ]).toEqual([
      'admitted',
      'admitted',
      'vat-totals-differ vatTotals.0',
      'admitted',
      'vat-totals-differ vatTotals.0',
      'vat-totals-differ vatTotals.1',
      'vat-totals-differ vatTotals.1',
    ]);
  });
});
