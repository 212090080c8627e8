import * as E from 'fp-ts/Either';
import type { ReceiptContent, ReceiptItem } from '../content';
import { admitReceipt } from './admit-receipt';
import { DEFAULT_PROFILE } from './profile';
import { day, sampleContent, sampleFacts } from './sample-receipt.arbitrary';

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

const supplied = (inn: string): ReceiptContent => line({ agent: { sign: 64 as never, supplier: { inn } } });

const cashierVerdict = (inn: string): string => verdict(receipt({ cashier: { name: 'Петрова', inn } }));

describe('taxpayer numbers', () => {
  test('of a supplier: check digits, or twelve zeros where there is none (tag 1226)', () => {
    expect(
      [supplied('7707083893'), supplied('000000000000'), supplied('7707083894')].map((content) =>
        verdict(content),
      ),
    ).toEqual(['admitted', 'admitted', 'inn-invalid items.0.agent.supplier.inn']);
  });

  test('of a cashier: never twelve zeros, for it is left out if there is none (tag 1203)', () => {
    expect([cashierVerdict('500100732259'), cashierVerdict('000000000000')]).toEqual([
      'admitted',
      'inn-invalid cashier.inn',
    ]);
  });
});
