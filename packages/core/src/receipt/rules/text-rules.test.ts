import * as E from 'fp-ts/Either';
import type { ReceiptContent, ReceiptItem } from '../content';
import { admitReceipt } from './admit-receipt';
import { DEFAULT_PROFILE } from './profile';
import { day, money, sampleContent, sampleCorrection, sampleFacts } from './sample-receipt.arbitrary';

const verdict = (
  content: ReceiptContent,
  facts = sampleFacts(content.ffd),
  profile = DEFAULT_PROFILE,
): string => {
  const decided = admitReceipt(content, facts, profile);
  return E.isLeft(decided) ? `${decided.left.rule} ${decided.left.field}` : 'admitted';
};

const line = (change: Partial<ReceiptItem>): ReceiptContent => {
  const content = sampleContent('1.2');
  return { ...content, items: content.items.map((item) => ({ ...item, ...change })) };
};

const receipt = (change: Partial<ReceiptContent>): ReceiptContent => ({ ...sampleContent('1.2'), ...change });

describe('texts (order ЕД-7-20/662@: code page 866, lengths in bytes)', () => {
  test.each([
    ['a name of 128 bytes', line({ name: 'ж'.repeat(128) }), 'admitted'],
    ['a name of 129 bytes', line({ name: 'ж'.repeat(129) }), 'text-too-long items.0.name'],
    ['№ has a place in the code page', line({ name: 'Лампа № 5' }), 'admitted'],
    ['€ has none', line({ name: '5 €' }), 'text-not-cp866 items.0.name'],
    ['a cashier of 65 bytes', receipt({ cashier: { name: 'А'.repeat(65) } }), 'text-too-long cashier.name'],
    ['an empty cashier', receipt({ cashier: { name: '' } }), 'text-empty cashier.name'],
    [
      '1192 of 17 bytes',
      receipt({ additionalAttribute: '1'.repeat(17) }),
      'text-too-long additionalAttribute',
    ],
    [
      'a place of 257 bytes',
      receipt({ internet: false, place: { place: 'x'.repeat(257) } }),
      'text-too-long place.place',
    ],
  ])('%s', (_name, content, expected) => {
    expect(verdict(content)).toBe(expected);
  });

  test.each([
    ['subject 15 with code 1', line({ subject: 15, name: '1' }), 'admitted'],
    ['subject 15 with code 25', line({ subject: 15, name: '25' }), 'admitted'],
    ['subject 15 with 01', line({ subject: 15, name: '01' }), 'name-code items.0.name'],
    ['subject 16 with code 26', line({ subject: 16, name: '26' }), 'admitted'],
    ['subject 16 with code 25', line({ subject: 16, name: '25' }), 'name-code items.0.name'],
    ['subject 16 with a name', line({ subject: 16, name: 'Взносы' }), 'name-code items.0.name'],
  ])('1030 and 1212: %s', (_name, content, expected) => {
    expect(verdict(content)).toBe(expected);
  });

  test.each([
    ['a country of three digits', line({ country: '643' }), 'admitted'],
    ['a country by letters', line({ country: 'RUS' }), 'text-malformed items.0.country'],
    [
      'an authority of two digits',
      line({
        industry: [{ authority: '30', documentDate: day('2023-11-21'), documentNumber: '1', value: '1' }],
      }),
      'text-malformed items.0.industry.0.authority',
    ],
    [
      'a phone of an agent without a plus',
      line({
        agent: {
          sign: 1 as never,
          data: { agentPhones: ['+79123456789', '89123456789'] },
          supplier: { inn: '7707083893' },
        },
      }),
      'text-malformed items.0.agent.data.agentPhones.1',
    ],
  ])('%s', (_name, content, expected) => {
    expect(verdict(content)).toBe(expected);
  });
});

describe('taxpayer numbers', () => {
  const supplied = (inn: string): ReceiptContent => line({ agent: { sign: 64 as never, supplier: { inn } } });

  test('of a supplier: check digits, or twelve zeros where there is none (tag 1226)', () => {
    expect(
      [supplied('7707083893'), supplied('000000000000'), supplied('7707083894')].map((content) =>
        verdict(content),
      ),
    ).toEqual(['admitted', 'admitted', 'inn-invalid items.0.agent.supplier.inn']);
  });

  test('of a cashier: never twelve zeros, for it is left out if there is none (tag 1203)', () => {
    const cashier = (inn: string): string => verdict(receipt({ cashier: { name: 'Петрова', inn } }));
    expect([cashier('500100732259'), cashier('000000000000')]).toEqual([
      'admitted',
      'inn-invalid cashier.inn',
    ]);
  });
});

describe("the buyer's contact (S27; tag 1008)", () => {
  const to = (
    person: NonNullable<ReceiptContent['buyer']>['person'],
    change: Partial<ReceiptContent> = {},
  ): ReceiptContent => receipt({ buyer: { keyId: 'buyer-1', person }, ...change });
  const nobody = (change: Partial<ReceiptContent> = {}): ReceiptContent => {
    const { buyer: _buyer, ...content } = receipt(change);
    return content;
  };

  test.each([
    ['+ and 7 digits', to({ phone: '+1234567' }), 'admitted'],
    ['+ and 6 digits', to({ phone: '+123456' }), 'contact-malformed buyer.person.phone'],
    ['+ and 18 digits', to({ phone: `+${'1'.repeat(18)}` }), 'admitted'],
    ['+ and 19 digits', to({ phone: `+${'1'.repeat(19)}` }), 'contact-malformed buyer.person.phone'],
    ['x@x', to({ email: 'x@x' }), 'admitted'],
    ['x@x@x', to({ email: 'x@x@x' }), 'contact-malformed buyer.person.email'],
    ['an e-mail of 65 bytes', to({ email: `${'x'.repeat(63)}@x` }), 'text-too-long buyer.person.email'],
    ['an erased buyer', to({ erased: true }), 'contact-required buyer'],
    ['no buyer', nobody(), 'contact-required buyer'],
  ])('%s', (_name, content, expected) => {
    expect(verdict(content)).toBe(expected);
  });

  test('a correction needs one only with the Internet sign (order ЕД-7-20/236@, tags 1008, 1125)', () => {
    const { buyer: _buyer, ...content } = sampleContent('1.2', sampleCorrection('1.2'));
    expect([verdict(content), verdict({ ...content, internet: false })]).toEqual([
      'contact-required buyer',
      'admitted',
    ]);
  });

  test('automatic devices do without one where the profile says so (54-FZ, art. 1.2 cl. 5.1)', () => {
    const vending = sampleFacts('1.2', { register: { legalGround: 'vending' } });
    const waived = { ...DEFAULT_PROFILE, contactWaivedFor: ['vending' as const] };
    const content = nobody({ internet: false });
    expect([
      verdict(content, vending),
      verdict(content, vending, waived),
      verdict(nobody(), vending, waived),
    ]).toEqual(['contact-required buyer', 'admitted', 'contact-required buyer']);
    expect(verdict(content, sampleFacts('1.2'), waived)).toBe('contact-required buyer');
  });
});

describe('the Internet sign (order ЕД-7-20/236@, tags 1125, 1187)', () => {
  test.each([
    ['https://shop.example.ru', 'admitted'],
    ['shop.example.ru', 'admitted'],
    ['магазин.рф/заказ?n=1', 'admitted'],
    ['Москва, ул. Ленина', 'site-required place.place'],
    ['localhost', 'site-required place.place'],
    ['https://', 'site-required place.place'],
  ])('the place %s', (place, expected) => {
    expect(verdict(receipt({ place: { place } }))).toBe(expected);
  });

  test('needs a place at all, and only if it is set', () => {
    expect([verdict(receipt({ place: {} })), verdict(receipt({ place: {}, internet: false }))]).toEqual([
      'site-required place.place',
      'admitted',
    ]);
  });
});

test('S25, S12, S24: an open shift for manual receipts only; policy 3.0.8 takes payments of the fast payment system only', () => {
  const content = sampleContent('1.2');
  const from = (
    origin: 'manual' | 'payment' | 'exchange',
    instrument: 'sbp' | 'card',
    policy: '3.0.8' | '3.0.9',
    shiftId?: string,
  ): string =>
    verdict(
      content,
      sampleFacts('1.2', {
        origin,
        instrument,
        register: { policy },
        ...(shiftId === undefined ? {} : { shiftId }),
      }),
    );
  expect([
    from('manual', 'card', '3.0.9', 'shift-1'),
    from('manual', 'card', '3.0.9'),
    from('payment', 'card', '3.0.9'),
    from('exchange', 'card', '3.0.9'),
    from('manual', 'sbp', '3.0.8', 'shift-1'),
    from('payment', 'sbp', '3.0.8'),
    from('payment', 'card', '3.0.8'),
  ]).toEqual([
    'admitted',
    'shift-not-open facts.shiftId',
    'admitted',
    'admitted',
    'register-policy facts.origin',
    'admitted',
    'register-policy facts.instrument',
  ]);
});

test('a settlement is receipted up to a day later, a bank transfer over the longest holidays (54-FZ, art. 1.2 cl. 5.4)', () => {
  const on = (settledAt: string, legalGround: 'internet-cashless' | 'bank-transfer'): string =>
    verdict(receipt({ settledAt: settledAt as never }), sampleFacts('1.2', { register: { legalGround } }));
  expect([
    on('2026-10-07T00:00:00', 'internet-cashless'),
    on('2026-10-06T23:59:59', 'internet-cashless'),
    on('2026-09-26T00:00:00', 'bank-transfer'),
    on('2026-09-25T23:59:59', 'bank-transfer'),
  ]).toEqual(['admitted', 'needs-correction settledAt', 'admitted', 'needs-correction settledAt']);
});

test('a correction is not bound by the age of the settlement, and its taxation is that of the corrected day', () => {
  const content = sampleContent('1.2', sampleCorrection('1.2'));
  const old = { type: 0, settledOn: day('2020-12-31'), reason: 'not-applied' } as const;
  const facts = sampleFacts('1.2', { device: { taxations: [8] } });
  const of = (settledOn: string): ReceiptContent => ({
    ...content,
    taxation: 8,
    correction: { ...old, settledOn: day(settledOn) },
    items: content.items.map((item) => ({ ...item, vatCode: 2 as const, vatSum: money(7339) })),
    vatTotals: [{ code: 2, amount: money(7339) }],
  });
  expect([verdict(of('2020-12-31'), facts), verdict(of('2021-01-01'), facts)]).toEqual([
    'admitted',
    'taxation-not-in-force taxation',
  ]);
});
